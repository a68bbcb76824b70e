// HER2 by in situ hybridisation: is a test one, and what its ratio or its copies a nucleus mean (ASCO/CAP 2018).
import type { Concept, ObservationEntry, RawValue } from '../../domain/history.js';
import { parseQuantities } from './measure.js';
import { conceptTexts } from './reading-log.js';

/** LOINC 74860-8: gene copies a nucleus, the one HER2 number that is no ratio to chromosome 17. */
const COPIES_PER_NUCLEUS = '74860-8';
const ISH_TESTS: ReadonlySet<string> = new Set([
  '85318-4',
  '31150-6',
  COPIES_PER_NUCLEUS,
  '49683-6',
  '74885-5',
  '96893-3',
]);

export const isIsh = (entry: ObservationEntry): boolean =>
  /ratio|cep ?17|fish|\bish\b|cish|in situ|amplif|амплиф|гибридиз/i.test(
    conceptTexts(entry.code).join(' ') + conceptTexts(entry.method).join(' '),
  ) || entry.code.codings.some((c) => c.code !== undefined && ISH_TESTS.has(c.code));

/** Amplified by a ratio of 2.0 or more (groups 1 and 5 apart); by copies alone 6 or more, and not below 4. */
export function ishResult(entry: ObservationEntry): string | undefined {
  const range = rangeOf(entry.value);
  if (range === undefined) return undefined;
  if (countsCopies(entry.code)) return range.low >= 6 ? 'positive' : range.high < 4 ? 'negative' : 'equivocal';
  if (range.low >= 2) return 'positive';
  return range.high <= 2 ? 'negative' : 'equivocal';
}

/** A name that says "ratio" is believed against the code. */
function countsCopies(code: Concept): boolean {
  const name = conceptTexts(code).join(' ');
  if (/ratio|cep ?17|chr(?:omosome)? ?17/i.test(name)) return false;
  return (
    code.codings.some((c) => c.code === COPIES_PER_NUCLEUS) ||
    /cop(?:y number|ies)\s*(?:\/|per)\s*(?:nucleus|cell)/i.test(name)
  );
}

function rangeOf(value: RawValue | undefined): { readonly low: number; readonly high: number } | undefined {
  if (value?.kind === 'ratio') {
    // A ratio of two bounds (">=1 : >=100") has no value.
    if (value.numerator.comparator !== undefined || value.denominator.comparator !== undefined) return undefined;
    const ratio = value.numerator.value / value.denominator.value;
    return Number.isFinite(ratio) ? { low: ratio, high: ratio } : undefined;
  }
  const quantity =
    value?.kind === 'quantity' ? value.quantity : value?.kind === 'text' ? parseQuantities(value.text)[0] : undefined;
  if (quantity === undefined) return undefined;
  if (quantity.comparator?.startsWith('>')) return { low: quantity.value, high: Number.POSITIVE_INFINITY };
  if (quantity.comparator?.startsWith('<')) return { low: 0, high: quantity.value };
  return { low: quantity.value, high: quantity.value };
}
