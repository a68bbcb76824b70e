// A study: who was treated with what, and what came of it, as published.
import { z } from 'zod';
import { Criterion } from './criterion.js';
import { Text, Verification } from './text.js';

const Interval = { low: z.number().optional(), high: z.number().optional(), level: z.number().default(0.95) };

export const OutcomeName = z.enum([
  'OS',
  'PFS',
  'DFS',
  'IDFS',
  'EFS',
  'RFS',
  'DRFS',
  'DMFS',
  'BCFI',
  'LRFS',
  'MFS',
  'TTP',
  'TTF',
  'pCR',
  'ORR',
]);
export type OutcomeName = z.infer<typeof OutcomeName>;

export const StudyArm = z
  .object({
    id: z.string(),
    /** Regimen id of the corpus; left out where the arm is not a regimen of ours (say what it is in `name`). */
    regimen: z.string().optional(),
    name: z.string(),
    n: z.number().int().positive().optional(),
  })
  .strict();

/** One comparison (or one arm's figures) on one outcome in one population, at one data cut. */
export const StudyResult = z
  .object({
    outcome: OutcomeName,
    /** "ITT", or the subgroup in words ("PD-L1 TPS >= 50 %"). */
    population: z.string().default('ITT'),
    /** arms: experimental first, comparator second; one arm id for single-arm figures. */
    arms: z.array(z.string()).min(1).max(2),
    effect: z
      .object({
        measure: z.enum(['HR', 'OR', 'RR', 'MD']),
        value: z.number().positive(),
        ...Interval,
        p: z.string().optional(),
        /** "derived from medians" and the like, when it was not published so. */
        derived: z.string().optional(),
      })
      .strict()
      .optional(),
    /** Events and numbers by arm id. */
    events: z.record(z.string(), z.number().int().nonnegative()).optional(),
    n: z.record(z.string(), z.number().int().positive()).optional(),
    /** Median time by arm id, months; null = not reached. */
    medians: z
      .record(z.string(), z.object({ months: z.number().positive().nullable(), ...Interval }).strict())
      .optional(),
    /** Proportion event-free (or responding, for pCR and ORR, with months 0), 0-1. */
    milestones: z
      .array(
        z
          .object({
            arm: z.string(),
            months: z.number().nonnegative(),
            proportion: z.number().min(0).max(1),
            ...Interval,
          })
          .strict(),
      )
      .optional(),
    followUpMonths: z.number().positive().optional(),
    /** Proportional hazards known to fail (crossing or delayed separation), in words. */
    nonProportional: z.string().optional(),
    /** "current", or "superseded" when a later cut replaces it (kept for history). */
    state: z.enum(['current', 'superseded']).default('current'),
    /** Publication of these figures where it differs from the study's main one. */
    source: z
      .object({ pmid: z.string().optional(), journal: z.string().optional(), year: z.number().int().optional() })
      .strict()
      .optional(),
  })
  .strict();

export const Study = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: z.string(),
    title: z.string().optional(),
    year: z.number().int().min(1950),
    journal: z.string(),
    firstAuthor: z.string().optional(),
    nct: z
      .string()
      .regex(/^NCT\d{8}$/)
      .optional(),
    pmid: z
      .string()
      .regex(/^\d{1,8}$/)
      .optional(),
    verified: Verification,
    phase: z.enum(['1', '1/2', '2', '2/3', '3', '4', 'meta-analysis', 'observational', 'pooled']),
    design: z.enum(['randomised', 'single-arm', 'non-randomised', 'meta-analysis', 'cohort', 'pooled']),
    blinded: z.boolean().optional(),
    cancer: z.string(),
    population: Text,
    /** The population in the criteria language, where it can be said so. */
    eligibility: Criterion.optional(),
    arms: z.array(StudyArm).min(1),
    results: z.array(StudyResult).default([]),
    /** Proportion of treated patients with any grade >= 3 adverse event (or as stated in `note`), by arm id. */
    harm: z
      .array(z.object({ arm: z.string(), grade3Plus: z.number().min(0).max(1), note: z.string().optional() }).strict())
      .default([]),
    covariates: z
      .array(
        z
          .object({
            name: z.string(),
            mean: z.number().optional(),
            proportion: z.record(z.string(), z.number()).optional(),
          })
          .strict(),
      )
      .default([]),
    funding: z.string().optional(),
    retracted: z.object({ on: z.string(), why: z.string() }).strict().optional(),
    note: z.string().optional(),
  })
  .strict();
export type Study = z.infer<typeof Study>;
export type StudyResult = z.infer<typeof StudyResult>;
