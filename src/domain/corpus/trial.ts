// An open clinical trial, as read from a registry: whom it may take in criteria, and what of its conditions no program could read.
import { z } from 'zod';
import { Criterion } from './criterion.js';
import { IsoDate } from './text.js';

export const Trial = z
  .object({
    nct: z.string().regex(/^NCT\d{8}$/),
    title: z.string().min(1),
    /** As the registry has it: "PHASE3", "PHASE1/PHASE2", "NA". */
    phase: z.string(),
    status: z.string(),
    /** OncoTree codes of the conditions. */
    cancers: z.array(z.string()).nonempty(),
    criteria: Criterion,
    /** What the criteria were read from, in the registry's words. */
    read: z.array(z.string()).default([]),
    /** Conditions that were not read into criteria: for the doctor to check. */
    unread: z.array(z.string()).default([]),
    /** INN of drugs that the corpus knows; other interventions by name. */
    drugs: z.array(z.string()).default([]),
    interventions: z.array(z.string()).default([]),
    countries: z.array(z.string()).default([]),
    /** Day of the registry's last update. */
    updated: IsoDate.optional(),
    importedOn: IsoDate,
  })
  .strict();
export type Trial = z.infer<typeof Trial>;
