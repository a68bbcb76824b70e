// The criteria language. A researcher writes YAML; this file says what may be written and what it means.
//
//   all: [...]      every part            any: [...]    at least one part        not: ...     the opposite
//   unless: ...     holds unless the record shows the inner criterion (unknown is accepted, and asked for as a missing item)
//   cancer: LUAD | [LUAD, LUSC]           OncoTree code or a descendant of it
//   stage: [II, IIIA]                     stage group; "III" also means IIIA, IIIB, IIIC; "I" never means II
//   tnm: {t: [T1, T2], n: [N0], m: [M0]}  pathologic if known, else clinical; "T1" also means T1a, T1mi ...
//   biomarker: {EGFR: [L858R, exon-19-deletion]}   or {HER2: positive}; see below
//   prior: {class: EGFR-TKI, outcome: progressed}  a course of this case; keys of TherapySelector
//   current: {drug: letrozole}            a course that is going on
//   condition: [autoimmune-disease]       a comorbidity that is present
//   metastasis: [brain]                   a site of metastasis
//   anything else: {min, max} | word | [words]     a named fact: `ecog: {max: 2}`, `menopause: post`, `setting: metastatic`,
//                                         `line: 1` (a bare number means exactly that)
//
// Biomarker selectors, any of which may match: a result word (positive, negative, low, ultralow, zero, equivocal), an exact protein
// change (L858R, V600E, E746_A750del), a codon (codon-12, V600), an exon class (exon-19-deletion, exon-20-insertion, exon-14-skipping,
// exon-20-mutation), or a class (mutation, fusion, amplification, copy-loss, truncating). Numbers are facts: `pd-l1-tps: {min: 50}`.
import { z } from 'zod';

const oneOrMore = z
  .union([z.string(), z.array(z.string()).nonempty()])
  .transform((v) => (typeof v === 'string' ? [v] : v));

export const TherapySelector = z
  .object({
    drug: oneOrMore.optional(),
    /** Drug class id (corpus/drugs/classes.yaml); ancestors match too. */
    class: oneOrMore.optional(),
    /** Every one of these classes or drugs in the same course. */
    with: oneOrMore.optional(),
    modality: oneOrMore.optional(),
    procedure: oneOrMore.optional(),
    intent: oneOrMore.optional(),
    outcome: oneOrMore.optional(),
    line: z.number().int().positive().optional(),
    /** Ended (or is going on) within so many months before asOf. */
    withinMonths: z.number().positive().optional(),
    /** Ended more than so many months before asOf. */
    beforeMonths: z.number().positive().optional(),
    /** Lasted at least so many months. */
    minMonths: z.number().positive().optional(),
    /** Lasted at most so many months. */
    maxMonths: z.number().positive().optional(),
  })
  .strict();
export type TherapySelector = z.infer<typeof TherapySelector>;

export interface NumberRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Strict limits. */
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

export type Atom =
  | { readonly op: 'cancer'; readonly codes: readonly string[] }
  | { readonly op: 'stage'; readonly groups: readonly string[] }
  | {
      readonly op: 'tnm';
      readonly t?: readonly string[];
      readonly n?: readonly string[];
      readonly m?: readonly string[];
    }
  | { readonly op: 'biomarker'; readonly name: string; readonly is: readonly string[] }
  | { readonly op: 'therapy'; readonly when: 'prior' | 'current'; readonly selector: TherapySelector }
  | { readonly op: 'condition'; readonly ids: readonly string[] }
  | { readonly op: 'metastasis'; readonly sites: readonly string[] }
  | { readonly op: 'value'; readonly name: string; readonly range?: NumberRange; readonly is?: readonly string[] };

export type Criterion =
  | Atom
  | { readonly op: 'all' | 'any'; readonly parts: readonly Criterion[] }
  | { readonly op: 'not' | 'unless'; readonly part: Criterion };

const Range = z.object({ min: z.number(), max: z.number(), above: z.number(), below: z.number() }).partial().strict();
const Named = z.union([z.number(), oneOrMore, Range]);

/** Reads one criterion as written in YAML. Several keys in one mapping mean all of them. */
export const Criterion: z.ZodType<Criterion> = z.lazy(() =>
  z.record(z.string(), z.unknown()).transform((written, context): Criterion => {
    const parts = Object.entries(written).flatMap(([key, value]) => readKey(key, value, context));
    const [only] = parts;
    if (Object.keys(written).length === 0) context.addIssue({ code: 'custom', message: 'an empty criterion' });
    return only !== undefined && parts.length === 1 ? only : { op: 'all', parts };
  }),
);

function readKey(key: string, value: unknown, context: z.RefinementCtx): Criterion[] {
  const parse = <T>(schema: z.ZodType<T>): T | undefined => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.addIssue({ code: 'custom', message: issue.message, path: [key, ...issue.path] });
    return undefined;
  };
  const one = (criterion: Criterion | undefined): Criterion[] => (criterion === undefined ? [] : [criterion]);
  switch (key) {
    case 'all':
    case 'any': {
      const parts = parse(z.array(Criterion).nonempty());
      return one(parts && { op: key, parts });
    }
    case 'not':
    case 'unless': {
      const part = parse(Criterion);
      return one(part && { op: key, part });
    }
    case 'cancer': {
      const codes = parse(oneOrMore);
      return one(codes && { op: 'cancer', codes });
    }
    case 'stage': {
      const groups = parse(oneOrMore);
      return one(groups && { op: 'stage', groups });
    }
    case 'tnm': {
      const tnm = parse(z.object({ t: oneOrMore, n: oneOrMore, m: oneOrMore }).partial().strict());
      return one(
        tnm && { op: 'tnm', ...(tnm.t && { t: tnm.t }), ...(tnm.n && { n: tnm.n }), ...(tnm.m && { m: tnm.m }) },
      );
    }
    case 'biomarker': {
      const named = parse(z.record(z.string(), oneOrMore));
      return Object.entries(named ?? {}).map(([name, is]) => ({ op: 'biomarker', name, is }) as const);
    }
    case 'prior':
    case 'current': {
      const selector = parse(TherapySelector);
      return one(selector && { op: 'therapy', when: key, selector });
    }
    case 'condition': {
      const ids = parse(oneOrMore);
      return one(ids && { op: 'condition', ids });
    }
    case 'metastasis': {
      const sites = parse(oneOrMore);
      return one(sites && { op: 'metastasis', sites });
    }
    default: {
      const named = parse(Named);
      if (named === undefined) return [];
      if (typeof named === 'number') return [{ op: 'value', name: key, range: { min: named, max: named } }];
      return [
        Array.isArray(named)
          ? { op: 'value', name: key, is: named }
          : { op: 'value', name: key, range: named as NumberRange },
      ];
    }
  }
}

/** Every atom of a criterion, in reading order. */
export function atoms(criterion: Criterion): Atom[] {
  switch (criterion.op) {
    case 'all':
    case 'any':
      return criterion.parts.flatMap(atoms);
    case 'not':
    case 'unless':
      return atoms(criterion.part);
    default:
      return [criterion];
  }
}
