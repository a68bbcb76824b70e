// The text as the recognisers see it: lower case, one kind of dash and quote, Latin letters where a code was typed with their
// Cyrillic twins ("НЕR2", "сТ4N2М1"). Every character keeps its place, so that a span found here is a span of the document.
import { withLatinCells } from '../normalize/phrase.js';

/** Cyrillic letters that look like Latin ones. */
const TWINS: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  х: 'x',
  у: 'y',
  г: 'r',
  і: 'i',
  п: 'n',
};

/** Letters that may stand in a code ("Н" of TNM is N when typed on a Russian keyboard by sound). */
const CODE_WORD = /[\p{L}\d][\p{L}\d+/.-]*/gu;

/** In capitals and behind no number it is multiple myeloma, in small letters or behind a number millimetres. The vocabulary knows it in Greek. */
const MYELOMA = /(?<![\p{L}\d]|\d\s)(?:MM|ММ)(?![\p{L}\d])/gu;

/** @returns a text of exactly the same length */
export function plainText(text: string): string {
  const flat = [...text.replace(MYELOMA, 'ωω')]
    .map((c) => {
      const low = c.toLowerCase();
      const one = low.length === c.length ? low : c;
      return SAME[one] ?? one;
    })
    .join('');
  // "BEPx3", "R-CHOPx6" written together: the scheme, then the number of its cycles.
  return withLatinCells(flat)
    .replace(/(?<=[a-z]{3})[xх](?=\d{1,2}(?![\d\p{L}]))/gu, ' ')
    .replace(CODE_WORD, (word) => (isMixedCode(word) ? latinised(word) : word));
}

const SAME: Readonly<Record<string, string>> = {
  ё: 'е',
  '–': '-',
  '—': '-',
  '−': '-',
  '‑': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '\t': ' ',
  '⁹': '9',
  '²': '2',
  '\f': '\n',
  '\r': ' ',
  µ: 'u',
  μ: 'u',
};

/** Cyrillic and Latin letters in one word, or a short Cyrillic word with a digit that begins like a category or a code. */
function isMixedCode(word: string): boolean {
  const cyrillic = /\p{Script=Cyrillic}/u.test(word);
  if (!cyrillic) return false;
  if (/[a-z]/.test(word)) return !/-[а-я]{3,}|[а-я]{4,}/u.test(word);
  return /^(?:[срур]{0,2}т(?:[0-4]|is|х)|[ср]?м[01]|с\d\d|не[рг]2|н[0-3]м)/u.test(word) && !/[а-я]{3,}/u.test(word);
}

const latinised = (word: string): string =>
  [...word.replace(/(?<=т[0-4][абв]?|т[0-4])н(?=[0-3х])/gu, 'n')].map((c) => TWINS[c] ?? c).join('');

/** A word of letters only that looks like Latin capitals typed in Cyrillic ("ТС", "АС", "ЕС"): its Latin form. */
export const latinTwin = (word: string): string | undefined =>
  /^[авекмнорстху]{2,4}$/u.test(word) ? [...word].map((c) => TWINS[c] ?? c).join('') : undefined;
