// The normalised patient: one person, the cancers (cases) kept apart, every fact Known or Unknown with its source.
import type { Fact, Source } from './fact.js';
import type { PartialDate } from './partial-date.js';

/** A number in the fact's canonical unit (corpus/vocabulary/facts.yaml), or a word from its closed list ("yes", "post"). */
export type Value = number | string;

export type AlterationKind =
  | 'missense'
  | 'nonsense'
  | 'frameshift'
  | 'deletion'
  | 'insertion'
  | 'delins'
  | 'duplication'
  | 'splice'
  | 'fusion'
  | 'amplification'
  | 'copy-loss'
  | 'expression'
  | 'unspecified';

/** What was found in a gene, as precisely as it was recorded. */
export interface Alteration {
  readonly kind: AlterationKind;
  /** One-letter protein change without "p.": "L858R", "E746_A750del". */
  readonly protein?: string;
  readonly coding?: string;
  /** First codon concerned. */
  readonly codon?: number;
  readonly exon?: number;
  /** Fusion partner, gene symbol. */
  readonly partner?: string;
  readonly origin: 'somatic' | 'germline' | 'unknown';
  readonly significance: 'pathogenic' | 'uncertain' | 'benign' | 'unstated';
}

/** One biomarker, all its tests put together. `name` is an HGNC symbol or a corpus biomarker id: EGFR, ER, HER2, PD-L1, MSI, TMB. */
export interface Biomarker {
  readonly name: string;
  /** positive, negative, equivocal; HER2 also low, ultralow, zero (zero and ultralow and low are all "negative"). */
  readonly result: Fact<string>;
  readonly alterations: readonly (Alteration & { readonly source: Source; readonly date?: PartialDate })[];
}

export type Modality =
  | 'systemic'
  | 'surgery'
  | 'radiotherapy'
  | 'chemoradiotherapy'
  | 'observation'
  | 'active-surveillance'
  | 'supportive-care'
  | 'transplant'
  | 'procedure';

export type Intent = 'neoadjuvant' | 'adjuvant' | 'curative' | 'palliative' | 'maintenance' | 'unknown';
export type CourseOutcome = 'ongoing' | 'completed' | 'progressed' | 'intolerant' | 'stopped' | 'planned' | 'unknown';

/** One course of treatment: drugs given together, one operation, one course of radiotherapy. */
export interface Course {
  readonly modality: Modality;
  /** INN, lower case, sorted; [] when no drug. */
  readonly drugs: readonly string[];
  /** Procedure id of corpus/vocabulary/procedures.yaml: "mastectomy", "lobectomy", "sentinel-node-biopsy", "breast-radiotherapy". */
  readonly procedure?: string;
  readonly intent: Intent;
  /** Line of systemic therapy for advanced disease, from 1; null when not for advanced disease or not systemic. */
  readonly line: number | null;
  readonly start?: PartialDate;
  readonly end?: PartialDate;
  readonly outcome: CourseOutcome;
  readonly bestResponse?: 'CR' | 'PR' | 'SD' | 'PD';
  readonly sources: readonly Source[];
}

export interface Tnm {
  /** "T2", "N1a", "M0", upper case without the c/p/y prefix. */
  readonly t: Fact<string>;
  readonly n: Fact<string>;
  readonly m: Fact<string>;
}

/** One primary cancer of the patient. */
export interface CancerCase {
  readonly id: string;
  /** Most specific OncoTree code that the record supports, and its name. `precision` tells how it was found. */
  readonly cancer: Fact<{
    readonly oncotree: string;
    readonly name: string;
    readonly precision: 'exact' | 'broader' | 'text';
  }>;
  readonly laterality: Fact<'left' | 'right' | 'bilateral'>;
  readonly diagnosed: Fact<PartialDate>;
  readonly status: Fact<'active' | 'remission' | 'resolved'>;
  readonly verification: Fact<'confirmed' | 'provisional' | 'differential' | 'refuted'>;
  /** Stage group as recorded or derived: "0", "IA", "IIIB", "IV"; `system` names edition and kind. */
  readonly stage: Fact<string>;
  readonly clinicalTnm: Tnm;
  readonly pathologicTnm: Tnm;
  /** Sites of metastasis, ids of corpus/vocabulary/sites.yaml: "brain", "bone", "liver", "lung", "lymph-node", "pleura", "other". */
  readonly metastases: readonly { readonly site: string; readonly date?: PartialDate; readonly source: Source }[];
  readonly courses: readonly Course[];
  readonly biomarkers: readonly Biomarker[];
  /**
   * Everything that criteria ask by name, of this case: fact ids of corpus/vocabulary/facts.yaml and derived events
   * (core/normalize/events.ts). A name that is absent is Unknown("not-recorded").
   */
  readonly values: Readonly<Record<string, Fact<Value>>>;
}

export interface CurrentMedication {
  /** INN lower case when recognised. */
  readonly drug: string;
  readonly source: Source;
  readonly start?: PartialDate;
}

export interface Patient {
  readonly id: string;
  readonly asOf: PartialDate;
  readonly birthDate: Fact<PartialDate>;
  readonly sex: Fact<'female' | 'male'>;
  readonly deceased: false | { readonly date?: PartialDate };
  readonly region?: string;
  readonly organization?: string;
  readonly cases: readonly CancerCase[];
  /** Comorbidity ids of corpus/vocabulary/conditions.yaml: "autoimmune-disease", "heart-failure", "pregnancy". */
  readonly conditions: readonly {
    readonly id: string;
    readonly state: 'present' | 'absent' | 'historical';
    readonly date?: PartialDate;
    readonly source: Source;
  }[];
  /** Drug INN, drug class id or free substance name, lower case. */
  readonly allergies: readonly { readonly substance: string; readonly severe: boolean; readonly source: Source }[];
  /** Medicines taken now that are not cancer treatment. */
  readonly medications: readonly CurrentMedication[];
  /** Facts of the person, not of one cancer: labs, vitals, ECOG, menopause, pharmacogenetics, goals of care. */
  readonly values: Readonly<Record<string, Fact<Value>>>;
  /** True when the history (a question, a short note) says nothing of earlier treatment, neither some nor none. */
  readonly treatmentUntold?: boolean;
  /** Codes and texts that were seen but not understood. */
  readonly notUnderstood: readonly { readonly text: string; readonly place: string }[];
  /** Disagreements between sources, stale facts, assumptions: said to the reader. */
  readonly remarks: readonly string[];
}
