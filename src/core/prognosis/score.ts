// A published score for one patient. What is not known widens the total to an interval; where every total of it means the same
// group, the group is known all the same; else the fact is Unknown and says what would settle it.
import { type Atom, atoms } from '../../domain/corpus/criterion.js';
import type { Score } from '../../domain/corpus/score.js';
import { derived, type Fact, type Possible, unknown } from '../../domain/fact.js';
import type { Value } from '../../domain/patient.js';
import type { CorpusIndex } from '../corpus-index.js';
import { cancerState } from '../criteria/cancer.js';
import { atomState, verdictOf } from '../criteria/state.js';
import type { Context } from '../criteria/trace.js';
import { numberFact } from '../criteria/value.js';
import { factName } from '../criteria/words.js';
import { translate } from '../language/translate.js';

/** What the known facts allow the total to be; `open` are the names of what is not known. */
export interface Total {
  readonly low: number;
  readonly high: number;
  readonly open: readonly string[];
}

const NOTHING: Fact<Value> = unknown('not-recorded');
const KEPT = new WeakMap<Context, Map<string, Fact<Value>>>();

/** The fact that the corpus' score of this id gives; Unknown("not-recorded") where there is none or it is of other cancers. */
export function scoredFact(id: string, context: Context): Fact<Value> {
  const score = context.index.score(id);
  if (score === undefined) return NOTHING;
  const kept = KEPT.get(context) ?? new Map<string, Fact<Value>>();
  KEPT.set(context, kept);
  const known = kept.get(id);
  if (known !== undefined) return known;
  // A score that asks for itself, by whatever way, finds nothing.
  kept.set(id, NOTHING);
  const fact = speaksOf(score, context) ? factFrom(score, context) : NOTHING;
  kept.set(id, fact);
  return fact;
}

/** Whether the patient has one of the cancers that it was made for. */
export const speaksOf = ({ cancers }: Score, context: Context): boolean =>
  cancers === undefined || cancerState(cancers, context) === 'met';

function factFrom(score: Score, context: Context): Fact<Value> {
  const outside = outsideRange(score, context);
  if (outside !== undefined) return unknown('not-interpretable', outside);
  if (score.rules.length > 0) return byRules(score, context);
  const total = totalOf(score, context);
  const [low, high] = [groupOf(score, total.low), groupOf(score, total.high)];
  if (low !== undefined && low === high) return derived(low, workings(score, total, context));
  return needs(total.open, context.index, `${rounded(total.low)} - ${rounded(total.high)}`, possibleOf(score, total));
}

/** The groups that the total may mean, or its limits. */
function possibleOf(score: Score, total: Total): Possible {
  const { groups } = score;
  if (groups.length === 0) return { low: rounded(total.low), high: rounded(total.high) };
  const at = (x: number) => groups.findIndex((group) => holds(group, rounded(x)));
  return { oneOf: groups.slice(Math.max(at(total.low), 0), at(total.high) + 1 || groups.length).map(({ is }) => is) };
}

/** The interval of the total. A regression term whose fact is not known leaves it open altogether. */
export function totalOf(score: Score, context: Context): Total {
  const base = score.of === undefined ? undefined : context.index.score(score.of);
  if (base !== undefined) return totalOf(base, context);
  const open = new Set<string>();
  let [low, high] = [score.start, score.start];
  for (const item of score.items) {
    const possible: number[] = [];
    let settled = false;
    for (const { points, when } of item.tiers) {
      const { state } = verdictOf(when, context);
      if (state === 'not-met') continue;
      possible.push(points);
      if (state === 'met') {
        settled = true;
        break;
      }
      for (const name of openNames(atoms(when), context)) open.add(name);
    }
    if (!settled) possible.push(item.else);
    low += Math.min(...possible);
    high += Math.max(...possible);
  }
  for (const { fact, coefficient, scale, power, shift, log10, unknown: usual } of score.terms) {
    const value = numberFact(fact, context) ?? usual;
    if (value === undefined) {
      open.add(factName(context.index, fact));
      [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      continue;
    }
    const x = log10 ? Math.log10(value / scale) : (value / scale) ** power;
    low += coefficient * (x - shift);
    high += coefficient * (x - shift);
  }
  const link = score.link === 'exp' ? Math.exp : (x: number) => x;
  return { low: link(low), high: link(high), open: [...open] };
}

/** Sums of decimal points land beside their limits by the width of a rounding error. */
const rounded = (x: number): number => Math.round(x * 1e9) / 1e9;

function groupOf({ groups }: Score, total: number): Value | undefined {
  if (Number.isNaN(total)) return undefined;
  const x = rounded(total);
  if (groups.length === 0) return Number.isFinite(x) ? x : undefined;
  return groups.find((group) => holds(group, x))?.is;
}

const holds = ({ max, below }: Score['groups'][number], x: number): boolean =>
  (max === undefined || x <= max) && (below === undefined || x < below);

function byRules(score: Score, context: Context): Fact<Value> {
  const possible = new Set<Value>();
  const open = new Set<string>();
  for (const { is, when } of score.rules) {
    const { state } = verdictOf(when, context);
    if (state === 'not-met') continue;
    possible.add(is);
    if (state === 'met') return settledRule(score, possible, open, context);
    for (const name of openNames(atoms(when), context)) open.add(name);
  }
  if (score.else !== undefined) possible.add(score.else);
  return settledRule(score, possible, open, context);
}

function settledRule(
  score: Score,
  possible: ReadonlySet<Value>,
  open: ReadonlySet<string>,
  context: Context,
): Fact<Value> {
  const [only] = possible;
  if (possible.size === 1 && only !== undefined) return derived(only, workings(score, undefined, context));
  // Of a classification by rules only the word counts: that it is one of some words decides nothing.
  return needs([...open], context.index, [...possible].join(' / '));
}

function needs(open: readonly string[], { lang }: CorpusIndex, between: string, possible?: Possible): Fact<Value> {
  const items = [...open].sort().join('; ');
  // A regression without one of its facts may be anything.
  const detail = between.includes('Infinity')
    ? translate(lang, 'what would settle it: {items}', { items })
    : translate(lang, 'it may be {between}; what would settle it: {items}', { between, items });
  return unknown('not-recorded', detail, possible);
}

/** Names of the atoms that are not known: what a doctor is to look up. */
const openNames = (asked: readonly Atom[], context: Context): readonly string[] =>
  asked.flatMap((atom) => {
    if (atomState(atom, context) !== 'unknown') return [];
    switch (atom.op) {
      case 'value':
        return [factName(context.index, atom.name)];
      case 'biomarker':
        return [atom.name];
      case 'condition':
        return atom.ids.slice(0, 1).map((id) => id.replaceAll('-', ' '));
      default:
        return [translate(context.index.lang, atom.op === 'stage' ? 'stage' : 'histology')];
    }
  });

function outsideRange({ range }: Score, context: Context): string | undefined {
  for (const [name, [min, max]] of Object.entries(range)) {
    const value = numberFact(name, context);
    if (value !== undefined && (value < min || value > max))
      return `${factName(context.index, name)} ${value} (${min} - ${max})`;
  }
  return undefined;
}

/** "IPI by The International NHL Prognostic Factors Project 1993: 3 = age > 60 1, LDH above normal 1, ..." */
function workings(score: Score, total: Total | undefined, context: Context): string {
  const { body, title, edition } = score.source;
  const cited = [body, title, edition].filter(Boolean).join(', ');
  const base = (score.of === undefined ? undefined : context.index.score(score.of)) ?? score;
  const points = base.items.flatMap(({ what, tiers }) => {
    const tier = tiers.find(({ when }) => verdictOf(when, context).state === 'met');
    return tier === undefined || tier.points === 0 ? [] : [`${what} ${tier.points > 0 ? '+' : ''}${tier.points}`];
  });
  const sum = total !== undefined && total.low === total.high ? ` = ${Math.round(total.low * 1000) / 1000}` : '';
  return `${score.name.en}${sum}${points.length > 0 ? ` (${points.join(', ')})` : ''}, ${cited}`;
}
