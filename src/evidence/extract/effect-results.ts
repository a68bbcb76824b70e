// Effects of a sentence -> results: outcome, arms, direction and subgroup of each.

import type { ExtractedResult } from '../../domain/literature.js';
import { contrastIn } from './arms.js';
import { effectDirection } from './direction.js';
import type { Effect } from './effects.js';
import type { ReadSentence } from './extract-document.js';
import { outcomeOf } from './outcome-of.js';
import { subgroupOf } from './subgroup.js';

export function effectResults(
  { sentence, hits, earlier, arms }: ReadSentence,
  found: readonly Effect[],
): ExtractedResult[] {
  return found.map((effect) => {
    const outcome = outcomeOf(effect, { sentence: sentence.text, hits, earlier, effects: found });
    const contrast = effect.of === 1 ? contrastIn(sentence.text.slice(effect.mention.end, effect.at.start)) : undefined;
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
      direction: effectDirection(effect.measure, effect.value, effect.interval, effect.p, outcome?.term, sentence.text),
      subgroup: subgroupOf(sentence.text, effect.at.start),
      span: { start: sentence.start + effect.span.start, end: sentence.start + effect.span.end },
    };
  });
}
