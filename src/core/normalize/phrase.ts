// Words compared as words: lower case, ё as е, punctuation as blanks; and an index of phrases that finds the longest
// known phrase at each place of a text, whole words only, Russian case endings allowed.
import { rememberedText } from './remembered.js';

/** "PACLitaxel (nab-)" -> "paclitaxel nab". Digits, letters, + and % stay; a decimal point between digits stays. */
export const normalisePhrase = rememberedText((text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(CELL_LETTER, latinCell)
    .replace(/(?<=\d)[.,](?=\d)/g, '·')
    .replace(/[^\p{L}\p{N}+%·]+/gu, ' ')
    .replaceAll('·', '.')
    .trim(),
);

/** "В-клеточная", "Т-лимфобластный": the letter of the lymphocyte is one letter, in whichever alphabet it was typed. */
const CELL_LETTER =
  /(?<![\p{L}\p{N}])[вт](?=\s?[-/‑–]\s?(?:nk|нк|[bв]|клет|крупн|мелк|лимф|пролимф|зрел|предш|ж[ае]су)|[ ](?:клеточн|крупноклеточн|мелкоклеточн|лимфобласт|пролимфо))/gu;
const latinCell = (letter: string): string => (letter === 'в' ? 'b' : 't');

/** The same in a text whose characters keep their places. */
export const withLatinCells = (text: string): string => text.replace(CELL_LETTER, latinCell);

/** Case endings of Russian nouns and adjectives, longest first: "трастузумабом" and "трастузумаба" are трастузумаб. */
const ENDING =
  /(?:иями|ями|ами|ием|ью|ого|его|ому|ему|ыми|ими|иях|ией|иям|ой|ою|ей|ею|ом|ем|ым|им|ых|их|ов|ев|ах|ях|ам|ям|ая|яя|ый|ий|ое|ее|ые|ие|ую|юю|ия|ию|ии|а|я|у|ю|е|ы|и|о|й|ь)$/u;

/** Kazakh possessive of tumours' names: "аденокарциномасы" is аденокарцинома. */
const POSSESSED = /омасы(?:н|ның|на|нда|мен)?$/u;

/** "leukaemia" and "leukemia", "oesophageal" and "esophageal", "tumours" and "tumors" are one word. */
const oneSpelling = (token: string): string =>
  BRITISH.test(token)
    ? token
        .replaceAll('ae', 'e')
        .replaceAll('oe', 'e')
        .replace(/our(s|ed|al)?$/, 'or$1')
    : token;
const BRITISH = /[ao]e|our/;

/** A token without its Russian ending, an English one in one spelling; other tokens as they are. */
export function stem(token: string): string {
  if (/^[a-z]{5,}$/.test(token)) return oneSpelling(token);
  if (!/^[а-я]{5,}$/u.test(token)) return token;
  const bare = token.replace(POSSESSED, 'ома').replace(ENDING, '');
  return bare.length >= 4 ? bare : token;
}

export interface PhraseHit<V> {
  readonly value: V;
  /** The phrase of the vocabulary, normalised. */
  readonly phrase: string;
  /** Position in tokens of the normalised text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

interface Row<V> {
  readonly tokens: readonly string[];
  readonly phrase: string;
  readonly values: V[];
}

export class PhraseIndex<V> {
  readonly #byFirst = new Map<string, Row<V>[]>();

  constructor(phrases: readonly (readonly [string, V])[]) {
    for (const [written, value] of phrases) {
      const phrase = normalisePhrase(written);
      if (phrase === '') continue;
      const tokens = phrase.split(' ').map(stem);
      const rows = this.#byFirst.get(tokens[0] ?? '') ?? [];
      const same = rows.find((row) => row.tokens.join(' ') === tokens.join(' '));
      if (same === undefined) rows.push({ tokens, phrase, values: [value] });
      else if (!same.values.includes(value)) same.values.push(value);
      this.#byFirst.set(tokens[0] ?? '', rows);
    }
    for (const rows of this.#byFirst.values()) rows.sort((a, b) => b.tokens.length - a.tokens.length);
  }

  /** Values of the phrase that is the whole text. */
  whole(text: string): readonly V[] {
    const tokens = normalisePhrase(text).split(' ').map(stem);
    return this.#at(tokens, 0, tokens.length)?.values ?? [];
  }

  /** Phrases inside a text, left to right, the longest at each place, not overlapping. */
  inside(text: string): readonly PhraseHit<V>[] {
    return this.insideTokens(normalisePhrase(text).split(' ').map(stem));
  }

  /** The same over tokens that are normalised and stemmed already. */
  insideTokens(tokens: readonly string[]): readonly PhraseHit<V>[] {
    const hits: PhraseHit<V>[] = [];
    for (let i = 0; i < tokens.length; ) {
      const row = this.#at(tokens, i);
      if (row === undefined) {
        i++;
        continue;
      }
      const end = i + row.tokens.length;
      for (const value of row.values) hits.push({ value, phrase: row.phrase, start: i, end });
      i = end;
    }
    return hits;
  }

  #at(tokens: readonly string[], start: number, length?: number): Row<V> | undefined {
    return this.#byFirst
      .get(tokens[start] ?? '')
      ?.find(
        (row) =>
          (length === undefined || row.tokens.length === length) &&
          row.tokens.every((token, k) => token === tokens[start + k]),
      );
  }
}
