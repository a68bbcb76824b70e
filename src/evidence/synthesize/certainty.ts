// Certainty of each comparison with the reference by GRADE's five reasons (Guyatt 2008, BMJ 336:924; networks: Puhan 2014,
// BMJ 349:g5630), with simple fixed rules so that two readers of the corpus get the same answer. A curator may disagree; the
// reasons are kept so that the disagreement has an address.
import type { Certainty } from '../../domain/outcome.js';
import { Z95 } from '../../stats/distributions.js';
import type { UsedResult } from './trial-contrasts.js';

const LEVELS: readonly Certainty[] = ['very low', 'low', 'moderate', 'high'];

export interface Graded {
  readonly certainty: Certainty;
  readonly reasons: readonly string[];
}

/** Outcomes that an observer cannot bend. */
const HARD = new Set(['OS']);

/** "pooled" and "meta-analysis" are of randomised trials in the corpus; single-arm, cohort and observational are their own designs. */
const RANDOMISED = new Set(['randomised', 'meta-analysis', 'pooled']);

/** Limits of appreciable benefit and harm of a hazard ratio that an interval should not cross both of (GRADE's usual 25 %). */
const APPRECIABLE = { benefit: Math.log(0.75), harm: Math.log(1.25) };

/** A hazard ratio below 0.5 (0.2) or above 2 (5). */
const LARGE = { large: Math.log(2), very: Math.log(5) };

export interface Evidence {
  readonly effect: number;
  readonly se: number;
  /** Results of trials that compare the node with the reference directly. */
  readonly direct: readonly UsedResult[];
  /** Results on the path of trials where there is no direct one. */
  readonly path: readonly UsedResult[];
  readonly i2: number;
  readonly heterogeneityP: number;
  readonly inconsistencyP: number;
}

/** Starts at high (randomised) or low; a level less for each reason against, two for a grave one; unrandomised large effects count more. */
export function grade(evidence: Evidence): Graded {
  const used = evidence.direct.length > 0 ? evidence.direct : evidence.path;
  const reasons: string[] = [];
  let level = used.every((u) => RANDOMISED.has(u.study.design)) ? 3 : 1;
  const randomised = level === 3;
  if (!randomised) reasons.push('starts low: not every comparison is randomised');
  const down = (steps: number, reason: string): void => {
    level -= steps;
    reasons.push(`-${steps} ${reason}`);
  };
  const open = used.filter((u) => u.study.blinded !== true && !HARD.has(u.result.outcome));
  if (open.length > 0 && open.length * 2 >= used.length)
    down(1, `risk of bias: ${names(open)} not known to be blinded, outcome judged by an observer`);
  const derived = used.filter((u) => u.derived);
  if (derived.length > 0) down(1, `risk of bias: hazard ratio of ${names(derived)} is derived, not published`);
  imprecision(evidence, down);
  if (evidence.i2 > 0.5 && evidence.heterogeneityP < 0.1)
    down(1, `inconsistency: I2 ${Math.round(evidence.i2 * 100)} % among trials`);
  if (evidence.inconsistencyP < 0.1) down(1, 'incoherence: direct and indirect evidence disagree (p < 0.1)');
  if (evidence.direct.length === 0) down(1, 'indirectness: no trial compares it with the reference itself');
  const crossing = used.filter((u) => u.result.nonProportional !== undefined);
  if (crossing.length > 0)
    down(1, `indirectness: one hazard ratio does not describe ${names(crossing)} (hazards not proportional)`);
  // Only evidence that nothing speaks against is rated up (Guyatt 2011, J Clin Epidemiol 64:1311).
  if (!randomised && level === 1) {
    const size = Math.abs(evidence.effect);
    const steps = size > LARGE.very ? 2 : size > LARGE.large ? 1 : 0;
    level += steps;
    if (steps > 0) reasons.push(`+${steps} ${steps === 2 ? 'very large' : 'large'} effect`);
  }
  return { certainty: LEVELS[Math.max(0, level)] ?? 'very low', reasons };
}

function imprecision(evidence: Evidence, down: (steps: number, reason: string) => void): void {
  const low = evidence.effect - Z95 * evidence.se;
  const high = evidence.effect + Z95 * evidence.se;
  if (low < APPRECIABLE.benefit && high > APPRECIABLE.harm)
    down(2, 'imprecision: the interval includes appreciable benefit and appreciable harm');
  else if (low < 0 && high > 0 && (low < APPRECIABLE.benefit || high > APPRECIABLE.harm))
    down(1, 'imprecision: the interval includes no effect');
}

const names = (used: readonly UsedResult[]): string => [...new Set(used.map((u) => u.study.name))].join(', ');
