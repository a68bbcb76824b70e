// Stage groups in one spelling: "0", "IA3", "IIIB", "IV". Sources write "Stage 3A", "c3A", "pIIA", "iiib", "ст. IIА" (Cyrillic).
import { rememberedText } from './remembered.js';

/** Roman numeral, letter and digit of a group: IA3 -> ["I", "A", "3"]. */
export type GroupParts = readonly [roman: string, letter: string, digit: string];

const ROMAN: Readonly<Record<string, string>> = { '0': '0', '1': 'I', '2': 'II', '3': 'III', '4': 'IV' };

/** Cyrillic letters that stand for Latin ones in stages and categories. */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  б: 'b',
  с: 'c',
  т: 't',
  м: 'm',
  х: 'x',
  и: 'i',
  і: 'i',
};

/** Lower case, Latin letters, one blank between words. */
export const latin = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Script=Cyrillic}+/gu, (word) =>
      word.length <= 2 ? [...word].map((letter) => CYRILLIC[letter] ?? letter).join('') : word,
    )
    .replace(/\s+/g, ' ')
    .trim();

const NUMERAL = '(0|[1-4]|iv|i{1,3})';
/** Lymphoma: outside the nodes, spleen, bulk (Lugano 2014); the group is the same. */
const SUFFIX = '(?:es|[esx])?';
const BARE = new RegExp(`^(?:y?[cpr]|yc|yp|rp)?\\s?${NUMERAL}\\s?([a-d])?\\s?([1-3])?${SUFFIX}(?=$|\\s*[(,;])`);
const NAMED = new RegExp(
  `(?:stage|figo|стади[яиейю]+|ст\\.?|ct\\.|group)\\s*:?\\s*(?:y?[cp]\\s?)?${NUMERAL}\\s?([a-d])?([1-3])?${SUFFIX}(?![\\p{L}\\d])`,
  'u',
);
const NUMERAL_FIRST = new RegExp(
  `(?<![\\p{L}\\d])${NUMERAL}\\s?([a-d])?([1-3])?${SUFFIX}\\s*(?:стади|ст\\.|ct(?:\\.|(?!\\p{L}))|ст(?!\\p{L}))`,
  'u',
);

/** The group that a short text or a display says; undefined when it says none. */
export const parseStageGroup = rememberedText((text): string | undefined => {
  const plain = latin(text);
  const found = BARE.exec(plain) ?? NAMED.exec(plain) ?? NUMERAL_FIRST.exec(plain);
  if (found === null) return undefined;
  const [, numeral = '', letter = '', digit = ''] = found;
  const roman = ROMAN[numeral] ?? numeral.toUpperCase();
  return roman === '0' ? '0' : `${roman}${letter.toUpperCase()}${letter === '' ? '' : digit}`;
});

export function groupParts(group: string): GroupParts {
  const [, roman = group, letter = '', digit = ''] = /^(0|IV|I{1,3})([A-E]?)(\d?)$/.exec(group) ?? [];
  return [roman, letter, digit];
}

/** True when one says the same as the other or less precisely: III and IIIA, never I and II. */
export function groupsAgree(a: string, b: string): boolean {
  const [x, y] = [groupParts(a), groupParts(b)];
  return x.every((part, i) => part === y[i] || part === '' || y[i] === '');
}

/** The more precise of two groups that agree. */
export const finerGroup = (a: string, b: string): string => (b.length > a.length ? b : a);

/** What several groups share: IA1, IA2 -> IA; IIIA, IIIB -> III; IB, IIA -> undefined. */
export function sharedGroup(groups: readonly string[]): string | undefined {
  const [first, ...rest] = [...new Set(groups)].map(groupParts);
  if (first === undefined) return undefined;
  const [roman, letter, digit] = first;
  if (!rest.every((g) => g[0] === roman)) return undefined;
  if (!rest.every((g) => g[1] === letter)) return roman;
  return rest.every((g) => g[2] === digit) ? `${roman}${letter}${digit}` : `${roman}${letter}`;
}
