// Whose last recommendation leaned on a study: for the day when it is retracted.
import type { Corpus } from '../domain/corpus/corpus.js';
import type { CompactRecord } from './score-batch-record.js';

export interface Leaning {
  /** "first": an option that stood first for its question. "shown": one below it. */
  readonly place: 'first' | 'shown';
  readonly decision: string;
  readonly regimen: string;
  readonly indication: string;
}

/** Indications that cite the study, or whose numbers come from a network that holds it. */
export function indicationsOn(corpus: Corpus, study: string): ReadonlySet<string> {
  const networks = new Set(
    corpus.cancers
      .flatMap((c) => c.networks.filter((n) => n.trials.some((t) => t.study === study) || n.baseline.study === study))
      .map((n) => n.id),
  );
  return new Set(
    corpus.cancers
      .flatMap((c) => c.indications)
      .filter((i) => i.studies.includes(study) || (i.network !== undefined && networks.has(i.network)))
      .map((i) => i.id),
  );
}

/** Options above "not recommended" that lean on the indications; the first place of each question is told from the others. */
export function leaningOptions(record: CompactRecord, on: ReadonlySet<string>): readonly Leaning[] {
  const seen = new Set<string>();
  return (record.options ?? []).flatMap((o): Leaning[] => {
    if (o.rank === null) return [];
    const place = seen.has(o.decision) ? 'shown' : 'first';
    seen.add(o.decision);
    return on.has(o.indication) ? [{ place, decision: o.decision, regimen: o.regimen, indication: o.indication }] : [];
  });
}
