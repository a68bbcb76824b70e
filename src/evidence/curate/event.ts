// The log of one document on its way into the corpus: one event a line, only ever added to. States follow from the events
// (found -> extracted -> reviewed -> accepted or excluded -> retracted); see draft-state.ts.
import { z } from 'zod';

/** Who, when and why stand in every event. `at` is an ISO instant in UTC. */
const common = {
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/, 'an instant is YYYY-MM-DDTHH:MM:SSZ'),
  by: z.string().min(1),
  why: z.string().min(1),
};

export const Span = z.object({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() }).strict();

/** One value of a draft as extraction proposed it; values are written as the reviewer writes them (value-text.ts). */
export const Proposed = z
  .object({ field: z.string(), value: z.string(), span: Span.optional(), note: z.string().optional() })
  .strict();
export type Proposed = z.infer<typeof Proposed>;

/** A number that was read and has no place in a study record, with the reason. */
export const LeftOut = z.object({ what: z.string(), why: z.string(), span: Span.optional() }).strict();
export type LeftOut = z.infer<typeof LeftOut>;

/** What of the corpus the document may be about. */
export const Known = z
  .object({
    study: z.string(),
    /** "nct NCT02296125", "pmid 29151359", "name FLAURA 2020". */
    by: z.string(),
  })
  .strict();
export type Known = z.infer<typeof Known>;

export const CurationEvent = z.discriminatedUnion('event', [
  z
    .object({
      ...common,
      event: z.literal('found'),
      document: z.string(),
      pmid: z.string().nullable(),
      /** SHA-256 of the document's text; the text itself stays out of the repository. */
      text: z.string(),
      triage: z.record(z.string(), z.unknown()),
    })
    .strict(),
  z
    .object({
      ...common,
      event: z.literal('extracted'),
      values: z.array(Proposed),
      leftOut: z.array(LeftOut),
      known: z.array(Known),
      warnings: z.array(z.string()),
    })
    .strict(),
  z.object({ ...common, event: z.literal('corrected'), field: z.string(), value: z.string() }).strict(),
  z.object({ ...common, event: z.literal('value-accepted'), field: z.string() }).strict(),
  z.object({ ...common, event: z.literal('value-rejected'), field: z.string() }).strict(),
  z.object({ ...common, event: z.literal('reviewed') }).strict(),
  z
    .object({
      ...common,
      event: z.literal('accepted'),
      study: z.string(),
      as: z.enum(['new study', 'new results', 'confirmation']),
      file: z.string(),
    })
    .strict(),
  z.object({ ...common, event: z.literal('excluded') }).strict(),
  z.object({ ...common, event: z.literal('retracted'), study: z.string() }).strict(),
]);
export type CurationEvent = z.infer<typeof CurationEvent>;
