// Answers of the model to rows asked before. Rows are few beside patients: where no covariate of a network is on record, everybody in one
// setting asks the same of it (1,082 rows of 2,000 simulated patients are 100 different ones). A bounded number is kept, the oldest go.
import type { Score, ScoreRow } from '../../domain/outcome.js';

/** Some kilobytes each. */
const MOST_KEPT = 2_000;

export class KeptScores {
  readonly #scores = new Map<string, Score>();

  /** The answers in the order of the rows; `ask` is asked for those not kept, each once. */
  async answers(
    rows: readonly ScoreRow[],
    ask: (rows: readonly ScoreRow[]) => Promise<readonly Score[]>,
  ): Promise<readonly Score[]> {
    const keys = rows.map((row) => JSON.stringify(row));
    const found = new Map<string, Score>();
    const open = new Map<string, ScoreRow>();
    keys.forEach((key, r) => {
      const kept = this.#scores.get(key);
      const row = rows[r];
      if (kept !== undefined) found.set(key, kept);
      else if (row !== undefined) open.set(key, row);
    });
    if (open.size > 0) {
      const answers = await ask([...open.values()]);
      [...open.keys()].forEach((key, i) => {
        const score = answers[i];
        if (score === undefined) throw new RangeError('the model answered fewer rows than it was asked');
        found.set(key, score);
        this.#keep(key, score);
      });
    }
    return keys.map((key) => found.get(key) ?? {});
  }

  #keep(key: string, score: Score): void {
    this.#scores.set(key, score);
    if (this.#scores.size <= MOST_KEPT) return;
    for (const oldest of this.#scores.keys()) {
      this.#scores.delete(oldest);
      return;
    }
  }
}
