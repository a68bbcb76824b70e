// Short hands to write a history in tests.
import { readCorpusFiles } from '../../../src/adapters/files/corpus-files.js';
import { caseContent } from '../../../src/core/normalize/case-content.js';
import type { CaseDraft } from '../../../src/core/normalize/case-draft.js';
import type { ReadingLog } from '../../../src/core/normalize/reading-log.js';
import { createTerminology, type Terminology } from '../../../src/core/normalize/terminology.js';
import { known, unknown } from '../../../src/domain/fact.js';
import type {
  Concept,
  ConditionEntry,
  Entry,
  MedicationEntry,
  ObservationEntry,
  ProcedureEntry,
  RawValue,
} from '../../../src/domain/history.js';
import type { CancerCase, Course } from '../../../src/domain/patient.js';

const { corpus } = readCorpusFiles('corpus');
export const terms: Terminology = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
export const source = { kind: 'resource', place: 'entry[0]' } as const;
export const text = (words: string): Concept => ({ codings: [], text: words });
export const loinc = (code: string, display?: string): Concept => ({
  codings: [{ system: 'http://loinc.org', code, ...(display === undefined ? {} : { display }) }],
});
export const snomed = (code: string, display?: string): Concept => ({
  codings: [{ system: 'http://snomed.info/sct', code, ...(display === undefined ? {} : { display }) }],
});
const concept = (c: Concept | string): Concept => (typeof c === 'string' ? text(c) : c);

export const quantity = (value: number, unit?: string): RawValue => ({
  kind: 'quantity',
  quantity: { value, ...(unit === undefined ? {} : { unit }) },
});
export const said = (words: string): RawValue => ({ kind: 'text', text: words });
export const coded = (c: Concept): RawValue => ({ kind: 'concept', concept: c });

export function observation(
  code: Concept | string,
  value: RawValue | undefined,
  date?: string,
  more: Partial<ObservationEntry> = {},
): ObservationEntry {
  return {
    kind: 'observation',
    code: concept(code),
    source,
    interpretations: [],
    components: [],
    ...(value === undefined ? {} : { value }),
    ...(date === undefined ? {} : { date }),
    ...more,
  };
}

export function medication(drug: string, start?: string, more: Partial<MedicationEntry> = {}): MedicationEntry {
  return {
    kind: 'medication',
    event: 'statement',
    status: more.end === undefined ? 'active' : 'completed',
    code: text(drug),
    reasons: [],
    given: true,
    source,
    ...(start === undefined ? {} : { date: start }),
    ...more,
  };
}

export const administrations = (drug: string, ...dates: string[]): MedicationEntry[] =>
  dates.map((date) => medication(drug, date, { event: 'administration', status: 'completed' }));

export function procedure(code: Concept | string, date?: string, more: Partial<ProcedureEntry> = {}): ProcedureEntry {
  return {
    kind: 'procedure',
    code: concept(code),
    reasons: [],
    bodySites: [],
    status: 'completed',
    source,
    ...(date === undefined ? {} : { date }),
    ...more,
  };
}

export const condition = (code: Concept | string, more: Partial<ConditionEntry> = {}): ConditionEntry => ({
  kind: 'condition',
  code: concept(code),
  role: 'other',
  clinicalStatus: 'active',
  bodySites: [],
  stages: [],
  source,
  ...more,
});

export const status = (word: string, date: string): ObservationEntry =>
  observation(loinc('97509-4', 'Cancer disease progression'), said(word), date);

export interface DraftOptions {
  /** OncoTree code, breast when left out. */
  readonly cancer?: string;
  readonly stage?: string;
  readonly diagnosed?: string;
  readonly metastases?: readonly [string, string | undefined][];
}

export function draft(options: DraftOptions = {}): CaseDraft {
  const none = unknown('not-recorded');
  const tnm = { t: none, n: none, m: none };
  const { stage, diagnosed, metastases = [] } = options;
  return {
    id: 'case-1',
    cancer: known(
      { oncotree: options.cancer ?? 'BRCA', name: options.cancer ?? 'Breast', precision: 'exact' as const },
      source,
    ),
    laterality: none,
    diagnosed: diagnosed === undefined ? none : known(diagnosed, source),
    status: known('active', source),
    verification: known('confirmed', source),
    stage: stage === undefined ? none : known(stage, source, diagnosed),
    clinicalTnm: tnm,
    pathologicTnm: tnm,
    metastases: metastases.map(([site, date]) => ({ site, source, ...(date === undefined ? {} : { date }) })),
    entryIds: [],
    inSitu: false,
    postNeoadjuvantTnm: tnm,
    remarks: [],
  };
}

export const silent: ReadingLog = { remark: () => undefined, misread: () => undefined };

export const read = (options: DraftOptions, entries: readonly Entry[], asOf: string): CancerCase =>
  caseContent(draft(options), entries, terms, asOf, silent);

/** "carboplatin+pemetrexed palliative 1 progressed". */
export const inWords = (course: Course): string =>
  [course.procedure ?? course.drugs.join('+'), course.intent, course.line ?? '-', course.outcome].join(' ');
export const value = (c: Pick<CancerCase, 'values'>, name: string): unknown => {
  const fact = c.values[name];
  return fact?.known ? fact.value : fact === undefined ? undefined : `?${fact.reason}`;
};
