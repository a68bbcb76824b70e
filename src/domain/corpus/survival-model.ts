// The coefficients of a published survival model (corpus/prognosis/MODEL.yaml), each with its meaning; the formulas are in core/prognosis.
import { z } from 'zod';

export const SurvivalModel = z
  .object({
    id: z.string(),
    source: z.string(),
    coefficients: z.record(z.string(), z.object({ value: z.number(), meaning: z.string().optional() }).strict()),
  })
  .strict();
export type SurvivalModel = z.infer<typeof SurvivalModel>;
