// "LDH elevated", "билирубин в норме", an observation with the flag H and no number: where a value stands to the upper limit of normal is
// told, how high it is is not. The multiple of the limit is then unknown within bounds.
import { type Unknown, unknown } from '../../domain/fact.js';
import type { Concept, Entry } from '../../domain/history.js';

const ABOVE =
  /^(?:h|hh|hu|high|raised|elevated|increased|above (?:the )?(?:normal|uln|upper limit\P{L}*.*)|повышен\p{L}*|высок\p{L}*|выше нормы|жоғары)$/iu;
const WITHIN =
  /^(?:n|normal|within (?:normal|reference) (?:limits|range)|wnl|not (?:elevated|raised|increased)|в (?:пределах )?норм\p{L}*|норма|нормальн\p{L}*|не повышен\p{L}*|қалыпты|l|ll|low|снижен\p{L}*)$/iu;

/** Just above the limit: by how much is not told. */
const ABOVE_LIMIT = 1 + 1e-9;

/**
 * A value as an entry tells it against the limit; undefined where it does not.
 * @param upper the upper limit of normal, in the unit of the value; 1 for multiples of it
 */
export function toldAgainstNormal(entry: Entry, upper: number): Unknown | undefined {
  if (entry.kind !== 'observation') return undefined;
  const { value } = entry;
  const said = [
    ...(value?.kind === 'text' ? [value.text] : []),
    ...(value?.kind === 'concept' ? wordsOf(value.concept) : []),
    ...(value === undefined ? entry.interpretations.flatMap(wordsOf) : []),
  ].map((text) => text.trim());
  if (said.some((text) => ABOVE.test(text)))
    return unknown('not-interpretable', 'recorded as above normal, without a number', {
      low: upper * ABOVE_LIMIT,
      high: Number.POSITIVE_INFINITY,
    });
  if (said.some((text) => WITHIN.test(text)))
    return unknown('not-interpretable', 'recorded as normal, without a number', { low: 0, high: upper });
  return undefined;
}

const wordsOf = ({ codings, text }: Concept): readonly string[] =>
  [text, ...codings.flatMap((c) => [c.code, c.display])].filter((t) => t !== undefined);
