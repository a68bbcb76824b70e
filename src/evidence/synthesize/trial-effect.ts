// The log hazard ratio of one published comparison and its standard error, by the best route the publication allows.
// Routes and their order: Tierney 2007, Trials 8:16; Parmar 1998, Stat Med 17:2815. Every route but the first is remarked on.
import type { StudyResult } from '../../domain/corpus/study.js';
import { seFromInterval } from '../../stats/contrast.js';
import { normalQuantile } from '../../stats/distributions.js';

export interface TrialEffect {
  readonly effect: number;
  readonly se: number;
  readonly derived: boolean;
  readonly remarks: readonly string[];
}

/** Effect of the first arm against the second; undefined when the result does not allow one. */
export function trialEffect(result: StudyResult): TrialEffect | undefined {
  const [a, b] = result.arms;
  if (a === undefined || b === undefined) return undefined;
  return fromHazardRatio(result, a, b) ?? fromMedians(result, a, b) ?? fromMilestones(result, a, b);
}

function fromHazardRatio(result: StudyResult, a: string, b: string): TrialEffect | undefined {
  const published = result.effect;
  if (published === undefined || published.measure !== 'HR') return undefined;
  const effect = Math.log(published.value);
  const derived = published.derived !== undefined;
  const base = derived ? [`hazard ratio ${published.derived}`] : [];
  if (
    published.low !== undefined &&
    published.high !== undefined &&
    published.low > 0 &&
    published.high > published.low
  ) {
    const z = normalQuantile(1 - (1 - published.level) / 2);
    const se = seFromInterval(published.low, published.high, z);
    const middle = Math.sqrt(published.low * published.high);
    const off = Math.abs(Math.log(middle / published.value));
    const remark = off > 0.1 ? [`interval is not symmetrical about ${published.value} on the log scale`] : [];
    return { effect, se, derived, remarks: [...base, ...remark] };
  }
  const p = pValue(published.p);
  if (p !== undefined && effect !== 0) {
    const se = Math.abs(effect) / normalQuantile(1 - p.value / 2);
    const remark = p.bound
      ? `standard error from p < ${p.value} (an upper limit of it)`
      : `standard error from p = ${p.value}`;
    return { effect, se, derived, remarks: [...base, remark] };
  }
  const se = seFromEvents(result, a, b);
  return se === undefined
    ? undefined
    : { effect, se, derived, remarks: [...base, 'standard error from the numbers of events'] };
}

function pValue(text: string | undefined): { value: number; bound: boolean } | undefined {
  const match = /(<|=)?\s*(0?\.\d+(?:e-?\d+)?|\d(?:\.\d+)?e-\d+)/i.exec(text ?? '');
  const value = Number(match?.[2]);
  return value > 0 && value < 1 ? { value, bound: match?.[1] === '<' } : undefined;
}

function seFromEvents(result: StudyResult, a: string, b: string): number | undefined {
  const x = result.events?.[a];
  const y = result.events?.[b];
  return x && y ? Math.sqrt(1 / x + 1 / y) : undefined;
}

/** Ratio of medians under exponential survival. */
function fromMedians(result: StudyResult, a: string, b: string): TrialEffect | undefined {
  const x = result.medians?.[a]?.months;
  const y = result.medians?.[b]?.months;
  const se = seFromEvents(result, a, b);
  if (!x || !y || se === undefined) return undefined;
  return { effect: Math.log(y / x), se, derived: true, remarks: ['hazard ratio derived from medians (exponential)'] };
}

/** ln(ln S_a / ln S_b) at the latest common milestone, binomial variances. */
function fromMilestones(result: StudyResult, a: string, b: string): TrialEffect | undefined {
  const at = (arm: string, months: number): number | undefined =>
    result.milestones?.find((m) => m.arm === arm && m.months === months)?.proportion;
  const common = (result.milestones ?? [])
    .filter((m) => m.arm === a && m.months > 0 && at(b, m.months) !== undefined)
    .sort((x, y) => y.months - x.months)[0];
  const [sa, sb] = common ? [common.proportion, at(b, common.months)] : [];
  const [na, nb] = [result.n?.[a], result.n?.[b]];
  if (!common || !sa || !sb || sa >= 1 || sb >= 1 || !na || !nb) return undefined;
  const variance = (s: number, n: number): number => (1 - s) / (n * s * Math.log(s) ** 2);
  return {
    effect: Math.log(Math.log(sa) / Math.log(sb)),
    se: Math.sqrt(variance(sa, na) + variance(sb, nb)),
    derived: true,
    remarks: [`hazard ratio derived from survival at ${common.months} months`],
  };
}
