// Missing items for the reader: what is asked for, why, and whether knowing it can move the first option of a decision.
import type { MissingItem } from '../domain/recommendation.js';
import { type Candidate, regimenName } from './candidates.js';
import type { CorpusIndex } from './corpus-index.js';
import { type Missing, missingItems } from './counterfactuals.js';
import { say } from './criteria/words.js';
import { type Lang, translate } from './language/translate.js';
import type { Placed, Scoring } from './place.js';
import type { Prepared } from './prepare.js';
import { type Firsts, firstOptions, firstsOf } from './rank.js';
import type { SafetyAssessment } from './safety/assess.js';
import type { UnknownSetting } from './setting.js';
import type { View } from './view.js';

export function missingFor(prepared: Prepared, placed: readonly Placed[], scoring: Scoring): readonly MissingItem[] {
  const { answer, counterfactuals, index } = prepared;
  const now = firstsOf(placed);
  const firstsIn = (view: View | UnknownSetting): Firsts =>
    view.kind === 'view' ? firstOptions(view, scoring) : new Map();
  const moving = counterfactuals.flatMap((c) => {
    const change = firstChange(now, firstsIn(c.view), index);
    return change
      ? [{ item: c.item, words: translate(index.lang, 'with {label} {change}', { label: c.label, change }) }]
      : [];
  });
  const seen = answer.kind === 'view' ? answer : ({ kind: 'unknown', message: '', asks: answer.asks } as const);
  const items = missingItems(seen, index).flatMap((missing) => {
    const moves = moving.filter((m) => m.item === missing.item);
    // What an `unless` went on without is worth asking only when it would move something.
    if (moves.length === 0 && missing.asks.every((ask) => ask.assumed)) return [];
    return [
      {
        item: missing.item,
        why: whyAsked(missing, placed, moves[0]?.words, index.lang),
        changesFirstOption: moves.length > 0,
      },
    ];
  });
  const all = [...items, ...neededForSafety(prepared, placed, scoring, now)];
  return [...all].sort((a, b) => Number(b.changesFirstOption) - Number(a.changesFirstOption));
}

/** The first difference in words, or undefined when every decision keeps its first option. */
function firstChange(now: Firsts, then: Firsts, index: CorpusIndex): string | undefined {
  const { lang } = index;
  for (const decision of [...new Set([...now.keys(), ...then.keys()])]) {
    const [before, after] = [now.get(decision), then.get(decision)];
    if (before === after) continue;
    const asked = decision.replaceAll('-', ' ');
    if (after === undefined) return translate(lang, 'no option for {decision} would be left', { decision: asked });
    const regimen = lang === 'en' ? after.replaceAll('-', ' ') : regimenName(index, after, lang);
    return translate(lang, 'the first option for {decision} would be {regimen}', { decision: asked, regimen });
  }
  return undefined;
}

function whyAsked({ asks }: Missing, placed: readonly Placed[], moves: string | undefined, lang: Lang): string {
  const [first] = asks;
  const held = placed.filter(({ candidate }) => candidate.asks.some((ask) => asks.includes(ask)));
  const names = [...new Set(held.map(({ candidate }) => say(candidate.regimen.name, lang)))].slice(0, 3);
  const few = names.join(', ');
  const told = held.length > 3 ? translate(lang, '{names} and others', { names: few }) : few;
  return [
    first?.why ?? translate(lang, 'not recorded'),
    ...(names.length > 0 ? [translate(lang, 'decides {names}', { names: told })] : []),
    ...(moves ? [moves] : []),
  ].join('; ');
}

/** Items that a safety rule needs: they move a first option when the option held back would come first with them in order. */
function neededForSafety(
  prepared: Prepared,
  placed: readonly Placed[],
  scoring: Scoring,
  now: Firsts,
): readonly MissingItem[] {
  const { answer, index } = prepared;
  if (answer.kind !== 'view') return [];
  const items = [...new Set(placed.flatMap(({ candidate }) => candidate.safety.needsData))].sort();
  return items.map((item) => {
    const cleared = { ...answer, candidates: answer.candidates.map((c) => withItem(c, item)) };
    const change = firstChange(now, firstOptions(cleared, scoring), index);
    const names = placed
      .filter((p) => p.candidate.safety.needsData.includes(item))
      .map((p) => say(p.candidate.regimen.name, index.lang));
    const why = [
      translate(index.lang, 'the safety of {names} depends on it', {
        names: [...new Set(names)].slice(0, 3).join(', '),
      }),
      ...(change ? [translate(index.lang, 'when in order {change}', { change })] : []),
    ];
    return { item, why: why.join('; '), changesFirstOption: change !== undefined };
  });
}

/** The candidate with an item of its safety in order. */
function withItem(candidate: Candidate, item: string): Candidate {
  const { safety } = candidate;
  const needsData = safety.needsData.filter((needed) => needed !== item);
  if (needsData.length === safety.needsData.length) return candidate;
  const { findings, verdicts, beforeFirstDose } = safety;
  const changed = needsData.length > 0 ? { findings, verdicts } : withoutOpen(safety);
  return candidate.withSafety({ ...changed, needsData, beforeFirstDose });
}

const withoutOpen = ({ findings, verdicts }: SafetyAssessment) => ({
  findings: findings.filter((f) => f.verdict !== 'needs-data'),
  verdicts: verdicts.filter((v) => v !== 'needs-data'),
});
