// A network of regimens joined by trials, for one decision, one outcome and one population: the input of the outcome model.
import { z } from 'zod';
import { OutcomeName } from './study.js';
import { Text } from './text.js';

/** Published multivariable log hazard ratio per unit of a fact (or for one of its words against the rest). */
export const Covariate = z
  .object({
    fact: z.string(),
    /** For a fact of words: the word that the indicator is for. */
    is: z.string().optional(),
    logHr: z.number(),
    se: z.number().nonnegative(),
    /** Mean and SD (or prevalence) in the baseline arm, for centring and for marginalising when unknown. */
    mean: z.number(),
    sd: z.number().nonnegative().optional(),
    /** Range in which the trials enrolled; outside, no number. */
    min: z.number().optional(),
    max: z.number().optional(),
    source: z.string(),
  })
  .strict();

/** Within-trial interaction: change of a node's log hazard ratio for patients whose fact is in the stratum. */
export const Modifier = z
  .object({
    node: z.string(),
    fact: z.string(),
    is: z.string().optional(),
    min: z.number().optional(),
    below: z.number().optional(),
    gamma: z.number(),
    se: z.number().nonnegative(),
    /** Share of the trial population in the stratum, for centring. */
    prevalence: z.number().min(0).max(1),
    study: z.string(),
  })
  .strict();

export const Network = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    cancer: z.string(),
    decision: z.string(),
    outcome: OutcomeName,
    population: Text,
    /** Node (regimen id) that effects are against and whose survival is the baseline. */
    reference: z.string(),
    /** Trials: study id, and which of its results (population text; ITT if left out); arms map to nodes by their regimen unless said. */
    trials: z
      .array(
        z
          .object({
            study: z.string(),
            population: z.string().optional(),
            nodes: z.record(z.string(), z.string()).optional(),
          })
          .strict(),
      )
      .min(1),
    /** Study and arm whose curve is the baseline; its medians and milestones on this outcome are fitted. */
    baseline: z.object({ study: z.string(), arm: z.string(), population: z.string().optional() }).strict(),
    horizonMonths: z.number().positive(),
    covariates: z.array(Covariate).default([]),
    modifiers: z.array(Modifier).default([]),
    /** Why the outcome may stand for survival, when it is a surrogate (citation). */
    surrogacy: z.string().optional(),
    note: z.string().optional(),
  })
  .strict();
export type Network = z.infer<typeof Network>;
