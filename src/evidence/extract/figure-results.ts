// Medians and rates of a sentence -> results: one a figure, with the arm it is of.

import type { ExtractedResult } from '../../domain/literature.js';
import { armAfter, contrastIn } from './arms.js';
import { armsDirection, isSignificant, NO_DIFFERENCE } from './direction.js';
import type { Effect } from './effects.js';
import type { ReadSentence } from './extract-document.js';
import type { Figure } from './figure-list.js';
import type { Masked } from './mask.js';
import { pSays } from './numbers.js';
import type { OutcomeHit } from './outcome-lexicon.js';
import { subgroupOf } from './subgroup.js';

interface Group {
  readonly outcome: OutcomeHit | undefined;
  readonly words: string | undefined;
  readonly at?: string | null;
  readonly start: number;
  readonly figures: readonly Figure[];
}

export function figureResults(
  measure: 'median' | 'rate',
  read: ReadSentence,
  groups: readonly Group[],
  masked: Masked,
  found: readonly Effect[],
): ExtractedResult[] {
  const { sentence, arms } = read;
  return groups.flatMap((group) => {
    const names = armNames(group, sentence.text, arms);
    const significant = significance(group, masked, found, sentence.text);
    return group.figures.flatMap((figure, i) => {
      const { value, interval } = figure;
      if (value === null) return [];
      const other = group.figures.length === 2 ? group.figures[1 - i]?.value : undefined;
      const start = figure.start;
      const end = Math.max(figure.end, interval?.end ?? 0);
      return [
        {
          measure,
          value,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          level: interval?.level ?? null,
          p: groupP(group, masked),
          outcome: group.outcome?.term.id ?? group.words ?? null,
          at: group.at ?? null,
          unit: measure === 'rate' ? '%' : figure.unit,
          intervention: names[i] ?? null,
          comparator: group.figures.length === 2 ? (names[1 - i] ?? null) : null,
          direction: typeof other === 'number' ? armsDirection(value, other, significant) : null,
          subgroup: subgroupOf(sentence.text, start),
          span: { start: sentence.start + start, end: sentence.start + end },
        },
      ];
    });
  });
}

/** By the words after each figure; else by "with X vs Y" before them; else, for two figures, in the order of the document. */
function armNames({ figures, start }: Group, sentence: string, arms: ReadSentence['arms']): (string | null)[] {
  const told = figures.map((f) => armAfter(f.tail));
  const pairs = respectively(sentence, figures);
  if (pairs !== undefined) return pairs;
  if (figures.length === 1) return [told[0] ?? null];
  if (told.every((name) => name !== null)) return told;
  const first = figures[0]?.start ?? 0;
  const last = figures.at(-1)?.end ?? 0;
  const contrast =
    contrastIn(sentence.slice(Math.max(0, start), first)) ??
    contrastIn(sentence.slice(last, last + 140)) ??
    contrastIn(sentence.slice(0, first));
  const pair = contrast ?? arms;
  return figures.length === 2 ? [told[0] ?? pair.intervention, told[1] ?? pair.comparator] : told;
}

/** "9.6 and 8.4 months for arms A and B, respectively", "in the CON1 and REL groups was 0% and 7%, respectively". */
function respectively(sentence: string, figures: readonly Figure[]): string[] | undefined {
  if (figures.length < 2 || !/\brespectively\b/.test(sentence)) return undefined;
  const end = figures.at(-1)?.end ?? 0;
  const list =
    /\b(?:in|for|with|among|receiving)\s+(?:the\s+)?((?:arms?|groups?)\s+)?((?:[\w+/-]+[\s,]+){1,5}?)and\s+(?:the\s+)?((?:[\w+/-]+\s*){1,4}?)(?:\s*(?:groups?|arms?|recipients|patients))?(?=\s*(?:,?\s*respectively|,|\(|was\b|were\b|$))/;
  const found = list.exec(sentence.slice(end, end + 140)) ?? list.exec(sentence.slice(0, figures[0]?.start ?? 0));
  if (found === null) return undefined;
  const names = `${found[2]}, ${found[3]}`
    .split(/\s*,\s*/)
    .flatMap((n) =>
      n.trim() === '' ? [] : [`${found[1] ?? ''}${n.trim()}`.replace(/^arms /, 'arm ').replace(/^groups /, 'group ')],
    );
  return names.length === figures.length ? names : undefined;
}

const groupEnd = ({ figures }: Group): number => Math.max(...figures.map((f) => Math.max(f.end, f.interval?.end ?? 0)));

/** The p-value that follows the last figure, with nothing but an effect or the arms' names between. */
function groupP(group: Group, masked: Masked): string | null {
  const end = groupEnd(group);
  const p = masked.ps.find((x) => !x.ofInteraction && x.start >= end);
  return p !== undefined && p.start - end < 110 && !/\d\s?%|\bmonths\b|;/.test(masked.text.slice(end, p.start))
    ? p.p
    : null;
}

function significance(group: Group, masked: Masked, found: readonly Effect[], sentence: string): boolean | undefined {
  const end = groupEnd(group);
  const said = pSays(groupP(group, masked));
  if (said !== undefined) return said === 'significant';
  const effect = found.find((e) => e.span.start >= end && e.span.start - end < 120 && e.measure !== 'MD');
  if (effect !== undefined) return isSignificant(1, effect.interval, effect.p);
  if (NO_DIFFERENCE.test(sentence)) return false;
  return /\bsignificant|\b(?:longer|shorter|higher|lower|improv|increas|reduc|superior|better|more (?:common|frequent)|less (?:common|frequent))/i.test(
    sentence,
  )
    ? true
    : undefined;
}
