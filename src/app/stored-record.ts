// A stored answer beside the one made again: identical, or exactly what it was made with that is not at hand.
import type { BriefRecord } from '../domain/recommendation.js';
import { type CompactRecord, hashOfRecord, readCompact } from './score-batch-record.js';
import type { Release, StoredRecommendation } from './store-ports.js';

export interface StoredNotice {
  readonly scoredAt: string;
  /** False when a newer history has come since, or the person was merged or parted. */
  readonly current: boolean;
  readonly identical: boolean;
  readonly madeWith: Release;
  /** What of the release that made it is not what answers here; empty when it is the same. */
  readonly missing: readonly string[];
  /** The answer as it was stored, where it cannot be shown to be the one made again. */
  readonly answer?: CompactRecord;
}

const PARTS = ['corpus', 'model', 'features', 'code'] as const;

export function noticeOf(found: StoredRecommendation, here: Release, again: BriefRecord): StoredNotice {
  const missing = PARTS.filter((part) => found.release[part] !== here[part]).map(
    (part) => `${part} ${found.release[part]}: ${here[part]} answers here`,
  );
  const identical = missing.length === 0 && hashOfRecord(again).equals(found.recordHash);
  return {
    scoredAt: found.scoredAt,
    current: found.current,
    identical,
    madeWith: found.release,
    missing,
    ...(identical ? {} : { answer: readCompact(found.record) }),
  };
}
