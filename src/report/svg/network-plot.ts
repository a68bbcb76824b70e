// The graph of a network: treatments on a circle, a line where trials compare them directly, as thick as there are trials.
import { COLOURS, element, escaped, FAINT, INK, label, page, textWidth } from './svg.js';

export interface NetworkEdge {
  readonly a: string;
  readonly b: string;
  readonly studies: number;
}

export function networkPlot(
  treatments: readonly string[],
  edges: readonly NetworkEdge[],
  title: string,
  reference?: string,
): string {
  const radius = Math.max(130, treatments.length * 22);
  const side = Math.max(100, ...treatments.map((t) => textWidth(t, 12))) + 30;
  const [cx, cy] = [side + radius, 70 + radius];
  const at = (t: string): { x: number; y: number; angle: number } => {
    const angle = -Math.PI / 2 + (2 * Math.PI * treatments.indexOf(t)) / treatments.length;
    return { x: cx + radius * Math.cos(angle), y: cy + radius * Math.sin(angle), angle };
  };
  const studiesOf = (t: string): number => edges.reduce((s, e) => s + (e.a === t || e.b === t ? e.studies : 0), 0);
  const most = Math.max(1, ...edges.map((e) => e.studies));
  const lines = edges.flatMap((e) => {
    const [p, q] = [at(e.a), at(e.b)];
    return [
      element(
        'line',
        { x1: p.x, y1: p.y, x2: q.x, y2: q.y, stroke: FAINT, 'stroke-width': 1 + (7 * e.studies) / most },
        element('title', {}, escaped(`${e.a} - ${e.b}: ${e.studies} ${e.studies === 1 ? 'trial' : 'trials'}`)),
      ),
    ];
  });
  // The number stands a third of the way from the first end, where lines cross least.
  const numbers = edges.flatMap((e) => {
    const [p, q] = [at(e.a), at(e.b)];
    const [x, y] = [p.x + (q.x - p.x) * 0.36, p.y + (q.y - p.y) * 0.36];
    return [
      element('circle', { cx: x, cy: y, r: 8, fill: '#ffffff', 'fill-opacity': 0.85 }),
      label(x, y + 4, String(e.studies), { anchor: 'middle', size: 11 }),
    ];
  });
  const nodes = treatments.flatMap((t) => {
    const { x, y, angle } = at(t);
    const r = 7 + 5 * Math.sqrt(studiesOf(t) / most);
    const across = Math.cos(angle);
    const anchor = across > 0.3 ? 'start' : across < -0.3 ? 'end' : 'middle';
    const reach = r + 8;
    return [
      element('circle', { cx: x, cy: y, r, fill: t === reference ? COLOURS[1] : COLOURS[0], stroke: INK }),
      label(
        x + reach * (anchor === 'middle' ? 0 : Math.sign(across)),
        y + 4 + (anchor === 'middle' ? (reach + 6) * Math.sign(Math.sin(angle)) : 0),
        t,
        { anchor, weight: t === reference ? 'bold' : 'normal' },
      ),
    ];
  });
  const width = 2 * (side + radius);
  const height = cy + radius + 60;
  return page(
    width,
    height,
    title,
    label(16, 24, title, { size: 14, weight: 'bold' }),
    label(16, height - 14, 'numbers: trials of each direct comparison; the reference in another colour', {
      size: 11,
      fill: '#52606d',
    }),
    ...lines,
    ...numbers,
    ...nodes,
  );
}
