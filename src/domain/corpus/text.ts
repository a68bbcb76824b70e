// Words in up to three languages, and how a fact of the corpus was checked.
import { z } from 'zod';

/** English is required; a bare string is English. */
export const Text = z
  .union([
    z.string().min(1),
    z.object({ en: z.string().min(1), ru: z.string().optional(), kk: z.string().optional() }).strict(),
  ])
  .transform((v) => (typeof v === 'string' ? { en: v } : v));
export type Text = z.infer<typeof Text>;

export const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is YYYY-MM-DD, in quotes');

/** How, where and when a record was checked against a source; `unverified` says why not yet. */
export const Verification = z.union([
  z.object({ how: z.string(), where: z.string(), on: IsoDate }).strict(),
  z.object({ unverified: z.string() }).strict(),
]);
export type Verification = z.infer<typeof Verification>;

/** A citation of a label, guideline or paper as a fact: never its wording. */
export const Citation = z
  .object({
    body: z.string(),
    title: z.string().optional(),
    edition: z.string().optional(),
    section: z.string().optional(),
    pmid: z
      .string()
      .regex(/^\d{1,8}$/)
      .optional(),
  })
  .strict();
export type Citation = z.infer<typeof Citation>;
