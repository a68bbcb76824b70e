// Slips of the pen in long names ("pembrolizumba", "neoadjvuant", "osimertinb"): an unknown long word one or two letters away from exactly
// one name of the corpus is that name (two letters only where the first is the same: "нормальный" is not "оральный"). A word that the corpus knows is never changed, so cisplatin stays cisplatin.

import { stem } from '../normalize/phrase.js';
import type { Lexicon } from './lexicon.js';

export interface Correction {
  readonly written: string;
  readonly read: string;
  readonly start: number;
}

/** Words of notes that are long, common and near a name, or that recognisers look for by themselves. */
const CLINICAL: readonly string[] = [
  'neoadjuvant',
  'adjuvant',
  'metastatic',
  'metastases',
  'metastasis',
  'progression',
  'progressed',
  'progressing',
  'chemotherapy',
  'radiotherapy',
  'immunotherapy',
  'maintenance',
  'recurrence',
  'recurrent',
  'unresectable',
  'refractory',
  'carcinoma',
  'adenocarcinoma',
  'lymphoma',
  'неоадъювантная',
  'адъювантная',
  'метастазы',
  'прогрессирование',
  'химиотерапия',
];
const FORMS: readonly string[] = [
  ...CLINICAL,
  'metastasised',
  'metastasized',
  'metastatically',
  'chemoradiotherapy',
  'adjuvantly',
];

const WORD = /\p{L}{7,}/gu;

export interface Corrected {
  readonly plain: string;
  /** The document as written, with the same corrections. */
  readonly text: string;
  readonly corrections: readonly Correction[];
  /** Place in the document as it was given. */
  readonly original: (offset: number) => number;
}

/** @param plain the document's plain text (plain-text.ts), of the same length */
export function corrected(document: string, plain: string, lexicon: Lexicon): Corrected {
  const corrections: Correction[] = [];
  const shifts: { readonly at: number; readonly by: number }[] = [];
  let text = '';
  let read = '';
  let from = 0;
  for (const { 0: word, index } of plain.matchAll(WORD)) {
    const name = nearest(word, lexicon);
    if (name === undefined) continue;
    corrections.push({ written: document.slice(index, index + word.length), read: name, start: index });
    text += document.slice(from, index) + name;
    read += plain.slice(from, index) + name;
    from = index + word.length;
    if (name.length !== word.length) shifts.push({ at: read.length, by: word.length - name.length });
  }
  return {
    plain: read + plain.slice(from),
    text: text + document.slice(from),
    corrections,
    original: (offset) => shifts.reduce((at, s) => (offset >= s.at ? at + s.by : at), offset),
  };
}

function nearest(word: string, lexicon: Lexicon): string | undefined {
  if (lexicon.known.has(stem(word)) || FORMS.includes(word) || FORMS.some((f) => word.startsWith(f))) return undefined;
  const bound = word.length >= 10 ? 2 : 1;
  let best: string | undefined;
  let least = bound + 1;
  let ties = 0;
  for (const name of candidates(word, lexicon)) {
    const most = CLINICAL.includes(name) ? 1 : bound;
    if (Math.abs(name.length - word.length) > most) continue;
    const d = distance(word, name, most);
    if (d > most || d > least || (d > 1 && name[0] !== word[0])) continue;
    if (d < least) [best, least, ties] = [name, d, 1];
    else if (name !== best) ties++;
  }
  return ties === 1 && best !== word ? best : undefined;
}

/** Names that share a beginning or an ending with the word: one slip spoils only one of them. */
function candidates(word: string, lexicon: Lexicon): readonly string[] {
  const table = TABLES.get(lexicon) ?? tableOf(lexicon);
  return [...new Set([...(table.get(word.slice(0, 3)) ?? []), ...(table.get(`$${word.slice(-4)}`) ?? [])])];
}
const TABLES = new WeakMap<Lexicon, Map<string, string[]>>();
function tableOf(lexicon: Lexicon): Map<string, string[]> {
  const table = new Map<string, string[]>();
  const put = (key: string, name: string): void => void table.set(key, [...(table.get(key) ?? []), name]);
  for (const name of [...lexicon.longWords, ...CLINICAL]) {
    put(name.slice(0, 3), name);
    put(`$${name.slice(-4)}`, name);
  }
  TABLES.set(lexicon, table);
  return table;
}

/** Optimal string alignment: insertion, deletion, exchange, and two letters swapped; more than `bound` is only said to be more. */
export function distance(a: string, b: string, bound: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (before[j - 2] ?? 0) + 1);
      row.push(d);
    }
    if (Math.min(...row) > bound) return bound + 1;
    [before, last] = [last, row];
  }
  return last[b.length] ?? bound + 1;
}
