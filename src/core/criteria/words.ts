// Small phrases that traces share: why a fact is not known, how a fact and its date are printed.
import type { Text } from '../../domain/corpus/text.js';
import type { Fact, UnknownReason } from '../../domain/fact.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { CorpusIndex } from '../corpus-index.js';
import type { Message } from '../language/ru.js';
import { type Lang, translate } from '../language/translate.js';

const REASONS: Readonly<Record<UnknownReason, Message>> = {
  'not-recorded': 'not recorded',
  refused: 'the patient declined to give it',
  'not-interpretable': 'recorded in a way that could not be interpreted',
  conflict: 'the sources disagree',
  pending: 'the result is pending',
  'too-old': 'the last value is too old to rely on',
};

export function whyUnknown(fact: Fact<unknown> | undefined, { lang }: CorpusIndex): string {
  if (fact === undefined || fact.known) return translate(lang, 'not recorded');
  const reason = translate(lang, REASONS[fact.reason]);
  return fact.detail ? `${reason}: ${fact.detail}` : reason;
}

export const withDate = (words: string, date: PartialDate | undefined): string => (date ? `${words} (${date})` : words);

export const orList = (words: readonly string[], lang: Lang): string =>
  words.length < 2
    ? words.join('')
    : translate(lang, '{a} or {b}', { a: words.slice(0, -1).join(', '), b: words.at(-1) ?? '' });

/** The text in the language asked for, else English. */
export const say = (text: Text, lang: Lang = 'en'): string => text[lang] ?? text.en;

/** A name of the corpus in the language of the answer; the id in words where there is none. */
export const nameIn = (name: Text | undefined, id: string, { lang }: CorpusIndex): string =>
  name === undefined ? id.replaceAll('-', ' ') : say(name, lang);

/** Name and unit of a fact for the reader: "creatinine clearance", "mL/min". */
export function factName(index: CorpusIndex, name: string): string {
  const term = index.fact(name);
  return term ? say(term.name, index.lang) : name.replaceAll('-', ' ');
}

/** UCUM codes that a reader would stumble over. */
const SPOKEN: Readonly<Record<string, Message>> = { a: 'years', mo: 'months' };

export const factUnit = (index: CorpusIndex, name: string): string => {
  const unit = index.fact(name)?.unit;
  if (unit === undefined || unit === '1' || unit.startsWith('{')) return '';
  const spoken = SPOKEN[unit];
  return ` ${spoken === undefined ? unit : translate(index.lang, spoken)}`;
};

/** The cancer's name in the language of the answer; in English as it was read. */
export const cancerName = (
  { oncotree, name }: { readonly oncotree: string; readonly name: string },
  index: CorpusIndex,
) => {
  const known = index.lang === 'en' ? undefined : index.cancer(oncotree)?.name;
  return known === undefined ? name : say(known, index.lang);
};
