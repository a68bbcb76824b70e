// Cases published with their score: published-examples.yaml, with where each was read and what was not found.
import { describe, expect, it } from 'vitest';
import { beside, type Cells, scoredRow } from './score-row.js';

interface Example {
  readonly score: string;
  readonly cells: Cells;
  readonly is: string;
  readonly total?: number;
  readonly within?: number;
  readonly where: string;
  readonly says: string;
}

describe('published cases', () => {
  it.each(beside<readonly Example[]>('published-examples.yaml').map((e) => [e.score, e.where, e] as const))(
    '%s: %s',
    (score, _where, { cells, is, total, within, says }) => {
      const row = scoredRow(score, cells);
      const value = row[score] ?? '';
      expect(Number.isNaN(Number(is)) ? value : String(Math.round(Number(value) * 1e9) / 1e9), says).toBe(is);
      if (total !== undefined && within !== undefined)
        expect(Math.abs(Number(row[`${score}_low`]) - total), says).toBeLessThanOrEqual(within);
    },
  );
});
