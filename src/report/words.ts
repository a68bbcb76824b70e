// The words of pages and terminal in the language of the record. English is the key, as in core/language.
import { KK } from './words-kk.js';
import { RU } from './words-ru.js';

export type Words = keyof typeof RU;
export type Say = (words: Words, values?: Readonly<Record<string, string | number>>) => string;

const TABLES: Readonly<Record<string, Readonly<Record<Words, string>> | undefined>> = { ru: RU, kk: KK };

/** @param lang en, ru or kk; anything else is English */
export function saying(lang: string | undefined): Say {
  const table = lang === undefined ? undefined : TABLES[lang];
  return (words, values = {}) =>
    (table?.[words] ?? words).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A word of the record ("strong-for", "not-met") where there is a translation, else the word itself, blanks for hyphens. */
export const sayWord = (say: Say, id: string): string => {
  const plain = id.replaceAll('-', ' ');
  return isWords(plain) ? say(plain) : plain;
};

const isWords = (words: string): words is Words => Object.hasOwn(RU, words);
