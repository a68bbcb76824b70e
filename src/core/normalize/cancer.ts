// Conditions, histologies, stagings and metastases of a history -> its cancers, each apart. Neither the order of entries nor their
// ids change anything.
import { type Fact, known, unknown } from '../../domain/fact.js';
import type { Concept, ConditionEntry, Entry, History } from '../../domain/history.js';
import { compareDates, daysBetween, type PartialDate } from '../../domain/partial-date.js';
import { type CancerGroup, isInSitu, mergeCancers } from './cancer-merge.js';
import { reachOf, siteFor } from './cancer-metastases.js';
import { type Placed, placeMetastases, uniqueSites } from './cancer-placing.js';
import { type CancerReading, type PrimaryReading, readCancer, type SecondaryReading } from './cancer-reading.js';
import { cancerTree } from './cancer-tree.js';
import { saysInSitu, saysMalignant, wordsOf } from './cancer-words.js';
import { type Assignable, casesOfEntry } from './case-assignment.js';
import type { CaseDraft } from './case-draft.js';
import { histologyIn } from './histology-said.js';
import { readStage } from './stage.js';
import { conditionEvidence, observationEvidence, type StageEvidence } from './stage-evidence.js';
import type { Terminology } from './terminology.js';

/** The cancers of the person, oldest first. A history whose only cancer entries are metastases has one case of unknown primary. */
export function readCases(history: History, terms: Terminology): readonly CaseDraft[] {
  const conditions = history.entries.filter((e): e is ConditionEntry => e.kind === 'condition');
  const first = conditions.flatMap((entry) => readCancer(entry, terms) ?? []);
  const primaries = (of: readonly CancerReading[]) => primariesOf(of, history.person.sex, terms);
  const rough = mergeCancers(primaries(first), terms.vocabulary);
  const histologies = histologiesFor(history.entries, rough, terms);
  const readings = first.flatMap((reading) => {
    const found = reading.kind === 'primary' ? histologies(reading.entry) : [];
    return found.length === 0 ? reading : (readCancer(reading.entry, terms, found) ?? []);
  });
  const asBefore = readings.length === first.length && readings.every((reading, i) => reading === first[i]);
  const groups = asBefore ? rough : mergeCancers(primaries(readings), terms.vocabulary);
  const ids = caseIds(groups);
  const cases = groups.map((group, i) => assignable(group, ids[i] ?? `${i}`));
  const secondaries = readings.filter((r): r is SecondaryReading => r.kind === 'secondary');
  const metastases = placeMetastases(history.entries, groups, cases, secondaries, terms);
  const drafts = groups.map((group, i) => draft(group, cases[i], cases, metastases, history.entries, terms));
  const orphans = metastases.filter((m) => m.caseId === undefined);
  if (groups.length === 0 && orphans.length > 0) return [unknownPrimary(orphans)];
  const sorted = drafts.sort(
    (a, b) => compareDates(dateOf(a) ?? '9999', dateOf(b) ?? '9999') || a.id.localeCompare(b.id),
  );
  if (orphans.length === 0) return sorted;
  const remark = `Metastases (${[...new Set(orphans.map((m) => m.site))].sort().join(', ')}) cannot be told to one of the cancers`;
  return sorted.map((c) => ({ ...c, remarks: [...c.remarks, remark] }));
}

const NONE: readonly never[] = [];

/** The primaries; a disease of pregnancy told of a man is what its name means in him. */
const primariesOf = (readings: readonly CancerReading[], sex: string | undefined, terms: Terminology) =>
  readings
    .filter((r): r is PrimaryReading => r.kind === 'primary')
    .map((reading): PrimaryReading => {
      const term = reading.cancer && terms.term('cancer', reading.cancer.oncotree);
      const his = sex === 'male' && term?.inMen !== undefined ? terms.term('cancer', term.inMen) : undefined;
      if (reading.cancer === undefined || his === undefined) return reading;
      return { ...reading, cancer: { ...reading.cancer, oncotree: his.oncotree, name: his.name.en } };
    });

/** Histologies that observations and reports give for the cancer that a condition belongs to, latest first. */
function histologiesFor(
  entries: readonly Entry[],
  groups: readonly CancerGroup[],
  terms: Terminology,
): (entry: ConditionEntry) => readonly Concept[] {
  const said = entries.flatMap((entry) => {
    const concepts = histologyIn(entry, terms);
    return concepts.length === 0 ? [] : concepts.map((concept) => ({ concept, entry, key: JSON.stringify(concept) }));
  });
  if (said.length === 0) return () => [];
  const cases = groups.map((group, i) => assignable(group, `${i}`));
  const found = said
    .map((h) => ({ ...h, cases: casesOfEntry(h.entry, cases, terms) }))
    .sort((a, b) => compareDates(b.entry.date ?? '0001', a.entry.date ?? '0001') || a.key.localeCompare(b.key));
  return (entry) => {
    const own = cases.find((c) => c.group.readings.some((r) => r.entry === entry))?.id;
    return found.filter((h) => own !== undefined && h.cases.includes(own)).map((h) => h.concept);
  };
}

/** "breast-left-2024-05": organ, side and time; a number only where these are the same. */
function caseIds(groups: readonly CancerGroup[]): readonly string[] {
  const names = groups.map((g) =>
    [g.oncotree?.toLowerCase() ?? 'cancer', g.side, g.readings[0]?.date?.slice(0, 7)]
      .filter((p) => p !== undefined)
      .join('-'),
  );
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}

type GroupedCase = Assignable & { readonly group: CancerGroup };

function assignable(group: CancerGroup, id: string): GroupedCase {
  const { readings, oncotree, side } = group;
  const [first] = readings;
  const named = readings.find((r) => r.cancer?.oncotree === oncotree) ?? first;
  const source = named?.entry.source ?? { kind: 'derived', from: 'diagnoses' };
  const cancer: Assignable['cancer'] =
    named?.cancer === undefined
      ? unknown('not-recorded', first === undefined ? undefined : wordsOf(first.entry.code))
      : known(named.cancer, source, named.date);
  const sided = readings.find((r) => r.side === side) ?? first;
  return {
    id,
    group,
    cancer,
    laterality: side === undefined || sided === undefined ? unknown('not-recorded') : known(side, sided.entry.source),
    diagnosed: diagnosed(readings),
    status: readStatus(readings),
    verification: verification(readings),
    entryIds: readings.flatMap((r) => r.entry.id ?? []),
  };
}

function diagnosed(readings: readonly PrimaryReading[]): Fact<PartialDate> {
  const onset = readings.filter((r) => r.entry.date !== undefined);
  const [dated] = onset.length > 0 ? onset : readings.filter((r) => r.date !== undefined);
  if (dated?.date === undefined) return unknown('not-recorded');
  const note = dated.entry.date === undefined ? 'the day it was recorded' : undefined;
  return known(dated.date, dated.entry.source, dated.date, note);
}

/** What the latest entry says; on one day the first of the order. */
function latest<T extends string>(
  readings: readonly PrimaryReading[],
  of: (r: PrimaryReading) => T | undefined,
  order: readonly T[],
): Fact<T> {
  const said = readings.flatMap((r) => {
    const value = of(r);
    return value === undefined ? [] : [{ value, r, date: r.entry.recordedDate ?? r.date }];
  });
  const [best] = said.sort(
    (a, b) => compareDates(b.date ?? '0001', a.date ?? '0001') || order.indexOf(a.value) - order.indexOf(b.value),
  );
  return best === undefined ? unknown('not-recorded') : known(best.value, best.r.entry.source, best.date);
}

/** "History of" is said of cancers that go on too; an entry with a status of its own says more. */
function readStatus(readings: readonly PrimaryReading[]): Assignable['status'] {
  const order = ['active', 'remission', 'resolved'] as const;
  const own = latest(
    readings.filter((r) => r.entry.clinicalStatus !== undefined),
    (r) => r.status,
    order,
  );
  return own.known ? own : latest(readings, (r) => r.status, order);
}

/** One confirmed entry confirms the cancer. */
const verification = (readings: readonly PrimaryReading[]): Assignable['verification'] => {
  const confirmed = readings.find((r) => r.verification === 'confirmed');
  return confirmed === undefined
    ? latest(readings, (r) => r.verification, ['provisional', 'differential', 'refuted', 'confirmed'])
    : known('confirmed', confirmed.entry.source, confirmed.date);
};

function draft(
  group: CancerGroup,
  own: Assignable | undefined,
  cases: readonly Assignable[],
  metastases: readonly Placed[],
  entries: readonly Entry[],
  terms: Terminology,
): CaseDraft {
  const base = own ?? assignable(group, 'cancer');
  const tree = cancerTree(terms.vocabulary);
  const mine = metastases.filter((m) => m.caseId === base.id);
  const remarks = group.readings.flatMap((r) => r.remarks);
  const distant = mine.filter((m) => reachOf(m.site, group.oncotree, terms) === 'distant');
  const unclear = mine.filter((m) => reachOf(m.site, group.oncotree, terms) === 'unclear');
  if (unclear.length > 0 && distant.length === 0) {
    remarks.push(
      `Lymph node metastases (${[...new Set(unclear.map((m) => m.site))].sort().join(', ')}) may be regional; not taken as distant`,
    );
  }
  const sites = uniqueSites(
    distant.map((m) => ({ ...m, site: siteFor(m.site, group.oncotree, [group.side, m.side], terms) })),
  );
  const staged = entries.flatMap((e) => {
    if (e.kind !== 'observation') return NONE;
    const said = observationEvidence(e, terms);
    if (said.groups.length + said.categories.length === 0) return NONE;
    return casesOfEntry(e, cases, terms).includes(base.id) ? { id: e.id, evidence: said } : NONE;
  });
  const evidence = gather([
    ...group.readings.map((r) => conditionEvidence(r.entry, terms)),
    ...staged.map((s) => s.evidence),
  ]);
  const stage = readStage(
    {
      oncotree: group.oncotree,
      diagnosed: base.diagnosed.known ? base.diagnosed.value : undefined,
      evidence,
      metastases: sites,
      systemicFrom: systemicFrom(entries, base, cases, terms),
    },
    terms.vocabulary,
  );
  const inSitu = group.oncotree !== undefined && isInSitu(group.oncotree, tree);
  const settled =
    inSitu && group.oncotree !== undefined
      ? settleInSitu(group, base, stage.stage, terms)
      : { cancer: base.cancer, remarks: [], inSitu };
  return {
    id: base.id,
    cancer: settled.cancer,
    laterality: base.laterality,
    diagnosed: base.diagnosed,
    status: base.status,
    verification: base.verification,
    stage: stage.stage,
    clinicalTnm: stage.clinicalTnm,
    pathologicTnm: stage.pathologicTnm,
    postNeoadjuvantTnm: stage.postNeoadjuvantTnm,
    metastases: sites.map(({ site, date, source }) => ({ site, ...(date === undefined ? {} : { date }), source })),
    entryIds: [...base.entryIds, ...mine.flatMap((m) => m.entryId ?? []), ...staged.flatMap((s) => s.id ?? [])],
    inSitu: settled.inSitu,
    remarks: [...new Set([...remarks, ...settled.remarks, ...stage.remarks])],
  };
}

const gather = (parts: readonly StageEvidence[]): StageEvidence => ({
  groups: parts.flatMap((p) => p.groups),
  categories: parts.flatMap((p) => p.categories),
});

/** In situ by histology, yet staged as invasive: the stage decides when the code itself does not say in situ; else a conflict. */
function settleInSitu(
  group: CancerGroup,
  base: Assignable,
  stage: Fact<string>,
  terms: Terminology,
): Pick<CaseDraft, 'cancer' | 'remarks' | 'inSitu'> {
  if (!stage.known || stage.value === '0' || stage.source.kind === 'derived')
    return { cancer: base.cancer, remarks: [], inSitu: true };
  const tree = cancerTree(terms.vocabulary);
  const malignant = group.oncotree === undefined ? undefined : tree.malignant(tree.organ(group.oncotree));
  const byCode = group.readings.some(
    ({ entry }) =>
      (saysMalignant(wordsOf(entry.code)) && !saysInSitu(wordsOf(entry.code))) ||
      terms.findAll('cancer', entry.code).some((m) => m.precision !== 'text' && !isInSitu(m.term.oncotree, tree)),
  );
  const detail = `histology in situ, stage ${stage.value}`;
  if (malignant === undefined || !byCode)
    return { cancer: unknown('conflict', detail), remarks: [`The cancer is contradictory: ${detail}`], inSitu: false };
  const name = { oncotree: malignant.oncotree, name: malignant.name.en, precision: 'broader' as const };
  return { cancer: known(name, stage.source), remarks: [`${detail}: taken as ${malignant.name.en}`], inSitu: false };
}

/** First day of a cancer drug for this case at or after its diagnosis. */
function systemicFrom(
  entries: readonly Entry[],
  base: Assignable,
  cases: readonly Assignable[],
  terms: Terminology,
): PartialDate | undefined {
  const from = base.diagnosed.known ? base.diagnosed.value : undefined;
  return entries
    .flatMap((e) => (e.kind === 'medication' && e.given && e.date !== undefined ? [{ e, date: e.date }] : []))
    .filter(({ date }) => from === undefined || daysBetween(from, date) >= -31)
    .filter(
      ({ e }) =>
        terms.drugs(e.code).some((m) => m.drug.antineoplastic) && casesOfEntry(e, cases, terms).includes(base.id),
    )
    .map(({ date }) => date)
    .sort(compareDates)[0];
}

const dateOf = (c: CaseDraft): PartialDate | undefined => (c.diagnosed.known ? c.diagnosed.value : undefined);

function unknownPrimary(metastases: readonly Placed[]): CaseDraft {
  const none = unknown('not-recorded');
  const noTnm = { t: none, n: none, m: none };
  const sites = uniqueSites(
    metastases.map((m) => ({ ...m, site: m.site.startsWith('lymph-node') ? 'lymph-node-distant' : m.site })),
  );
  return {
    id: 'unknown-primary',
    cancer: unknown('not-recorded', 'only metastases are recorded, no primary cancer'),
    laterality: none,
    diagnosed: none,
    status: none,
    verification: none,
    stage: none,
    clinicalTnm: noTnm,
    pathologicTnm: noTnm,
    postNeoadjuvantTnm: noTnm,
    metastases: sites.map(({ site, date, source }) => ({ site, ...(date === undefined ? {} : { date }), source })),
    entryIds: metastases.flatMap((m) => m.entryId ?? []),
    inSitu: false,
    remarks: ['Only metastases are recorded, no primary cancer'],
  };
}
