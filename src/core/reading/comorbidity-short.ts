// Comorbidities in the short form of a clinic: "PMH: HTN, T2DM, AFib", "ГБ, СД 2, ФП". Only in capitals; two letters (PE, RA, ИМ) mean much else
// and are believed only among other illnesses. Which stands for what: list comorbidity-shorthand of notes.yaml.
import type { Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';

export interface ShortHit {
  /** Name of the condition as normalize knows it. */
  readonly words: string;
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** What opens a list of illnesses inside a line. */
const LIST =
  /\b(?:pmhx?|past medical|comorbid\p{L}*|co-?morbid\p{L}*|history of|hx of|h\/o|background of|known)\b|(?<!\p{L})(?:сопутств\p{L}*|в анамнезе|страдает|перенес\p{L}*|соп\.)/u;
const AMBIGUOUS = 3;

export function shortComorbidities(s: Sentence, lexicon: Lexicon): readonly ShortHit[] {
  if (!/[A-ZА-Я]{2}|[A-Z][a-z]?[A-Z]/u.test(s.text)) return [];
  const hits = tableOf(lexicon).flatMap(({ pattern, id, words, length }) =>
    [...s.text.matchAll(pattern)].map((m) => ({
      id,
      words,
      length,
      start: m.index,
      end: m.index + m[0].length,
    })),
  );
  const sure = hits.filter((h) => h.length > AMBIGUOUS);
  const among =
    s.section === 'comorbidity' ||
    LIST.test(s.plain) ||
    sure.length > 0 ||
    lexicon.find('condition', s.plain).length > 0 ||
    new Set(hits.map((h) => h.id)).size > 1;
  return (among ? hits : sure).filter(
    (h) => !hits.some((o) => o !== h && o.start <= h.start && o.end >= h.end && o.length > h.length),
  );
}

interface Row {
  readonly id: string;
  readonly words: string;
  readonly length: number;
  readonly pattern: RegExp;
}

const built = new WeakMap<Lexicon, readonly Row[]>();

function tableOf(lexicon: Lexicon): readonly Row[] {
  const known = built.get(lexicon);
  if (known !== undefined) return known;
  const { facts, conditions } = lexicon.corpus.vocabulary;
  const rows = Object.entries(facts.find((f) => f.id === 'comorbidity-shorthand')?.words ?? {}).flatMap(
    ([id, { phrases }]): readonly Row[] => {
      const term = conditions.find((c) => c.id === id);
      if (term === undefined) throw new Error(`comorbidity-shorthand of notes.yaml: there is no condition "${id}"`);
      return phrases.map((p) => ({
        id,
        words: term.words[0] ?? term.name.en,
        length: p.replace(/[^\p{L}\d]/gu, '').length,
        pattern: new RegExp(`(?<![\\p{L}\\d/+-])${p}(?![\\p{L}\\d+])`, 'gu'),
      }));
    },
  );
  built.set(lexicon, rows);
  return rows;
}
