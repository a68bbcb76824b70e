// Genomics reports say once, in a heading, what holds for all variants under it: "Variants of uncertain significance", "VUS:", "Benign".
// Each sentence below such a heading carries its class, until another heading comes.
import type { Sentence } from './sentence.js';

export type Significance = 'variant of uncertain significance' | 'benign variant';

const CLASSES: readonly (readonly [Significance, RegExp])[] = [
  [
    'variant of uncertain significance',
    /^(?:\p{L}+ )?(?:variants? of (?:uncertain|unknown) (?:clinical )?significance|vus(?:es)?|variants? uncertain|вариант\p{L}* (?:с )?(?:неопредел\p{L}*|неизвестн\p{L}*|неясн\p{L}*) (?:клиническ\p{L}* )?(?:значени\p{L}*|значимост\p{L}*))/u,
  ],
  ['benign variant', /^(?:likely )?benign(?: variants?)?\b|^(?:вероятно )?доброкачественн\p{L}* вариант/u],
];
/** A line that begins something else: no variant in it, or another class. */
const OTHER_HEADING =
  /^(?:(?:clinically |potentially )?(?:relevant|significant|actionable)|pathogenic|no |not |tmb|msi|microsatellite|pd-?l1|tumou?r|method|conclusion|comment|interpretation|genes?\b|патоген|не |заключение|метод|опухол|мутационн|микросател|клинически)/u;

/** The class that each sentence has from the heading above it, or from its own beginning. */
export function headedSignificance(sentences: readonly Sentence[]): readonly (Significance | undefined)[] {
  let current: Significance | undefined;
  return sentences.map(({ plain, text }) => {
    const line = plain.trim();
    const [own] = CLASSES.filter(([, pattern]) => pattern.test(line)).map(([name]) => name);
    const startsLine = /^\S/.test(text);
    if (own !== undefined) current = own;
    else if (startsLine && OTHER_HEADING.test(line)) current = undefined;
    return current;
  });
}
