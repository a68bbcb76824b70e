// Net heat plot (Krahn 2013): rows are the designs whose inconsistency is explained, columns the design that is detached. Warm: detaching the
// column's design takes inconsistency of the row's away; cold: it adds some. Grey squares: how much the column informs the row's estimates.
import { element, escaped, GRID, INK, label, page, textWidth } from './svg.js';

export interface HeatPlotInput {
  readonly designs: readonly string[];
  readonly heat: readonly (readonly number[])[];
  readonly influence: readonly (readonly number[])[];
}

export function netHeatPlot({ designs, heat, influence }: HeatPlotInput, title: string): string {
  const cell = designs.length > 20 ? 26 : 34;
  const names = Math.max(...designs.map((d) => textWidth(d, 11))) + 16;
  const [left, top] = [16 + names, 44 + names * 0.75];
  const size = designs.length * cell;
  // From half of the 95 % point of one degree of freedom, colours say something; 8 and more is the full colour, as in the paper.
  const full = 8;
  const body = designs.flatMap((row, c) =>
    designs.flatMap((column, d) => {
      const value = heat[c]?.[d] ?? 0;
      const square = cell * 0.86 * Math.sqrt(Math.min(1, influence[c]?.[d] ?? 0));
      const [x, y] = [left + d * cell, top + c * cell];
      return [
        element(
          'rect',
          { x, y, width: cell, height: cell, fill: heatColour(value / full), stroke: GRID },
          element('title', {}, escaped(`${row}, detaching ${column}: ${value.toFixed(2)}`)),
        ),
        element('rect', {
          x: x + (cell - square) / 2,
          y: y + (cell - square) / 2,
          width: square,
          height: square,
          fill: '#616e7c',
          'fill-opacity': 0.55,
        }),
      ];
    }),
  );
  const legend = [-full, -full / 2, 0, full / 2, full].flatMap((v, i) => [
    element('rect', {
      x: left + size + 24,
      y: top + 22 * i,
      width: 18,
      height: 18,
      fill: heatColour(v / full),
      stroke: GRID,
    }),
    label(left + size + 50, top + 13 + 22 * i, v === full ? `${v} or more` : v === -full ? `${v} or less` : String(v), {
      size: 11,
    }),
  ]);
  return page(
    left + size + 140,
    top + size + 44,
    title,
    label(16, 24, title, { size: 14, weight: 'bold' }),
    ...body,
    ...designs.flatMap((d, i) => [
      label(left - 8, top + (i + 0.5) * cell + 4, d, { anchor: 'end', size: 11 }),
      label(left + (i + 0.5) * cell + 4, top - 8, d, { size: 11, rotate: -48 }),
    ]),
    ...legend,
    label(left, top + size + 26, 'rows: Q of the design; columns: the design detached; squares: influence', {
      size: 11,
      fill: INK,
    }),
  );
}

/** White at 0, blue below, orange to red above. */
function heatColour(share: number): string {
  const t = Math.min(1, Math.abs(share));
  const mix = (to: readonly [number, number, number]): string =>
    `rgb(${to.map((v) => Math.round(255 + (v - 255) * t)).join(',')})`;
  return share >= 0 ? mix([213, 94, 0]) : mix([0, 114, 178]);
}
