// Numbers that are not digits behind the name of their fact: Roman numerals, Gleason sums, counts in words before the name.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import { type FindingSaid, nameOf } from './finding-alias.js';
import type { Hit } from './lexicon.js';

/** "ISS II", "R-ISS III": a short scale in Roman numerals. */
export function romanSaid(term: FactTerm, hit: Hit<'fact'>, right: string): FindingSaid | undefined {
  const m = /^\s*(?:stage|стади\p{L}*|[:=-])?\s*(i{1,3}|iv)(?![\p{L}\d])/u.exec(right);
  if (m === null || term.unit !== '1' || (term.plausible?.[1] ?? 99) > 5) return undefined;
  const value = ['i', 'ii', 'iii', 'iv'].indexOf(m[1] ?? '') + 1;
  return {
    fact: term.id,
    name: nameOf(term),
    value: { kind: 'quantity', quantity: { value } },
    start: hit.start,
    end: hit.end + m[0].length,
  };
}

/** "Gleason 4+5=9", "Gleason 4 + 3", "ISUP 4", "grade group 3". */
export function gleason(term: FactTerm, hit: Hit<'fact'>, plain: string): FindingSaid | undefined {
  const m = /^[^\d]{0,20}(\d{1,2})(?:\s?\+\s?(\d))?(?:\s?=\s?(\d{1,2}))?(?:\s?\(?(\d)\s?\+\s?(\d)\)?)?/u.exec(
    plain.slice(hit.end, hit.end + 40),
  );
  if (m === null) return undefined;
  const [whole, a, b, , c, d] = m;
  const pattern =
    b !== undefined
      ? `${a}+${b}=${Number(a) + Number(b)}`
      : c !== undefined && d !== undefined
        ? `${c}+${d}=${Number(c) + Number(d)}`
        : a;
  return {
    fact: term.id,
    name: /gleason|глисон/u.test(hit.phrase) ? 'Gleason score' : 'ISUP',
    value: { kind: 'text', text: pattern ?? '' },
    start: hit.start,
    end: hit.end + whole.length,
  };
}

/** Counts that stand before their name ("two extranodal sites", "more than one extranodal site"), and what is denied ("no encephalopathy"). */
const COUNTED: ReadonlySet<string> = new Set([
  'extranodal-sites',
  'nodal-areas',
  'nodal-sites-3cm',
  'encephalopathy-grade',
]);
const COUNTS: readonly (readonly [RegExp, number, '>'?])[] = [
  [/(?:more than one|>\s?1|several|multiple|более одного|несколько|множественн\p{L}*) $/u, 1, '>'],
  [/(?:\bno|\bwithout|(?<!\p{L})нет|(?<!\p{L})без) $/u, 0],
  [/(?:\bone|\bsingle|(?<!\p{L})один|(?<!\p{L})одного) $/u, 1],
  [/(?:\btwo|(?<!\p{L})два|(?<!\p{L})двух) $/u, 2],
  [/(?:\bthree|(?<!\p{L})три|(?<!\p{L})тр[её]х) $/u, 3],
  [/(?:\bfour|(?<!\p{L})четыр\p{L}*) $/u, 4],
];

export function countBefore(term: FactTerm, hit: Hit<'fact'>, plain: string): FindingSaid | undefined {
  if (!COUNTED.has(term.id)) return undefined;
  const before = plain.slice(Math.max(0, hit.start - 24), hit.start);
  const digits = /(?<![\d.,/])(\d{1,2}) $/u.exec(before);
  const told = digits === null ? COUNTS.find(([pattern]) => pattern.test(before)) : undefined;
  if (digits === null && told === undefined) return undefined;
  const comparator = told?.[2];
  return {
    fact: term.id,
    name: nameOf(term),
    value: {
      kind: 'quantity',
      quantity: { value: told?.[1] ?? Number(digits?.[1]), ...(comparator !== undefined && { comparator }) },
    },
    start: hit.start,
    end: hit.end,
  };
}
