// Parametric fits against scipy's Nelder-Mead on the same likelihoods (scipy 1.x, run once, xatol 1e-13), closed forms, and simulation;
// reconstruction and Tierney's routes by hand.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kaplanMeier, median } from '../../src/stats/kaplan-meier.js';
import { fromEvents, fromInterval, fromMedians, fromPValue, fromSurvival } from '../../src/stats/log-ratio.js';
import { fitFamilies } from '../../src/stats/parametric-fit.js';
import type { CurveFamily } from '../../src/stats/parametric-survival.js';
import { piecewiseCurve, piecewiseSurvival, pseudoPatients } from '../../src/stats/reconstruct.js';

const folder = join(process.env.SHIPA_DATA ?? '../shared/data', 'survival');

function subjects(name: string, time: string, event: string, coded: string) {
  const [head = '', ...lines] = readFileSync(join(folder, `${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return { time: Number(cells[columns.indexOf(time)]), event: cells[columns.indexOf(event)] === coded };
  });
}

const ELSEWHERE: readonly [string, CurveFamily, readonly number[], number][] = [
  ['ovarian', 'weibull', [1225.4189589710863, 1.1080597315364822], -97.95390104713074],
  ['ovarian', 'gompertz', [0.0009300909539848596, -0.000509216437517727], -97.90959475452405],
  ['ovarian', 'log-logistic', [837.7528631621196, 1.3759757079033197], -97.35470448422699],
  ['ovarian', 'exponential', [0.0007698229737557738], -98.03220020004719],
  ['lung', 'weibull', [417.75865906234293, 1.316840181194423], -1153.8511880894057],
  ['lung', 'gompertz', [0.00166973402073604, 0.0013884701641717087], -1155.3553882958036],
  ['lung', 'log-logistic', [302.1671679165048, 1.7257592981559595], -1160.9306235112317],
  ['lung', 'exponential', [0.0023709281117009974], -1162.338175787466],
  ['veteran', 'weibull', [120.68038352852221, 0.8520847569880982], -748.0912139916111],
  ['veteran', 'gompertz', [0.009437998399481722, -0.0014667247437829757], -747.7932959184025],
  ['veteran', 'log-logistic', [67.98696004573344, 1.2678786650955178], -750.2657879776154],
  ['veteran', 'exponential', [0.007681690052067837], -751.2212105752328],
];

describe.skipIf(!existsSync(folder))(
  'maximum likelihood agrees with another optimiser (skipped without SHIPA_DATA)',
  () => {
    it.each(ELSEWHERE)('on %s, %s', (name, family, parameters, logLikelihood) => {
      const data =
        name === 'ovarian'
          ? subjects(name, 'futime', 'fustat', '1')
          : subjects(name, 'time', 'status', name === 'lung' ? '2' : '1');
      const [fit] = fitFamilies(data, [family]);
      expect(fit?.logLikelihood).toBeCloseTo(logLikelihood, 7);
      for (const [j, p] of parameters.entries())
        expect(Math.abs((fit?.curve.parameters[j] ?? NaN) / p - 1)).toBeLessThan(1e-5);
      expect(fit?.aic).toBeCloseTo(2 * parameters.length - 2 * logLikelihood, 6);
    });
    it('chooses by AIC', () => {
      expect(fitFamilies(subjects('lung', 'time', 'status', '2')).map((f) => f.curve.family)).toEqual([
        'weibull',
        'gompertz',
        'log-logistic',
        'exponential',
      ]);
    });
  },
);

describe('maximum likelihood', () => {
  it('has the exponential rate events / time and the standard error 1 / sqrt(events) of its logarithm', () => {
    const data = [3, 5, 8, 13, 21].map((time, i) => ({ time, event: i !== 2 }));
    const [fit] = fitFamilies(data, ['exponential']);
    expect(fit?.curve.parameters[0]).toBeCloseTo(4 / 50, 12);
    expect(fit?.se[0]).toBeCloseTo(1 / 2, 6);
  });
  it('refuses without an event and with a time of zero', () => {
    expect(() => fitFamilies([{ time: 3, event: false }])).toThrow(/without an event/);
    expect(() => fitFamilies([{ time: 0, event: true }])).toThrow(/above 0/);
  });
});

describe('reconstruction from published points', () => {
  const curve = piecewiseCurve([
    { time: 12, survival: 0.5 },
    { time: 24, survival: 0.2 },
  ]);
  it('runs through the points with a constant hazard between them, and tells nothing after them', () => {
    expect(piecewiseSurvival(curve, 6)).toBeCloseTo(Math.sqrt(0.5), 12);
    expect(piecewiseSurvival(curve, 18)).toBeCloseTo(Math.sqrt(0.1), 12);
    expect(piecewiseSurvival(curve, 24)).toBe(0.2);
    expect(piecewiseSurvival(curve, 25)).toBeNull();
  });
  it('gives pseudo-patients whose Kaplan-Meier has the published median', () => {
    const patients = pseudoPatients(curve, 400);
    expect(patients.filter((p) => !p.event)).toHaveLength(80);
    expect(median(kaplanMeier(patients)).median ?? NaN).toBeCloseTo(12, 1);
  });
  it('names the points that contradict each other', () => {
    expect(() =>
      piecewiseCurve([
        { time: 12, survival: 0.5 },
        { time: 24, survival: 0.6 },
      ]),
    ).toThrow(/0.6 at 24 contradicts 0.5 at 12/);
  });
});

describe('log ratio from what is printed', () => {
  it('takes the standard error from a 95 % or 99 % interval', () => {
    expect(fromInterval(0.7, 0.55, 0.89)?.se).toBeCloseTo(Math.log(0.89 / 0.55) / (2 * 1.959963984540054), 12);
    expect(fromInterval(0.7, 0.5, 0.98, 0.99)?.se).toBeCloseTo(Math.log(0.98 / 0.5) / (2 * 2.5758293035489004), 12);
  });
  it('takes it from the p-value, not from a ratio of 1', () => {
    expect(fromPValue(0.8, 0.05)?.se).toBeCloseTo(-Math.log(0.8) / 1.959963984540054, 10);
    expect(fromPValue(1, 0.9)).toBeUndefined();
  });
  it('derives and flags a ratio from medians, survival and events', () => {
    const medians = fromMedians({ median: 15, events: 100 }, { median: 10, events: 120 });
    expect(medians?.effect).toBeCloseTo(Math.log(10 / 15), 12);
    expect(medians?.se).toBeCloseTo(Math.sqrt(1 / 100 + 1 / 120), 12);
    expect(medians?.assumption).toMatch(/medians/);
    const survival = fromSurvival({ survival: 0.6, n: 200 }, { survival: 0.5, n: 200 });
    expect(survival?.effect).toBeCloseTo(Math.log(Math.log(0.6) / Math.log(0.5)), 12);
    expect(survival?.se).toBeCloseTo(
      Math.sqrt(0.4 / (200 * 0.6 * Math.log(0.6) ** 2) + 0.5 / (200 * 0.5 * Math.log(0.5) ** 2)),
      12,
    );
    expect(fromEvents(0.8, 50, 50)?.se).toBeCloseTo(0.2, 12);
  });
});
