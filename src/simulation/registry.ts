// The figures that the simulator draws from (corpus/registry/kazakhstan.yaml): sites, stages, markers, treatments given, disorder.
import { z } from 'zod';

const share = z.number().positive();
const probability = z.number().min(0).max(1);

const Marker = z
  .object({
    loinc: z.string().optional(),
    display: z.string().optional(),
    /** Percent of cells: normal (cut to 0-100), or weights of < 1 %, 1-49 % and >= 50 %. */
    percent: z
      .union([
        z.object({ mean: z.number(), sd: z.number() }).strict(),
        z.object({ weights: z.array(z.number()).length(3) }).strict(),
      ])
      .optional(),
    words: z.array(z.object({ text: z.string(), share }).strict()).optional(),
    gene: z.string().optional(),
    hgnc: z.string().optional(),
    protein: z.string().optional(),
    fusion: z.string().optional(),
    negative: z.boolean().optional(),
  })
  .strict();
export type Marker = z.infer<typeof Marker>;

const Step = z
  .object({
    /** Months after diagnosis. */
    at: z.number().nonnegative(),
    procedure: z.string().optional(),
    drugs: z.array(z.string()).optional(),
    months: z.number().positive().optional(),
    intent: z.enum(['neoadjuvant', 'adjuvant', 'curative', 'palliative']).optional(),
    ends: z.literal('progression').optional(),
  })
  .strict();
export type Step = z.infer<typeof Step>;

const Site = z
  .object({
    id: z.string(),
    share,
    source: z.string(),
    icd10: z.string(),
    snomed: z.string(),
    display: z.string(),
    female: probability,
    age: z.object({ mean: z.number(), sd: z.number(), source: z.string() }).strict(),
    morphologies: z
      .array(
        z.object({ code: z.string(), display: z.string(), share, subtypes: z.array(z.string()).optional() }).strict(),
      )
      .default([]),
    stages: z
      .array(z.object({ group: z.string(), t: z.string(), n: z.string(), m: z.string(), share }).strict())
      .min(1),
    subtypes: z
      .array(
        z
          .object({
            id: z.string(),
            share,
            /** Times as likely in women. */ female: z.number().default(1),
            markers: z.array(Marker),
          })
          .strict(),
      )
      .default([]),
    pathways: z
      .array(
        z
          .object({
            stages: z.array(z.string()),
            subtypes: z.array(z.string()).optional(),
            share,
            steps: z.array(Step),
          })
          .strict(),
      )
      .default([]),
    relapse: z
      .object({ perYear: probability, site: z.object({ snomed: z.string(), display: z.string() }).strict() })
      .strict()
      .optional(),
    monthlyDeath: z.object({ early: probability, advanced: probability }).strict(),
  })
  .strict();
export type Site = z.infer<typeof Site>;

export const Registry = z
  .object({
    asOf: z.string(),
    /** Diagnoses lie in so many years before asOf. */
    years: z.number().positive(),
    regions: z.array(z.object({ name: z.string(), share, organizations: z.array(z.string()).min(1) }).strict()).min(1),
    comorbidities: z.array(
      z.object({ icd10: z.string(), display: z.string(), at40: probability, at75: probability }).strict(),
    ),
    laboratory: z.array(
      z
        .object({
          loinc: z.string(),
          display: z.string(),
          unit: z.string(),
          mean: z.number(),
          sd: z.number(),
          perDecade: z.number(),
          min: z.number(),
          max: z.number(),
        })
        .strict(),
    ),
    disorder: z
      .object({
        ecogMissing: probability,
        labsMissing: probability,
        markerMissing: probability,
        stageMissing: probability,
        contradictoryStage: probability,
        creatinineInMgDl: probability,
        plainTextDrug: probability,
        /** Lines cut off in the middle, as a broken transfer leaves them. */
        lostLine: probability,
      })
      .strict(),
    sites: z.array(Site).min(1),
  })
  .strict();
export type Registry = z.infer<typeof Registry>;
