// The comparisons that one trial contributes to a network: results of the right outcome and population, arms mapped to nodes,
// missing comparisons of a multi-arm trial completed with the variance of the shared arm.
import type { Network } from '../../domain/corpus/network.js';
import type { Study, StudyResult } from '../../domain/corpus/study.js';
import type { Contrast } from '../../stats/contrast.js';
import type { TrialUse } from './outcome-network.js';
import { trialEffect } from './trial-effect.js';

/** One comparison with what certainty needs to know of it. */
export interface UsedResult {
  readonly study: Study;
  readonly result: StudyResult;
  readonly contrast: Contrast;
  readonly derived: boolean;
  /** Arm ids of the study for contrast.a and contrast.b. */
  readonly arms: readonly [string, string];
}

export interface TrialContribution {
  readonly use: TrialUse;
  readonly results: readonly UsedResult[];
  readonly contrasts: readonly Contrast[];
}

export type TrialOutcome =
  | { readonly contribution: TrialContribution }
  | { readonly refused: { readonly study: string; readonly reason: string } };

type TrialSpec = Network['trials'][number];

/** Reads one trial of a network, or says why it cannot be used. */
export function trialContribution(network: Network, trial: TrialSpec, study: Study | undefined): TrialOutcome {
  const refuse = (reason: string): TrialOutcome => ({ refused: { study: trial.study, reason } });
  if (study === undefined) return refuse('no such study in the corpus');
  if (study.retracted) return refuse(`retracted on ${study.retracted.on}: ${study.retracted.why}`);
  const nodeOf = (arm: string): string | undefined =>
    trial.nodes?.[arm] ?? study.arms.find((a) => a.id === arm)?.regimen;
  const matching = currentResults(study, network.outcome, trial.population ?? 'ITT').filter((r) => r.arms.length === 2);
  if (matching.length === 0)
    return refuse(`no comparison of ${network.outcome} in the population ${trial.population ?? 'ITT'}`);
  const remarks: string[] = [];
  const results = matching.flatMap((result) => readResult(study, result, nodeOf, remarks));
  const unique = oneForEachPair(results, remarks);
  if (unique.length === 0) return refuse(`no usable hazard ratio (${remarks.join('; ') || 'none published'})`);
  const contrasts = completeMultiArm(study, unique, remarks);
  if (typeof contrasts === 'string') return refuse(contrasts);
  return { contribution: { use: describe(study, unique, remarks), results: unique, contrasts } };
}

/** Results of the current data cut for one outcome and population (compared without case and spacing). */
export function currentResults(study: Study, outcome: string, population: string): StudyResult[] {
  const same = (a: string, b: string): boolean => plain(a) === plain(b);
  return study.results.filter((r) => r.outcome === outcome && r.state === 'current' && same(r.population, population));
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, '');

function readResult(
  study: Study,
  result: StudyResult,
  nodeOf: (arm: string) => string | undefined,
  remarks: string[],
): UsedResult[] {
  const [x = '', y = ''] = result.arms;
  const [a, b] = [nodeOf(x), nodeOf(y)];
  if (a === undefined || b === undefined) {
    remarks.push(`arm ${a === undefined ? x : y} is not a node, its comparison is left out`);
    return [];
  }
  if (a === b) {
    remarks.push(`arms ${x} and ${y} are the same node, their comparison is left out`);
    return [];
  }
  const effect = trialEffect(withNumbers(study, result));
  if (effect === undefined) {
    remarks.push(`${x} against ${y}: neither a hazard ratio with interval nor figures to derive one`);
    return [];
  }
  remarks.push(...effect.remarks);
  const contrast = { study: study.id, a, b, effect: effect.effect, se: effect.se };
  return [{ study, result, contrast, derived: effect.derived, arms: [x, y] }];
}

/** Numbers of patients from the arms where the result does not say. */
function withNumbers(study: Study, result: StudyResult): StudyResult {
  const n = Object.fromEntries(study.arms.flatMap((a) => (a.n === undefined ? [] : [[a.id, a.n] as const])));
  return { ...result, n: { ...n, ...result.n } };
}

/** The longest follow-up when a pair was published more than once. */
function oneForEachPair(results: readonly UsedResult[], remarks: string[]): UsedResult[] {
  const chosen = new Map<string, UsedResult>();
  for (const r of results) {
    const key = [r.contrast.a, r.contrast.b].sort().join('|');
    const before = chosen.get(key);
    if (before) remarks.push(`${key} has two current results, the one with the longer follow-up is used`);
    if (!before || (r.result.followUpMonths ?? 0) >= (before.result.followUpMonths ?? 0)) chosen.set(key, r);
  }
  return [...chosen.values()];
}

/**
 * All pairs of a trial with three or more arms. Comparisons with a common arm c share its variance: cov(ac, bc) = v_c, the effect
 * of a against b is then their difference with variance v_ac + v_bc - 2 v_c. v_c = 1 / events of c when published, else half of
 * the smaller variance (equal arms), as Franchini 2012, Res Synth Methods 3:142 does; the remark says which.
 */
function completeMultiArm(study: Study, used: readonly UsedResult[], remarks: string[]): Contrast[] | string {
  const contrasts = used.map((u) => u.contrast);
  const nodes = [...new Set(contrasts.flatMap((c) => [c.a, c.b]))].sort();
  const all = [...contrasts];
  for (const [i, a] of nodes.entries())
    for (const b of nodes.slice(i + 1)) {
      if (contrasts.some((c) => (c.a === a && c.b === b) || (c.a === b && c.b === a))) continue;
      const hub = nodes.find((c) => towards(contrasts, a, c) && towards(contrasts, b, c));
      const x = hub === undefined ? undefined : towards(contrasts, a, hub);
      const y = hub === undefined ? undefined : towards(contrasts, b, hub);
      if (!x || !y || hub === undefined) return `arms ${a} and ${b} have no common comparator in the trial`;
      const events = eventsOf(used, hub);
      const smaller = Math.min(x.variance, y.variance);
      const fromEvents = events === undefined ? Number.POSITIVE_INFINITY : 1 / events;
      const shared = fromEvents < smaller ? fromEvents : smaller / 2;
      remarks.push(
        `${a} against ${b} derived through ${hub}; variance of the shared arm ${fromEvents < smaller ? 'from its events' : 'taken as half of the smaller variance'}`,
      );
      all.push({
        study: study.id,
        a,
        b,
        effect: x.effect - y.effect,
        se: Math.sqrt(x.variance + y.variance - 2 * shared),
      });
    }
  return all;
}

function towards(
  contrasts: readonly Contrast[],
  a: string,
  b: string,
): { effect: number; variance: number } | undefined {
  const c = contrasts.find((x) => (x.a === a && x.b === b) || (x.a === b && x.b === a));
  return c && { effect: c.a === a ? c.effect : -c.effect, variance: c.se * c.se };
}

function eventsOf(used: readonly UsedResult[], node: string): number | undefined {
  for (const u of used) {
    const arm = u.contrast.a === node ? u.arms[0] : u.contrast.b === node ? u.arms[1] : undefined;
    const events = arm === undefined ? undefined : u.result.events?.[arm];
    if (events) return events;
  }
  return undefined;
}

function describe(study: Study, used: readonly UsedResult[], remarks: readonly string[]): TrialUse {
  const arms = [...new Set(used.flatMap((u) => u.arms))];
  const total = (pick: (arm: string) => number | undefined): number | null => {
    const values = arms.map(pick);
    return values.some((v) => v === undefined) ? null : values.reduce<number>((s, v) => s + (v ?? 0), 0);
  };
  const first = <T>(get: (r: StudyResult) => T | undefined): T | undefined =>
    used.map((u) => get(u.result)).find((v) => v !== undefined);
  const reached = reach(used.map((u) => u.result));
  return {
    study: study.id,
    nodes: [...new Set(used.flatMap((u) => [u.contrast.a, u.contrast.b]))],
    patients: total((arm) => first((r) => r.n?.[arm]) ?? study.arms.find((a) => a.id === arm)?.n),
    events: total((arm) => first((r) => r.events?.[arm])),
    impliedEvents: impliedEvents(used, arms.length),
    reachMonths: reached.months,
    remarks: [...new Set(reached.assumed ? [...remarks, REACH_REMARK] : remarks)],
  };
}

/** The variance of a log hazard ratio is about 1 / events of one arm + 1 / events of the other (Schoenfeld 1981); arms alike. */
function impliedEvents(used: readonly UsedResult[], arms: number): number | null {
  const byArm = used.filter((u) => !u.derived).map((u) => 2 / u.contrast.se ** 2);
  return byArm.length === 0 ? null : Math.round((arms * byArm.reduce((s, x) => s + x, 0)) / byArm.length);
}

/** Without a recorded follow-up the curves are taken to reach so many times the latest published time. */
const ASSUMED_REACH = 2;

export const REACH_REMARK = `follow-up not recorded: taken as ${ASSUMED_REACH} times the latest published median or milestone`;

export interface Reach {
  readonly months: number | null;
  readonly assumed: boolean;
}

/** How far the published curves can be believed: follow-up, a milestone, or a median that was reached, whichever is latest. */
export function reach(results: readonly StudyResult[]): Reach {
  const followUp = Math.max(0, ...results.map((r) => r.followUpMonths ?? 0));
  const points = results.flatMap((r) => [
    ...(r.milestones ?? []).map((m) => m.months),
    ...Object.values(r.medians ?? {}).map((m) => m.months ?? 0),
  ]);
  const latest = Math.max(0, ...points);
  if (followUp > 0) return { months: Math.max(followUp, latest), assumed: false };
  return latest > 0 ? { months: latest * ASSUMED_REACH, assumed: true } : { months: null, assumed: false };
}
