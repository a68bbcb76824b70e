// The entries of a text as the doctor is shown them: fact, value, the words, how sure; and what was seen but not understood.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import type { Entry, ObservationEntry, RawQuantity } from '../../domain/history.js';
import type { Confidence, ReadFact, TextReading } from '../../domain/text-reading.js';
import type { Judged } from './confidence.js';
import type { Place } from './diagnosis-settled.js';
import type { Lexicon } from './lexicon.js';
import type { PersonSaid } from './person.js';
import type { Sentence } from './sentence.js';

export interface JudgedEntry extends Judged {
  readonly entry: Entry;
}

export interface Texts {
  readonly textOf: (document: string) => string;
  readonly place: Place;
}

export function textReading(
  judged: readonly JudgedEntry[],
  person: PersonSaid,
  sentences: readonly Sentence[],
  lexicon: Lexicon,
  texts: Texts,
): TextReading {
  const facts = [...personFacts(person, texts), ...judged.flatMap((j) => factOf(j, texts))];
  return { facts: joined(facts), notUnderstood: notUnderstood(sentences, judged, lexicon, texts) };
}

function personFacts(person: PersonSaid, { textOf, place }: Texts): readonly ReadFact[] {
  const at = (fact: string, value: string | undefined, span: PersonSaid['ageAt']): readonly ReadFact[] => {
    if (value === undefined || span === undefined) return [];
    const source = place(span.start, span.end);
    if (source.kind !== 'text') return [];
    const words = textOf(source.document).slice(source.start, source.end).trim();
    return [{ fact, value, words, ...where(source), confidence: 'high', used: true }];
  };
  return [...at('age', ageWords(person.age), person.ageAt), ...at('sex', person.sex, person.sexAt)];
}

/** Years; a part of a year as months. */
const ageWords = (age: number | undefined): string | undefined =>
  age === undefined || Number.isInteger(age) ? age?.toString() : `${Math.round(age * 12)} months`;

const where = ({ document, start, end }: { document: string; start: number; end: number }) => ({
  document,
  start,
  end,
});

function factOf({ entry, confidence, why }: JudgedEntry, { textOf }: Texts): readonly ReadFact[] {
  const { source } = entry;
  if (source.kind !== 'text') return [];
  const words = textOf(source.document)
    .slice(source.start, source.end)
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;.:)]+/u, '')
    .trim();
  const told = toldOf(entry);
  if (told === undefined) return [];
  return [
    { ...told, words, ...where(source), confidence, ...(why === undefined ? {} : { why }), used: confidence !== 'low' },
  ];
}

function toldOf(entry: Entry): { readonly fact: string; readonly value: string } | undefined {
  const name = entry.code.text ?? entry.code.codings[0]?.code ?? '';
  switch (entry.kind) {
    case 'condition':
      if (entry.role === 'primary-cancer') return { fact: 'diagnosis', value: name };
      if (entry.role === 'secondary-cancer') return { fact: 'metastasis', value: name };
      return { fact: entry.role === 'unstated' ? 'earlier cancer' : 'condition', value: name };
    case 'observation':
      return { fact: name, value: valueInWords(entry) };
    case 'medication':
      return { fact: 'drug', value: [name, ...courseOf(entry)].join(', ') };
    case 'procedure':
      return { fact: 'procedure', value: [name, ...courseOf(entry)].join(', ') };
    case 'allergy':
      return { fact: 'allergy', value: name };
    case 'report':
      return undefined;
  }
}

/** How a treatment stands, and the days that were told; days that are only a place in the order are not shown. */
function courseOf(entry: Entry & { kind: 'medication' | 'procedure' }): readonly string[] {
  const state = /^(?:active|in-progress)$/.test(entry.status ?? '')
    ? 'going on'
    : entry.kind === 'medication' && entry.statusReason?.text !== undefined
      ? `stopped: ${entry.statusReason.text}`
      : '';
  const told = entry.placed === undefined && entry.date !== undefined;
  const days = told
    ? entry.end === undefined || entry.end === entry.date
      ? entry.date
      : `${entry.date} to ${entry.end}`
    : '';
  return [entry.intent?.text ?? '', state, days ?? ''].filter((w) => w !== '');
}

function valueInWords({ value }: ObservationEntry): string {
  switch (value?.kind) {
    case 'text':
      return value.text;
    case 'quantity':
      return quantityInWords(value.quantity);
    case 'concept':
      return value.concept.text ?? '';
    default:
      return '';
  }
}
const quantityInWords = ({ value, unit, comparator }: RawQuantity): string =>
  [comparator, String(value), unit === '1' ? undefined : unit].filter((w) => w !== undefined).join(' ');

/** Drugs of one course are one line; the same told by two recognisers is one. */
function joined(facts: readonly ReadFact[]): readonly ReadFact[] {
  const out: ReadFact[] = [];
  for (const fact of facts) {
    const i = out.findIndex(
      (o) => o.document === fact.document && o.start === fact.start && o.end === fact.end && o.fact === fact.fact,
    );
    const same = out[i];
    if (same === undefined) out.push(fact);
    else if (fact.fact === 'drug' && same.value !== fact.value) {
      const [name = '', ...rest] = fact.value.split(', ');
      const [names = '', ...ends] = same.value.split(', ');
      if (rest.join() !== ends.join()) out.push(fact);
      else
        out[i] = {
          ...same,
          value: [`${names} + ${name}`, ...ends].join(', '),
          confidence: least(same.confidence, fact.confidence),
        };
    } else if (same.value !== fact.value) out.push(fact);
  }
  return out;
}
const ORDER: readonly Confidence[] = ['low', 'medium', 'high'];
const least = (a: Confidence, b: Confidence): Confidence =>
  ORDER[Math.min(ORDER.indexOf(a), ORDER.indexOf(b))] ?? 'low';

const NAMES: Readonly<Record<string, Readonly<Record<'ru' | 'kk', string>>>> = {
  age: { ru: 'возраст', kk: 'жасы' },
  sex: { ru: 'пол', kk: 'жынысы' },
  diagnosis: { ru: 'диагноз', kk: 'диагноз' },
  metastasis: { ru: 'метастаз', kk: 'метастаз' },
  condition: { ru: 'болезнь', kk: 'ауру' },
  'earlier cancer': { ru: 'прежняя опухоль', kk: 'бұрынғы ісік' },
  drug: { ru: 'препарат', kk: 'дәрі' },
  procedure: { ru: 'вмешательство', kk: 'ем-шара' },
  allergy: { ru: 'аллергия', kk: 'аллергия' },
  'Stage group': { ru: 'стадия', kk: 'саты' },
  'TNM stage': { ru: 'TNM', kk: 'TNM' },
  'Cancer disease status': { ru: 'течение болезни', kk: 'аурудың барысы' },
};

/** The names of the facts in the language of the answer: ours here, those of measurements from the vocabulary. */
export function inLanguage(reading: TextReading, lang: 'en' | 'ru' | 'kk', facts: readonly FactTerm[]): TextReading {
  if (lang === 'en') return reading;
  const named = (fact: string): string =>
    NAMES[fact]?.[lang] ?? facts.find((t) => (t.phrases[0] ?? t.name.en) === fact)?.name[lang] ?? fact;
  return { ...reading, facts: reading.facts.map((f) => ({ ...f, fact: named(f.fact) })) };
}

/** Stems of INN (WHO) and of gene findings: what looks like a drug or a gene and is none that the corpus knows. */
const DRUG_LIKE =
  /(?<!\p{L})\p{L}{4,}(?:mab|n[iy]b|ciclib|parib|taxel|platin|rubicin|tecan|lutamide|rasib|degib|lisib|relix|bulin|мабом?|мабa?|ниб(?:ом|а|у)?|циклиб|париб|таксел|платин|рубицин|текан)(?!\p{L})/giu;
const GENE_LIKE =
  /(?<![\p{L}\d])[A-Z][A-Z0-9]{2,6}(?= (?:mutation|fusion|amplification|rearrangement|p\.|мутаци|амплификаци))/gu;
const MOST = 12;

function notUnderstood(
  sentences: readonly Sentence[],
  judged: readonly JudgedEntry[],
  lexicon: Lexicon,
  { place }: Texts,
): TextReading['notUnderstood'] {
  const spans = judged.flatMap(({ entry: { source } }) => (source.kind === 'text' ? [source] : []));
  const found = sentences.flatMap((s) => {
    const at = (start: number, end: number, words: string) => {
      const source = place(s.start + start, s.start + end);
      return source.kind === 'text' ? [{ words: words.replace(/\s+/g, ' ').trim(), ...where(source) }] : [];
    };
    const names = [...s.text.matchAll(DRUG_LIKE), ...s.text.matchAll(GENE_LIKE)]
      .filter((m) => !isKnown(m[0], lexicon))
      .flatMap((m) => at(m.index, m.index + m[0].length, m[0]));
    const whole = place(s.start, s.start + s.text.length);
    const silent =
      whole.kind === 'text' &&
      !s.asks &&
      s.section !== 'family' &&
      (s.text.match(/\p{L}{3,}/gu) ?? []).length >= 3 &&
      !CONTEXT_ONLY.test(s.plain) &&
      !spans.some((x) => x.document === whole.document && x.start < whole.end && x.end > whole.start);
    return silent ? at(0, s.text.length, s.text) : names;
  });
  return found.slice(0, MOST);
}

const isKnown = (word: string, lexicon: Lexicon): boolean =>
  lexicon.find('drug', word.toLowerCase()).length > 0 ||
  lexicon.find('marker', word.toLowerCase()).length > 0 ||
  lexicon.find('scheme', word.toLowerCase()).length > 0;

/** Greetings, and sentences that only deny or plan: read, though they leave no entry. */
const CONTEXT_ONLY =
  /^\s*(?:dear|thank|kind regards|yours|sincerely|re:|hello|good (?:morning|afternoon)|уважаем|с уважением|добрый день|здравствуй|спасибо)|\b(?:no|not|never|none|without|denies|untreated|naive|plan|recommend\w*)\b|(?<!\p{L})(?:нет|не|без|отрицает|планир\p{L}*|рекоменд\p{L}*|ранее не|жоқ)(?!\p{L})/u;
