// One test of one biomarker, as read from an observation: what it says of the marker, with the variants it found.
import type { BiomarkerTerm, FactTerm } from '../../domain/corpus/vocabulary.js';
import type { Source } from '../../domain/fact.js';
import type { Concept, Entry, ObservationEntry, RawValue } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Alteration } from '../../domain/patient.js';
import { parseAlterations } from './alteration.js';
import { ishResult, isIsh } from './her2-ish.js';
import { fromQuantity, type Measured, measure, parseQuantities } from './measure.js';
import { conceptTexts } from './reading-log.js';
import { expressed, stainScore } from './stain-score.js';
import type { Terminology } from './terminology.js';

export interface BiomarkerReading {
  readonly name: string;
  /** positive, negative, equivocal, unknown (tested, no answer); HER2 by IHC also low, zero, ultralow. */
  readonly result: string;
  /** HER2 only: which test it was. */
  readonly test?: 'ihc' | 'ish';
  /** The number that was reported, in the unit of the marker's fact. */
  readonly number?: { readonly fact: string; readonly value: number; readonly note?: string };
  readonly alterations: readonly Alteration[];
  readonly material: 'tissue' | 'plasma' | 'unstated';
  /** A negative that speaks of one variant or one kind of alteration only ("T790M: not detected"); `denied` are these. */
  readonly partial: boolean;
  readonly denied?: readonly Alteration[];
  readonly source: Source;
  readonly date?: PartialDate;
  readonly entry: Entry;
}

/** The value of an observation in words, for parsers of text. */
export function valueTexts(value: RawValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (value.kind === 'text') return [value.text];
  return value.kind === 'concept' ? conceptTexts(value.concept) : [];
}

export const asConcept = (value: RawValue): Concept | undefined =>
  value.kind === 'concept'
    ? value.concept
    : value.kind === 'text'
      ? { codings: [], text: value.text }
      : value.kind === 'boolean'
        ? { codings: [], text: String(value.value) }
        : undefined;

const DENIAL =
  /\b(?:no|not|none|without|negative|absent|wild[- ]?type|undetected|non-?mutated|unmutated)\b|(?<![а-я])(?:немутирован[а-я]*|не|нет|без|отсутств[а-я]*|отрицат[а-я]*|дик[а-я]+ тип)(?![а-я])/iu;

/** positive, negative, equivocal or unknown as a value says it; undefined when it says none of these. */
export function qualitative(value: RawValue | undefined, terms: Terminology): string | undefined {
  if (value === undefined) return undefined;
  const concept = asConcept(value);
  if (concept === undefined) return undefined;
  const coded = terms.word('finding', { codings: concept.codings.map(({ display: _, ...c }) => c) });
  if (coded !== undefined) return coded;
  const texts = conceptTexts(concept);
  for (const text of texts) {
    const whole = terms.wholeWord('finding', text);
    if (whole !== undefined) return whole;
  }
  const joined = texts.join('; ');
  const word = terms.word('finding', { codings: [], text: joined });
  // "No EGFR mutation was detected": a denial turns a found word round; "unknown" words stay.
  return word === 'positive' && DENIAL.test(joined)
    ? 'negative'
    : (word ?? (joined !== '' && DENIAL.test(joined) ? 'negative' : undefined));
}

/** Where the material came from, by specimen, method and name of the test. */
export function materialOf(entry: ObservationEntry, terms: Terminology): BiomarkerReading['material'] {
  const texts = [...conceptTexts(entry.specimen), ...conceptTexts(entry.method), ...conceptTexts(entry.code)];
  const word =
    (entry.specimen && terms.word('assay', entry.specimen)) ??
    (texts.length > 0 ? terms.word('assay', { codings: [], text: texts.join('; ') }) : undefined);
  // "in Blood or Tissue" of a LOINC name says nothing.
  if (/blood or tissue/i.test(texts.join(';')) && entry.specimen === undefined) return 'unstated';
  return word === 'plasma' || word === 'tissue' ? word : 'unstated';
}

/** A gene's or a protein's own observation (EGFR mutation analysis, ER by immune stain) -> its reading. */
export function plainReading(
  entry: ObservationEntry,
  term: BiomarkerTerm,
  terms: Terminology,
): BiomarkerReading | undefined {
  const said = spoken(entry, term, terms);
  if (said === undefined) return undefined;
  return {
    name: term.name,
    partial: false,
    alterations: [],
    material: materialOf(entry, terms),
    source: entry.source,
    entry,
    ...(entry.date === undefined ? {} : { date: entry.date }),
    ...said,
  };
}

type Said = Pick<BiomarkerReading, 'result'> &
  Partial<Pick<BiomarkerReading, 'alterations' | 'number' | 'test' | 'partial' | 'denied'>>;

function spoken(entry: ObservationEntry, term: BiomarkerTerm, terms: Terminology): Said | undefined {
  if (term.kind === 'gene') return geneSaid(entry, term, terms);
  if (term.name === 'HER2') return her2Said(entry, terms);
  const number = numberOf(entry, term, terms);
  const words = term.name === 'MSI' ? msiWord(entry, terms) : qualitativeOf(entry, terms);
  const positive =
    number === undefined
      ? stainScore(entry, term.name, valueTexts(entry.value)[0])
      : overThreshold(term.name, number.value);
  const result = positive ?? words ?? expressed(valueTexts(entry.value)[0]);
  if (result === undefined) return undefined;
  return { result, ...(number === undefined ? {} : { number }) };
}

function qualitativeOf(entry: ObservationEntry, terms: Terminology): string | undefined {
  const own = qualitative(entry.value, terms);
  if (own !== undefined) return own;
  for (const interpretation of entry.interpretations) {
    const word = qualitative({ kind: 'concept', concept: interpretation }, terms) ?? interpretationWord(interpretation);
    if (word !== undefined) return word;
  }
  return entry.absent === undefined ? undefined : 'unknown';
}

/** HL7 v3 ObservationInterpretation codes that mean a result. */
function interpretationWord(concept: Concept): string | undefined {
  const codes = concept.codings.map((c) => c.code);
  if (codes.some((c) => c === 'POS' || c === 'DET')) return 'positive';
  if (codes.some((c) => c === 'NEG' || c === 'ND')) return 'negative';
  return codes.includes('IND') || codes.includes('E') ? 'equivocal' : undefined;
}

/** Positivity thresholds: ER and PR 1 % (ASCO/CAP 2020), TMB 10 mut/Mb (pembrolizumab label 2020), PD-L1 1. */
function overThreshold(name: string, value: number): string | undefined {
  if (name === 'TMB') return value >= 10 ? 'positive' : 'negative';
  if (name === 'ER' || name === 'PR' || name === 'PD-L1') return value >= 1 ? 'positive' : 'negative';
  return undefined;
}

/** The number of a marker: a quantity, a component, or the percent in a text ("positive, 90 %", "TPS 60%", "CPS 12"). */
function numberOf(entry: ObservationEntry, term: BiomarkerTerm, terms: Terminology): BiomarkerReading['number'] {
  const read = (fact: string, value: RawValue | undefined): BiomarkerReading['number'] => {
    const factTerm = terms.term('fact', fact);
    if (factTerm === undefined || value === undefined) return undefined;
    const measured =
      value.kind === 'text' || value.kind === 'concept'
        ? percentIn(factTerm, valueTexts(value), terms)
        : measure(factTerm, value, terms);
    if (measured === undefined || !measured.ok || typeof measured.value !== 'number') return undefined;
    return { fact, value: measured.value, ...(measured.note === undefined ? {} : { note: measured.note }) };
  };
  const fact = factOf(entry, term);
  const own = fact === undefined ? undefined : read(fact, entry.value);
  if (own !== undefined || fact === undefined) return own;
  for (const component of entry.components) {
    const number = read(fact, component.value);
    if (number !== undefined && component.value?.kind === 'quantity') return number;
  }
  return undefined;
}

/** The one percentage of a text, or the one number where the fact is no percentage; "1-49%" is a range. */
function percentIn(term: FactTerm, texts: readonly string[], terms: Terminology): Measured | undefined {
  for (const text of texts) {
    const range = /\d+(?:[.,]\d+)?\s*(?:-|–)\s*\d+(?:[.,]\d+)?\s*%/.exec(text)?.[0];
    if (range !== undefined && term.unit === '%') return measure(term, { kind: 'text', text: range }, terms);
    const fitting = parseQuantities(text).filter((q) => term.unit !== '%' || q.unit === '%');
    const [first] = fitting;
    if (first !== undefined && fitting.length === 1) return fromQuantity(term, first);
  }
  return undefined;
}

/** PD-L1 scores are told apart by the name of the test or of its value. */
function factOf(entry: ObservationEntry, term: BiomarkerTerm): string | undefined {
  if (term.name !== 'PD-L1') return term.fact;
  const text = [...conceptTexts(entry.code), ...valueTexts(entry.value), ...conceptTexts(entry.method)].join(' ');
  if (/\bcps\b|combined positive/i.test(text)) return 'pd-l1-cps';
  if (/\bic\b|immune cell/i.test(text)) return 'pd-l1-ic';
  return term.fact;
}

function msiWord(entry: ObservationEntry, terms: Terminology): string | undefined {
  const concept = entry.value && asConcept(entry.value);
  const own = concept && terms.word('msi-result', concept);
  if (own !== undefined) return own;
  const word = qualitativeOf(entry, terms);
  // "MSI: positive" means unstable; "MMR: positive" could be retained expression and is left alone.
  const repair = /mmr|mismatch repair|репарац/i.test(conceptTexts(entry.code).join(' '));
  return repair && (word === 'positive' || word === 'negative') ? 'unknown' : word;
}

/** HER2 (protein): immunohistochemistry score or word, in situ hybridisation, or an overall interpretation. */
function her2Said(entry: ObservationEntry, terms: Terminology): Said | undefined {
  const name = conceptTexts(entry.code).join(' ') + conceptTexts(entry.method).join(' ');
  const codes = entry.code.codings.map((c) => c.code);
  if (isIsh(entry)) return ishSaid(entry, terms);
  const ihcTerm = terms.term('fact', 'her2-ihc');
  const texts = valueTexts(entry.value).join('; ');
  const scored = /(?<!\d)([0-3])\s?\+|(?:score|ihc|игх)\s*:?\s*([0-3])(?!\d)|^\s*([0-3])(?=\s*(?:$|[,;(]))/i.exec(
    texts,
  );
  const score =
    scored !== null
      ? Number(scored[1] ?? scored[2] ?? scored[3])
      : (codedScore(entry.value, terms) ??
        (entry.value?.kind === 'quantity' && ihcTerm !== undefined
          ? ihcScore(fromQuantity(ihcTerm, entry.value.quantity))
          : undefined));
  const amplified =
    /(?:fish|ish|амплиф)[^;,.]*(?:\+|positive|\bamplified|положит|есть)/i.test(texts) &&
    !/not amplified|non-?amplified/i.test(texts);
  const unamplified =
    /not amplified|non-?amplified|(?:fish|ish)[^;,.]*(?:negative|not)|нет амплиф|амплификации нет/i.test(texts);
  if (score !== undefined) {
    const number = { fact: 'her2-ihc', value: score };
    if (score === 2 && amplified) return { result: 'positive', number };
    if (score === 2 && unamplified) return { result: 'low', number };
    const faint = score === 0 && /faint|incomplete|ultra-?low|≤\s?10|<=\s?10/i.test(texts);
    return {
      result: faint ? 'ultralow' : (['zero', 'low', 'equivocal', 'positive'][score] ?? 'unknown'),
      number,
      test: 'ihc',
    };
  }
  const own =
    entry.value && asConcept(entry.value) && terms.word('her2-result', asConcept(entry.value) ?? { codings: [] });
  const word = own === 'positive' && DENIAL.test(texts) ? 'negative' : own;
  const result = word ?? qualitativeOf(entry, terms);
  if (result === undefined) return undefined;
  const overall = !/immun|ihc|игх/i.test(name) || codes.includes('48676-1');
  return { result, ...(overall ? {} : { test: 'ihc' as const }) };
}

/** A stain score given as a code ("present three plus out of three plus"). */
function codedScore(value: RawValue | undefined, terms: Terminology): number | undefined {
  if (value?.kind !== 'concept') return undefined;
  const word = terms.word('her2-ihc', { codings: value.concept.codings.map(({ display: _, ...c }) => c) });
  return word === undefined ? undefined : Number(word);
}

const ihcScore = (measured: Measured): number | undefined =>
  measured.ok && typeof measured.value === 'number' && Number.isInteger(measured.value) ? measured.value : undefined;

/** ISH by word, else by its number. */
function ishSaid(entry: ObservationEntry, terms: Terminology): Said | undefined {
  const result = qualitativeOf(entry, terms) ?? ishResult(entry);
  return result === undefined ? undefined : { result, test: 'ish' };
}

/** A gene test in plain words: "Exon 19 deletion detected", "wild type", "EML4-ALK fusion", "not detected". */
function geneSaid(entry: ObservationEntry, term: BiomarkerTerm, terms: Terminology): Said | undefined {
  const code = conceptTexts(entry.code).join(' ');
  // Antigen by immune stain is protein, not the gene; for ALK (D5F3) alone the stain is an accepted test of the fusion.
  if (/\b(?:ag|antigen|immun|ihc)\b|immune stain|игх/i.test(code) && term.name !== 'ALK') return undefined;
  const text = valueTexts(entry.value).join('; ');
  // "BRCA2 gene mutations tested for" lists what was looked for, not what was found.
  const inValue = /\btested for\b/i.test(code) ? [] : parseAlterations(text, term);
  const inName = parseAlterations(code, term);
  const word = qualitativeOf(entry, terms);
  const denied = word === 'negative';
  if (inValue.length > 0 && !denied && word !== 'unknown') return { result: 'positive', alterations: inValue };
  if (word === 'positive') return { result: 'positive', alterations: inName.filter(isSpecific) };
  if (denied) {
    const named = [...inValue, ...inName].filter((a) => isSpecific(a) && !isMain(a.kind, term.name));
    return { result: 'negative', partial: named.length > 0, denied: named };
  }
  if (word !== undefined) return { result: word };
  return inValue.length > 0 ? { result: 'positive', alterations: inValue } : undefined;
}

/** An alteration named well enough to be a finding and not just the title of the test. */
const isSpecific = (a: Alteration): boolean =>
  a.protein !== undefined ||
  a.coding !== undefined ||
  a.codon !== undefined ||
  a.exon !== undefined ||
  a.kind === 'fusion' ||
  a.kind === 'duplication' ||
  a.kind === 'amplification';

const FUSION_GENES: ReadonlySet<string> = new Set([
  'ALK',
  'ROS1',
  'RET',
  'NTRK',
  'NTRK1',
  'NTRK2',
  'NTRK3',
  'NRG1',
  'KMT2A',
  'NUP98',
]);
/** For genes that act by fusion, "no fusion" is the whole answer. */
const isMain = (kind: Alteration['kind'], gene: string): boolean => kind === 'fusion' && FUSION_GENES.has(gene);
