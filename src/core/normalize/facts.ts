// Observations and findings -> readings of named facts -> one Fact a name: the latest wins, a disagreement of the same
// day that matters is a conflict, an old value is flagged.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import { type Fact, known, type Source, type UnknownReason, unknown } from '../../domain/fact.js';
import type { Concept, ConditionEntry, Entry, ObservationEntry, RawValue } from '../../domain/history.js';
import { compareDates, dayRange, daysBetween, type PartialDate } from '../../domain/partial-date.js';
import type { Value } from '../../domain/patient.js';
import { codeSystem } from './code-system.js';
import { fromQuantity, type Measured, measure } from './measure.js';
import type { ReadingLog } from './reading-log.js';
import { rememberedWith } from './remembered.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

export interface FactReading {
  readonly fact: string;
  readonly result: Measured;
  readonly source: Source;
  readonly date?: PartialDate;
  /** Higher wins on the same day: corrected over final, pathology over imaging, recorded over converted. */
  readonly rank: number;
  /** Upper limit of normal that the source gives, canonical unit. */
  readonly upper?: number;
  readonly entry: Entry;
}

/** Every reading of a fact in one entry, components included. */
export const factReadings = rememberedSaid(readFacts, (readings, entry) =>
  readings.length === 0 ? readings : readings.map((r) => placedReading(r, entry)),
);

function placedReading({ fact, result, rank, upper }: FactReading, entry: Entry): FactReading {
  const { source, date } = entry;
  const reading: { -readonly [K in keyof FactReading]: FactReading[K] } = { fact, result, source, rank, entry };
  if (date !== undefined) reading.date = date;
  if (upper !== undefined) reading.upper = upper;
  return reading;
}

function readFacts(entry: Entry, terms: Terminology): readonly FactReading[] {
  if (entry.kind === 'condition') return conditionReadings(entry, terms);
  if (entry.kind !== 'observation') return [];
  const whole = readOne(entry, entry.code, entry.value, entry.absent, terms);
  const parts = entry.components.flatMap((c) => readOne(entry, c.code, c.value, c.absent, terms));
  if (whole.length + parts.length > 0) return [...whole, ...parts];
  const finding = findingReadings(entry, entry.code, terms);
  return finding.length > 0 ? finding : saidInValue(entry, terms);
}

/** "Patient preference: refuses chemotherapy", "Goal: comfort care only": where the name says no fact, a short value may. */
function saidInValue(entry: ObservationEntry, terms: Terminology): readonly FactReading[] {
  const { value } = entry;
  const said =
    value?.kind === 'concept' ? value.concept : value?.kind === 'text' ? { codings: [], text: value.text } : undefined;
  if (said === undefined || terms.findAll('biomarker', entry.code).length > 0) return [];
  const texts = [said.text, ...said.codings.map((c) => c.display)].filter((t) => t !== undefined);
  if (texts.some((text) => text.length > 120 || DENIED.test(text))) return [];
  const finding = findingReadings(entry, said, terms);
  if (finding.length > 0) return finding;
  const term = factNamed(said, terms);
  if (term === undefined || !SAID_IN_VALUES.has(term.id)) return [];
  const stated = statedByName(term, said);
  const word = stated === undefined ? terms.word(term.id, said) : undefined;
  if (word !== undefined) return [reading(entry, term, { ok: true, value: word })];
  return stated === undefined ? [] : [reading(entry, term, stated)];
}

/** Facts a comment, a preference or a goal may state; of others a passing word ("inflammatory infiltrate") says too little. */
const SAID_IN_VALUES: ReadonlySet<string> = new Set([
  'goals-of-care',
  'refuses-chemotherapy',
  'refuses-surgery',
  'refuses-radiotherapy',
  'refuses-systemic',
  'refuses-transfusion',
  'fertility-wish',
  'operable',
  'resectable',
]);

/** A text that may deny what it names is not read as saying it. */
const DENIED = /\b(?:no|not|never|without|denies|family|mother|father)\b|(?:^|\s)(?:не|нет|без|отрицает)(?=\s|$)/iu;

function readOne(
  entry: ObservationEntry,
  code: Concept,
  value: RawValue | undefined,
  absent: string | undefined,
  terms: Terminology,
): readonly FactReading[] {
  const term = factNamed(code, terms);
  if (term === undefined) return [];
  if (value === undefined) {
    if (absent !== undefined) return [reading(entry, term, absentReading(term, absent))];
    const interpreted =
      entry.code === code
        ? entry.interpretations.map((i) => measure(term, { kind: 'concept', concept: i }, terms))
        : [];
    const stated =
      interpreted.find((m) => m.ok) ?? (entry.components.length === 0 ? statedByName(term, code) : undefined);
    return stated === undefined ? [] : [reading(entry, term, stated)];
  }
  if (entry.status === 'registered' || (entry.status === 'preliminary' && value === undefined))
    return [reading(entry, term, { ok: false, reason: 'pending', detail: `${term.name.en}: result awaited` })];
  return [reading(entry, term, measure(term, value, terms), upperLimit(entry, term))];
}

/**
 * The fact that a code means. A name that says plainly another fact than its code does is believed: a slip in a code is
 * likelier than one in words. Words inside a longer name count only where no code says that it is something else.
 */
export const factNamed = rememberedWith((code: Concept, terms: Terminology): FactTerm | undefined => {
  const matches = terms.findAll('fact', code).filter((m) => !m.term.derived);
  const coded = matches.filter((m) => m.precision !== 'text').map((m) => m.term);
  const named = wholeNames(code, terms);
  const [first] = coded.length > 0 && named.some((t) => coded.includes(t)) ? coded : named.length > 0 ? named : coded;
  if (first !== undefined) return first;
  const codedElsewhere = code.codings.some((c) => c.code !== undefined && codeSystem(c.system) === 'loinc');
  return codedElsewhere || isOther(code, terms) ? undefined : matches[0]?.term;
});

/** Facts whose phrase is a whole display or text, a LOINC name read up to its bracket ("Creatinine [Mass/volume] in Serum"). */
function wholeNames(code: Concept, terms: Terminology): readonly FactTerm[] {
  if (isOther(code, terms)) return [];
  const texts = [code.text, ...code.codings.map((c) => c.display)].filter((t) => t !== undefined);
  return texts
    .flatMap((text) => [
      text,
      text.replace(/\s*\[.*$/, ''),
      text.replace(/\s+in (?:serum|blood|plasma|tissue|cancer|breast|specimen)\b.*$/i, ''),
    ])
    .flatMap((text) => terms.findAll('fact', { codings: [], text }))
    .filter((m) => m.whole && !m.term.derived)
    .map((m) => m.term);
}

const isOther = (code: Concept, terms: Terminology): boolean =>
  [code.text, ...code.codings.map((c) => c.display)].some(
    (text) => text !== undefined && terms.inText('fact', text).some((hit) => hit.term.id === 'other-measurement'),
  );

/** "Patient refuses chemotherapy", "Visceral crisis" without a value: the name itself says yes. */
function statedByName(term: FactTerm, code: Concept): Measured | undefined {
  const yes = term.kind === 'word' && term.words.yes !== undefined;
  const asked = code.codings.some((c) => codeSystem(c.system) === 'loinc');
  return yes && !asked ? { ok: true, value: 'yes' } : undefined;
}

function absentReading(term: FactTerm, absent: string): Measured {
  const reason: UnknownReason = /declined|refused/.test(absent)
    ? 'refused'
    : /temp|progress|pending/.test(absent)
      ? 'pending'
      : 'not-recorded';
  return { ok: false, reason, detail: `${term.name.en}: ${absent}` };
}

function upperLimit(entry: ObservationEntry, term: FactTerm): number | undefined {
  const high = entry.referenceRange?.high;
  if (high === undefined) return undefined;
  const unit = high.unit ?? (entry.value?.kind === 'quantity' ? entry.value.quantity.unit : undefined);
  const limit = fromQuantity(term, { value: high.value, ...(unit === undefined ? {} : { unit }) });
  return limit.ok && typeof limit.value === 'number' ? limit.value : undefined;
}

/** Findings whose code is itself an answer: "Postmenopausal state", "Never smoked tobacco", "ECOG grade 1". */
const ANSWER_FACTS = ['menopause', 'smoking', 'pregnant', 'ecog', 'frailty', 'goals-of-care'] as const;

function findingReadings(
  entry: ObservationEntry | ConditionEntry,
  code: Concept,
  terms: Terminology,
): readonly FactReading[] {
  return answersIn(code, terms).map(({ term, value }) => reading(entry, term, { ok: true, value }));
}

const answersIn = rememberedWith((code: Concept, terms: Terminology) => {
  const coded = {
    codings: code.codings.filter((c) => codeSystem(c.system) === 'snomed').map(({ display: _, ...c }) => c),
  };
  const texts = [code.text, ...code.codings.map((c) => c.display)].filter((t) => t !== undefined && t.length >= 12);
  return ANSWER_FACTS.flatMap((id) => {
    const term = terms.term('fact', id);
    const word = terms.word(id, coded) ?? (texts.length > 0 ? terms.wholeWord(id, texts.join(' ')) : undefined);
    if (term === undefined || word === undefined) return [];
    return [{ term, value: term.kind === 'number' ? Number(word) : word }];
  });
});

function conditionReadings(entry: ConditionEntry, terms: Terminology): readonly FactReading[] {
  if (entry.role === 'primary-cancer' || entry.role === 'secondary-cancer') return [];
  const active =
    entry.clinicalStatus === undefined ||
    (/active|recurrence|relapse/.test(entry.clinicalStatus) && !/inactive/.test(entry.clinicalStatus));
  const denied = entry.verification === 'refuted' || entry.verification === 'entered-in-error';
  if (!active || denied) return [];
  const pregnancy = terms.term('fact', 'pregnant');
  if (pregnancy !== undefined && terms.findAll('condition', entry.code).some((m) => m.term.id === 'pregnancy'))
    return [reading(entry, pregnancy, { ok: true, value: 'yes' })];
  const term = factNamed(entry.code, terms);
  const stated = term && statedByName(term, entry.code);
  if (term !== undefined && stated !== undefined && term.id !== 'pregnant') return [reading(entry, term, stated)];
  // "Peripheral neuropathy grade 3": the diagnosis says the number of its own fact.
  const graded = term?.kind === 'number' ? terms.word(term.id, entry.code) : undefined;
  if (term !== undefined && graded !== undefined) return [reading(entry, term, { ok: true, value: Number(graded) })];
  return findingReadings(entry, entry.code, terms);
}

function reading(entry: Entry, term: FactTerm, result: Measured, upper?: number): FactReading {
  return {
    fact: term.id,
    result,
    source: entry.source,
    rank: rankOf(entry),
    entry,
    ...(entry.date === undefined ? {} : { date: entry.date }),
    ...(upper === undefined ? {} : { upper }),
  };
}

/** Corrected and amended results replace the one they correct; imaging sizes give way to pathology. */
function rankOf(entry: Entry): number {
  const status =
    entry.status === 'corrected' || entry.status === 'amended' ? 2 : entry.status === 'preliminary' ? -2 : 0;
  const imaging =
    entry.kind === 'observation' &&
    [entry.method?.text, ...(entry.method?.codings ?? []).map((c) => c.display)].some(
      (t) => t !== undefined && /imag|ultraso|mammo|mri|\bct\b|tomograph|узи|мрт|\bкт\b/i.test(t),
    );
  return status - (imaging ? 1 : 0);
}

/** The facts of the person or of a case that have readings and are no result of others, in the order of the vocabulary. */
export function readingsByFact(
  readings: readonly FactReading[],
  scope: FactTerm['scope'],
  terms: Terminology,
): readonly { readonly term: FactTerm; readonly own: readonly FactReading[] }[] {
  const byFact = new Map<string, { readonly term: FactTerm; readonly own: FactReading[] }>();
  for (const r of readings) {
    const same = byFact.get(r.fact);
    if (same !== undefined) same.own.push(r);
    else {
      const term = terms.term('fact', r.fact);
      if (term !== undefined && term.scope === scope && !term.derived) byFact.set(r.fact, { term, own: [r] });
    }
  }
  const place = placesIn(terms.vocabulary.facts);
  return [...byFact.values()].sort((a, b) => (place.get(a.term) ?? 0) - (place.get(b.term) ?? 0));
}

const PLACES = new WeakMap<readonly FactTerm[], ReadonlyMap<FactTerm, number>>();

function placesIn(facts: readonly FactTerm[]): ReadonlyMap<FactTerm, number> {
  const known = PLACES.get(facts) ?? new Map(facts.map((term, i) => [term, i]));
  PLACES.set(facts, known);
  return known;
}

/** One fact from all its readings; undefined when there is none. */
export function settleFact(
  term: FactTerm,
  readings: readonly FactReading[],
  asOf: PartialDate,
  log: ReadingLog,
): Fact<Value> | undefined {
  const sorted = [...readings].sort(latestFirst);
  const said = sorted.filter((r) => r.result.ok || r.result.reason === 'not-interpretable');
  const [latest] = said;
  if (latest === undefined) {
    const [first] = sorted;
    return first === undefined || first.result.ok ? undefined : unknown(first.result.reason, first.result.detail);
  }
  if (!latest.result.ok) {
    log.remark(latest.result.detail);
    return unknown('not-interpretable', latest.result.detail);
  }
  const rivals = said.filter((r) => r.date === latest.date && r.rank === latest.rank);
  const values = rivals.flatMap((r) => (r.result.ok ? [r.result.value] : []));
  if (differ(values)) {
    const detail = `${term.name.en}: ${[...new Set(values)].sort().join(' and ')} are recorded for the same day`;
    log.remark(detail);
    return unknown('conflict', detail);
  }
  return flagged(term, latest.result.value, latest, asOf, log);
}

function flagged(term: FactTerm, value: Value, from: FactReading, asOf: PartialDate, log: ReadingLog): Fact<Value> {
  const age = from.date === undefined ? undefined : daysBetween(from.date, asOf);
  const note = from.result.ok ? from.result.note : undefined;
  const over = value === 'yes' ? EPISODE_DAYS[term.id] : undefined;
  if (age !== undefined && over !== undefined && age > over)
    return unknown('too-old', `${term.name.en}: recorded ${age} days ago`);
  const old = age !== undefined && over === undefined && term.staleAfterDays !== undefined && age > term.staleAfterDays;
  if (!old) return known(value, from.source, from.date, note);
  const words = `recorded ${age} days ago, older than ${term.staleAfterDays}`;
  log.remark(`${term.name.en}: ${words}; confirm before relying on it`);
  return known(value, from.source, from.date, note === undefined ? words : `${note}; ${words}`);
}

/** A pregnancy lasts 40 weeks, breastfeeding rarely two years: a "yes" of before that says nothing of today. */
const EPISODE_DAYS: Readonly<Record<string, number>> = { pregnant: 290, breastfeeding: 730 };

/** Latest first; undated last; then rank; then the value itself, so that the order of entries decides nothing. */
function latestFirst(a: FactReading, b: FactReading): number {
  if (a.date === undefined || b.date === undefined) {
    if (a.date !== b.date) return a.date === undefined ? 1 : -1;
  } else {
    const byDay = dayRange(b.date).last - dayRange(a.date).last || compareDates(b.date, a.date);
    if (byDay !== 0) return byDay;
  }
  return b.rank - a.rank || key(a).localeCompare(key(b));
}

const key = (r: FactReading): string => (r.result.ok ? `a${r.result.value}` : `b${r.result.detail}`);

/** Numbers within 10 % of each other are repeat measurements, not a disagreement. */
function differ(values: readonly Value[]): boolean {
  const numbers = values.filter((v) => typeof v === 'number');
  if (numbers.length !== values.length) return new Set(values).size > 1;
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  return high - low > 0.1 * Math.max(Math.abs(high), 1e-9);
}
