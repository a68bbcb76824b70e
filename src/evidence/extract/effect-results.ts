// Effects of a sentence -> results: outcome, arms, direction and subgroup of each.

import type { Direction, ExtractedResult } from '../../domain/literature.js';
import { type Arms, contrastIn } from './arms.js';
import { effectDirection } from './direction.js';
import type { Effect } from './effects.js';
import type { ReadSentence } from './extract-document.js';
import { outcomeOf } from './outcome-of.js';
import { subgroupOf } from './subgroup.js';
import { signedByWord, wordBehind } from './worded-difference.js';

export function effectResults(
  { sentence, hits, earlier, arms }: ReadSentence,
  found: readonly Effect[],
): ExtractedResult[] {
  return found.map((effect) => {
    const outcome = outcomeOf(effect, { sentence: sentence.text, hits, earlier, effects: found });
    const contrast = effect.of === 1 ? contrastIn(sentence.text.slice(effect.mention.end, effect.at.start)) : undefined;
    const words =
      sentence.text.slice(effect.mention.start, effect.mention.end) || wordBehind(sentence.text.slice(effect.at.end));
    const [value, interval] = signedByWord(words, effect.value, effect.interval);
    const told = effectDirection(
      effect.measure,
      value,
      interval,
      effect.p,
      outcome?.term,
      clauseOf(sentence.text, effect),
    );
    return {
      measure: effect.measure,
      value: effect.value,
      low: effect.interval?.low ?? null,
      high: effect.interval?.high ?? null,
      level: effect.interval?.level ?? null,
      p: effect.p,
      outcome: outcome?.name ?? null,
      at: null,
      unit: effect.unit,
      intervention: contrast?.intervention ?? arms.intervention,
      comparator: contrast?.comparator ?? arms.comparator,
      direction: favoured(
        againstMedians(told, sentence.text, effect, outcome?.term?.kind === 'survival'),
        clauseOf(sentence.text, effect),
        contrast ?? arms,
      ),
      subgroup: subgroupOf(sentence.text, effect.at.start),
      span: { start: sentence.start + effect.span.start, end: sentence.start + effect.span.end },
    };
  });
}

const TURN = /;|\b(?:whereas|while|but|however|although)\b/g;

/** The part of the sentence around an effect: what stands beyond "whereas" or "but" is said of something else. */
function clauseOf(sentence: string, effect: Effect): string {
  const turns = [...sentence.matchAll(TURN)].map((m) => m.index);
  const from =
    turns.findLast((at) => at < effect.mention.start && sentence.slice(at, effect.mention.start).length > 25) ?? 0;
  const to = turns.find((at) => at > effect.span.end) ?? sentence.length;
  return sentence.slice(from, to);
}

const PAIR = /(\d+(?:\.\d+)?)\s?[a-z]{0,7}\.?\s*(?:v|vs\.?|versus)\s*(\d+(?:\.\d+)?)[^\d]{0,25}$/;

/**
 * "Decreased survival (11.7 vs 28.5 months; HR 0.23)": where words and medians both say shorter, the ratio is of the comparator against the
 * intervention.
 */
function againstMedians(told: Direction | null, sentence: string, effect: Effect, survival: boolean): Direction | null {
  if (told !== 'increased' || !survival || effect.measure !== 'HR') return told;
  const before = sentence.slice(0, effect.mention.start);
  const [pair, first, second] = PAIR.exec(before) ?? [];
  if (pair === undefined || Number(first) >= Number(second)) return told;
  return /\b(?:decreas|reduc|short|worse|inferior|poor)[a-z]*\b[^.;]{0,60}$/i.test(before.slice(0, -pair.length))
    ? 'decreased'
    : told;
}

/** "P = .05 favouring docetaxel": when the text says that the comparator won, the ratio is told the other way round. */
function favoured(told: Direction | null, clause: string, arms: Arms): Direction | null {
  const [, winner] = /\bfavou?r(?:ing|ed|s) (?:the )?([A-Za-z][\w-]{2,})/.exec(clause) ?? [];
  if (winner === undefined || told === null || told === 'no-difference') return told;
  const has = (name: string | null): boolean => name?.toLowerCase().includes(winner.toLowerCase()) ?? false;
  return has(arms.comparator) && !has(arms.intervention) && told === 'increased' ? 'decreased' : told;
}
