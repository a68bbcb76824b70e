// The use cases of a reviewer: correct, accept or reject values, swap arms, accept the draft into the corpus, exclude it, retract a study.
// Every step is an event with who, when and why; a step out of order or a value that is wrong is refused before anything is written.
import type { Corpus } from '../domain/corpus/corpus.js';
import type { Study } from '../domain/corpus/study.js';
import { FaultyInput } from '../domain/faults.js';
import { type KnownNames, valueFault } from '../evidence/curate/check-value.js';
import { type Comparison, compareResults } from '../evidence/curate/compare-results.js';
import { afterEvent, type Draft, draftOf, settled } from '../evidence/curate/draft-state.js';
import type { CurationEvent } from '../evidence/curate/event.js';
import { newResults, newStudy, slug } from '../evidence/curate/study-record.js';
import type { CurationStore, Decision, StudyFiles } from './curation-ports.js';

export interface ReviewDesk {
  readonly corpus: Corpus;
  readonly store: CurationStore;
  readonly files: StudyFiles;
}

/** @throws Error when there is no such draft */
export function openDraft({ store }: Pick<ReviewDesk, 'store'>, id: string): Draft {
  const events = store.events(id);
  if (events.length === 0) throw new Error(`there is no draft "${id}"; "shipa corpus review" lists them`);
  return draftOf(id, events);
}

export const namesFor = ({ cancers }: Corpus): KnownNames => ({
  cancers: new Set(cancers.map((folder) => folder.profile.id)),
  regimens: new Set(cancers.flatMap((folder) => folder.regimens.map((r) => r.id))),
  studies: new Set(cancers.flatMap((folder) => folder.studies.map((s) => s.id))),
});

/** Writes events after trying each: all or none. Answers the draft as it then stands. */
export function record(desk: Pick<ReviewDesk, 'store'>, draft: Draft, events: readonly CurationEvent[]): Draft {
  const after = events.reduce(afterEvent, draft);
  desk.store.append(draft.id, events);
  return after;
}

export const accepting = (field: string, decision: Decision): CurationEvent => ({
  event: 'value-accepted',
  field,
  ...decision,
});
export const rejecting = (field: string, decision: Decision): CurationEvent => ({
  event: 'value-rejected',
  field,
  ...decision,
});

/** @throws FaultyInput when the value does not fit its field */
export function correcting(
  desk: Pick<ReviewDesk, 'corpus'>,
  field: string,
  value: string,
  decision: Decision,
): CurationEvent {
  const fault = valueFault(field, value, namesFor(desk.corpus));
  if (fault !== undefined) throw new FaultyInput([{ place: field, message: fault }]);
  return { event: 'corrected', field, value, ...decision };
}

/** Arms a and b change places: names, regimens, numbers and figures; the effect stays as published. */
export function swapping(draft: Draft, decision: Decision): CurationEvent[] {
  const other = (field: string): string | undefined => {
    const swapped = field.replace(
      /^(arm\.|harm\.)([ab])/,
      (_, head: string, arm: string) => `${head}${arm === 'a' ? 'b' : 'a'}`,
    );
    if (swapped !== field) return swapped;
    const figure = field.replace(/\.([ab])$/, (_, arm: string) => `.${arm === 'a' ? 'b' : 'a'}`);
    return figure === field ? undefined : figure;
  };
  const byField = new Map(draft.values.filter((v) => v.verdict !== 'rejected').map((v) => [v.field, v.value]));
  return [...byField].flatMap(([field, value]): CurationEvent[] => {
    const target = other(field);
    if (target === undefined) return [];
    const vacated: CurationEvent[] = [...byField.keys()].some((f) => other(f) === field)
      ? []
      : [rejecting(field, decision)];
    return [{ event: 'corrected', field: target, value, ...decision }, ...vacated];
  });
}

/** How the draft stands to the study that it is of; nothing for a new study, or while arms are not told. */
export function comparisons({ corpus }: Pick<ReviewDesk, 'corpus'>, draft: Draft): readonly Comparison[] {
  const study = targetOf(corpus, draft);
  if (study === undefined) return [];
  const values = draft.values.filter(({ verdict }) => verdict !== 'rejected');
  const made = newResults(values, study, {});
  return 'made' in made ? compareResults(study, made.made) : [];
}

/** The study that the reviewer named, else the one known by number. A name alone decides nothing. */
export function targetOf(corpus: Corpus, draft: Draft): Study | undefined {
  const chosen = draft.values.find(({ field, verdict }) => field === 'study' && verdict !== 'rejected')?.value;
  const id = chosen ?? draft.known.find(({ by }) => !by.startsWith('name '))?.study;
  return id === undefined ? undefined : corpus.cancers.flatMap((folder) => folder.studies).find((s) => s.id === id);
}

export interface Acceptance {
  /** Id of a new study; made of its name where left out. */
  readonly id?: string;
  /** Networks that the study joins, and indications that cite it. */
  readonly networks: readonly string[];
  readonly indications: readonly string[];
  /** A new study though another of the same trial is known. */
  readonly asNew: boolean;
}

export interface Accepted {
  readonly draft: Draft;
  readonly study: string;
  readonly as: 'new study' | 'new results' | 'confirmation';
  readonly files: readonly string[];
  readonly comparisons: readonly Comparison[];
  /** Accepted values that a known study has no room for here (harm, patients of an arm): to be entered by hand. */
  readonly unused: readonly string[];
}

/**
 * Values that nobody judged count as accepted by this decision; then the draft becomes a record. Steps just made and not yet written are
 * written with it, all or none. @throws FaultyInput, OutOfOrder
 */
export function acceptDraft(
  desk: ReviewDesk,
  draft: Draft,
  acceptance: Acceptance,
  decision: Decision,
  unwritten: readonly CurationEvent[] = [],
): Accepted {
  const open = unwritten.reduce(afterEvent, draft).values.filter((v) => v.verdict === 'pending');
  const reviewed: CurationEvent[] = [
    ...unwritten,
    ...open.map((v) => accepting(v.field, decision)),
    { event: 'reviewed', ...decision },
  ];
  const settledDraft = reviewed.reduce(afterEvent, draft);
  requireReferences(desk.corpus, acceptance);
  const target = acceptance.asNew ? undefined : targetOf(desk.corpus, settledDraft);
  const outcome =
    target === undefined
      ? acceptNew(desk, settledDraft, acceptance, decision)
      : acceptUpdate(desk, settledDraft, target);
  const linked = [
    ...unlinked(desk.corpus, acceptance, outcome.study).networks.map((id) => desk.files.joinNetwork(id, outcome.study)),
    ...unlinked(desk.corpus, acceptance, outcome.study).indications.map((id) => desk.files.cite(id, outcome.study)),
  ];
  const accepted: CurationEvent = {
    event: 'accepted',
    study: outcome.study,
    as: outcome.as,
    file: outcome.file,
    ...decision,
  };
  const after = record(desk, draft, [...reviewed, accepted]);
  return {
    draft: after,
    study: outcome.study,
    as: outcome.as,
    files: [...new Set([outcome.file, ...linked])],
    comparisons: outcome.comparisons,
    unused: outcome.as === 'new study' ? [] : unusedOf(settledDraft),
  };
}

/** Networks and indications that do not have the study yet. */
function unlinked({ cancers }: Corpus, { networks, indications }: Acceptance, study: string) {
  const joined = new Set(
    cancers.flatMap((f) => f.networks.flatMap((n) => (n.trials.some((t) => t.study === study) ? [n.id] : []))),
  );
  const cited = new Set(
    cancers.flatMap((f) => f.indications.flatMap((i) => (i.studies.includes(study) ? [i.id] : []))),
  );
  return {
    networks: networks.filter((id) => !joined.has(id)),
    indications: indications.filter((id) => !cited.has(id)),
  };
}

const unusedOf = (draft: Draft): string[] =>
  settled(draft).flatMap(({ field }) => (/^(?:harm\.[a-f]|arm\.[a-f]\.n)$/.test(field) ? [field] : []));

interface Outcome {
  readonly study: string;
  readonly as: Accepted['as'];
  readonly file: string;
  readonly comparisons: readonly Comparison[];
}

function acceptNew({ corpus, files }: ReviewDesk, draft: Draft, { id }: Acceptance, decision: Decision): Outcome {
  const values = settled(draft);
  const name = values.find(({ field }) => field === 'name')?.value ?? draft.id;
  const study = id ?? slug(name);
  if (namesFor(corpus).studies.has(study))
    throw new FaultyInput([
      {
        place: 'id',
        message: `study "${study}" is there already: choose another id (--id), or make this an update (--set study=${study})`,
      },
    ]);
  const made = newStudy(values, study, verified(draft, decision));
  if ('faults' in made) throw new FaultyInput(made.faults);
  return { study, as: 'new study', file: files.addStudy(made.made), comparisons: [] };
}

function acceptUpdate({ files }: ReviewDesk, draft: Draft, target: Study): Outcome {
  const values = settled(draft);
  const own = (name: string): string | undefined => values.find(({ field }) => field === name)?.value;
  const [pmid, journal, year] = [draft.pmid ?? own('pmid'), own('journal'), own('year')];
  const made = newResults(values, target, {
    ...(pmid !== undefined && { pmid }),
    ...(journal !== undefined && { journal }),
    ...(year !== undefined && { year: Number(year) }),
  });
  if ('faults' in made) throw new FaultyInput(made.faults);
  const compared = compareResults(target, made.made);
  const fresh = compared.filter(({ same }) => !same);
  if (made.made.length === 0)
    throw new FaultyInput([
      { place: draft.id, message: `holds no result for ${target.id}; exclude it, or set the values that count` },
    ]);
  if (fresh.length === 0)
    return { study: target.id, as: 'confirmation', file: `(${target.id} unchanged)`, comparisons: compared };
  const file = files.addResults(
    target.id,
    fresh.map(({ result }) => result),
    fresh.flatMap(({ stored }) => (stored === undefined ? [] : [stored])),
  );
  return { study: target.id, as: 'new results', file, comparisons: compared };
}

const verified = (draft: Draft, { by, at }: Decision): { how: string; where: string; on: string } => ({
  how: `text read and each value judged in review by ${by}`,
  where: draft.pmid === null ? draft.document : `PubMed ${draft.pmid}`,
  on: at.slice(0, 10),
});

function requireReferences(corpus: Corpus, { networks, indications }: Acceptance): void {
  const known = {
    network: new Set(corpus.cancers.flatMap((folder) => folder.networks.map((n) => n.id))),
    indication: new Set(corpus.cancers.flatMap((folder) => folder.indications.map((i) => i.id))),
  };
  const faults = [
    ...networks
      .filter((id) => !known.network.has(id))
      .map((id) => ({ place: '--network', message: `no network "${id}"` })),
    ...indications
      .filter((id) => !known.indication.has(id))
      .map((id) => ({ place: '--cite', message: `no indication "${id}"` })),
  ];
  if (faults.length > 0) throw new FaultyInput(faults);
}

export const excludeDraft = (
  desk: Pick<ReviewDesk, 'store'>,
  draft: Draft,
  decision: Decision,
  unwritten: readonly CurationEvent[] = [],
): Draft => record(desk, draft, [...unwritten, { event: 'excluded', ...decision }]);

/** Marks a study retracted; the log of the document that it came from, where there is one, says so too. @throws Error */
export function retractStudy(
  { corpus, store, files }: ReviewDesk,
  id: string,
  decision: Decision,
): { readonly file: string } {
  const study = corpus.cancers.flatMap((folder) => folder.studies).find((s) => s.id === id);
  if (study === undefined) throw new FaultyInput([{ place: id, message: 'is no study of the corpus' }]);
  if (study.retracted !== undefined)
    throw new FaultyInput([
      { place: id, message: `is retracted already, on ${study.retracted.on}: ${study.retracted.why}` },
    ]);
  const file = files.retract(id, { on: decision.at.slice(0, 10), why: decision.why });
  for (const draftId of store.ids()) {
    const draft = draftOf(draftId, store.events(draftId));
    if (draft.state === 'accepted' && draft.study === id)
      record({ store }, draft, [{ event: 'retracted', study: id, ...decision }]);
  }
  return { file };
}
