// A sentence with everything blanked that is a figure but no result: intervals, p-values, ranges, counts. Lengths stay.
import { type Interval, intervals, NUMBER, type PValue, pValues } from './numbers.js';

export interface Masked {
  readonly text: string;
  readonly intervals: readonly Interval[];
  readonly ps: readonly PValue[];
}

const SPREAD = new RegExp(
  [
    // ranges and quartiles: "(range, 2-14)", "IQR 3.1-8.0", "[3-8]"
    String.raw`\b(?:inter-?quartile range|IQR|Q1[-, ]+Q3|range|ranging|ranged)\b[\s,:;=([]*(?:from\s+|of\s+|\[?IQR\]?\s*)?[\s,:;=([]*${NUMBER}\s*[a-z%]{0,6}\s*(?:(?:-+|to|,|and)\s*[+]?\s*${NUMBER}\+?)?`,
    String.raw`[([]\s*${NUMBER}\+?\s*(?:-|to)\s*${NUMBER}\+?\s*(?:months?|weeks?|years?|days?|mo)?\s*[)\]]`,
    // counts: "n = 123", "(45 of 120)", "34/76", "patients 12"
    String.raw`\b[nN]\s?=\s?\d[\d,]*(?:\s?\/\s?\d+)?`,
    String.raw`\b\d[\d,]*\s?(?:\/|of|out of)\s?(?:the\s)?\d[\d,]*(?!\s?%|\.\d)`,
    String.raw`\b\d[\d,]*\s+(?:evaluable |assessable |eligible |randomi[sz]ed )?(?:patients|women|men|subjects|participants|events|deaths)\b`,
    String.raw`\u00B1\s?\d+(?:\.\d+)?`,
    String.raw`\b\d+:\d+(?::\d+)?\b`,
  ].join('|'),
  'g',
);

export function mask(sentence: string): Masked {
  const all = intervals(sentence);
  const ps = pValues(sentence);
  let text = sentence;
  for (const { start, end } of [...all, ...ps]) text = blank(text, start, end);
  for (const match of text.matchAll(SPREAD)) text = blank(text, match.index, match.index + match[0].length);
  return { text, intervals: all, ps };
}

const blank = (text: string, start: number, end: number): string =>
  text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);

/** The interval that belongs to a figure ending at `end`: nothing but brackets and points between. */
export const intervalAfter = (masked: Masked, sentence: string, end: number): Interval | undefined =>
  masked.intervals.find(
    (i) =>
      i.start >= end &&
      i.start - end < 30 &&
      /^[\s,;:([]*(?:months?|weeks?|years?|days?|mo\b)?[\s,;:([.-]*$/.test(between(sentence, end, i.start)),
  );

const between = (sentence: string, from: number, to: number): string =>
  sentence
    .slice(from, to)
    .replace(/\b\d+\s?(?:\/|of)\s?\d+\b/, '')
    .replace(/\[\s*\d+\s*\/\s*\d+\s*\]/, '');
