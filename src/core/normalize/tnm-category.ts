// T, N and M categories with their prefix, out of codes' words and free text: "cT1c", "ypN0 (i+)", "T2 N1 M0", "pT1b(m)", "сТ2N1М0".
import { rememberedText } from './remembered.js';
import { latin } from './stage-group.js';

export interface Category {
  readonly axis: 'T' | 'N' | 'M';
  /** "T1c", "N1mi", "N+" (how many not told), "M0": without prefix and without what does not change the stage (number of tumours, sentinel, i+). */
  readonly value: string;
  readonly kind: 'clinical' | 'pathologic' | 'unstated';
  /** After neoadjuvant treatment (y). */
  readonly afterTherapy: boolean;
  /** At recurrence (r) or autopsy (a): not the stage at diagnosis. */
  readonly recurrent: boolean;
}

// "Ta" (papillary, not invasive) is read with its prefix or with N or M after it: alone the letters are a word of Russian.
const CATEGORY =
  /(?<![\p{L}\d])([yra]{0,2})\s?(c|p)?\s?(?:t\s?(is|x|(?<=(?<![\p{L}\d])[yra]{0,2}[cp]t)a|a(?=\s?[nm][x0-3])|[0-4](?:mi|[a-e][1-3]?)?)|n\s?(x|\+|[0-3](?:mi|[a-c])?)|m\s?(x|[01](?:[a-d][12]?)?))(?=[^\p{L}]|[tnm]|$)/gu;

/** Every category named in the text. A run "ypT0N0M0" or "cT2N1M0" shares the prefix of its first part. */
export const parseCategories = rememberedText((text): readonly Category[] => {
  // Letters are set apart where a run is written together, so that each category stands alone.
  const plain = latin(text).replace(
    /([0-4x](?:mi|[a-e][1-3]?)?|is|(?<=(?<!\p{L})(?:y?[cp])?t)a|\)|\+)(?=y?[cp]?[tnm](?:[x0-4]|\+|is))/gu,
    '$1 ',
  );
  const found: Category[] = [];
  let last: { readonly end: number; readonly y: string; readonly kind: string } | undefined;
  for (const match of plain.matchAll(CATEGORY)) {
    const [whole, modifiers = '', prefix, t, n, m] = match;
    const joined = last !== undefined && /^[\s,;()i+sm0-9a-z]{0,8}$/.test(plain.slice(last.end, match.index));
    const y = modifiers !== '' ? modifiers : joined && prefix === undefined ? (last?.y ?? '') : '';
    const kind: string = prefix ?? (joined ? (last?.kind ?? '') : '');
    const axis = t !== undefined ? 'T' : n !== undefined ? 'N' : 'M';
    const value = axis + tidy(t ?? n ?? m ?? '');
    found.push({
      axis,
      value,
      kind: kind === 'c' ? 'clinical' : kind === 'p' ? 'pathologic' : 'unstated',
      afterTherapy: y.includes('y'),
      recurrent: y.includes('r') || y.includes('a'),
    });
    last = { end: match.index + whole.length, y, kind };
  }
  return found;
});

const tidy = (rest: string): string => {
  const plain = rest.replace(/\s/g, '');
  return plain === 'x' ? 'X' : plain;
};

/** A code's word ("cT1a", "ypN0(i+)", "cM1c(1)") as a category. */
export const parseCategory = (word: string): Category | undefined => parseCategories(word)[0];

/** True when one is the other or less precise: T1 and T1c; N1 and N1mi. */
export const categoriesAgree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
