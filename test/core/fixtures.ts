// A small invented corpus and patients to try the core on: no claim about real treatment is made here.

import { indexCorpus } from '../../src/core/corpus-index.js';
import { evaluate } from '../../src/core/criteria/evaluate.js';
import type { Context } from '../../src/core/criteria/trace.js';
import { decide } from '../../src/core/decide.js';
import { type PrepareOptions, prepare } from '../../src/core/prepare.js';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import { Criterion } from '../../src/domain/corpus/criterion.js';
import { Drug, DrugClass, SafetyRule } from '../../src/domain/corpus/drug.js';
import { CancerProfile, Indication } from '../../src/domain/corpus/indication.js';
import { Regimen } from '../../src/domain/corpus/regimen.js';
import { Study } from '../../src/domain/corpus/study.js';
import {
  CancerTerm,
  ConditionTerm,
  FactTerm,
  ProcedureTerm,
  SiteTerm,
  StagingTable,
} from '../../src/domain/corpus/vocabulary.js';
import { derived, type Fact, unknown } from '../../src/domain/fact.js';
import type { ModelInfo, NodeScore, Score, ScoreRow } from '../../src/domain/outcome.js';
import type { Alteration, Biomarker, CancerCase, Course, Patient, Value } from '../../src/domain/patient.js';

const SOURCE = { kind: 'derived', from: 'test' } as const;
export const fact = <T>(value: T): Fact<T> => derived(value, 'test');
export const none: Fact<never> = unknown('not-recorded');

export const criterion = (written: unknown): Criterion => Criterion.parse(written);

// --- corpus -------------------------------------------------------------------------------------------------------

const cancers = [
  { oncotree: 'TISSUE', parent: null, name: 'Any tissue' },
  { oncotree: 'LUNG', parent: 'TISSUE', name: 'Lung cancer' },
  { oncotree: 'NSCLC', parent: 'LUNG', name: 'Non-small-cell lung cancer' },
  { oncotree: 'LUAD', parent: 'NSCLC', name: 'Lung adenocarcinoma' },
  { oncotree: 'LUSC', parent: 'NSCLC', name: 'Lung squamous cell carcinoma' },
  { oncotree: 'BREAST', parent: 'TISSUE', name: 'Breast cancer', usual: 'IDC' },
  { oncotree: 'IDC', parent: 'BREAST', name: 'Invasive ductal carcinoma' },
  { oncotree: 'PRAD', parent: 'TISSUE', name: 'Prostate adenocarcinoma' },
].map((c) => CancerTerm.parse(c));

const classes = [
  { id: 'chemotherapy', name: 'chemotherapy' },
  { id: 'platinum', name: 'platinum', parents: ['chemotherapy'] },
  { id: 'TKI', name: 'tyrosine kinase inhibitor' },
  { id: 'EGFR-TKI', name: 'EGFR inhibitor', parents: ['TKI'] },
  { id: 'checkpoint', name: 'checkpoint inhibitor' },
].map((c) => DrugClass.parse(c));

const drugs = [
  { inn: 'carboplatin', classes: ['platinum'] },
  { inn: 'osimertinib', classes: ['EGFR-TKI'] },
  { inn: 'gefitinib', classes: ['EGFR-TKI'] },
  { inn: 'pembrolizumab', classes: ['checkpoint'] },
].map((d) => Drug.parse(d));

const conditions = [
  { id: 'heart-disease', name: 'heart disease' },
  { id: 'heart-failure', name: 'heart failure', parents: ['heart-disease'] },
  { id: 'autoimmune-disease', name: 'autoimmune disease' },
  { id: 'pregnancy', name: 'pregnancy', passing: true },
].map((c) => ConditionTerm.parse(c));

const procedures = [
  { id: 'breast-surgery', name: 'breast surgery', modality: 'surgery', definitive: true },
  { id: 'mastectomy', name: 'mastectomy', modality: 'surgery', definitive: true, parents: ['breast-surgery'] },
].map((p) => ProcedureTerm.parse(p));

const facts = [
  { id: 'ecog', name: 'ECOG', kind: 'number', plausible: [0, 4] },
  { id: 'pd-l1-tps', name: 'PD-L1 TPS', kind: 'number', unit: '%', scope: 'case', plausible: [0, 100] },
  { id: 'metastatic', name: 'metastatic', kind: 'word', scope: 'case', words: { yes: {}, no: {} } },
  { id: 'lvef', name: 'LVEF', kind: 'number', unit: '%' },
].map((f) => FactTerm.parse(f));

const staging = ['I', 'IIA', 'IIB', 'IIIA', 'IIIB', 'IIIC', 'IVA', 'IVB'].map((group) => ({
  t: ['*'],
  n: ['*'],
  m: ['*'],
  group,
}));

const shared = { reviewBy: '2030-01-01', verified: { unverified: 'invented for a test' } };

export const study = Study.parse({
  id: 'trial-one',
  name: 'TRIAL ONE',
  year: 2020,
  journal: 'J Test',
  verified: { unverified: 'invented for a test' },
  phase: '3',
  design: 'randomised',
  cancer: 'nsclc',
  population: 'EGFR-mutated',
  arms: [
    { id: 'new', regimen: 'osimertinib', name: 'osimertinib' },
    { id: 'old', regimen: 'gefitinib', name: 'gefitinib' },
  ],
  results: [
    {
      outcome: 'PFS',
      arms: ['new', 'old'],
      effect: { measure: 'HR', value: 0.6, low: 0.5, high: 0.72 },
      state: 'superseded',
    },
    { outcome: 'PFS', arms: ['new', 'old'], effect: { measure: 'HR', value: 0.46, low: 0.37, high: 0.57 } },
    { outcome: 'OS', arms: ['new', 'old'], effect: { measure: 'HR', value: 0.8, low: 0.64, high: 1 } },
  ],
});

const systemic = (id: string, ...given: string[]) => ({
  id,
  name: id,
  modalities: ['systemic'],
  components: given.map((drug) => ({ drug })),
});

export const indication = (written: Record<string, unknown>): Indication =>
  Indication.parse({
    decision: 'systemic',
    strength: 'strong-for',
    rationale: 'because',
    studies: ['trial-one'],
    ...shared,
    ...written,
  });

const DEFAULT_INDICATIONS = [
  {
    id: 'osimertinib-first',
    regimen: 'osimertinib',
    criteria: { biomarker: { EGFR: ['L858R', 'exon-19-deletion'] } },
    preference: 'preferred',
    network: 'egfr',
  },
  {
    id: 'gefitinib-first',
    regimen: 'gefitinib',
    criteria: { biomarker: { EGFR: ['L858R', 'exon-19-deletion'] } },
    preference: 'acceptable',
    order: 15,
    network: 'egfr',
  },
  {
    id: 'pembrolizumab-first',
    regimen: 'pembrolizumab',
    criteria: { 'pd-l1-tps': { min: 50 }, unless: { biomarker: { EGFR: ['L858R', 'exon-19-deletion'] } } },
    preference: 'preferred',
    order: 10,
  },
  { id: 'carboplatin-first', regimen: 'carboplatin', criteria: { ecog: { max: 2 } }, order: 20 },
  { id: 'care', regimen: 'supportive-care', criteria: { metastatic: 'yes' }, strength: 'weak-for', order: 90 },
];

export interface Parts {
  readonly indications?: readonly Record<string, unknown>[];
  readonly safety?: readonly Record<string, unknown>[];
  readonly settings?: readonly Record<string, unknown>[];
  readonly decisions?: readonly Record<string, unknown>[];
  readonly protocols?: Corpus['protocols'];
}

export function corpusOf(parts: Parts = {}): Corpus {
  const profile = CancerProfile.parse({
    id: 'nsclc',
    name: 'Non-small-cell lung cancer',
    oncotree: ['NSCLC'],
    settings: parts.settings ?? [
      { id: 'metastatic', name: 'Metastatic', criteria: { metastatic: 'yes' } },
      { id: 'early', name: 'Early', criteria: { stage: ['I', 'II', 'III'] } },
    ],
    decisions: parts.decisions ?? [
      { id: 'systemic', question: 'Which systemic therapy?', outcome: 'PFS', order: 1, settings: ['metastatic'] },
      { id: 'surgery', question: 'Operate?', outcome: 'OS', order: 1, settings: ['early'] },
    ],
  });
  const regimens = [
    systemic('osimertinib', 'osimertinib'),
    systemic('gefitinib', 'gefitinib'),
    systemic('pembrolizumab', 'pembrolizumab'),
    systemic('carboplatin', 'carboplatin'),
    systemic('continue-current'),
    { id: 'supportive-care', name: 'Supportive care', modalities: ['supportive-care'] },
    { id: 'resection', name: 'Resection', modalities: ['surgery'] },
  ].map((r) => Regimen.parse(r));
  return {
    hash: 'c'.repeat(64),
    cancers: [
      {
        profile,
        studies: [study],
        regimens,
        networks: [],
        indications: (parts.indications ?? DEFAULT_INDICATIONS).map(indication),
      },
    ],
    drugs,
    classes,
    safety: (parts.safety ?? []).map((rule) =>
      SafetyRule.parse({
        message: 'take care',
        sources: [{ body: 'label' }],
        verified: { unverified: 'invented for a test' },
        ...rule,
      }),
    ),
    screening: [],
    protocols: parts.protocols ?? [],
    vocabulary: {
      cancers,
      facts,
      biomarkers: [],
      conditions,
      procedures,
      sites: [
        { id: 'brain', name: 'brain' },
        { id: 'bone', name: 'bone' },
      ].map((s) => SiteTerm.parse(s)),
      staging: [
        StagingTable.parse({ id: 'lung', cancers: ['LUNG'], edition: '8', kind: 'any', rows: staging, source: 'test' }),
      ],
      stageCodes: { groups: {}, categories: {} },
    },
  };
}

// --- patients -----------------------------------------------------------------------------------------------------

const noTnm = { t: none, n: none, m: none };

export const course = (written: Partial<Course>): Course => ({
  modality: 'systemic',
  drugs: [],
  intent: 'unknown',
  line: null,
  outcome: 'completed',
  sources: [SOURCE],
  ...written,
});

export const alteration = (written: Partial<Alteration>): Biomarker['alterations'][number] => ({
  kind: 'missense',
  origin: 'somatic',
  significance: 'pathogenic',
  source: SOURCE,
  ...written,
});

export const biomarker = (name: string, result: string | undefined, ...found: Partial<Alteration>[]): Biomarker => ({
  name,
  result: result === undefined ? none : fact(result),
  alterations: found.map(alteration),
});

export const values = (given: Readonly<Record<string, Value>>): Record<string, Fact<Value>> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fact(value)]));

export const cancerCase = (written: Partial<CancerCase> & { readonly code?: string } = {}): CancerCase => {
  const { code = 'LUAD', ...rest } = written;
  const name = cancers.find((c) => c.oncotree === code)?.name.en ?? code;
  return {
    id: 'case-1',
    cancer: fact({ oncotree: code, name, precision: 'exact' as const }),
    laterality: none,
    diagnosed: fact('2026-01-10'),
    status: fact('active' as const),
    verification: fact('confirmed' as const),
    stage: fact('IVA'),
    clinicalTnm: noTnm,
    pathologicTnm: noTnm,
    metastases: [],
    courses: [],
    biomarkers: [],
    values: values({ metastatic: 'yes', line: 1 }),
    ...rest,
  };
};

export const patientWith = (cases: readonly CancerCase[], written: Partial<Patient> = {}): Patient => ({
  id: 'patient-1',
  asOf: '2026-06-01',
  birthDate: fact('1960-03-04'),
  sex: fact('female' as const),
  deceased: false,
  cases,
  conditions: [],
  allergies: [],
  medications: [],
  values: values({ ecog: 1 }),
  notUnderstood: [],
  remarks: [],
  ...written,
});

export const contextOf = (ofCase: Partial<CancerCase> = {}, ofPatient: Partial<Patient> = {}): Context => {
  const only = cancerCase(ofCase);
  return { patient: patientWith([only], ofPatient), cancerCase: only, index: indexCorpus(corpusOf()) };
};

/** State of a criterion, as written in YAML, for one case. */
export const stateOf = (written: unknown, ofCase: Partial<CancerCase> = {}, ofPatient: Partial<Patient> = {}) =>
  evaluate(criterion(written), contextOf(ofCase, ofPatient)).state;

// --- model --------------------------------------------------------------------------------------------------------

export const NO_MODEL: ModelInfo = { id: 'none@0', corpusHash: '', featuresHash: 'f'.repeat(64), networks: [] };

export const EGFR_MODEL: ModelInfo = {
  ...NO_MODEL,
  id: 'test@1',
  networks: [
    {
      id: 'egfr',
      outcome: 'PFS',
      reference: 'gefitinib',
      horizonMonths: 60,
      nodes: {
        osimertinib: { certainty: 'high', studies: ['trial-one'] },
        gefitinib: { certainty: 'high', studies: ['trial-one'] },
      },
      modifiers: [],
      covariates: ['ecog', 'sex=female'],
    },
  ],
};

export const nodeScore = (gain: number | null, harm: number | null = 0.3): NodeScore => ({
  survival12: 0.6,
  survival24: 0.4,
  survival60: null,
  rmst: 20,
  gain,
  low: gain === null ? null : gain - 1,
  high: gain === null ? null : gain + 1,
  probabilityBest: 0.5,
  harm,
});

export const scoreAll = (rows: readonly ScoreRow[], by: Readonly<Record<string, NodeScore>> = {}): readonly Score[] =>
  rows.map(() => ({ osimertinib: nodeScore(8), gefitinib: nodeScore(0), ...by }));

export const VERSIONS = { code: '0.1.0', input: 'i'.repeat(64) };

export function recommend(
  patient: Patient,
  corpus: Corpus = corpusOf(),
  options: PrepareOptions & { readonly model?: ModelInfo; readonly scores?: Readonly<Record<string, NodeScore>> } = {},
) {
  const { model = EGFR_MODEL, scores, ...rest } = options;
  const prepared = prepare(patient, indexCorpus(corpus), model, rest);
  return decide(prepared, scoreAll(prepared.rows, scores), { versions: VERSIONS });
}
