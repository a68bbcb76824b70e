// Disease that a note calls local without giving a stage.
import { deniedBefore } from './context.js';
import type { Sentence } from './sentence.js';

/** Said to be local without a stage. */
export const LOCAL =
  /\b(?:limited[- ](?:stage|disease)|locali[sz]ed|early[- ]stage|ls-sclc|ld-sclc)\b|(?<!\p{L})локализованн\p{L}*|(?<!\p{L})ранн\p{L}{2} стади\p{L}*/u;

/** "Localised osteosarcoma", "limited-stage SCLC": no distant metastases; "localised in the head of the pancreas" is a place. */
export function localSaid(
  sentences: readonly Sentence[],
): { readonly start: number; readonly end: number } | undefined {
  for (const s of sentences) {
    const m = LOCAL.exec(s.plain);
    if (m === null || s.section === 'family' || s.section === 'comorbidity') continue;
    if (deniedBefore(s.plain.slice(Math.max(0, m.index - 40), m.index))) continue;
    if (
      /^\s*(?:in|to|at|within|on|в|во|на|по|recurren\w*|relaps\w*|рецидив\p{L}*)(?!\p{L})/u.test(
        s.plain.slice(m.index + m[0].length),
      )
    )
      continue;
    return { start: s.start + m.index, end: s.start + m.index + m[0].length };
  }
  return undefined;
}
