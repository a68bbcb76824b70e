// manifest.json of a released model: everything beside the arithmetic, and the order of its inputs.
import { z } from 'zod';
import type { ModelInfo } from '../../domain/outcome.js';
import { canonicalJson } from './canonical-json.js';

/** Raised when the way features are named or arranged changes, so that old models are refused and not misread. */
export const FEATURES_EDITION = 1;

const Column = z
  .object({
    feature: z.string(),
    kind: z.enum(['value', 'stratum']),
    lower: z.number().optional(),
    upper: z.number().optional(),
    centre: z.number(),
    min: z.number().optional(),
    max: z.number().optional(),
    role: z.enum(['covariate', 'modifier']),
    unit: z.string().optional(),
    source: z.string(),
  })
  .strict();

const HazardRatio = z.object({ value: z.number(), low: z.number(), high: z.number() }).strict();

const Node = z
  .object({
    id: z.string(),
    /** False where numbers are withheld: the graph's output for the node has no meaning. */
    numbers: z.boolean(),
    withheld: z.string().optional(),
    hazardRatio: HazardRatio,
    predictionInterval: HazardRatio,
    pScore: z.number(),
    direct: z.boolean(),
    harm: z.number().nullable(),
    certainty: z.enum(['high', 'moderate', 'low', 'very low']),
    reasons: z.array(z.string()),
    studies: z.array(z.string()),
  })
  .strict();

const Trial = z
  .object({
    study: z.string(),
    nodes: z.array(z.string()),
    patients: z.number().nullable(),
    events: z.number().nullable(),
    impliedEvents: z.number().nullable().optional(),
    reachMonths: z.number().nullable(),
    remarks: z.array(z.string()),
  })
  .strict();

export const ManifestNetwork = z
  .object({
    id: z.string(),
    cancer: z.string(),
    decision: z.string(),
    outcome: z.string(),
    population: z.string(),
    reference: z.string(),
    horizonMonths: z.number(),
    nodes: z.array(Node),
    columns: z.array(Column),
    tau2: z.number(),
    tau2Known: z.boolean(),
    i2: z.number(),
    heterogeneityP: z.number(),
    inconsistencyP: z.number(),
    baseline: z
      .object({
        study: z.string(),
        arm: z.string(),
        family: z.string(),
        parameters: z.array(z.number()),
        worst: z.number(),
        remarks: z.array(z.string()),
      })
      .strict(),
    trials: z.array(Trial),
    remarks: z.array(z.string()),
  })
  .strict();
export type ManifestNetwork = z.infer<typeof ManifestNetwork>;

const Port = z.object({ name: z.string(), type: z.string(), shape: z.array(z.string()), unit: z.string() }).strict();

/**
 * Grows when this code reads something of the corpus that models built before do not carry: without it every patient of such a model would
 * be a defect. 2: facts told by the stage.
 */
export const MODEL_FORMAT = 2;

export const Manifest = z
  .object({
    format: z.literal(MODEL_FORMAT),
    id: z.string(),
    version: z.string(),
    code: z.string(),
    seed: z.number(),
    corpusHash: z.string(),
    featuresHash: z.string(),
    featuresEdition: z.number(),
    opset: z.number(),
    irVersion: z.number(),
    draws: z.number(),
    /** Largest error of the tabulated RMST, months. */
    tableErrorMonths: z.number(),
    inputs: z.array(Port),
    outputs: z.array(Port),
    networks: z.array(ManifestNetwork),
    leftOut: z.array(z.object({ id: z.string(), reasons: z.array(z.string()) }).strict()),
  })
  .strict();
export type Manifest = z.infer<typeof Manifest>;

/** Text whose SHA-256 is the features hash: which numbers each network takes, in which order and unit. */
export function featuresText(networks: readonly ManifestNetwork[], edition: number): string {
  const schema = networks.map((n) => ({
    id: n.id,
    nodes: n.nodes.map((node) => node.id),
    columns: n.columns.map(({ source: _source, ...column }) => column),
  }));
  return canonicalJson({ edition, networks: schema });
}

/** What the clinical core must know of the model. */
export function modelInfo(manifest: Manifest): ModelInfo {
  return {
    id: `${manifest.id}@${manifest.version}`,
    corpusHash: manifest.corpusHash,
    featuresHash: manifest.featuresHash,
    networks: manifest.networks.map((n) => {
      const named = (role: 'covariate' | 'modifier'): string[] => [
        ...new Set(n.columns.filter((c) => c.role === role).map((c) => c.feature)),
      ];
      return {
        id: n.id,
        outcome: n.outcome,
        reference: n.reference,
        horizonMonths: n.horizonMonths,
        nodes: Object.fromEntries(
          n.nodes.map((node) => [node.id, { certainty: node.certainty, studies: node.studies }]),
        ),
        modifiers: named('modifier'),
        covariates: named('covariate'),
      };
    }),
  };
}
