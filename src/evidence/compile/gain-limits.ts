// Limits of the interval of a gain, without draws. Of each component of the patient (LimitTerms) the predictors of node and comparator
// are two normals, and the gain is a smooth function of them. Turned so that u runs along its gradient and v across it, the gain
// rises with u and hardly changes with v: with three Gauss-Hermite points in v,
//
//   P(gain <= q) = sum over components m and points j of  w_m omega_j Phi(u_mj),    gain_m(u_mj, v_j) = q
//
// which is solved for q and every u_mj together by Newton's method (as the first- and second-order reliability methods do for one
// component: Hasofer & Lind 1974, J Eng Mech Div 100:111; Breitung 1984, J Eng Mech 110:357). The number of steps is fixed: the graph does the same.
import { normalCdf } from '../../stats/distributions.js';

/**
 * Steps of Newton's method. One component starts all but at its answer: 2 leave 0.0004 months in the worst network of the corpus. Two or
 * more may have their limit where hardly a patient is, between those who gain and those who lose (test/evidence/compile/interval.test.ts).
 */
export const limitSteps = (components: number): number => (components === 1 ? PLAIN_STEPS : 10);
export const PLAIN_STEPS = 2;

/** Gauss-Hermite points of the standard normal across the gradient, and their weights. */
export const ACROSS = [
  { v: -Math.sqrt(3), weight: 1 / 6 },
  { v: 0, weight: 2 / 3 },
  { v: Math.sqrt(3), weight: 1 / 6 },
] as const;

/** No u beyond these many standard deviations. */
export const FURTHEST = 5;

/** No step moves u by more: far from the answer a tangent says little. */
export const LONGEST_MOVE = 1.5;

/** Months per standard deviation, squared: keeps a gain that does not vary from being divided by 0. */
export const STEEPNESS_FLOOR = 1e-10;

/** The slope along u is not taken for less than this share of that at the component's centre. */
export const LEAST_SLOPE = 0.05;

/** Added to probabilities and densities: keeps both from 0. */
export const TAIL_FLOOR = 1e-9;

/** Restricted mean of one curve by linear predictor, months, and its derivative. */
export type RestrictedMean = (eta: number) => { readonly value: number; readonly slope: number };

/** One component of a patient: probability, and of both predictors the mean and the loadings on the same independent normals. */
export interface Component {
  readonly weight: number;
  readonly node: readonly number[];
  readonly comparator: readonly number[];
}

/**
 * Limit of the gain at probability p (z its normal quantile). Newton's method on the logarithm of the probability of the tail, which is
 * nearly straight where the probability itself is flat; between the least and the greatest that the lines have at z.
 */
export function gainLimit(
  components: readonly Component[],
  node: RestrictedMean,
  comparator: RestrictedMean,
  z: number,
  steps: number,
): number {
  const lines = components.flatMap((c) => linesOf(c, node, comparator, z).map((line) => ({ ...line, u: z })));
  const side = Math.sign(z);
  const p = normalCdf(-Math.abs(z));
  let [q, least, greatest] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let step = 0; step < steps; step++) {
    const tangents = lines.map((line) => {
      const a = node(line.node + line.u * line.alongNode);
      const b = comparator(line.comparator + line.u * line.alongComparator);
      const slope = Math.max(a.slope * line.alongNode - b.slope * line.alongComparator, line.leastSlope);
      return { ...line, gain: a.value - b.value, slope };
    });
    if (step === 0) {
      q = tangents.reduce((s, t) => s + t.weight * t.gain, 0);
      [least, greatest] = [Math.min(...tangents.map((t) => t.gain)), Math.max(...tangents.map((t) => t.gain))];
    }
    let [tail, density] = [TAIL_FLOOR, TAIL_FLOOR];
    for (const t of tangents) {
      const u = moved(t.u, (q - t.gain) / t.slope);
      tail += t.weight * normalCdf(-side * u);
      density += (t.weight * Math.exp((-u * u) / 2)) / (t.slope * Math.sqrt(2 * Math.PI));
    }
    q = Math.min(greatest, Math.max(least, q + (side * tail * Math.log(tail / p)) / density));
    tangents.forEach((t, i) => {
      const line = lines[i];
      if (line !== undefined) line.u = moved(t.u, (q - t.gain) / t.slope);
    });
  }
  return q;
}

const moved = (u: number, by: number): number =>
  Math.min(FURTHEST, Math.max(-FURTHEST, u + Math.min(LONGEST_MOVE, Math.max(-LONGEST_MOVE, by))));

interface Line {
  readonly weight: number;
  /** The predictors at u = 0, and what one step of u adds to them. */
  readonly node: number;
  readonly comparator: number;
  readonly alongNode: number;
  readonly alongComparator: number;
  readonly leastSlope: number;
}

/**
 * The lines along the gradient, one for each point across it. The gradient is first taken at the centre, then where z leads from there:
 * near the limit. Written in the comparator's predictor (C) and the node's difference to it (D).
 */
function linesOf(component: Component, node: RestrictedMean, comparator: RestrictedMean, z: number): Line[] {
  const spread = spreadOf(component);
  const gradient = (c: number, d: number): Gradient => {
    const byD = node(c + d).slope;
    return turned(spread, byD - comparator(c).slope, byD);
  };
  const c = component.comparator[0] ?? 0;
  const d = (component.node[0] ?? 0) - c;
  const first = gradient(c, d);
  const { byC, byD, alongC, alongD, steepness } = gradient(c + z * first.alongC, d + z * first.alongD);
  const area = spread.area / steepness;
  return ACROSS.map(({ v, weight }) => ({
    weight: component.weight * weight,
    node: c + d + v * area * (byC - byD),
    comparator: c - v * area * byD,
    alongNode: alongC + alongD,
    alongComparator: alongC,
    leastSlope: LEAST_SLOPE * steepness,
  }));
}

interface Spread {
  readonly varianceC: number;
  readonly varianceD: number;
  readonly covariance: number;
  /** Root of the determinant. */
  readonly area: number;
}

function spreadOf({ node, comparator }: Component): Spread {
  let [varianceC, varianceD, covariance] = [0, 0, 0];
  comparator.forEach((c, j) => {
    if (j === 0) return;
    const d = (node[j] ?? 0) - c;
    varianceC += c * c;
    varianceD += d * d;
    covariance += c * d;
  });
  const area = Math.sqrt(Math.max(0, varianceC * varianceD - covariance * covariance));
  return { varianceC, varianceD, covariance, area };
}

interface Gradient {
  readonly byC: number;
  readonly byD: number;
  /** What one standard deviation along the gradient adds to C and D. */
  readonly alongC: number;
  readonly alongD: number;
  /** Months per standard deviation. */
  readonly steepness: number;
}

function turned({ varianceC, varianceD, covariance }: Spread, byC: number, byD: number): Gradient {
  const [c, d] = [varianceC * byC + covariance * byD, covariance * byC + varianceD * byD];
  const steepness = Math.sqrt(byC * c + byD * d + STEEPNESS_FLOOR);
  return { byC, byD, alongC: c / steepness, alongD: d / steepness, steepness };
}
