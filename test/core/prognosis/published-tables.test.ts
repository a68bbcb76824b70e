// Published point tables in full (published-tables.yaml): every printed value of every factor, and every sum that the table allows.
import { describe, expect, it } from 'vitest';
import { beside, type Cells, scoredRows } from './score-row.js';

interface Level {
  readonly points: number;
  readonly at: readonly Cells[];
}
interface Table {
  readonly score: string;
  readonly read: string;
  readonly base?: Cells;
  readonly items: readonly (readonly Level[])[];
  readonly classes?: readonly (readonly [string, number?])[];
}
interface Expected {
  readonly cells: Cells;
  readonly total: number;
}

const TABLES = beside<readonly Table[]>('published-tables.yaml');

/** Every choice of one level of each factor, by the level's first cells. */
const everySum = ({ base = {}, items }: Table): readonly Expected[] =>
  items.reduce<readonly Expected[]>(
    (sums, levels) =>
      sums.flatMap(({ cells, total }) =>
        levels.map(({ points, at }) => ({ cells: { ...cells, ...at[0] }, total: total + points })),
      ),
    [{ cells: base, total: 0 }],
  );

/** Every printed edge of every level, the other factors at their first level. */
const everyEdge = ({ base = {}, items }: Table): readonly Expected[] =>
  items.flatMap((levels, i) => {
    const others = items.flatMap(([first], k) => (k === i || first === undefined ? [] : [first]));
    const rest = Object.assign({}, base, ...others.map(({ at }) => at[0])) as Cells;
    const sum = others.reduce((total, { points }) => total + points, 0);
    return levels.flatMap(({ points, at }) =>
      at.map((cells) => ({ cells: { ...rest, ...cells }, total: sum + points })),
    );
  });

function wordOf({ classes }: Table, total: number): string {
  if (classes === undefined) return String(total);
  const found = classes.find(([, max]) => max === undefined || total <= max);
  if (found === undefined) throw new Error(`no class of ${total}`);
  return found[0];
}

describe('published point tables', () => {
  it.each(TABLES.map((table) => [table.score, table] as const))(
    '%s gives every printed value and class',
    (id, table) => {
      const expected = [...everyEdge(table), ...everySum(table)];
      const rows = scoredRows(
        id,
        expected.map(({ cells }) => cells),
      );
      const wrong = expected.flatMap(({ cells, total }, i) => {
        const row = rows[i] ?? {};
        const right = row[id] === wordOf(table, total) && Math.abs(Number(row[`${id}_low`]) - total) < 1e-9;
        return right
          ? []
          : [`${JSON.stringify(cells)}: ${row[id]} (${row[`${id}_low`]}), printed ${wordOf(table, total)} (${total})`];
      });
      expect(wrong, table.read).toEqual([]);
    },
  );
});
