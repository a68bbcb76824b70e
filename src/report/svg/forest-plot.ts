// Forest plot: one line a study or treatment with its effect and 95 % interval, diamonds for the pooled ones. Ratios on a log axis.
import { colour, element, GRID, INK, label, line, linearScale, logScale, page, textWidth } from './svg.js';

export interface ForestRow {
  readonly name: string;
  /** On the scale of the effect: the logarithm where `ratio`. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly kind: 'study' | 'pooled' | 'prediction';
  /** 0 to 1, sizes the square. */
  readonly weight?: number;
  /** A column of further text. */
  readonly note?: string;
}

export interface ForestOptions {
  readonly title: string;
  /** Effects are logarithms of ratios. */
  readonly ratio: boolean;
  readonly axis: string;
  /** What an effect on each side of none means. */
  readonly sides?: readonly [string, string];
}

const ROW = 22;
const PLOT = 340;

export function forestPlot(rows: readonly ForestRow[], options: ForestOptions): string {
  const shown = (v: number): number => (options.ratio ? Math.exp(v) : v);
  const [from, to] = axisRange(rows);
  const names = Math.max(120, ...rows.map((r) => textWidth(r.name, 12)));
  const left = 16 + names + 16;
  const top = 56;
  const bottom = top + ROW * rows.length + 6;
  const scale = options.ratio
    ? logScale(Math.exp(from), Math.exp(to), left, left + PLOT)
    : linearScale(from, to, left, left + PLOT);
  const place = (v: number): number => scale.place(shown(v));
  const digits = (v: number): string => shown(v).toFixed(2);
  const notes = Math.max(0, ...rows.map((r) => (r.note === undefined ? 0 : textWidth(r.note, 11) + 16)));
  const body = rows.flatMap((row, i) => {
    const y = top + ROW * (i + 0.5);
    const text =
      row.kind === 'prediction'
        ? `(${digits(row.low)} to ${digits(row.high)})`
        : `${digits(row.estimate)} (${digits(row.low)} to ${digits(row.high)})`;
    return [
      label(
        16,
        y + 4,
        row.name,
        row.kind === 'pooled' ? { weight: 'bold' } : row.kind === 'prediction' ? { size: 11, fill: '#52606d' } : {},
      ),
      ...mark(row, y, place, left, left + PLOT),
      label(left + PLOT + 150, y + 4, text, { anchor: 'end' }),
      ...(row.note === undefined ? [] : [label(left + PLOT + 162, y + 4, row.note, { size: 11 })]),
    ];
  });
  const ticks = scale.ticks.flatMap((t) => [
    line(scale.place(t), top, scale.place(t), bottom, GRID),
    label(scale.place(t), bottom + 16, String(t), { anchor: 'middle', size: 11 }),
  ]);
  const none = place(0);
  const [lower, upper] = options.sides ?? ['', ''];
  return page(
    left + PLOT + 166 + notes,
    bottom + 62,
    options.title,
    label(16, 24, options.title, { size: 14, weight: 'bold' }),
    ...ticks,
    line(none, top, none, bottom, INK),
    line(left, bottom, left + PLOT, bottom, INK),
    ...body,
    label(left + PLOT / 2, bottom + 34, options.axis, { anchor: 'middle' }),
    ...(lower === '' ? [] : [label(none - 8, bottom + 52, `< ${lower}`, { anchor: 'end', size: 11 })]),
    ...(upper === '' ? [] : [label(none + 8, bottom + 52, `${upper} >`, { size: 11 })]),
  );
}

/** Takes in no effect and the pooled rows; a study's long interval is cut with an arrow. */
function axisRange(rows: readonly ForestRow[]): [number, number] {
  const finite = rows.filter((r) => Number.isFinite(r.low) && Number.isFinite(r.high));
  const estimates = finite.map((r) => r.estimate);
  const pooled = finite.filter((r) => r.kind !== 'study').flatMap((r) => [r.low, r.high]);
  const widths = finite.map((r) => r.high - r.low).sort((a, b) => a - b);
  const reach = (widths[Math.floor(widths.length / 2)] ?? 1) / 2;
  const low = Math.min(0, ...pooled, ...estimates.map((e) => e - reach));
  const high = Math.max(0, ...pooled, ...estimates.map((e) => e + reach));
  const margin = 0.04 * (high - low || 1);
  return [low - margin, high + margin];
}

function mark(row: ForestRow, y: number, place: (v: number) => number, left: number, right: number): string[] {
  if (!Number.isFinite(row.estimate)) return [];
  const inside = (x: number): number => Math.min(right, Math.max(left, x));
  const [a, b, middle] = [place(row.low), place(row.high), place(row.estimate)];
  if (row.kind === 'pooled')
    return [
      element('polygon', {
        points: [
          [inside(a), y],
          [inside(middle), y - 6],
          [inside(b), y],
          [inside(middle), y + 6],
        ]
          .map(([px = 0, py = 0]) => `${px.toFixed(2)},${py.toFixed(2)}`)
          .join(' '),
        fill: colour(1),
      }),
    ];
  const stroke = row.kind === 'prediction' ? colour(1) : INK;
  const parts = [line(inside(a), y, inside(b), y, stroke, { 'stroke-width': row.kind === 'prediction' ? 3 : 1.2 })];
  if (a < left) parts.push(element('path', { d: `M${left} ${y} l6 -4 v8 z`, fill: stroke }));
  if (b > right) parts.push(element('path', { d: `M${right} ${y} l-6 -4 v8 z`, fill: stroke }));
  if (row.kind === 'study' && middle >= left && middle <= right) {
    const side = 4 + 9 * Math.sqrt(row.weight ?? 0.1);
    parts.push(element('rect', { x: middle - side / 2, y: y - side / 2, width: side, height: side, fill: colour(0) }));
  }
  return parts;
}
