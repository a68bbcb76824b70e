// A drug, its names, codes and classes; and the safety rules, which are criteria with a verdict.
import { z } from 'zod';
import { Criterion } from './criterion.js';
import { Citation, Text, Verification } from './text.js';

export const Drug = z
  .object({
    /** INN, lower case. */
    inn: z.string().regex(/^[a-z0-9 -]+$/),
    name: z.object({ ru: z.string().optional(), kk: z.string().optional() }).strict().optional(),
    brands: z.array(z.string()).default([]),
    synonyms: z.array(z.string()).default([]),
    atc: z.array(z.string()).default([]),
    /** RxNorm ingredient (and brand or product) concept ids seen in a source. */
    rxnorm: z.array(z.string()).default([]),
    /** Class ids; their ancestors (classes.yaml) hold too. */
    classes: z.array(z.string()).default([]),
    /** True for cancer drugs; supportive and other medicines are known for interactions only. */
    antineoplastic: z.boolean().default(true),
    /** Where it differs from, or says more than, that of its classes (classes.yaml). */
    mechanism: Text.optional(),
    /** Interaction facts used by rules: strong-CYP3A4-inhibitor, CYP2D6-substrate, QT-prolonging ... (terms of classes.yaml kind: property). */
    properties: z.array(z.string()).default([]),
    /** Items due before the first dose that do not choose the drug (fact or item ids of corpus/safety/screening.yaml). */
    screening: z.array(z.string()).default([]),
    emetogenic: z.enum(['high', 'moderate', 'low', 'minimal']).optional(),
    /** What the label wants watched during treatment ("blood count weekly"), beside what its classes and properties want. */
    monitoring: z.array(Text).default([]),
    boxedWarnings: z.array(z.string()).default([]),
    sources: z.array(Citation).default([]),
    verified: Verification.optional(),
  })
  .strict();
export type Drug = z.infer<typeof Drug>;

export const DrugClass = z
  .object({
    id: z.string(),
    name: Text,
    parents: z.array(z.string()).default([]),
    kind: z.enum(['class', 'property']).default('class'),
    /** How the drugs of the class work, in a line; the nearest class that says it holds. */
    mechanism: Text.optional(),
    /** What is watched during treatment with any drug of the class or property. */
    monitoring: z.array(Text).default([]),
    sources: z.array(Citation).default([]),
    verified: Verification.optional(),
  })
  .strict();
export type DrugClass = z.infer<typeof DrugClass>;

export const Verdict = z.enum(['clear', 'caution', 'contraindicated', 'needs-data']);
export type Verdict = z.infer<typeof Verdict>;

export const SafetyRule = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    /** The rule looks at regimens that hold one of these drugs, classes, properties, modalities or procedures. */
    applies: z
      .object({
        drugs: z.array(z.string()),
        classes: z.array(z.string()),
        properties: z.array(z.string()),
        modalities: z.array(z.string()),
        procedures: z.array(z.string()),
      })
      .partial()
      .strict(),
    /** Drugs that the rule does not see; another drug of the same regimen it still sees. */
    spares: z
      .object({ drugs: z.array(z.string()), classes: z.array(z.string()) })
      .partial()
      .strict()
      .optional(),
    /** Only regimens that do not hold these. */
    except: z
      .object({ drugs: z.array(z.string()), classes: z.array(z.string()) })
      .partial()
      .strict()
      .optional(),
    /** The finding: criterion that triggers the verdict ... */
    when: Criterion.optional(),
    /** ... or the name of a pure function of core/safety (cumulative-anthracycline, prior-failure, allergy, interaction ...), with its parameters. */
    check: z.string().optional(),
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).default({}),
    verdict: z.enum(['caution', 'contraindicated']),
    /** When the fact is not known: ask before the first dose, hold the option back (needs-data), or say nothing. */
    whenUnknown: z.enum(['before-first-dose', 'needs-data', 'silent']).default('silent'),
    /** Name of the missing item ("LVEF"), for whenUnknown. */
    item: Text.optional(),
    message: Text,
    sources: z.array(Citation).min(1),
    verified: Verification,
  })
  .strict()
  .refine((r) => (r.when === undefined) !== (r.check === undefined), 'a safety rule has either `when` or `check`');
export type SafetyRule = z.infer<typeof SafetyRule>;
