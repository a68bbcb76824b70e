// The plots place what they are given: checked by coordinates, escaping and what is left out.
import { describe, expect, it } from 'vitest';
import { calibrationPlot } from '../../../src/report/svg/calibration-plot.js';
import { forestPlot } from '../../../src/report/svg/forest-plot.js';
import { funnelPlot } from '../../../src/report/svg/funnel-plot.js';
import { networkPlot } from '../../../src/report/svg/network-plot.js';
import { survivalPlot } from '../../../src/report/svg/survival-plot.js';
import { element, escaped, linearScale, logScale } from '../../../src/report/svg/svg.js';

describe('scales', () => {
  it('places ends and round ticks', () => {
    const s = linearScale(0, 97, 100, 200);
    expect([s.place(0), s.place(97), s.place(48.5)]).toEqual([100, 200, 150]);
    expect(s.ticks).toEqual([0, 20, 40, 60, 80]);
    expect(linearScale(-0.3, 0.3, 0, 1).ticks).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  });
  it('has 1 among the ticks of a log scale that holds it, narrow or wide', () => {
    for (const [from, to] of [
      [0.8, 1.3],
      [0.1, 10],
      [0.001, 4000],
    ] as const)
      expect(logScale(from, to, 0, 1).ticks).toContain(1);
    expect(logScale(0.5, 2, 0, 100).place(1)).toBeCloseTo(50, 10);
  });
});

describe('elements', () => {
  it('escape text and attributes and drop what XML forbids', () => {
    expect(escaped('a<b>&"c"\u0001')).toBe('a&lt;b&gt;&amp;&quot;c&quot;');
    expect(element('text', { x: 1.23456, fill: '"<' }, 'y')).toBe('<text x="1.23" fill="&quot;&lt;">y</text>');
  });
});

const numbers = (svg: string, pattern: RegExp): number[] => [...svg.matchAll(pattern)].map((m) => Number(m[1]));

describe('forest plot', () => {
  const rows = [
    { name: 'one', estimate: Math.log(0.5), low: Math.log(0.25), high: 0, kind: 'study' as const, weight: 0.5 },
    { name: 'wide', estimate: 0, low: -40, high: 40, kind: 'study' as const, weight: 0.1 },
    { name: 'all', estimate: Math.log(0.7), low: Math.log(0.6), high: Math.log(0.8), kind: 'pooled' as const },
  ];
  const svg = forestPlot(rows, { title: 'T', ratio: true, axis: 'hazard ratio' });
  it('writes ratios, cuts an endless interval with arrows, and keeps the axis to what can be read', () => {
    expect(svg).toContain('0.50 (0.25 to 1.00)');
    expect(svg.match(/<path d="M/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
  it('sizes squares by weight', () => {
    const [big = 0, small = 0] = numbers(svg, /<rect [^>]*? width="([\d.]+)" height="[\d.]+" fill="#0072b2"/g);
    expect(big).toBeGreaterThan(small);
  });
});

describe('network plot', () => {
  it('draws lines as thick as there are trials', () => {
    const svg = networkPlot(
      ['A', 'B', 'C'],
      [
        { a: 'A', b: 'B', studies: 6 },
        { a: 'B', b: 'C', studies: 1 },
      ],
      'T',
      'A',
    );
    const [thick = 0, thin = 0] = numbers(svg, /stroke-width="([\d.]+)"><title>/g);
    expect(thick).toBeGreaterThan(3 * thin);
    expect(svg).toContain('A - B: 6 trials');
    expect(svg).toContain('B - C: 1 trial<');
  });
});

describe('survival plot', () => {
  it('steps down, starts at 1 and counts who is at risk', () => {
    const steps = [
      { time: 2, value: 0.75, low: 0.3, high: 0.9, censored: false },
      { time: 3, value: 0.75, low: 0.3, high: 0.9, censored: true },
      { time: 4, value: 0, low: Number.NaN, high: Number.NaN, censored: false },
    ];
    const svg = survivalPlot([{ name: 'a', steps, atRisk: (t) => (t <= 2 ? 4 : 1) }], {
      title: 'T',
      timeAxis: 'months',
      valueAxis: 'survival',
      start: 1,
      notes: ['n'],
    });
    expect(svg).toMatch(/d="M\S+ 44\.00 H\S+ V129\.00 H\S+ H\S+ V384\.00"/);
    expect(svg).not.toContain('NaN');
    expect(svg.match(/v7/g)).toHaveLength(1);
  });
});

describe('funnel and calibration plots', () => {
  it('put an effect at the centre in the middle of the funnel', () => {
    const svg = funnelPlot(
      [
        { name: 'x', effect: 0.4, se: 0.1 },
        { name: 'y', effect: 0.9, se: 0.3 },
      ],
      0.4,
      'T',
      'effect',
    );
    expect(svg).toContain('cx="294"');
  });
  it('put a perfect prediction on the diagonal', () => {
    const svg = calibrationPlot(
      [{ predicted: 0.25, observed: 0.25, low: 0.2, high: 0.3, group: '12 months', name: 'x' }],
      'T',
    );
    expect(svg).toContain('cx="179" cy="389" r="4"');
  });
});
