// Named facts: of the case first, then of the person; age and sex also from the demographics. Absent is unknown. Of an unknown score
// less may be open than its value: an IPI of 4 or 5 is at least 2, an IMDC risk that is not favourable is intermediate or poor.
import type { NumberRange } from '../../domain/corpus/criterion.js';
import { derived, type Fact, type Possible, unknown } from '../../domain/fact.js';
import { ageInYears, monthsBetween } from '../../domain/partial-date.js';
import type { Value } from '../../domain/patient.js';
import { type Truth, truth } from '../../domain/truth.js';
import { type Lang, word } from '../language/translate.js';
import type { AtomAnswer, Context } from './trace.js';
import { factName, factUnit, whyUnknown, withDate } from './words.js';

interface Asked {
  readonly name: string;
  readonly range?: NumberRange;
  readonly is?: readonly string[];
}

/** The state alone, for where no words are asked. */
export function valueState({ name, range, is }: Asked, context: Context): Truth {
  const fact = factOf(name, context);
  if (fact.known) return stateOfValue(fact.value, range, is);
  const { possible } = fact;
  if (possible === undefined) return 'unknown';
  if ('oneOf' in possible) return agreed(possible.oneOf.map((value) => stateOfValue(value, range, is)));
  return is === undefined ? stateOfInterval(possible, range ?? {}) : 'unknown';
}

function stateOfValue(value: Value, range: NumberRange | undefined, is: readonly string[] | undefined): Truth {
  if (is !== undefined) return truth(is.includes(String(value)));
  const number = numberOf(value);
  return Number.isNaN(number) ? 'unknown' : truth(inRange(number, range ?? {}));
}

function agreed(states: readonly Truth[]): Truth {
  const [first] = states;
  return first !== undefined && states.every((state) => state === first) ? first : 'unknown';
}

/** A range has no holes: it holds the interval when it holds both ends. */
function stateOfInterval({ low, high }: { readonly low: number; readonly high: number }, range: NumberRange): Truth {
  if (inRange(low, range) && inRange(high, range)) return 'met';
  const { min, max, above, below } = range;
  const under = (min !== undefined && high < min) || (above !== undefined && high <= above);
  const over = (max !== undefined && low > max) || (below !== undefined && low >= below);
  return under || over ? 'not-met' : 'unknown';
}

const numberOf = (value: Value): number => (typeof value === 'number' ? value : Number.parseFloat(value));

export function evaluateValue(asked: Asked, context: Context): AtomAnswer {
  const { name, is } = asked;
  const fact = factOf(name, context);
  const item = factName(context.index, name);
  if (!fact.known) {
    const state = valueState(asked, context);
    if (state !== 'unknown' && fact.possible !== undefined)
      return { state, fact: `${item} ${possibleInWords(fact.possible, context.index.lang)}` };
    return { state: 'unknown', asks: { item, why: whyUnknown(fact, context.index) } };
  }
  const found = {
    fact: withDate(`${item} ${printed(fact.value, context.index.lang)}${factUnit(context.index, name)}`, fact.date),
    source: fact.source,
  };
  if (is === undefined && Number.isNaN(numberOf(fact.value)))
    return { state: 'unknown', ...found, asks: { item, why: `recorded as "${fact.value}", not as a number` } };
  return { state: valueState(asked, context), ...found };
}

/** The fact that a name means for this case. */
export function factOf(name: string, context: Context): Fact<Value> {
  const { patient, cancerCase, setting } = context;
  if (name === 'setting')
    return setting === undefined ? unknown('not-recorded') : derived(setting, 'the events of the history');
  const fact = cancerCase.values[name] ?? patient.values[name];
  if (fact?.known) return fact;
  if (name === 'sex' && patient.sex.known) return patient.sex;
  if (name === 'age' && patient.birthDate.known)
    return derived(ageInYears(patient.birthDate.value, patient.asOf), 'birth date');
  if (name === 'age-at-diagnosis-months') return monthsAtDiagnosis(context);
  // The list of treatments is taken as complete: without a course for advanced disease the first line is the next one.
  if (name === 'line' && fact === undefined && cancerCase.courses.every((course) => course.line === null))
    return derived(1, 'no systemic course for advanced disease on record');
  // What is recorded wins, even an old value or a conflict: those are asked again.
  return fact === undefined || fact.reason === 'not-recorded' ? context.index.scored(name, context) : fact;
}

/** Age at diagnosis in months: to the month where both days are known so well; of a child told in years from two on. Else unknown. */
function monthsAtDiagnosis(context: Context): Fact<Value> {
  const { patient, cancerCase } = context;
  const { birthDate, asOf } = patient;
  if (!cancerCase.diagnosed.known && cancerCase.courses.length > 0) return unknown('not-recorded');
  const on = cancerCase.diagnosed.known ? cancerCase.diagnosed.value : asOf;
  if (birthDate.known && birthDate.value.length >= 7 && on.length >= 7)
    return derived(Math.floor(monthsBetween(birthDate.value, on) + 0.1), 'birth date and date of diagnosis');
  const years = numberFact('age', context);
  const then = years === undefined ? undefined : years * 12 - Math.max(0, monthsBetween(on, asOf));
  return then !== undefined && then >= 24 ? derived(Math.floor(then), 'age') : unknown('not-recorded');
}

/** The fact when it is known and a number. */
export function numberFact(name: string, context: Context): number | undefined {
  const fact = factOf(name, context);
  return fact.known && typeof fact.value === 'number' ? fact.value : undefined;
}

export function inRange(value: number, { min, max, above, below }: NumberRange): boolean {
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

/** "4 - 5", "intermediate / poor". */
export const possibleInWords = (possible: Possible, lang: Lang): string =>
  'oneOf' in possible
    ? possible.oneOf.map((value) => printed(value, lang)).join(' / ')
    : possible.high === Number.POSITIVE_INFINITY
      ? `> ${printed(possible.low, lang)}`
      : `${printed(possible.low, lang)} - ${printed(possible.high, lang)}`;

const printed = (value: Value, lang: Lang): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : word(lang, value);
