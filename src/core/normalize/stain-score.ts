// ER and PR reported as a stain score in place of a percentage: Allred (total score of 8) and H-score (of 300).
import type { ObservationEntry } from '../../domain/history.js';
import { conceptTexts } from './reading-log.js';

/** Allred is positive from 3 (Harvey, J Clin Oncol 1999); an H-score from 1, that is 1 % of cells (ASCO/CAP 2020). */
export function stainScore(entry: ObservationEntry, marker: string, text = ''): 'positive' | 'negative' | undefined {
  if (marker !== 'ER' && marker !== 'PR') return undefined;
  const name = [...conceptTexts(entry.code), ...conceptTexts(entry.method)].join(' ');
  const allred = first(ALLRED, text) ?? (/allred/i.test(name) ? bareNumber(entry, text) : undefined);
  if (allred !== undefined) return allred >= 3 ? 'positive' : 'negative';
  const histo = first(H_SCORE, text) ?? (/\bh-?\s?score/i.test(name) ? bareNumber(entry, text) : undefined);
  return histo === undefined ? undefined : histo >= 1 ? 'positive' : 'negative';
}

const ALLRED = /(?:allred|total score|\bts)\D{0,12}(\d)|(?<!\d)(\d)\s?\/\s?8(?!\d)|(?<!\d)(\d)\s?балл/iu;
const H_SCORE = /\bh-?\s?score\D{0,6}(\d{1,3})/iu;

function first(pattern: RegExp, text: string): number | undefined {
  const digits = pattern
    .exec(text)
    ?.slice(1)
    .find((group) => group !== undefined);
  return digits === undefined ? undefined : Number(digits);
}

function bareNumber(entry: ObservationEntry, text: string): number | undefined {
  if (entry.value?.kind === 'quantity') return entry.value.quantity.value;
  return first(/^\s*(\d{1,3})(?![\d%])/, text);
}

/** "High", "overexpressed": of a protein or a signature that is the finding (FRα, c-Met, TMB); of a gene it would be its copies. */
export const expressed = (text: string | undefined): string | undefined =>
  /^(?:high|strong(?:ly)? (?:positive|expressed)|overexpress\w*|high expression|высок[а-я]+(?: экспресси[а-я]+)?|гиперэкспресси[а-я]+)$/iu.test(
    text?.trim() ?? '',
  )
    ? 'positive'
    : undefined;
