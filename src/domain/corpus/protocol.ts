// Local protocols (what a country or hospital restricts, prefers or replaces) and the screening items due before a first dose.
import { z } from 'zod';
import { Criterion } from './criterion.js';
import { Citation, Text, Verification } from './text.js';

const OncoTreeCodes = z.array(z.string()).nonempty();

/** What is not to be had, or only for some: a regimen, or every regimen with a drug. */
const Restriction = z
  .object({
    regimen: z.string().optional(),
    drug: z.string().optional(),
    /** Only in these cancers (OncoTree, descendants included); everywhere when left out. */
    cancer: OncoTreeCodes.optional(),
    /** Who may have it all the same: the restriction does not touch a patient of whom this is met. */
    unless: Criterion.optional(),
    reason: Text,
  })
  .strict()
  .refine((r) => (r.regimen === undefined) !== (r.drug === undefined), 'a restriction names a regimen or a drug');

/** What stands first within its band; by indication, or by regimen wherever it is an option. */
const Preferred = z
  .object({
    indication: z.string().optional(),
    regimen: z.string().optional(),
    cancer: OncoTreeCodes.optional(),
    reason: Text,
  })
  .strict()
  .refine(
    (r) => (r.indication === undefined) !== (r.regimen === undefined),
    'a preference names an indication or a regimen',
  );

/** Where both are options of one decision, `by` takes the place of `regimen`, which is left out. */
const Replacement = z
  .object({ regimen: z.string(), by: z.string(), cancer: OncoTreeCodes.optional(), reason: Text })
  .strict();

/** A local protocol: the record shows what it changed against the ranking without it. */
export const Protocol = z
  .object({
    id: z.string(),
    name: Text,
    restrict: z.array(Restriction).default([]),
    prefer: z.array(Preferred).default([]),
    replace: z.array(Replacement).default([]),
    note: Text.optional(),
    sources: z.array(Citation).default([]),
    verified: Verification.optional(),
  })
  .strict();
export type Protocol = z.infer<typeof Protocol>;

/** An item to have before the first dose; `fact` names the fact whose presence settles it. */
export const ScreeningItem = z.object({ id: z.string(), name: Text, fact: z.string().optional() }).strict();
export type ScreeningItem = z.infer<typeof ScreeningItem>;
