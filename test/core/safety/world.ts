// The real drug and safety tables with the vocabulary, and small patients to try the rules on.
import { readCorpusFiles } from '../../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import { assessSafety, type SafetyAssessment, worstVerdict } from '../../../src/core/safety/assess.js';
import type { Verdict } from '../../../src/domain/corpus/drug.js';
import { Regimen } from '../../../src/domain/corpus/regimen.js';
import { derived, type Fact, unknown } from '../../../src/domain/fact.js';
import type { Alteration, CancerCase, Course, Patient, Value } from '../../../src/domain/patient.js';

const DIR = new URL('../../../corpus', import.meta.url).pathname;
export const corpus = { ...readCorpusFiles(DIR).corpus, cancers: [] };
export const index = indexCorpus(corpus);

const SOURCE = { kind: 'derived', from: 'test' } as const;
export const ASOF = '2026-06-01';
const none: Fact<never> = unknown('not-recorded');
const facts = (values: Readonly<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, derived(value, 'test')]));

export interface Told {
  readonly values?: Readonly<Record<string, Value>>;
  readonly caseValues?: Readonly<Record<string, Value>>;
  readonly cancer?: string;
  readonly sex?: 'female' | 'male';
  readonly conditions?: readonly string[];
  readonly datedConditions?: Readonly<Record<string, string>>;
  readonly excluded?: readonly string[];
  readonly medications?: readonly string[];
  readonly allergies?: readonly { readonly substance: string; readonly severe?: boolean }[];
  readonly courses?: readonly Partial<Course>[];
  /** "EGFR": "L858R", or a result word. */
  readonly biomarkers?: Readonly<Record<string, string>>;
}

const WORDS = ['positive', 'negative', 'equivocal', 'low', 'ultralow', 'zero'];

const alteration = (selector: string): Alteration => ({
  ...(/^[A-Z]\d+[A-Z]$/.test(selector) ? { protein: selector } : {}),
  ...(/^exon-(\d+)/.test(selector) ? { exon: Number(/^exon-(\d+)/.exec(selector)?.[1]) } : {}),
  kind: selector.includes('insertion')
    ? 'insertion'
    : selector.includes('deletion')
      ? 'deletion'
      : selector === 'fusion' || selector === 'amplification' || selector === 'copy-loss'
        ? selector
        : 'missense',
  origin: 'somatic',
  significance: 'pathogenic',
});

export const course = (given: Partial<Course>): Course => ({
  modality: 'systemic',
  drugs: [],
  intent: 'unknown',
  line: null,
  outcome: 'completed',
  sources: [SOURCE],
  ...given,
});

export function tell(told: Told): { readonly patient: Patient; readonly cancerCase: CancerCase } {
  const cancerCase: CancerCase = {
    id: 'case',
    cancer: derived({ oncotree: told.cancer ?? 'LUAD', name: 'cancer', precision: 'exact' }, 'test'),
    laterality: none,
    diagnosed: none,
    status: none,
    verification: none,
    stage: none,
    clinicalTnm: { t: none, n: none, m: none },
    pathologicTnm: { t: none, n: none, m: none },
    metastases: [],
    courses: (told.courses ?? []).map(course),
    biomarkers: Object.entries(told.biomarkers ?? {}).map(([name, found]) => ({
      name,
      result: derived(WORDS.includes(found) ? found : 'positive', 'test'),
      alterations: WORDS.includes(found) ? [] : [{ ...alteration(found), source: SOURCE }],
    })),
    values: facts(told.caseValues ?? {}),
  };
  const patient: Patient = {
    id: 'p',
    asOf: ASOF,
    birthDate: none,
    sex: told.sex === undefined ? none : derived(told.sex, 'test'),
    deceased: false,
    cases: [cancerCase],
    conditions: [
      ...(told.conditions ?? []).map((id) => ({ id, state: 'present' as const, source: SOURCE })),
      ...(told.excluded ?? []).map((id) => ({ id, state: 'absent' as const, source: SOURCE })),
      ...Object.entries(told.datedConditions ?? {}).map(([id, date]) => ({
        id,
        state: 'historical' as const,
        date,
        source: SOURCE,
      })),
    ],
    allergies: (told.allergies ?? []).map((a) => ({ severe: false, ...a, source: SOURCE })),
    medications: (told.medications ?? []).map((drug) => ({ drug, source: SOURCE })),
    values: facts(told.values ?? {}),
    notUnderstood: [],
    remarks: [],
  };
  return { patient, cancerCase };
}

export const regimenOf = (drugs: readonly string[], more: object = {}): Regimen =>
  Regimen.parse({
    id: 'r',
    name: drugs.join(' + ') || 'local',
    modalities: ['systemic'],
    components: drugs.map((drug) => ({ drug })),
    ...more,
  });

export const assess = (regimen: Regimen, told: Told): SafetyAssessment =>
  assessSafety({ regimen, context: { ...tell(told), index } });

/** Verdict of one rule for these drugs: clear when it found nothing. */
export function verdictOf(rule: string, drugs: readonly string[], told: Told, more: object = {}): Verdict {
  const { findings } = assess(regimenOf(drugs, more), told);
  return worstVerdict(findings.filter((f) => f.rule === rule));
}
