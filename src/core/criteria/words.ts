// Small phrases that traces share: why a fact is not known, how a fact and its date are printed.
import type { Text } from '../../domain/corpus/text.js';
import type { Fact, UnknownReason } from '../../domain/fact.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { CorpusIndex } from '../corpus-index.js';

const REASONS: Readonly<Record<UnknownReason, string>> = {
  'not-recorded': 'not recorded',
  refused: 'the patient declined to give it',
  'not-interpretable': 'recorded in a way that could not be interpreted',
  conflict: 'the sources disagree',
  pending: 'the result is pending',
  'too-old': 'the last value is too old to rely on',
};

export function whyUnknown(fact: Fact<unknown> | undefined): string {
  if (fact === undefined || fact.known) return REASONS['not-recorded'];
  return fact.detail ? `${REASONS[fact.reason]}: ${fact.detail}` : REASONS[fact.reason];
}

export const withDate = (words: string, date: PartialDate | undefined): string => (date ? `${words} (${date})` : words);

export const orList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** The text in the language asked for, else English. */
export const say = (text: Text, lang: 'en' | 'ru' | 'kk' = 'en'): string => text[lang] ?? text.en;

/** Name and unit of a fact for the reader: "creatinine clearance", "mL/min". */
export function factName(index: CorpusIndex, name: string): string {
  const term = index.fact(name);
  return term ? term.name.en : name.replaceAll('-', ' ');
}

/** UCUM codes that a reader would stumble over. */
const SPOKEN: Readonly<Record<string, string>> = { a: 'years', mo: 'months' };

export const factUnit = (index: CorpusIndex, name: string): string => {
  const unit = index.fact(name)?.unit;
  if (unit === undefined || unit === '1' || unit.startsWith('{')) return '';
  return ` ${SPOKEN[unit] ?? unit}`;
};
