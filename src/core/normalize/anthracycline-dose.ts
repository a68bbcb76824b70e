// Lifetime anthracycline in mg/m2 doxorubicin equivalents, when every administration was recorded with its dose.
import { derived, type Fact } from '../../domain/fact.js';
import type { MedicationEntry } from '../../domain/history.js';
import type { Value } from '../../domain/patient.js';
import { tidy } from './measure.js';
import type { Terminology } from './terminology.js';
import { foldUnit } from './unit.js';

/** Feijen et al., JAMA Oncol 2019 (PMID 30703192), as the safety rules use; idarubicin by the Children's Oncology Group guidelines. */
const EQUIVALENTS: Readonly<Record<string, number>> = {
  doxorubicin: 1,
  'liposomal doxorubicin': 1,
  epirubicin: 0.8,
  daunorubicin: 0.6,
  idarubicin: 5,
  mitoxantrone: 10.5,
};

/** Undefined when no anthracycline was given, or a dose or the body surface is missing: then it stays Unknown. */
export function cumulativeAnthracycline(
  medications: readonly MedicationEntry[],
  bsa: Fact<Value> | undefined,
  terms: Terminology,
): Fact<Value> | undefined {
  const held = medications.flatMap((entry) =>
    terms.drugs(entry.code).flatMap(({ drug }) => {
      const factor = EQUIVALENTS[drug.inn];
      return factor === undefined ? [] : [{ entry, factor, inn: drug.inn }];
    }),
  );
  const given = held.filter((h) => h.entry.event === 'administration');
  // An order without administrations does not tell how many cycles were given.
  if (given.length === 0 || held.some((h) => !given.some((g) => g.inn === h.inn))) return undefined;
  const surface = bsa?.known && typeof bsa.value === 'number' ? bsa.value : undefined;
  let total = 0;
  for (const { entry, factor } of given) {
    const dose = perSquareMetre(entry, surface);
    if (dose === undefined) return undefined;
    total += dose * factor;
  }
  return derived(tidy(Math.round(total)), `${given.length} recorded doses, doxorubicin equivalents`);
}

function perSquareMetre({ dose }: MedicationEntry, surface: number | undefined): number | undefined {
  if (dose === undefined) return undefined;
  const unit = foldUnit(dose.unit);
  if (unit === 'mg/m2') return dose.value;
  return unit === 'mg' && surface !== undefined ? dose.value / surface : undefined;
}
