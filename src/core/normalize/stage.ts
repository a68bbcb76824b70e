// The stage of one case: the group that was recorded, else the one that T, N and M give by the tables; with what disagrees.
import type { Vocabulary } from '../../domain/corpus/vocabulary.js';
import { type Fact, type Known, known, unknown } from '../../domain/fact.js';
import { compareDates, daysBetween, type PartialDate } from '../../domain/partial-date.js';
import type { Tnm } from '../../domain/patient.js';
import { byKind, chooseGroup, chooseTnm, sameDay } from './stage-choice.js';
import type { StageEvidence } from './stage-evidence.js';
import { groupsAgree } from './stage-group.js';
import { type DerivedStage, deriveStage, stagingTable } from './staging-table.js';

export interface StageInput {
  readonly oncotree: string | undefined;
  readonly diagnosed: PartialDate | undefined;
  readonly evidence: StageEvidence;
  /** Distant metastases with their dates. */
  readonly metastases: readonly { readonly date?: PartialDate }[];
  /** First day of systemic treatment, to tell a pathologic stage after it from one of surgery that came first. */
  readonly systemicFrom: PartialDate | undefined;
}

export interface StageReading {
  readonly stage: Fact<string>;
  readonly clinicalTnm: Tnm;
  readonly pathologicTnm: Tnm;
  /** After neoadjuvant treatment (ypT, ypN). */
  readonly postNeoadjuvantTnm: Tnm;
  readonly remarks: readonly string[];
}

/** Metastases found within four months of the diagnosis were there at the diagnosis (synchronous). */
const SYNCHRONOUS_DAYS = 120;

export function readStage(input: StageInput, vocabulary: Vocabulary): StageReading {
  const { evidence, systemicFrom } = input;
  // Two weeks of treatment change no specimen; a resection within them was planned before.
  const isAfterTherapy = (date: PartialDate | undefined): boolean =>
    date !== undefined && systemicFrom !== undefined && daysBetween(systemicFrom, date) > 14;
  const kinds = byKind(evidence, isAfterTherapy);
  const remarks: string[] = [];
  if (kinds.afterTherapy.length > kinds.afterTherapy.filter((c) => c.afterTherapy).length) {
    remarks.push('A pathologic stage recorded after systemic treatment began is read as ypTNM');
  }
  const clinicalTnm = withMetastases(chooseTnm(kinds.clinical), input, remarks);
  const pathologicTnm = chooseTnm(kinds.pathologic);
  const editions = new Set([...evidence.categories, ...evidence.groups].flatMap((e) => e.edition ?? []));
  const edition = editions.has('9') || namesNinth(evidence, input.oncotree) ? '9' : '8';
  const m = pathologicTnm.m.known ? pathologicTnm.m : clinicalTnm.m;
  const fromPathologic =
    kinds.pathologic.length === 0
      ? undefined
      : derive({ ...pathologicTnm, m }, 'pathologic', input, edition, vocabulary);
  const fromClinical = derive(clinicalTnm, 'clinical', input, edition, vocabulary);
  const pathologic = kinds.groups.filter((g) => g.kind === 'pathologic');
  const rest = kinds.groups.filter((g) => g.kind !== 'pathologic');
  const chosen =
    pathologic.length > 0
      ? chooseGroup(
          kinds.groups.filter((g) => g.kind === 'pathologic' || g.summary),
          fromPathologic?.group ?? fromClinical?.group,
        )
      : fromPathologic !== undefined
        ? { fact: derivedFact(fromPathologic, pathologicTnm, m), remarks: [] }
        : chooseGroup(rest, fromClinical?.group);
  remarks.push(...chosen.remarks);
  const recorded = chosen.fact;
  const hasTable =
    input.oncotree !== undefined && stagingTable(input.oncotree, 'clinical', edition, vocabulary) !== undefined;
  const stage = settle(
    recorded,
    fromPathologic ?? fromClinical,
    fromClinical,
    clinicalTnm,
    m,
    hasTable ? synchronous(input) : [],
    remarks,
  );
  return { stage, clinicalTnm, pathologicTnm, postNeoadjuvantTnm: chooseTnm(kinds.afterTherapy), remarks };
}

/** The recorded group against what T, N, M and the metastases say. */
function settle(
  recorded: Fact<string>,
  derived: DerivedStage | undefined,
  fromClinical: DerivedStage | undefined,
  clinical: Tnm,
  m: Fact<string>,
  metastases: StageInput['metastases'],
  remarks: string[],
): Fact<string> {
  if (!m.known && m.reason === 'conflict' && !(recorded.known && recorded.value.startsWith('IV'))) {
    remarks.push(`Distant metastasis is contradictory (${m.detail ?? ''}): the stage is not taken`);
    return unknown('conflict', m.detail);
  }
  if (!recorded.known) {
    if (recorded.reason === 'conflict') return recorded;
    if (fromClinical !== undefined) return derivedFact(fromClinical, clinical, m);
    const [first] = metastases;
    return first === undefined
      ? recorded
      : known('IV', { kind: 'derived', from: 'distant metastases at diagnosis' }, first.date);
  }
  const isFour = recorded.value.startsWith('IV');
  const hasM1 = m.known && m.value.startsWith('M1');
  if (m.known && isFour !== hasM1 && !m.value.endsWith('X')) return againstM(recorded, m, derived, remarks);
  if (
    derived !== undefined &&
    !groupsAgree(derived.group, recorded.value) &&
    !recorded.source.kind.startsWith('derived')
  ) {
    remarks.push(
      `Stage ${recorded.value} is recorded, T, N and M give ${derived.group} (${derived.table.id}); the recorded one is used`,
    );
  }
  return recorded;
}

/** Stage IV with M0, or a lower stage with M1: the later one holds; on one day it is a conflict. */
function againstM(
  recorded: Known<string>,
  m: Known<string>,
  derived: DerivedStage | undefined,
  remarks: string[],
): Fact<string> {
  const detail = `stage ${recorded.value} and ${m.value}`;
  const bothDated = recorded.date !== undefined && m.date !== undefined;
  if (!bothDated || sameDay(recorded.date, m.date)) {
    remarks.push(`${detail} contradict each other: the stage is not taken`);
    return unknown('conflict', detail);
  }
  const mIsLater = compareDates(m.date ?? '', recorded.date ?? '') > 0;
  remarks.push(`${detail} contradict each other; the later is used (${mIsLater ? m.value : recorded.value})`);
  if (!mIsLater) return recorded;
  return m.value.startsWith('M1')
    ? known(derived?.group.startsWith('IV') === true ? derived.group : 'IV', m.source, m.date)
    : unknown('conflict', detail);
}

const synchronous = (input: StageInput): StageInput['metastases'] =>
  input.metastases.filter(
    ({ date }) =>
      date === undefined || input.diagnosed === undefined || daysBetween(input.diagnosed, date) <= SYNCHRONOUS_DAYS,
  );

/** M from the list of metastases where no M, or an earlier M0, is recorded. */
function withMetastases(tnm: Tnm, input: StageInput, remarks: string[]): Tnm {
  // An undated metastasis may be of any time; it says nothing of the stage at diagnosis.
  const dated = synchronous(input).flatMap(({ date }) => (date === undefined ? [] : [{ date }]));
  const [first] = dated.sort((a, b) => compareDates(a.date, b.date));
  if (first === undefined) return tnm;
  const m1 = known('M1', { kind: 'derived', from: 'distant metastases at diagnosis' }, first.date);
  if (!tnm.m.known) return { ...tnm, m: m1 };
  if (tnm.m.value !== 'M0') return tnm;
  if (sameDay(first.date, tnm.m.date)) {
    return { ...tnm, m: unknown('conflict', `M0 and a distant metastasis, both on ${first.date}`) };
  }
  remarks.push('M0 is recorded, and a distant metastasis at about the time of diagnosis; M1 is used');
  return { ...tnm, m: m1 };
}

function derive(
  tnm: Tnm,
  kind: 'clinical' | 'pathologic',
  input: StageInput,
  edition: string,
  vocabulary: Vocabulary,
): DerivedStage | undefined {
  if (input.oncotree === undefined) return undefined;
  const table = stagingTable(input.oncotree, kind, edition, vocabulary);
  if (table === undefined) return undefined;
  const isM1 = tnm.m.known && tnm.m.value.startsWith('M1');
  if (!isM1 && (!tnm.t.known || !tnm.n.known)) return undefined;
  if (!tnm.m.known && tnm.m.reason === 'conflict') return undefined;
  // AJCC has no MX: without evidence of metastasis it is M0. The list of metastases is taken as complete (docs/data-model.md).
  const m = tnm.m.known && !tnm.m.value.endsWith('X') ? tnm.m.value : 'M0';
  return deriveStage(table, { t: tnm.t.known ? tnm.t.value : 'TX', n: tnm.n.known ? tnm.n.value : 'NX', m });
}

function derivedFact(derived: DerivedStage, tnm: Tnm, m: Fact<string>): Known<string> {
  const parts = [tnm.t, tnm.n, m].map((fact) => (fact.known ? fact.value : undefined));
  const from = `${parts.filter((p) => p !== undefined).join(' ')} by ${derived.table.id}${m.known ? '' : ', M taken as M0'}`;
  const date = [tnm.t, tnm.n, m]
    .flatMap((fact) => (fact.known && fact.date !== undefined ? [fact.date] : []))
    .sort()
    .at(-1);
  return known(derived.group, { kind: 'derived', from }, date, `derived from ${from}`);
}

/** Categories that only the 9th edition of lung has. */
const namesNinth = (evidence: StageEvidence, oncotree: string | undefined): boolean =>
  oncotree !== undefined &&
  evidence.categories.some((c) => /^(?:N2[ab]|M1c[12])$/.test(c.value)) &&
  evidence.categories.some((c) => /^T[1-4]/.test(c.value));
