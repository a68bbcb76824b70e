// English text -> sentences of stems (Porter, by `natural`), with British and American spellings made one.
import { PorterStemmer } from 'natural/lib/natural/stemmers/index.js';

/** "1:1" stays one token: it is the ratio of an allocation. */
const TOKEN = /\d+:\d+(?::\d+)?|[\p{L}]+\d*|\d+(?:\.\d+)?/gu;

const known = new Map<string, string>();
/** Words of the literature repeat; more distinct ones than this are misreadings and numbers, and start the memory anew. */
const REMEMBERED = 50_000;

/** Stems of a text, in order. */
export function stemsOf(text: string): string[] {
  return (text.normalize('NFKC').toLowerCase().match(TOKEN) ?? []).map(stem);
}

export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?:])\s+(?=[\p{Lu}\d("])|\n+/u).filter((sentence) => sentence.trim() !== '');
}

function stem(token: string): string {
  const before = known.get(token);
  if (before !== undefined) return before;
  const found = /^\d/.test(token) ? token : PorterStemmer.stem(american(token));
  if (known.size >= REMEMBERED) known.clear();
  known.set(token, found);
  return found;
}

const american = (token: string): string =>
  token
    .replace(/(?<=.{4})is(e[sd]?|ing|ations?)$/, 'iz$1')
    .replace(/^tumour/, 'tumor')
    .replace(/^(oes|haem|leukaem|paed|gynaec|anaes)/, (start) => start.replace(/oe|ae/, 'e'))
    .replace(/aemia/, 'emia')
    .replace(/centre/, 'center');
