// The small ports through which use cases reach the outside. One interface for each outside thing.
import type { ModelInfo, Score, ScoreRow } from '../domain/outcome.js';

/** The released outcome model, ready to answer. Rows and scores keep their order. */
export interface OutcomeScorer {
  readonly info: ModelInfo;
  score(rows: readonly ScoreRow[]): Promise<readonly Score[]>;
  close(): Promise<void>;
}
