// One recorded value -> a number in the fact's canonical unit or a word of its list, or why it cannot be read.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import type { UnknownReason } from '../../domain/fact.js';
import type { RawQuantity, RawValue } from '../../domain/history.js';
import type { Value } from '../../domain/patient.js';
import type { Terminology } from './terminology.js';
import { foldUnit } from './unit.js';

export type Measured =
  | { readonly ok: true; readonly value: Value; readonly note?: string }
  | { readonly ok: false; readonly reason: UnknownReason; readonly detail: string };

const failed = (detail: string, reason: UnknownReason = 'not-interpretable'): Measured => ({
  ok: false,
  reason,
  detail,
});

/** Reads a value for a fact. Words go through the fact's list, numbers through its units and plausible range. */
export function measure(term: FactTerm, value: RawValue, terms: Terminology): Measured {
  return term.kind === 'word' ? measureWord(term, value, terms) : measureNumber(term, value, terms);
}

function measureWord(term: FactTerm, value: RawValue, terms: Terminology): Measured {
  const concept =
    value.kind === 'concept'
      ? value.concept
      : value.kind === 'text'
        ? { codings: [], text: value.text }
        : value.kind === 'boolean'
          ? { codings: [], text: String(value.value) }
          : undefined;
  const word = concept && terms.word(term.id, concept);
  if (word !== undefined) return { ok: true, value: word };
  return failed(`${term.name.en}: "${shown(value)}" is not understood`);
}

function measureNumber(term: FactTerm, value: RawValue, terms: Terminology): Measured {
  switch (value.kind) {
    case 'quantity':
      return fromQuantity(term, value.quantity);
    case 'concept': {
      const word = terms.word(term.id, value.concept);
      if (word !== undefined) return inRange(term, Number(word));
      const texts = [value.concept.text, ...value.concept.codings.map((c) => c.display)];
      return fromTexts(
        term,
        texts.filter((t) => t !== undefined),
        terms,
      );
    }
    case 'text':
      return fromTexts(term, [value.text], terms);
    case 'ratio':
      if (value.denominator.value === 0) return failed(`${term.name.en}: a ratio with denominator 0`);
      return fromQuantity(term, {
        value: (value.numerator.value / value.denominator.value) * (term.unit === '%' ? 100 : 1),
        unit: term.unit ?? '1',
      });
    case 'range':
      return fromRange(term, value.low, value.high);
    default:
      return failed(`${term.name.en}: "${shown(value)}" is not a number`);
  }
}

function fromRange(term: FactTerm, low: RawQuantity | undefined, high: RawQuantity | undefined): Measured {
  const ends = [low, high].filter((q) => q !== undefined).map((q) => fromQuantity(term, q));
  const numbers = ends.flatMap((m) => (m.ok && typeof m.value === 'number' ? [m.value] : []));
  const [first] = numbers;
  if (first === undefined || numbers.length < ends.length) return ends.find((m) => !m.ok) ?? failed(term.name.en);
  const middle = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  return { ok: true, value: tidy(middle), note: `middle of the recorded range ${numbers.join('-')}` };
}

/** "TPS 60%", "ECOG 1", "1,2 mg/dL", "<1 %", "10-20%": the fact's own words first, then a number with an optional unit. */
function fromTexts(term: FactTerm, texts: readonly string[], terms: Terminology): Measured {
  for (const text of texts) {
    const word = terms.word(term.id, { codings: [], text });
    if (word !== undefined && Object.keys(term.words).length > 0) return inRange(term, Number(word));
    const parsed = parseQuantities(text);
    const [one, two] = parsed;
    if (one !== undefined && two !== undefined && /\d\s*(?:-|–|to|до)\s*\d/.test(text)) {
      const unit = two.unit ?? one.unit;
      return fromRange(term, withUnit(one, unit), withUnit(two, unit));
    }
    if (one !== undefined && parsed.length === 1) return fromQuantity(term, one);
    const fitting = parsed.filter((q) => fromQuantity(term, q).ok && q.unit !== undefined);
    if (fitting[0] !== undefined && fitting.length === 1) return fromQuantity(term, fitting[0]);
  }
  return failed(`${term.name.en}: "${texts.join('; ')}" is not understood`);
}

const withUnit = (q: RawQuantity, unit: string | undefined): RawQuantity => (unit === undefined ? q : { ...q, unit });

const NUMBER =
  /(<=|>=|<|>|≤|≥|less than|greater than|more than|менее|более)?\s*(\d+(?:[.,]\d+)?)\s*(%|\p{L}[\p{L}\d^*/·.]*\/[\p{L}\d^*/².]+|mm|cm|мм|см|kg|кг|mg|g\b)?/giu;

/** Numbers in a text with comparator and unit; dates, score names such as "PD-L1" and clone names are not numbers of a result. */
export function parseQuantities(text: string): readonly RawQuantity[] {
  const cleaned = text
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, ' ')
    .replace(/\bpd-?l1\b|\bki-?67\b|\bher-?2\b|\bsp\d{3}\b|\b22c3\b|\b28-8\b|\bck\d+\b/gi, ' ');
  return [...cleaned.matchAll(NUMBER)].map((match) => {
    const comparator = comparatorOf(match[1]);
    const unit = match[3];
    return {
      value: Number((match[2] ?? '').replace(',', '.')),
      ...(comparator === undefined ? {} : { comparator }),
      ...(unit === undefined ? {} : { unit }),
    };
  });
}

function comparatorOf(word: string | undefined): RawQuantity['comparator'] {
  switch (word?.toLowerCase()) {
    case '<':
    case 'less than':
    case 'менее':
      return '<';
    case '>':
    case 'greater than':
    case 'more than':
    case 'более':
      return '>';
    case '<=':
    case '≤':
      return '<=';
    case '>=':
    case '≥':
      return '>=';
    default:
      return undefined;
  }
}

/** A quantity in the fact's canonical unit. */
export function fromQuantity(term: FactTerm, quantity: RawQuantity): Measured {
  const conversions = conversionsFor(term, quantity.unit);
  if (conversions.length === 0) return failed(`${term.name.en}: unit "${quantity.unit ?? ''}" is not known for it`);
  const readings = conversions
    .map(({ factor, offset }) => tidy(quantity.value * factor + offset))
    .filter((value) => plausible(term, value));
  const distinct = [...new Set(readings)];
  const [value] = distinct;
  if (value === undefined)
    return failed(`${term.name.en}: ${quantity.value} ${quantity.unit ?? ''} is outside what is possible`.trim());
  if (distinct.length > 1) return failed(`${term.name.en}: ${quantity.value} without a unit can mean several things`);
  const assumed =
    quantity.unit === undefined && needsUnit(term) ? `no unit recorded; read as ${value} ${term.unit}` : undefined;
  return bounded(value, quantity, assumed);
}

/** "<1" is a bound, not a value: it is read as just below 1, so that "at least 1" is not met by it. */
function bounded(value: number, { comparator, value: printed }: RawQuantity, note: string | undefined): Measured {
  const shift = comparator === '<' ? 0.99 : comparator === '>' ? 1.01 : 1;
  const words = comparator === undefined ? note : `recorded as ${comparator}${printed}`;
  return { ok: true, value: tidy(value * shift), ...(words === undefined ? {} : { note: words }) };
}

const needsUnit = (term: FactTerm): boolean => term.unit !== undefined && term.unit !== '1' && term.unit !== '%';

/** Ways to read a unit: one when it is printed; the canonical and the conventional one when a lab value came without. */
function conversionsFor(
  term: FactTerm,
  unit: string | undefined,
): readonly { readonly factor: number; readonly offset: number }[] {
  const own = { factor: 1, offset: 0 };
  if (unit === undefined || unit.trim() === '')
    return needsUnit(term) ? [own, ...Object.values(term.units).slice(0, 1)] : [own];
  const folded = foldUnit(unit);
  if (folded === foldUnit(term.unit ?? '1')) return [own];
  const row = Object.entries(term.units).find(([key]) => foldUnit(key) === folded);
  if (row !== undefined) return [row[1]];
  return folded === '1' && !needsUnit(term) ? [own] : [];
}

const plausible = (term: FactTerm, value: number): boolean =>
  term.plausible === undefined || (value >= term.plausible[0] && value <= term.plausible[1]);

function inRange(term: FactTerm, value: number): Measured {
  return Number.isFinite(value) && plausible(term, value)
    ? { ok: true, value }
    : failed(`${term.name.en}: ${value} is outside what is possible`);
}

/** Six significant digits: conversions there and back give the same number. */
export const tidy = (value: number): number =>
  Number.isInteger(value) && Math.abs(value) < 1e6 ? value + 0 : Number(value.toPrecision(6));

function shown(value: RawValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'concept':
      return value.concept.text ?? value.concept.codings.map((c) => c.display ?? c.code ?? '').join(', ');
    case 'quantity':
      return `${value.quantity.value} ${value.quantity.unit ?? ''}`.trim();
    default:
      return value.kind;
  }
}
