// Histories with nothing but what tells a cancer: diagnoses, histologies, stagings, metastases.
import { readCorpusFiles } from '../../../src/adapters/files/corpus-files.js';
import { readCases } from '../../../src/core/normalize/cancer.js';
import type { CaseDraft } from '../../../src/core/normalize/case-draft.js';
import { createTerminology, type Terminology } from '../../../src/core/normalize/terminology.js';
import type { Fact } from '../../../src/domain/fact.js';
import type {
  Coding,
  Concept,
  ConditionEntry,
  Entry,
  History,
  MedicationEntry,
  ObservationEntry,
} from '../../../src/domain/history.js';

const { corpus } = readCorpusFiles('corpus');
export const terms: Terminology = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);

const SYSTEMS: Readonly<Record<string, string>> = {
  icd: 'http://hl7.org/fhir/sid/icd-10',
  cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  icdo: 'http://terminology.hl7.org/CodeSystem/icd-o-3',
  ajcc: 'http://cancerstaging.org',
};

/** "icd C50.9", "sct 254837009 Malignant neoplasm of breast", or words without a code. */
export function coded(text: string): Concept {
  const [, name = '', code = '', display] = /^(icd|cm|sct|loinc|icdo|ajcc) (\S+)(?: (.*))?$/.exec(text) ?? [];
  const system = SYSTEMS[name];
  if (system === undefined) return { codings: [], text };
  const coding: Coding = { system, code, ...(display === undefined ? {} : { display }) };
  return { codings: [coding] };
}

let count = 0;
const base = (kind: string) => {
  const id = `${kind}/${++count}`;
  return { id, source: { kind: 'resource', place: `entry[${count}].resource`, reference: id } } as const;
};

export const diagnosis = (
  code: string,
  more: Partial<Omit<ConditionEntry, 'code' | 'morphology' | 'stages' | 'bodySites'>> & {
    readonly morphology?: string;
    readonly stages?: readonly string[];
    readonly bodySites?: readonly string[];
  } = {},
): ConditionEntry => {
  const { morphology, stages = [], bodySites = [], ...rest } = more;
  return {
    ...base('Condition'),
    kind: 'condition',
    code: coded(code),
    role: 'unstated',
    bodySites: bodySites.map(coded),
    stages: stages.map(coded),
    ...(morphology === undefined ? {} : { morphology: coded(morphology) }),
    ...rest,
  };
};

export const observed = (
  code: string,
  value: string,
  date?: string,
  more: Partial<ObservationEntry> = {},
): ObservationEntry => ({
  ...base('Observation'),
  kind: 'observation',
  status: 'final',
  code: coded(code),
  value: { kind: 'concept', concept: coded(value) },
  interpretations: [],
  components: [],
  ...(date === undefined ? {} : { date }),
  ...more,
});

export const drug = (name: string, date: string): MedicationEntry => ({
  ...base('MedicationAdministration'),
  kind: 'medication',
  event: 'administration',
  status: 'completed',
  code: { codings: [], text: name },
  reasons: [],
  given: true,
  date,
});

/** T, N and M observations of a day: "c", "T2 N1 M0". */
export const tnm = (kind: 'c' | 'p' | 'yp', values: string, date?: string): readonly ObservationEntry[] =>
  values.split(' ').map((value) => {
    const codes: Readonly<Record<string, string>> =
      kind === 'c' ? { T: '21905-5', N: '21906-3', M: '21907-1' } : { T: '21899-0', N: '21900-6', M: '21901-4' };
    return observed(`loinc ${codes[value[0] ?? 'T']}`, `${kind}${value}`, date);
  });

export const history = (entries: readonly Entry[]): History => ({
  id: 'test',
  person: { id: 'p', deceased: false, source: { kind: 'resource', place: 'entry[0].resource' } },
  entries,
  warnings: [],
});

export const casesOf = (...entries: readonly (Entry | readonly Entry[])[]): readonly CaseDraft[] =>
  readCases(history(entries.flat()), terms);

export function onlyCase(...entries: readonly (Entry | readonly Entry[])[]): CaseDraft {
  const cases = casesOf(...entries);
  const [only] = cases;
  if (only === undefined || cases.length > 1)
    throw new Error(`${cases.length} cases: ${cases.map((c) => c.id).join(', ')}`);
  return only;
}

/** A known value, or "?reason". */
export const say = <T>(fact: Fact<T>): T | string => (fact.known ? fact.value : `?${fact.reason}`);
export const code = (c: CaseDraft): string => (c.cancer.known ? c.cancer.value.oncotree : `?${c.cancer.reason}`);
export const sites = (c: CaseDraft): readonly string[] => c.metastases.map((m) => m.site);
