// Scores that are rules or formulas, class by class as printed: score-rules.yaml.
import { describe, expect, it } from 'vitest';
import { beside, type Cells, scoredRows } from './score-row.js';

interface Rules {
  readonly score: string;
  readonly read: string;
  readonly base?: Cells;
  /** Cells, the word (or number) expected, and for a formula the total. */
  readonly rows: readonly (readonly [Cells, string | number, number?])[];
}

describe('published rules and formulas', () => {
  it.each(beside<readonly Rules[]>('score-rules.yaml').map((rules) => [rules.score, rules] as const))(
    '%s gives every class as printed',
    (id, { read, base, rows }) => {
      const scored = scoredRows(
        id,
        rows.map(([cells]) => ({ ...base, ...cells })),
      );
      const wrong = rows.flatMap(([cells, word, total], i) => {
        const row = scored[i] ?? {};
        const given = row[id] ?? '';
        const right = typeof word === 'number' ? given !== '' && Math.abs(Number(given) - word) < 1e-9 : given === word;
        const sum = total === undefined || Math.abs(Number(row[`${id}_low`]) - total) < 1e-9;
        return right && sum
          ? []
          : [`${JSON.stringify(cells)}: ${given} (${row[`${id}_low`]}), printed ${word} ${total ?? ''}`];
      });
      expect(wrong, read).toEqual([]);
    },
  );
});
