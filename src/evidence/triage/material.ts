// What the triage classifier is trained on besides published texts: the schemas of corpus/triage/.
import { z } from 'zod';
import { DESIGNS } from './triage.js';

/** cues.yaml: phrases by group; the groups are for the reader. statements.yaml: phrases by group; the groups are columns. */
export const Cues = z.record(z.string(), z.array(z.string().min(1)).min(1));
export type Cues = z.infer<typeof Cues>;

const Sentences = z.array(z.string().min(1)).min(1);

/** phrases.yaml: sentences from which abstracts are composed. */
export const Phrases = z
  .object({
    slots: z.record(z.enum(['oncology', 'elsewhere']), z.object({ C: Sentences, D: Sentences, E: Sentences }).strict()),
    openings: Sentences,
    outlooks: Sentences,
    designs: z.record(
      z.enum(DESIGNS),
      z
        .object({
          /** Does it compare treatments; "half": the composed abstracts of this design teach nothing of it. */
          compares: z.union([z.boolean(), z.literal('half')]),
          titles: Sentences,
          methods: Sentences,
          results: Sentences,
        })
        .strict(),
    ),
  })
  .strict();
export type Phrases = z.infer<typeof Phrases>;

/** made-up.yaml: whole abstracts of our own. */
export const MadeUp = z
  .object({
    id: z.string(),
    design: z.enum(DESIGNS),
    oncology: z.boolean(),
    compares: z.boolean(),
    /** Folder of the corpus. */
    cancer: z.string().optional(),
    title: z.string(),
    abstract: z.string(),
  })
  .strict();
export type MadeUp = z.infer<typeof MadeUp>;

const yesNo = z.enum(['yes', 'no', '']).transform((v) => (v === '' ? undefined : v === 'yes'));

/** labels.csv: our labels of published documents by PMID or PMCID; an empty cell is not used. */
export const Label = z.object({
  id: z.string().regex(/^(?:PMC)?\d+$/),
  design: z.enum([...DESIGNS, '']).transform((v) => (v === '' ? undefined : v)),
  oncology: yesNo,
  compares: yesNo,
  cancer: z.string().transform((v) => (v === '' ? undefined : v)),
  reason: z.string(),
});
export type Label = z.infer<typeof Label>;
