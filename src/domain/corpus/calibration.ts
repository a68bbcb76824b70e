// Calibration against reality: which arms of rebuilt trials (kmdata) are regimens of the model, what was observed in them, and what the
// model said. corpus/calibration-trials.yaml holds the mapping, corpus/calibration.yaml the observations and the result.
import { z } from 'zod';

/** One trial whose patient times are at hand, and which of its arms are nodes of a network. */
export const CalibrationTrial = z
  .object({
    /** Name in the set, "REVEL_2". */
    trial: z.string(),
    /** Study of the corpus that is the same trial, when there is one: it is taken out of the network before predicting. */
    study: z.string().optional(),
    /** Further studies that (may) contain the same patients, such as a meta-analysis. */
    without: z.array(z.string()).default([]),
    network: z.string(),
    /** Arm of the set -> node of the network. */
    arms: z.record(z.string(), z.string()),
    /** What differs from the regimen or population of the network, when the match is near and not exact. */
    near: z.string().optional(),
  })
  .strict();
export type CalibrationTrial = z.infer<typeof CalibrationTrial>;

const Milestone = z
  .object({ months: z.number(), survival: z.number(), se: z.number(), atRisk: z.number().int() })
  .strict();

/** What was seen: Kaplan-Meier survival by arm, log hazard ratio of the two arms where both are nodes. */
export const ObservedTrial = CalibrationTrial.extend({
  outcome: z.string(),
  pmid: z.string().optional(),
  observed: z.array(
    z
      .object({ node: z.string(), n: z.number().int(), events: z.number().int(), milestones: z.array(Milestone) })
      .strict(),
  ),
  effect: z.object({ node: z.string(), against: z.string(), logHr: z.number(), se: z.number() }).strict().optional(),
}).strict();
export type ObservedTrial = z.infer<typeof ObservedTrial>;

/** Mean distances of predicted from observed survival (0-1), weighted by patients; null where nothing could be tested. */
export const CalibrationSummary = z
  .object({
    ici12: z.number().nullable(),
    ici24: z.number().nullable(),
    ici36: z.number().nullable(),
    arms12: z.number().int(),
    arms24: z.number().int(),
    arms36: z.number().int(),
    /** Mean of predicted minus observed: positive when survival is overstated. */
    bias: z.number().nullable(),
    /** Of ln(-ln observed) on ln(-ln predicted), weighted by patients. */
    slope: z.number().nullable(),
    intercept: z.number().nullable(),
    /** Points whose observed 95 % interval holds the prediction, of all. */
    covered: z.number().int(),
    points: z.number().int(),
    /** Effects on the side of 1 on which the trial found them, of those tested. */
    signRight: z.number().int(),
    signTested: z.number().int(),
    /** Mean |predicted - observed| log hazard ratio. */
    logHrError: z.number().nullable(),
  })
  .strict();
export type CalibrationSummary = z.infer<typeof CalibrationSummary>;

/** What was predicted beside what was seen, the trial held out: survival (0-1) of an arm at a month. */
const TestedSurvival = z
  .object({
    trial: z.string(),
    network: z.string(),
    node: z.string(),
    months: z.number(),
    n: z.number().int(),
    observed: z.number(),
    se: z.number(),
    predicted: z.number(),
    /** Published points behind the baseline curve; one makes it exponential. */
    baselinePoints: z.number().int(),
    near: z.string().nullable(),
  })
  .strict();
export type TestedSurvival = z.infer<typeof TestedSurvival>;

/** Log hazard ratios. */
const TestedEffect = z
  .object({
    trial: z.string(),
    network: z.string(),
    node: z.string(),
    against: z.string(),
    observed: z.number(),
    observedSe: z.number(),
    predicted: z.number(),
    /** With tau2. */
    predictedSe: z.number(),
    near: z.string().nullable(),
  })
  .strict();
export type TestedEffect = z.infer<typeof TestedEffect>;

export const CalibrationFile = z
  .object({
    date: z.string(),
    model: z.string(),
    corpusHash: z.string(),
    summary: CalibrationSummary,
    /** The same of the exact matches alone. */
    exact: CalibrationSummary,
    observed: z.array(ObservedTrial),
    /** Trial and network of everything that was tested held out, so that a test that is lost is seen. */
    tested: z.array(z.string()),
    /** Every test; empty in files from before they were kept. */
    survival: z.array(TestedSurvival).default([]),
    effects: z.array(TestedEffect).default([]),
  })
  .strict();
export type CalibrationFile = z.infer<typeof CalibrationFile>;
