// Funnel plot: effects against their standard errors, the most precise at the top, with the 95 % funnel about the pooled effect.
// For a network the effects are centred at their comparison's estimate (Chaimani 2013, PLoS One 8:e76654).
import { colour, element, escaped, FAINT, GRID, INK, label, line, linearScale, page } from './svg.js';

export interface FunnelPoint {
  readonly name: string;
  readonly effect: number;
  readonly se: number;
  /** Colour and line of the legend; one group needs none. */
  readonly group?: string;
}

export function funnelPlot(points: readonly FunnelPoint[], centre: number, title: string, axis: string): string {
  const [left, top, width, height] = [64, 44, 460, 340];
  const largest = 1.08 * Math.max(...points.map((p) => p.se));
  const reach = 1.1 * Math.max(1.96 * largest, ...points.map((p) => Math.abs(p.effect - centre)));
  const x = linearScale(centre - reach, centre + reach, left, left + width);
  const y = linearScale(0, largest, top, top + height, 5);
  const groups = [...new Set(points.flatMap((p) => p.group ?? []))];
  const edge = (side: number): string =>
    line(x.place(centre), y.place(0), x.place(centre + side * 1.96 * largest), y.place(largest), FAINT, {
      'stroke-dasharray': '5 4',
    });
  const round = (t: number): string => String(Number(t.toPrecision(3)));
  return page(
    left + width + (groups.length > 1 ? 230 : 24),
    top + height + 60,
    title,
    label(left, 24, title, { size: 14, weight: 'bold' }),
    ...x.ticks.flatMap((t) => [
      line(x.place(t), top, x.place(t), top + height, GRID),
      label(x.place(t), top + height + 18, round(t), { anchor: 'middle', size: 11 }),
    ]),
    ...y.ticks.flatMap((t) => [
      line(left, y.place(t), left + width, y.place(t), GRID),
      label(left - 8, y.place(t) + 4, round(t), { anchor: 'end', size: 11 }),
    ]),
    line(x.place(centre), top, x.place(centre), top + height, INK),
    edge(-1),
    edge(1),
    ...points.map((p) =>
      element(
        'circle',
        {
          cx: x.place(p.effect),
          cy: y.place(p.se),
          r: 4,
          fill: colour(Math.max(0, groups.indexOf(p.group ?? ''))),
          'fill-opacity': 0.8,
        },
        element('title', {}, escaped(p.name)),
      ),
    ),
    label(left + width / 2, top + height + 44, axis, { anchor: 'middle' }),
    label(18, top + height / 2, 'standard error', { anchor: 'middle', rotate: -90 }),
    ...(groups.length > 1
      ? groups.flatMap((g, i) => [
          element('circle', { cx: left + width + 18, cy: top + 10 + 17 * i, r: 4, fill: colour(i) }),
          label(left + width + 28, top + 14 + 17 * i, g, { size: 11 }),
        ])
      : []),
  );
}
