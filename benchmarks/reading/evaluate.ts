// Every golden note through the whole path, beside its structured twin: what was read, and whether the answer is the same.
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import type { Recommender } from '../../src/app/recommend.js';
import { normalize } from '../../src/core/normalize/normalize.js';
import type { Terminology } from '../../src/core/normalize/terminology.js';
import { type ReaderParts, readAll } from '../../src/core/reading/read-note.js';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import type { History } from '../../src/domain/history.js';
import type { Recommendation } from '../../src/domain/recommendation.js';
import type { Confidence } from '../../src/domain/text-reading.js';
import type { GoldenNote } from './golden-note.js';
import type { Outcome } from './outcome.js';
import { scoreNote } from './score-note.js';
import type { ToBundle } from './twin.js';

export interface EvaluatedNote {
  readonly note: GoldenNote;
  readonly outcomes: readonly Outcome[];
  readonly record?: Recommendation;
  /** Undefined where the note has no twin (two primaries, no diagnosis). */
  readonly twin?: TwinComparison;
  /** First options that medicine wants and the note's answer does not have; drugs that must not be recommended and are. */
  readonly against: readonly string[];
}

export interface TwinComparison {
  readonly record: Recommendation;
  /** The first option of every decision is the same. */
  readonly same: boolean;
  readonly differences: readonly string[];
}

/** How many facts of one confidence were right and wrong: what the patient has with such entries and not without them. */
export type ByConfidence = Readonly<Record<Confidence, { readonly right: number; readonly wrong: number }>>;

export function byConfidence(
  note: GoldenNote,
  text: string,
  { parts, terms, corpus }: { parts: ReaderParts; terms: Terminology; corpus: Corpus },
): ByConfidence {
  const asOf = note.expected.asOf;
  const { history, judged } = readAll({ id: note.slug, text }, parts, asOf);
  const scored = (leaves: readonly Confidence[]) => {
    const entries = history.entries.filter(
      (e) => !leaves.includes(judged.find((j) => j.entry === e)?.confidence ?? 'high'),
    );
    const outcomes = scoreNote(note, normalize({ ...history, entries }, terms, asOf), undefined, corpus);
    const of = outcomes.filter((o) => o.kind !== 'line' && o.kind !== 'setting' && o.kind !== 'unknown');
    return {
      right: of.filter((o) => o.right).length,
      wrong: of.filter((o) => !o.right && o.got !== undefined).length,
    };
  };
  const [all, sure, high] = [scored([]), scored(['low']), scored(['low', 'medium'])];
  const more = (a: typeof all, c: typeof all) => ({ right: a.right - c.right, wrong: a.wrong - c.wrong });
  return { high, medium: more(sure, high), low: more(all, sure) };
}

export type ReadNote = (note: GoldenNote) => History | undefined;

export async function evaluateNote(
  note: GoldenNote,
  read: ReadNote,
  { recommender, corpus, toBundle }: { recommender: Recommender; corpus: Corpus; toBundle: ToBundle },
): Promise<EvaluatedNote> {
  const asOf = note.expected.asOf;
  const history = read(note);
  const record = history && (await recommender.recommend(history, { asOf }));
  const patient = history && recommender.normalize(history, asOf);
  const twin = hasTwin(note) ? await compareTwin(note, record, recommender, toBundle) : undefined;
  return {
    note,
    outcomes: scoreNote(note, patient, record, corpus),
    ...(record && { record }),
    ...(twin && { twin }),
    against: contradictions(note, record),
  };
}

const hasTwin = ({ expected }: GoldenNote): boolean => expected.cancer !== null && expected.noTwin === undefined;

async function compareTwin(
  note: GoldenNote,
  record: Recommendation | undefined,
  recommender: Recommender,
  toBundle: ToBundle,
): Promise<TwinComparison> {
  const history = twinHistory(note, toBundle);
  const twin = await recommender.recommend(history, { asOf: note.expected.asOf });
  const differences = firstOptionDifferences(record, twin);
  return { record: twin, same: differences.length === 0, differences };
}

export function twinHistory(note: GoldenNote, toBundle: ToBundle): History {
  const { histories, faults } = readBundleText(toBundle(note), { case: note.slug });
  const [history] = histories;
  if (history === undefined)
    throw new Error(`${note.slug}: ${faults.map((f) => `${f.place}: ${f.message}`).join('; ')}`);
  return history;
}

function firstOptionDifferences(record: Recommendation | undefined, twin: Recommendation): readonly string[] {
  const [own, other] = [firstOptions(record), firstOptions(twin)];
  const decisions = [...new Set([...own.keys(), ...other.keys()])];
  const differences = decisions
    .filter((decision) => own.get(decision) !== other.get(decision))
    .map(
      (decision) =>
        `${decision}: ${own.get(decision) ?? 'nothing'} from the note, ${other.get(decision) ?? 'nothing'} from the twin`,
    );
  const status = record?.status ?? 'nothing read';
  return status === twin.status
    ? differences
    : [`${status} from the note, ${twin.status} from the twin`, ...differences];
}

/** By decision the regimen that stands first. */
export function firstOptions(record: Recommendation | undefined): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const option of record?.options ?? [])
    if (option.rank !== null && !first.has(option.decision)) first.set(option.decision, option.regimen.id);
  return first;
}

function contradictions({ expected }: GoldenNote, record: Recommendation | undefined): readonly string[] {
  const first = firstOptions(record);
  const recommended = new Set(
    (record?.options ?? []).filter((o) => o.band === 'recommended').flatMap((o) => [o.regimen.id, ...o.regimen.drugs]),
  );
  return [
    ...Object.entries(expected.firstOption)
      .filter(([decision, accepted]) => !accepted.includes(first.get(decision) ?? ''))
      .map(
        ([decision, accepted]) =>
          `${decision}: ${first.get(decision) ?? 'nothing'} first, not ${accepted.join(' or ')}`,
      ),
    ...expected.neverRecommended.filter((id) => recommended.has(id)).map((id) => `${id} is recommended`),
    ...(expected.abstains && record?.status === 'ranked' ? ['ranked, though there is nothing to answer'] : []),
  ];
}
