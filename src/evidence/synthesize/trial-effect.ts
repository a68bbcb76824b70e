// The log hazard ratio of one published comparison and its standard error, by the best route the publication allows.
// Routes and their order: Tierney 2007, Trials 8:16; Parmar 1998, Stat Med 17:2815. Every route but the first is remarked on.
import type { StudyResult } from '../../domain/corpus/study.js';
import { fromEvents, fromInterval, fromMedians, fromPValue, fromSurvival } from '../../stats/log-ratio.js';

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
  return publishedRatio(result, a, b) ?? ratioOfMedians(result, a, b) ?? ratioOfMilestones(result, a, b);
}

function publishedRatio(result: StudyResult, a: string, b: string): TrialEffect | undefined {
  const published = result.effect;
  if (published === undefined || published.measure !== 'HR') return undefined;
  const derived = published.derived !== undefined;
  const base = derived ? [`hazard ratio ${published.derived}`] : [];
  const { value, low, high, level } = published;
  const byInterval = low === undefined || high === undefined ? undefined : fromInterval(value, low, high, level);
  if (byInterval !== undefined && low !== undefined && high !== undefined) {
    const off = Math.abs(Math.log(Math.sqrt(low * high) / value));
    const remark = off > 0.1 ? [`interval is not symmetrical about ${value} on the log scale`] : [];
    return { effect: byInterval.effect, se: byInterval.se, derived, remarks: [...base, ...remark] };
  }
  const p = pValue(published.p);
  const byP = p === undefined ? undefined : fromPValue(value, p.value);
  if (p !== undefined && byP !== undefined) {
    const remark = p.bound
      ? `standard error from p < ${p.value} (an upper limit of it)`
      : `standard error from p = ${p.value}`;
    return { effect: byP.effect, se: byP.se, derived, remarks: [...base, remark] };
  }
  const byEvents = fromEvents(value, result.events?.[a] ?? 0, result.events?.[b] ?? 0);
  return (
    byEvents && { effect: byEvents.effect, se: byEvents.se, derived, remarks: [...base, byEvents.assumption ?? ''] }
  );
}

function pValue(text: string | undefined): { value: number; bound: boolean } | undefined {
  const match = /(<|=)?\s*(0?\.\d+(?:e-?\d+)?|\d(?:\.\d+)?e-\d+)/i.exec(text ?? '');
  const value = Number(match?.[2]);
  return value > 0 && value < 1 ? { value, bound: match?.[1] === '<' } : undefined;
}

/** Ratio of medians under exponential survival. */
function ratioOfMedians(result: StudyResult, a: string, b: string): TrialEffect | undefined {
  const side = (arm: string): { median: number; events: number } => ({
    median: result.medians?.[arm]?.months ?? 0,
    events: result.events?.[arm] ?? 0,
  });
  const ratio = fromMedians(side(a), side(b));
  return ratio && { effect: ratio.effect, se: ratio.se, derived: true, remarks: [ratio.assumption ?? ''] };
}

/** ln(ln S_a / ln S_b) at the latest common milestone, binomial variances. */
function ratioOfMilestones(result: StudyResult, a: string, b: string): TrialEffect | undefined {
  const at = (arm: string, months: number): number | undefined =>
    result.milestones?.find((m) => m.arm === arm && m.months === months)?.proportion;
  const common = (result.milestones ?? [])
    .filter((m) => m.arm === a && m.months > 0 && at(b, m.months) !== undefined)
    .sort((x, y) => y.months - x.months)[0];
  if (common === undefined) return undefined;
  const ratio = fromSurvival(
    { survival: common.proportion, n: result.n?.[a] ?? 0 },
    { survival: at(b, common.months) ?? 0, n: result.n?.[b] ?? 0 },
  );
  return (
    ratio && {
      effect: ratio.effect,
      se: ratio.se,
      derived: true,
      remarks: [`hazard ratio derived from survival at ${common.months} months`],
    }
  );
}
