// The words of the field with their codes: cancers, facts, biomarkers, conditions, procedures, sites, stages, units.
// Adapters bring codes, these tables give them meaning. Every row says where its codes come from.
import { z } from 'zod';
import { Text } from './text.js';

/** Codes of a concept by system. Prefixes are allowed for icd10 ("C50" is any C50.x). */
export const Codes = z
  .object({
    icd10: z.array(z.string()),
    icdo3: z.array(z.string()),
    topography: z.array(z.string()),
    snomed: z.array(z.string()),
    loinc: z.array(z.string()),
    nci: z.array(z.string()),
    hgnc: z.array(z.string()),
    other: z.array(z.string()),
  })
  .partial()
  .strict();

const Words = z.array(z.string()).default([]);

/** An OncoTree node that we know, covered or not. */
export const CancerTerm = z
  .object({
    oncotree: z.string(),
    parent: z.string().nullable(),
    name: Text,
    codes: Codes.default({}),
    /** The histology is this cancer in whatever organ it grows: the organ's own code (C16 of a stromal tumour) does not rename it. */
    anyOrgan: z.boolean().optional(),
    /** Benign or coded outside the cancers (D36.1, D76.0, 9550/0), yet a case with guidance of its own. */
    treatedThoughBenign: z.boolean().optional(),
    /** Which kind most are that are named no closer; it moves the order of options (criteria/usually.ts) and nothing else. */
    usual: z.string().optional(),
    /** What the same word means in a man (choriocarcinoma: of the placenta in a woman, of the testis in him). */
    inMen: z.string().optional(),
    /** Known by name only so that it is not read as its malignant neighbour (fibroadenoma, serous cystadenoma of the pancreas): never a case. */
    benign: z.boolean().optional(),
    /** Lower-case phrases that mean it, English and Russian (display text as last resort, and notes). */
    words: Words,
    /** A name that leaves the kind open ("acute leukaemia"): any disease of the blood recorded beside it says what it is. */
    vague: z.boolean().optional(),
    /** A disease of blood or lymph, with its descendants: never local, every systemic course is a line from the first on. */
    systemic: z.boolean().optional(),
  })
  .strict();

/** A named fact: a lab, a score, a finding, an answer. */
export const FactTerm = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: Text,
    kind: z.enum(['number', 'word']),
    /** Canonical unit (UCUM) for numbers. */
    unit: z.string().optional(),
    /** Other units accepted: canonical = given * factor + offset. */
    units: z.record(z.string(), z.object({ factor: z.number(), offset: z.number().default(0) }).strict()).default({}),
    /** Plausible range in the canonical unit; outside it the value is not interpretable. */
    plausible: z.tuple([z.number(), z.number()]).optional(),
    /** Upper limit of normal used where the source gives none, in the canonical unit. */
    upperNormal: z.number().optional(),
    /** Closed list for kind word, and the codes or phrases that mean each. */
    words: z.record(z.string(), z.object({ codes: Codes.default({}), phrases: Words }).strict()).default({}),
    codes: Codes.default({}),
    phrases: Words,
    /** Of the person (labs, ECOG) or of one cancer (grade, PD-L1). */
    scope: z.enum(['person', 'case']).default('person'),
    /** Days after which the value is flagged as old. */
    staleAfterDays: z.number().positive().optional(),
    /** Derived by the normaliser, never read. */
    derived: z.boolean().default(false),
    /** OncoTree codes of the cancers whose diagnosis itself (code, body site, words) says it by the codes and phrases of `words`. */
    fromDiagnosis: z.array(z.string()).default([]),
    /** OncoTree codes of the cancers whose stage group is this fact, word for word (mycosis fungoides). */
    fromStage: z.array(z.string()).default([]),
    source: z.string().optional(),
  })
  .strict();

export const BiomarkerTerm = z
  .object({
    /** HGNC symbol or our own id (ER, PR, HER2, PD-L1, MSI, TMB, HRD). */
    name: z.string(),
    synonyms: Words,
    codes: Codes.default({}),
    kind: z.enum(['gene', 'protein', 'signature']),
    /** Fact that holds the number, when one is reported (pd-l1-tps, er-percent, tmb). */
    fact: z.string().optional(),
    /** First and last codon of the exons that decide treatment, so that "E746_A750del" is known to be in exon 19. */
    exons: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
    /** Variants whose joint absence counts as a negative gene where only they were looked for ("V600E", "exon 19 deletion"). */
    decisive: Words,
    /** What a bare "positive" or "mutated" of the gene says: a small variant, where fusions and copies are no usual finding. */
    means: z.literal('mutation').optional(),
    /** What most patients have who are asked about it, where that is not "negative": for the order of options that wait for it only. */
    usual: z.enum(['positive', 'negative']).default('negative'),
    source: z.string().optional(),
  })
  .strict();

export const ConditionTerm = z
  .object({
    id: z.string(),
    name: Text,
    parents: Words,
    codes: Codes.default({}),
    words: Words,
    /** It leaves nothing behind once it is over (pregnancy, an infection): as history it does not count as present. */
    passing: z.boolean().optional(),
    source: z.string().optional(),
  })
  .strict();
export const ProcedureTerm = z
  .object({
    id: z.string(),
    name: Text,
    modality: z.string(),
    /** Definitive local treatment of the primary. */ definitive: z.boolean().default(false),
    /** Organs (OncoTree) whose primary it treats: in any other cancer it is not definitive. None named: any organ. */
    of: Words,
    parents: Words,
    codes: Codes.default({}),
    words: Words,
    source: z.string().optional(),
  })
  .strict();
export const SiteTerm = z.object({ id: z.string(), name: Text, codes: Codes.default({}), words: Words }).strict();

/** Stage group from T, N and M: first row that matches; entries are prefixes, "*" is any. */
export const StagingTable = z
  .object({
    id: z.string(),
    cancers: z.array(z.string()),
    edition: z.string(),
    kind: z.enum(['clinical', 'pathologic', 'any']),
    rows: z.array(
      z.object({ t: z.array(z.string()), n: z.array(z.string()), m: z.array(z.string()), group: z.string() }).strict(),
    ),
    source: z.string(),
  })
  .strict();

/** Codes of stage groups and T, N, M categories (SNOMED, NCI): code -> word. */
export const StageCodes = z
  .object({ groups: z.record(z.string(), z.string()), categories: z.record(z.string(), z.string()) })
  .strict();

export const Vocabulary = z
  .object({
    cancers: z.array(CancerTerm),
    facts: z.array(FactTerm),
    biomarkers: z.array(BiomarkerTerm),
    conditions: z.array(ConditionTerm),
    procedures: z.array(ProcedureTerm),
    sites: z.array(SiteTerm),
    staging: z.array(StagingTable),
    stageCodes: StageCodes,
  })
  .strict();
export type Vocabulary = z.infer<typeof Vocabulary>;
export type CancerTerm = z.infer<typeof CancerTerm>;
export type FactTerm = z.infer<typeof FactTerm>;
export type BiomarkerTerm = z.infer<typeof BiomarkerTerm>;
export type ConditionTerm = z.infer<typeof ConditionTerm>;
export type ProcedureTerm = z.infer<typeof ProcedureTerm>;
export type SiteTerm = z.infer<typeof SiteTerm>;
export type StagingTable = z.infer<typeof StagingTable>;
export type Codes = z.infer<typeof Codes>;
