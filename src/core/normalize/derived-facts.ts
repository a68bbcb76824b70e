// Facts computed from other facts: body surface, body mass index, creatinine clearance, multiples of the upper limit of
// normal, ECOG from Karnofsky, menopause where it is certain.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import { derived, type Fact, known } from '../../domain/fact.js';
import { compareDates, type PartialDate } from '../../domain/partial-date.js';
import type { Value } from '../../domain/patient.js';
import { toldAgainstNormal } from './against-normal.js';
import type { FactReading } from './facts.js';
import { tidy } from './measure.js';
import type { Terminology } from './terminology.js';

export type Values = Record<string, Fact<Value>>;

export interface PersonFrame {
  readonly age: number | undefined;
  readonly sex: 'female' | 'male' | undefined;
  readonly oophorectomy: PartialDate | 'undated' | undefined;
}

/** Adds what can be computed; what was measured and recorded stays, except that BSA is computed anew from height and weight. */
export function addDerived(
  values: Values,
  readings: readonly FactReading[],
  person: PersonFrame,
  terms: Terminology,
): void {
  if (person.age !== undefined) values.age = derived(person.age, 'date of birth');
  if (person.sex !== undefined) values.sex = derived(person.sex, 'administrative sex');
  addEcog(values);
  addBody(values);
  addClearance(values, person);
  addFiltration(values, person);
  for (const id of ['bilirubin', 'alt', 'ast', 'ldh']) addMultiple(values, id, readings, terms.term('fact', id));
  addMenopause(values, person);
}

/** ECOG 0: Karnofsky 90-100, 1: 70-80, 2: 50-60, 3: 30-40, 4: 10-20 (Oken 1982; ESMO conversion table). */
function addEcog(values: Values): void {
  const karnofsky = values.karnofsky;
  delete values.karnofsky;
  if (values.ecog?.known || karnofsky === undefined || !karnofsky.known || typeof karnofsky.value !== 'number') return;
  const k = karnofsky.value;
  const ecog = k >= 90 ? 0 : k >= 70 ? 1 : k >= 50 ? 2 : k >= 30 ? 3 : k > 0 ? 4 : 5;
  values.ecog = known(ecog, karnofsky.source, karnofsky.date, `converted from Karnofsky ${k}`);
}

function number(values: Values, name: string): number | undefined {
  const fact = values[name];
  return fact?.known && typeof fact.value === 'number' ? fact.value : undefined;
}

/** BSA by Mosteller (N Engl J Med 1987;317:1098): sqrt(cm * kg / 3600). */
function addBody(values: Values): void {
  const height = number(values, 'height');
  const weight = number(values, 'weight');
  if (height === undefined || weight === undefined) return;
  values.bsa = derived(round(Math.sqrt((height * weight) / 3600), 2), `Mosteller from ${height} cm and ${weight} kg`);
  values.bmi = derived(round(weight / (height / 100) ** 2, 1), `from ${height} cm and ${weight} kg`);
}

/** Cockcroft and Gault 1976: (140 - age) * kg * (0.85 in women) / (72 * mg/dL), with 88.402 umol/L to the mg/dL. */
function addClearance(values: Values, { age, sex }: PersonFrame): void {
  if (values['creatinine-clearance']?.known) return;
  const creatinine = number(values, 'creatinine');
  const weight = number(values, 'weight');
  if (creatinine === undefined || weight === undefined || age === undefined || sex === undefined || age < 18) return;
  const clearance = ((140 - age) * weight * (sex === 'female' ? 0.85 : 1)) / (72 * (creatinine / 88.402));
  values['creatinine-clearance'] = derived(
    round(clearance, 1),
    `Cockcroft-Gault from age ${age}, ${weight} kg, creatinine ${creatinine} umol/L`,
  );
}

/**
 * CKD-EPI 2021 creatinine equation without race (Inker, N Engl J Med 2021;385:1737-1749), mL/min/1.73 m2, for adults: it needs no weight, so
 * that a failing kidney shows though nobody weighed the patient.
 */
function addFiltration(values: Values, { age, sex }: PersonFrame): void {
  if (values.egfr?.known) return;
  const creatinine = number(values, 'creatinine');
  if (creatinine === undefined || age === undefined || sex === undefined || age < 18) return;
  const [kappa, alpha, factor] = sex === 'female' ? [0.7, -0.241, 1.012] : [0.9, -0.302, 1];
  const ratio = creatinine / 88.402 / kappa;
  const filtration = 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** age * factor;
  values.egfr = derived(round(filtration, 1), `CKD-EPI 2021 from age ${age} and creatinine ${creatinine} umol/L`);
}

function addMultiple(values: Values, id: string, readings: readonly FactReading[], term: FactTerm | undefined): void {
  const fact = values[id];
  if (fact !== undefined && !fact.known) {
    const told = latestOf(readings.filter((r) => r.fact === id)).flatMap((r) => toldAgainstNormal(r.entry, 1) ?? []);
    if (told[0] !== undefined) values[`${id}-uln`] = told[0];
  }
  if (!fact?.known || typeof fact.value !== 'number') return;
  const own = readings.find((r) => r.fact === id && r.date === fact.date && r.upper !== undefined)?.upper;
  const upper = own ?? term?.upperNormal;
  if (upper === undefined || upper <= 0) return;
  const from =
    own === undefined ? `usual upper limit ${upper} ${term?.unit ?? ''}` : `upper limit ${upper} of the laboratory`;
  values[`${id}-uln`] = derived(round(fact.value / upper, 2), `${id} ${fact.value} over ${from}`);
}

const latestOf = (readings: readonly FactReading[]): readonly FactReading[] =>
  [...readings].sort((a, b) => compareDates(b.date ?? '0001', a.date ?? '0001')).slice(0, 1);

/**
 * Postmenopausal without asking: age 60 or more, or both ovaries removed (definition used by NCCN Breast Cancer and in the
 * aromatase inhibitor trials). Between, only what is recorded counts; men have no menopausal state.
 */
function addMenopause(values: Values, { age, sex, oophorectomy }: PersonFrame): void {
  if (sex === 'male') {
    delete values.menopause;
    return;
  }
  const recorded = values.menopause;
  if (sex !== 'female' || (recorded?.known && recorded.value === 'post')) return;
  if (oophorectomy !== undefined) values.menopause = derived('post', 'bilateral oophorectomy');
  else if (age !== undefined && age >= 60) values.menopause = derived('post', `age ${age}, 60 or more`);
}

const round = (value: number, digits: number): number => tidy(Math.round(value * 10 ** digits) / 10 ** digits);
