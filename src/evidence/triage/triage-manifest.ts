// manifest.json of a triage model: what its columns are, what it was trained on, and what was measured.
import { z } from 'zod';
import { DESIGNS } from './triage.js';

const Share = z.object({ right: z.number().int(), of: z.number().int() }).strict();

export const TriageManifest = z
  .object({
    id: z.literal('triage'),
    version: z.string(),
    /** Edition of the reading of texts (feature-row.ts). */
    features: z.number().int(),
    /** Cues in the order of the columns. */
    cues: z.array(z.string()),
    subject: z.array(z.string()),
    /** Phrases by the group whose column they share. */
    statements: z.record(z.string(), z.array(z.string())),
    seed: z.number().int(),
    designs: z.array(z.enum(DESIGNS)),
    /** SHA-256 of the labels, the material of our own and the published texts. */
    trainedOn: z.record(z.string(), z.string()),
    examples: z.record(z.string(), z.object({ train: z.number().int(), heldOut: z.number().int() }).strict()),
    heldOut: z.record(z.string(), Share),
    opset: z.number().int(),
  })
  .strict();
export type TriageManifest = z.infer<typeof TriageManifest>;
