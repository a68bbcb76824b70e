// Predicted against observed survival: one mark an arm and month, bars of the observed 95 % interval, the diagonal where they agree.
import { colour, element, escaped, FAINT, GRID, label, line, linearScale, page } from './svg.js';

export interface CalibrationMark {
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  /** Its colour and its line in the legend. */
  readonly group: string;
  readonly name: string;
}

export function calibrationPlot(marks: readonly CalibrationMark[], title: string): string {
  const size = 460;
  const [left, top] = [64, 44];
  const x = linearScale(0, 1, left, left + size, 5);
  const y = linearScale(0, 1, top + size, top, 5);
  const groups = [...new Set(marks.map((m) => m.group))];
  const grid = x.ticks.flatMap((t) => [
    line(x.place(t), top, x.place(t), top + size, GRID),
    line(left, y.place(t), left + size, y.place(t), GRID),
    label(x.place(t), top + size + 18, `${Math.round(t * 100)} %`, { anchor: 'middle', size: 11 }),
    label(left - 8, y.place(t) + 4, `${Math.round(t * 100)} %`, { anchor: 'end', size: 11 }),
  ]);
  const points = marks.flatMap((m) => {
    const stroke = colour(groups.indexOf(m.group));
    const at = x.place(m.predicted);
    return [
      line(at, y.place(Math.max(0, m.low)), at, y.place(Math.min(1, m.high)), stroke, { 'stroke-width': 1.2 }),
      element('circle', { cx: at, cy: y.place(m.observed), r: 4, fill: stroke }, element('title', {}, escaped(m.name))),
    ];
  });
  const legend = groups.flatMap((g, i) => [
    element('circle', { cx: left + size + 24, cy: top + 10 + 20 * i, r: 4, fill: colour(i) }),
    label(left + size + 34, top + 14 + 20 * i, g),
  ]);
  return page(
    left + size + 150,
    top + size + 56,
    title,
    label(left, 24, title, { size: 14, weight: 'bold' }),
    ...grid,
    line(x.place(0), y.place(0), x.place(1), y.place(1), FAINT, { 'stroke-dasharray': '5 4' }),
    ...points,
    label(left + size / 2, top + size + 42, 'predicted survival', { anchor: 'middle' }),
    label(18, top + size / 2, 'observed survival', { anchor: 'middle', rotate: -90 }),
    ...legend,
  );
}
