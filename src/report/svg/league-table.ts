// League table: every treatment against every other, best first. Below the diagonal random effects, above it common ones; both are the
// treatment further up and left against the one further down and right.
import { colour, element, escaped, GRID, label, page, textWidth } from './svg.js';

export interface LeagueCell {
  readonly text: string;
  /** The interval leaves out no effect. */
  readonly clear: boolean;
}

/** `cells[i][j]` for treatments in the order given; the diagonal is not read. */
export function leagueTable(
  treatments: readonly string[],
  cells: readonly (readonly LeagueCell[])[],
  title: string,
  notes: readonly string[],
): string {
  const width = Math.max(
    140,
    ...treatments.map((t) => textWidth(t, 12) + 20),
    ...cells.flat().map((c) => textWidth(c.text, 11) + 12),
  );
  const height = 34;
  const top = 44;
  const body = treatments.flatMap((treatment, i) =>
    treatments.flatMap((_, j) => {
      const [x, y] = [16 + j * width, top + i * height];
      const cell = cells[i]?.[j];
      const diagonal = i === j;
      const fill = diagonal ? '#eef2f7' : cell?.clear ? '#fff3e6' : '#ffffff';
      return [
        element('rect', { x, y, width, height, fill, stroke: GRID }),
        label(x + width / 2, y + height / 2 + 4, diagonal ? treatment : (cell?.text ?? ''), {
          anchor: 'middle',
          size: diagonal ? 12 : 11,
          ...(diagonal ? { weight: 'bold', fill: colour(0) } : {}),
        }),
      ];
    }),
  );
  const end = top + treatments.length * height;
  const wide = Math.max(32 + treatments.length * width, ...notes.map((n) => textWidth(n, 11) + 32));
  return page(
    wide,
    end + 18 + 18 * notes.length,
    title,
    label(16, 26, title, { size: 14, weight: 'bold' }),
    ...body,
    ...notes.map((n, i) => label(16, end + 20 + 18 * i, n, { size: 11, fill: '#52606d' })),
    element('desc', {}, escaped(notes.join(' '))),
  );
}
