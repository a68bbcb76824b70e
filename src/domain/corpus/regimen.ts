// A regimen: what is given. Surgery, radiotherapy, observation and supportive care are regimens too.
import { z } from 'zod';
import { Citation, Text, Verification } from './text.js';

export const RegimenModality = z.enum([
  'systemic',
  'surgery',
  'radiotherapy',
  'chemoradiotherapy',
  'observation',
  'active-surveillance',
  'supportive-care',
  'transplant',
  'procedure',
]);

/** Without growth factor: high above 20 %, intermediate 10-20 %, low below 10 % of patients (ASCO, EORTC, NCCN). */
export const FebrileNeutropeniaRisk = z.enum(['high', 'intermediate', 'low']);
export type FebrileNeutropeniaRisk = z.infer<typeof FebrileNeutropeniaRisk>;

export const RegimenComponent = z
  .object({
    drug: z.string(),
    dose: z.number().positive().optional(),
    unit: z.enum(['mg', 'mg/m2', 'mg/kg', 'AUC', 'ug', 'ug/kg', 'IU', 'MBq', 'g', 'g/m2']).optional(),
    route: z.enum(['iv', 'po', 'sc', 'im', 'it', 'ip', 'topical', 'intravesical']).optional(),
    /** "day 1", "days 1-21", "daily", "day 1, 8". */
    schedule: z.string().optional(),
    note: z.string().optional(),
  })
  .strict();

export const Regimen = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: Text,
    synonyms: z.array(z.string()).default([]),
    modalities: z.array(RegimenModality).min(1),
    components: z.array(RegimenComponent).default([]),
    /** Procedure ids (corpus/vocabulary/procedures.yaml) for operations and radiotherapy. */
    procedures: z.array(z.string()).default([]),
    cycleDays: z.number().int().positive().optional(),
    cycles: z.string().optional(),
    febrileNeutropenia: FebrileNeutropeniaRisk.optional(),
    /** Where that risk was seen; without it the risk is from memory of the tables. */
    febrileNeutropeniaSource: z
      .object({ sources: z.array(Citation).min(1), verified: Verification })
      .strict()
      .optional(),
    note: z.string().optional(),
  })
  .strict();
export type Regimen = z.infer<typeof Regimen>;
