// Cumulative incidence with competing events: the Aalen-Johansen estimator (1978, Scand J Stat 5:141), F_k(t) = sum S(t-) d_k / Y, with
// the delta-method variance of Marubini & Valsecchi 1995, section 10.3 (Pintilie 2006, equation 4.4). Without competing events it is
// 1 - Kaplan-Meier with Greenwood's variance, without censoring the binomial proportion with p (1 - p) / n. Limits on the log(-log)
// scale, F^exp(+-z se / (F ln F)) (Pintilie 2006). Censoring must not depend on the risk of any of the events.
import { Z95 } from './distributions.js';

export interface CompetingObservation {
  readonly time: number;
  /** What ended the follow-up; null when censored. */
  readonly cause: string | null;
}

export interface IncidenceStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly incidence: number;
  readonly se: number;
}

/** Steps at the times of any event, for one cause. */
export function cumulativeIncidence(data: readonly CompetingObservation[], cause: string): IncidenceStep[] {
  const sorted = [...data].sort((a, b) => a.time - b.time);
  const steps: IncidenceStep[] = [];
  let survival = 1;
  let incidence = 0;
  // Var F(t) = sum (F - F_j)^2 a_j + sum b_j - 2 sum (F - F_j) c_j, kept as running sums of a, aF, aF^2, b, c, cF.
  const sum = { a: 0, aF: 0, aFF: 0, b: 0, c: 0, cF: 0 };
  for (let i = 0; i < sorted.length; ) {
    const time = sorted[i]?.time ?? NaN;
    const atRisk = sorted.length - i;
    let [any, own] = [0, 0];
    for (; i < sorted.length && sorted[i]?.time === time; i++) {
      const ended = sorted[i]?.cause ?? null;
      if (ended !== null) any++;
      if (ended === cause) own++;
    }
    if (any === 0) continue;
    incidence += (survival * own) / atRisk;
    const left = atRisk - any;
    // With nobody left F does not change any more, so (F - F_j) of this step is 0 for good.
    const a = left > 0 ? any / (atRisk * left) : 0;
    const c = (survival * own) / atRisk ** 2;
    sum.a += a;
    sum.aF += a * incidence;
    sum.aFF += a * incidence ** 2;
    sum.b += (survival ** 2 * own * (atRisk - own)) / atRisk ** 3;
    sum.c += c;
    sum.cF += c * incidence;
    survival *= left / atRisk;
    const variance =
      incidence ** 2 * sum.a - 2 * incidence * sum.aF + sum.aFF + sum.b - 2 * (incidence * sum.c - sum.cF);
    steps.push({ time, atRisk, events: own, incidence, se: Math.sqrt(Math.max(0, variance)) });
  }
  return steps;
}

export interface IncidenceAt {
  readonly time: number;
  readonly incidence: number;
  readonly se: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Incidence at a time with its 95 % limits (null where it is 0 or 1). */
export function incidenceAt(steps: readonly IncidenceStep[], time: number): IncidenceAt {
  const last = steps.filter((s) => s.time <= time).at(-1);
  const { incidence, se } = last ?? { incidence: 0, se: 0 };
  if (!(incidence > 0 && incidence < 1)) return { time, incidence, se, low: null, high: null };
  const spread = (Z95 * se) / (incidence * Math.log(incidence));
  const limits = [incidence ** Math.exp(spread), incidence ** Math.exp(-spread)].sort((a, b) => a - b);
  return { time, incidence, se, low: limits[0] ?? null, high: limits[1] ?? null };
}
