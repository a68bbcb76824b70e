// Doubts about a draft that a program can have: numbers that contradict each other. They are shown to the reviewer, who decides.
import type { DraftValue } from './draft-state.js';
import { type Field, parseField } from './field.js';
import { parseEffect, parseFigure } from './value-text.js';

type ResultField = Extract<Field, { kind: 'result' }>;

/** "OS: HR 0.75 says that a does better, the medians 9 and 12 that b does: are the arms the wrong way round?" */
export function doubts(values: readonly DraftValue[]): string[] {
  const kept = values
    .filter(({ verdict }) => verdict !== 'rejected')
    .flatMap(({ field, value }) => {
      const parsed = parseField(field);
      return parsed?.kind === 'result' ? [{ field: parsed, value }] : [];
    });
  return kept.flatMap(({ field, value }) => {
    if (field.part !== 'effect') return [];
    const effect = parseEffect(value);
    if (typeof effect === 'string' || effect.measure !== 'HR' || effect.value === 1) return [];
    const median = (arm: string): number | undefined => {
      const text = kept.find(({ field: f }) => sameResult(f, field) && f.part === 'median' && f.arm === arm)?.value;
      const figure = text === undefined ? undefined : parseFigure(text, 'months');
      return typeof figure === 'object' && figure.value !== null ? figure.value : undefined;
    };
    const [a, b] = [median('a'), median('b')];
    if (a === undefined || b === undefined || a === b || effect.value < 1 === a > b) return [];
    const [byRatio, byMedian] = effect.value < 1 ? ['a', 'b'] : ['b', 'a'];
    return [
      `${field.outcome}: HR ${effect.value} says that ${byRatio} does better, the medians ${a} and ${b} that ${byMedian} does: are the arms the wrong way round?`,
    ];
  });
}

const sameResult = (f: ResultField, g: ResultField): boolean =>
  f.outcome === g.outcome && f.population === g.population;
