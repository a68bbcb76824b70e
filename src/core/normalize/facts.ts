// Observations and findings -> readings of named facts. What comes of several readings of one fact: settled-facts.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import type { Source, UnknownReason } from '../../domain/fact.js';
import type { Concept, ConditionEntry, Entry, ObservationEntry, RawValue } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import { codeSystem } from './code-system.js';
import { fromQuantity, type Measured, measure } from './measure.js';
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
    if (stated !== undefined) return [reading(entry, term, stated)];
    // Only a flag: the number is not known, where it stands to normal is (against-normal.ts).
    return term.upperNormal === undefined || entry.code !== code || entry.interpretations.length === 0
      ? []
      : [
          reading(entry, term, {
            ok: false,
            reason: 'not-interpretable',
            detail: `${term.name.en}: flagged without a number`,
          }),
        ];
  }
  if (entry.status === 'registered' || (entry.status === 'preliminary' && value === undefined))
    return [reading(entry, term, { ok: false, reason: 'pending', detail: `${term.name.en}: result awaited` })];
  const [meant, measured] = understood(term, code, value, terms);
  return [reading(entry, meant, measured, upperLimit(entry, meant))];
}

/** Several facts may share a name ("Disease extent"): the one that understands the value is meant. */
function understood(term: FactTerm, code: Concept, value: RawValue, terms: Terminology): readonly [FactTerm, Measured] {
  const measured = measure(term, value, terms);
  if (measured.ok) return [term, measured];
  const others = wholeNames(code, terms).map((t) => [t, measure(t, value, terms)] as const);
  return others.find(([, m]) => m.ok) ?? [term, measured];
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
