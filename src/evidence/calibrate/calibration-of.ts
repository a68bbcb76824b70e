// Predicted against observed survival, never fitted on what is tested: the trial itself (and whatever may contain it) is taken out of its
// network, which is refitted. A trial whose network cannot do without it is not tested, and said so; what the model with the trial in it
// says is kept beside, as a check that the model reproduces its own sources, and is in no summary.
import type {
  CalibrationSummary,
  ObservedTrial,
  TestedEffect,
  TestedSurvival,
} from '../../domain/corpus/calibration.js';
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Network } from '../../domain/corpus/network.js';
import type { Study } from '../../domain/corpus/study.js';
import { compileNetwork } from '../compile/compile-network.js';
import type { CompiledNetwork } from '../compile/compiled-model.js';
import { fitNetwork } from '../synthesize/fit-network.js';
import type { FittedNetwork } from '../synthesize/outcome-network.js';
import { summariseCalibration } from './calibration-summary.js';
import { withoutStudies } from './leave-out.js';
import { predictedSurvival } from './predict-survival.js';

/** How much worse a candidate may be than the released model, in survival (0.01 is one percentage point). */
export const CALIBRATION_BOUND = 0.01;

export interface CalibrationRows {
  readonly survival: readonly TestedSurvival[];
  readonly effects: readonly TestedEffect[];
}

export interface Calibration extends CalibrationSummary {
  readonly rows: CalibrationRows;
  /** Summary of the exact matches alone. */
  readonly exact: CalibrationSummary;
  /** The model with the trial in it, for trials that are in a network. */
  readonly reproduced: CalibrationRows;
  readonly notTested: readonly { readonly trial: string; readonly node: string | null; readonly why: string }[];
}

/** Same corpus, observations and seed, same numbers. */
export function calibrationOf(corpus: Corpus, observed: readonly ObservedTrial[], seed = 1): Calibration {
  const studies = corpus.cancers.flatMap((c) => c.studies);
  const networks = corpus.cancers.flatMap((c) => c.networks);
  const survival: TestedSurvival[] = [];
  const effects: TestedEffect[] = [];
  const reproduced = { survival: [] as TestedSurvival[], effects: [] as TestedEffect[] };
  const notTested: { trial: string; node: string | null; why: string }[] = [];
  for (const trial of observed) {
    const network = networks.find((n) => n.id === trial.network);
    if (network === undefined) {
      notTested.push({ trial: trial.trial, node: null, why: `the corpus has no network ${trial.network}` });
      continue;
    }
    const out = [...(trial.study === undefined ? [] : [trial.study]), ...trial.without];
    const heldOut = heldOutModel(network, studies, out, seed);
    if ('why' in heldOut) notTested.push({ trial: trial.trial, node: null, why: heldOut.why });
    else {
      const rows = rowsOf(trial, heldOut);
      survival.push(...rows.survival);
      effects.push(...rows.effects);
      notTested.push(...silent(trial, heldOut));
    }
    if (!network.trials.some((t) => out.includes(t.study))) continue;
    const whole = modelOf(network, studies, seed);
    if ('why' in whole) continue;
    const rows = rowsOf(trial, whole);
    reproduced.survival.push(...rows.survival);
    reproduced.effects.push(...rows.effects);
  }
  const rows = { survival, effects };
  const exact = {
    survival: survival.filter((r) => r.near === null),
    effects: effects.filter((r) => r.near === null),
  };
  return { ...summariseCalibration(rows), exact: summariseCalibration(exact), rows, reproduced, notTested };
}

interface Model {
  readonly fitted: FittedNetwork;
  readonly compiled: CompiledNetwork;
}

type Modelled = Model | { readonly why: string };

function heldOutModel(network: Network, studies: readonly Study[], out: readonly string[], seed: number): Modelled {
  const rest = withoutStudies(network, studies, out);
  return 'why' in rest ? rest : modelOf(rest.network, studies, seed);
}

function modelOf(network: Network, studies: readonly Study[], seed: number): Modelled {
  const synthesis = fitNetwork(network, studies);
  if ('refused' in synthesis) return { why: synthesis.refused.reasons.join('; ') };
  return { fitted: synthesis.fitted, compiled: compileNetwork(synthesis.fitted, { seed }) };
}

function rowsOf(trial: ObservedTrial, { fitted, compiled }: Model): CalibrationRows {
  const near = trial.near ?? null;
  const baselinePoints = fitted.baseline.points.length;
  const survival = trial.observed.flatMap((arm) =>
    arm.milestones.flatMap(({ months, survival: observed, se }): TestedSurvival[] => {
      const predicted = predictedSurvival(compiled, arm.node, months);
      const { trial: name, network } = trial;
      return predicted === null
        ? []
        : [{ trial: name, network, node: arm.node, months, n: arm.n, observed, se, predicted, baselinePoints, near }];
    }),
  );
  return { survival, effects: effectRow(trial, fitted) };
}

function effectRow(trial: ObservedTrial, fitted: FittedNetwork): TestedEffect[] {
  const { effect } = trial;
  const [a, b] = [effect?.node, effect?.against].map((id) => fitted.nodes.findIndex((n) => n.id === id));
  if (effect === undefined || a === undefined || b === undefined || a < 0 || b < 0) return [];
  const covariance = (i: number, j: number): number => fitted.covariance[i]?.[j] ?? 0;
  return [
    {
      trial: trial.trial,
      network: trial.network,
      node: effect.node,
      against: effect.against,
      observed: effect.logHr,
      observedSe: effect.se,
      predicted: (fitted.nodes[a]?.effect ?? 0) - (fitted.nodes[b]?.effect ?? 0),
      predictedSe: Math.sqrt(covariance(a, a) + covariance(b, b) - 2 * covariance(a, b) + fitted.tau2),
      near: trial.near ?? null,
    },
  ];
}

/** Arms about which the held-out network says nothing at any of the months. */
function silent(trial: ObservedTrial, { compiled }: Model): Calibration['notTested'] {
  return trial.observed.flatMap(({ node, milestones }) => {
    if (milestones.some((m) => predictedSurvival(compiled, node, m.months) !== null)) return [];
    const known = compiled.nodes.some((n) => n.id === node);
    const why = !known
      ? 'only this trial knows the regimen'
      : milestones.length === 0
        ? 'fewer than ten patients at risk at 12 months'
        : `the network tells nothing after ${compiled.horizonMonths} months, or withholds the regimen's numbers`;
    return [{ trial: trial.trial, node, why }];
  });
}
