// The use case "what changed for whom": two editions of the corpus, record by record, and where the first choice of a plain patient moved.
import { standingOf } from '../core/band.js';
import { type CorpusIndex, indexCorpus } from '../core/corpus-index.js';
import { prepare } from '../core/prepare.js';
import { rankOptions } from '../core/rank.js';
import { DEFAULT_WEIGHTS } from '../core/utility.js';
import { plainPatient } from '../core/witness/reach.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import type { Patient } from '../domain/patient.js';
import { type CorpusChange, corpusChanges } from '../evidence/diff/corpus-changes.js';

export interface MovedFirst {
  readonly cancer: string;
  readonly setting: string;
  readonly decision: string;
  readonly before: string;
  readonly after: string;
}

export interface CorporaDifference {
  readonly changes: readonly CorpusChange[];
  /** First choices that moved, for a plain patient of each setting of the newer edition; by the corpus's order, without numbers. */
  readonly moved: readonly MovedFirst[];
}

export function diffCorpora(before: Corpus, after: Corpus): CorporaDifference {
  const [old, now] = [indexCorpus(before), indexCorpus(after)];
  const moved = now.corpus.cancers.flatMap((folder) =>
    folder.profile.settings.flatMap((setting) => {
      const found = plainPatient(folder, setting, now);
      if (found === undefined) return [];
      const [was, is] = [firsts(found.patient, old), firsts(found.patient, now)];
      return [...new Set([...was.keys(), ...is.keys()])]
        .filter((decision) => was.get(decision) !== is.get(decision))
        .map((decision) => ({
          cancer: folder.profile.id,
          setting: setting.id,
          decision,
          before: was.get(decision) ?? 'nothing',
          after: is.get(decision) ?? 'nothing',
        }));
    }),
  );
  return { changes: corpusChanges(before, after), moved };
}

const NO_MODEL = { id: 'none', corpusHash: '', featuresHash: '', networks: [] } as const;

/** Decision -> its first option with its band. */
function firsts(patient: Patient, index: CorpusIndex): ReadonlyMap<string, string> {
  const { answer } = prepare(patient, index, NO_MODEL, { tryMissing: false });
  const found = new Map<string, string>();
  if (answer.kind === 'abstained') return found;
  const ranked = rankOptions(answer, { scores: [], model: NO_MODEL, index, weights: DEFAULT_WEIGHTS });
  for (const { candidate, rank } of ranked) {
    const { decision, regimen } = candidate;
    if (rank === null || found.has(decision.id)) continue;
    const { band, provisional } = standingOf(candidate, answer.setting.certain);
    found.set(decision.id, `${regimen.id} (${provisional ? 'provisional' : band})`);
  }
  return found;
}
