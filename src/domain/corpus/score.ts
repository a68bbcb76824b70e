// A published prognostic score as data: what adds how many points, which total means which group. The engine (core/prognosis/score.ts)
// derives the fact of the same id from it wherever the record does not hold one, for the cancers named.
//
//   items     points of the first tier that holds, else `else`; a tier is a criterion of the criteria language
//   terms     coefficient * f(fact) of a regression, f: ((x / scale) ^ power - shift), or log10 of x / scale
//   groups    word (or number) of the total, in rising order: the first whose `max` (inclusive) or `below` (exclusive) holds it
//   rules     instead of points: the first whose criterion holds; `else` when none does
//   of        the total of another score, for two groupings of one sum (IPI and R-IPI)
//   shown     when the record tells it; without it in those named by `cancers` who had no systemic treatment yet
//   means     what a total means, in words, in rising order: the first whose `max` (inclusive) holds it
import { z } from 'zod';
import { Criterion } from './criterion.js';
import { Citation, Text, Verification } from './text.js';

const Word = z.union([z.string(), z.number()]);

const Item = z
  .object({
    what: z.string(),
    tiers: z.array(z.object({ points: z.number(), when: Criterion }).strict()).nonempty(),
    else: z.number().default(0),
  })
  .strict();

const Term = z
  .object({
    fact: z.string(),
    coefficient: z.number(),
    scale: z.number().positive().default(1),
    power: z.number().default(1),
    shift: z.number().default(0),
    log10: z.boolean().default(false),
    /** Taken where the fact is not known, as the publication or use has it; without it the total is then open. */
    unknown: z.number().optional(),
  })
  .strict();

export const Score = z
  .object({
    /** Id of the fact that it gives. */
    id: z.string(),
    name: Text,
    /** OncoTree codes (descendants included) of whose patients it speaks; of all when left out. */
    cancers: z.array(z.string()).nonempty().optional(),
    of: z.string().optional(),
    start: z.number().default(0),
    items: z.array(Item).default([]),
    terms: z.array(Term).default([]),
    link: z.enum(['identity', 'exp']).default('identity'),
    groups: z
      .array(z.object({ is: Word, max: z.number().optional(), below: z.number().optional() }).strict())
      .default([]),
    rules: z.array(z.object({ is: Word, when: Criterion }).strict()).default([]),
    else: Word.optional(),
    shown: Criterion.optional(),
    /** Absent in models built before there were such words. */
    means: z.array(z.object({ max: z.number().optional(), text: Text }).strict()).optional(),
    /** Inputs outside these limits were not seen by those who made it: no answer then. */
    range: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
    note: z.string().optional(),
    source: Citation,
    verified: Verification,
  })
  .strict();
export type Score = z.infer<typeof Score>;
