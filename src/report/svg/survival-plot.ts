// Survival curves as steps (or rising incidence), a band of 95 % limits, ticks where subjects were censored, numbers at risk below.
import { colour, element, escaped, GRID, INK, label, line, linearScale, page, textWidth } from './svg.js';

export interface PlottedStep {
  readonly time: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly censored: boolean;
}

export interface PlottedCurve {
  readonly name: string;
  /** Ascending; before the first step the value is `start`. */
  readonly steps: readonly PlottedStep[];
  /** Subjects still at risk at each tick of the time axis. */
  readonly atRisk: (time: number) => number;
}

export interface SurvivalPlotOptions {
  readonly title: string;
  readonly timeAxis: string;
  readonly valueAxis: string;
  readonly start: 0 | 1;
  /** Lines of text inside the picture. */
  readonly notes: readonly string[];
}

const WIDTH = 560;
const HEIGHT = 340;

export function survivalPlot(curves: readonly PlottedCurve[], options: SurvivalPlotOptions): string {
  const longest = Math.max(0, ...curves.flatMap((c) => c.steps.map((s) => s.time))) || 1;
  const names = Math.max(...curves.map((c) => textWidth(c.name, 12)));
  const beside = Math.max(names + 27, ...options.notes.map((n) => textWidth(n, 11))) + 36;
  const [left, top] = [Math.max(70, names + 48), 44];
  const x = linearScale(0, longest * 1.02, left, left + WIDTH, 8);
  const y = linearScale(0, 1, top + HEIGHT, top, 5);
  const table = top + HEIGHT + 66;
  return page(
    left + WIDTH + beside,
    table + 20 * curves.length + 14,
    options.title,
    label(left, 24, options.title, { size: 14, weight: 'bold' }),
    ...x.ticks.flatMap((t) => [
      line(x.place(t), top, x.place(t), top + HEIGHT, GRID),
      label(x.place(t), top + HEIGHT + 18, String(t), { anchor: 'middle', size: 11 }),
    ]),
    ...y.ticks.flatMap((t) => [
      line(left, y.place(t), left + WIDTH, y.place(t), GRID),
      label(left - 8, y.place(t) + 4, t.toFixed(1), { anchor: 'end', size: 11 }),
    ]),
    line(left, top + HEIGHT, left + WIDTH, top + HEIGHT, INK),
    line(left, top, left, top + HEIGHT, INK),
    ...curves.flatMap((c, i) => drawn(c, colour(i), x.place, y.place, options.start)),
    label(left + WIDTH / 2, top + HEIGHT + 38, options.timeAxis, { anchor: 'middle' }),
    label(16, top + HEIGHT / 2, options.valueAxis, { anchor: 'middle', rotate: -90 }),
    ...legend(curves, options.notes, left + WIDTH + 18, top),
    label(left - 30, table - 8, 'at risk', { anchor: 'end', size: 11, fill: '#52606d' }),
    ...curves.flatMap((c, i) => [
      label(left - 30, table + 10 + 20 * i, c.name, { anchor: 'end', fill: colour(i) }),
      ...x.ticks.map((t) =>
        label(x.place(t), table + 10 + 20 * i, String(c.atRisk(t)), { anchor: 'middle', size: 11 }),
      ),
    ]),
  );
}

/** Beside the picture, where it can hide no curve. */
function legend(curves: readonly PlottedCurve[], notes: readonly string[], at: number, top: number): string[] {
  return [
    ...curves.flatMap((c, i) => [
      line(at, top + 8 + 18 * i, at + 20, top + 8 + 18 * i, colour(i), { 'stroke-width': 2.5 }),
      label(at + 27, top + 12 + 18 * i, c.name),
    ]),
    ...notes.map((n, i) => label(at, top + 18 + 18 * (curves.length + i), n, { size: 11 })),
  ];
}

function drawn(
  curve: PlottedCurve,
  stroke: string,
  x: (t: number) => number,
  y: (v: number) => number,
  start: 0 | 1,
): string[] {
  const fixed = (v: number): string => v.toFixed(2);
  let path = `M${fixed(x(0))} ${fixed(y(start))}`;
  let before = start as number;
  for (const s of curve.steps) {
    path += ` H${fixed(x(s.time))}`;
    if (s.value !== before) path += ` V${fixed(y(s.value))}`;
    before = s.value;
  }
  const limited = curve.steps.filter(
    (s) => s.low !== null && s.high !== null && Number.isFinite(s.low) && Number.isFinite(s.high),
  );
  const edge = (of: (s: PlottedStep) => number): string[] =>
    limited.flatMap((s, i) => {
      const next = limited[i + 1]?.time ?? curve.steps.at(-1)?.time ?? s.time;
      return [`${fixed(x(s.time))},${fixed(y(of(s)))}`, `${fixed(x(next))},${fixed(y(of(s)))}`];
    });
  const band = [...edge((s) => s.high ?? 0), ...edge((s) => s.low ?? 0).reverse()];
  const ticks = curve.steps
    .filter((s) => s.censored)
    .map((s) => `M${fixed(x(s.time))} ${fixed(y(s.value) - 3.5)} v7`)
    .join(' ');
  return [
    ...(band.length > 0 ? [element('polygon', { points: band.join(' '), fill: stroke, 'fill-opacity': 0.13 })] : []),
    element('path', { d: path, fill: 'none', stroke, 'stroke-width': 2 }, element('title', {}, escaped(curve.name))),
    ...(ticks === '' ? [] : [element('path', { d: ticks, stroke, 'stroke-width': 1, fill: 'none' })]),
  ];
}
