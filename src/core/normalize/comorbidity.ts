// Conditions that are not the cancer, allergies, and medicines that are not cancer treatment.
import type { AllergyEntry, ConditionEntry, MedicationEntry, ProcedureEntry } from '../../domain/history.js';
import { compareDates, dayRange, daysBetween, type PartialDate } from '../../domain/partial-date.js';
import type { CurrentMedication, Patient } from '../../domain/patient.js';
import { isCancerTreatment } from './exposure.js';
import { procedureTerms } from './local-treatment.js';
import { normalisePhrase } from './phrase.js';
import { conceptText, conceptTexts, type ReadingLog } from './reading-log.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

type Condition = Patient['conditions'][number];
type Allergy = Patient['allergies'][number];

const PAST =
  /^(?:history of|status post|s\/p|h\/o|past history of|personal history of|в анамнезе|состояние после)|в анамнезе|\(history\)/i;
const DENIED = /^(?:no |no evidence of|denies |without |family history|нет |отрицает |семейный анамнез)/i;

/** The comorbidities that an entry means, wider ones included ("myasthenia gravis" is an autoimmune disease too). */
export const conditionsOf = rememberedSaid(readConditions, (conditions, { source, date }) =>
  conditions.map((c) => ({ ...c, source, ...(date === undefined ? {} : { date }) })),
);

function readConditions(entry: ConditionEntry, terms: Terminology): readonly Condition[] {
  if (entry.verification === 'entered-in-error') return [];
  const texts = conceptTexts(entry.code);
  const denied = entry.verification === 'refuted' || texts.some((t) => DENIED.test(t.trim()));
  if (texts.some((t) => /family history|семейный анамнез/i.test(t))) return [];
  const state = denied ? 'absent' : isPast(entry, texts) ? 'historical' : 'present';
  const ids = new Set<string>();
  const add = (id: string): void => {
    if (ids.has(id)) return;
    ids.add(id);
    // The absence of one kind says nothing of the wider condition.
    if (state !== 'absent') for (const parent of terms.term('condition', id)?.parents ?? []) add(parent);
  };
  for (const match of terms.findAll('condition', entry.code)) add(match.term.id);
  return [...ids].sort().map((id) => ({ id, state, source: entry.source }));
}

function isPast(entry: ConditionEntry, texts: readonly string[]): boolean {
  if (/^(?:inactive|remission|resolved)$/.test(entry.clinicalStatus ?? '')) return true;
  if (/^(?:active|recurrence|relapse)$/.test(entry.clinicalStatus ?? '') && !texts.some((t) => PAST.test(t.trim())))
    return false;
  return entry.end !== undefined || texts.some((t) => PAST.test(t.trim()));
}

/** Operations within four weeks count as recent: the interval that bevacizumab's label asks for (Avastin, wound healing, 28 days). */
const RECENT_SURGERY_DAYS = 28;
/** Procedures that leave a lasting condition. */
const LASTING: Readonly<Record<string, string>> = {
  'organ-transplant': 'organ-transplant',
  'liver-transplant': 'organ-transplant',
  'allogeneic-transplant': 'stem-cell-transplant',
  'stem-cell-transplant': 'stem-cell-transplant',
};

/** Conditions that a procedure tells of: a recent operation, a transplant. */
export function conditionsAfter(entry: ProcedureEntry, terms: Terminology, asOf: PartialDate): readonly Condition[] {
  if (entry.status === 'preparation' || entry.status === 'not-done') return [];
  return procedureTerms(entry, terms).flatMap((term): Condition[] => {
    const recent =
      term.modality === 'surgery' && entry.date !== undefined && daysBetween(entry.date, asOf) <= RECENT_SURGERY_DAYS;
    const id = recent ? 'recent-surgery' : LASTING[term.id];
    if (id === undefined) return [];
    return [{ id, state: 'present', source: entry.source, ...(entry.date === undefined ? {} : { date: entry.date }) }];
  });
}

/** One row an id and state, the latest; present over historical over absent of the same day. */
export function settleConditions(conditions: readonly Condition[]): readonly Condition[] {
  const ORDER = ['present', 'historical', 'absent'];
  const sorted = [...conditions].sort(
    (a, b) => a.id.localeCompare(b.id) || newest(a.date, b.date) || ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
  );
  const kept: Condition[] = [];
  for (const c of sorted) {
    const same = kept.filter((k) => k.id === c.id);
    // A later denial or resolution answers an earlier entry; an earlier one never answers a later.
    if (
      same.length === 0 ||
      (c.state === 'present' && same.every((k) => k.state !== 'present' && k.date === undefined))
    )
      kept.push(c);
  }
  return kept;
}

const newest = (a: PartialDate | undefined, b: PartialDate | undefined): number =>
  a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : compareDates(b, a);

/** Allergies as INN, class id or plain substance; refuted and resolved ones left out. */
export function allergiesOf(entry: AllergyEntry, terms: Terminology): readonly Allergy[] {
  if (/refuted|entered-in-error|resolved|inactive/.test(entry.status ?? '')) return [];
  const texts = conceptTexts(entry.code);
  if (texts.some((t) => /^(?:no known|nka\b|nkda\b|нет аллерги|аллергии нет|не отягощен)/i.test(t.trim()))) return [];
  const drugs = terms.drugs(entry.code).map((m) => m.drug.inn);
  const named =
    drugs.length > 0
      ? drugs
      : [
          texts.map((t) => terms.drugClass(t.replace(/^allergy to\s+/i, ''))).find((c) => c !== undefined) ??
            normalisePhrase(conceptText(entry.code)),
        ];
  const severe =
    entry.severity === 'severe' ||
    entry.severity === 'high' ||
    entry.reactions.some((r) =>
      /anaphyla|анафилак|39579001/i.test([...conceptTexts(r), ...r.codings.map((c) => c.code ?? '')].join(' ')),
    );
  return [...new Set(named)].filter((s) => s !== '').map((substance) => ({ substance, severe, source: entry.source }));
}

/** Long-term medicines on record without an end are believed for this long after the last sign of them. */
const MEDICINE_SILENCE_DAYS = 730;

/** Medicines taken now that are not cancer treatment: supportive drugs and everything else, by INN where it is known. */
export function currentMedications(
  entries: readonly MedicationEntry[],
  terms: Terminology,
  asOf: PartialDate,
  log: ReadingLog,
): readonly CurrentMedication[] {
  const found: CurrentMedication[] = [];
  for (const entry of entries) {
    const matches = terms.drugs(entry.code);
    if (matches.length === 0) log.misread(conceptText(entry.code), entry.source);
    if (!isCurrent(entry, asOf)) continue;
    if (matches.length === 0) {
      found.push(medicine(normalisePhrase(conceptText(entry.code)), entry));
    }
    for (const { drug } of matches) if (!isCancerTreatment(drug, terms)) found.push(medicine(drug.inn, entry));
  }
  const distinct = new Map(
    found
      .sort((a, b) => a.drug.localeCompare(b.drug) || newest(a.start, b.start))
      .reverse()
      .map((m) => [m.drug, m]),
  );
  return [...distinct.values()].sort((a, b) => a.drug.localeCompare(b.drug));
}

const medicine = (drug: string, entry: MedicationEntry): CurrentMedication => ({
  drug,
  source: entry.source,
  ...(entry.date === undefined ? {} : { start: entry.date }),
});

function isCurrent(entry: MedicationEntry, asOf: PartialDate): boolean {
  if (entry.event === 'administration') return entry.date !== undefined && daysBetween(entry.date, asOf) <= 30;
  if (/^(?:completed|stopped|cancelled|ended)$/.test(entry.status ?? '') && entry.event !== 'dispense') return false;
  if (entry.end !== undefined) return dayRange(entry.end).last >= dayRange(asOf).first;
  return (
    entry.date === undefined || daysBetween(entry.date, asOf) <= MEDICINE_SILENCE_DAYS || entry.event === 'statement'
  );
}
