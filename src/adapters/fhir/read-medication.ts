// MedicationRequest, -Statement, -Administration and -Dispense -> MedicationEntry. `given` is false for what was planned,
// refused or not taken.
import type { Concept, MedicationEntry, RawQuantity } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Item } from './bundle-index.js';
import { concept, dated, extensionConcept, period, quantity } from './datatypes.js';
import { choiceOf, type Element } from './element.js';
import { given } from './medication-status.js';
import { aboutIds, base, type ReadContext, reasons } from './read-context.js';

export const MEDICATION_EVENTS: Readonly<Record<string, MedicationEntry['event']>> = {
  MedicationRequest: 'request',
  MedicationStatement: 'statement',
  MedicationAdministration: 'administration',
  MedicationDispense: 'dispense',
};

const REQUEST_INTENTS = new Set(
  'proposal plan order original-order reflex-order filler-order instance-order option'.split(' '),
);

export function readMedication(
  item: Item,
  context: ReadContext,
  event: MedicationEntry['event'],
): MedicationEntry | undefined {
  const { element } = item;
  const status = element.code('status')?.toLowerCase();
  if (status === undefined && !element.has('status')) element.warn('status', 'is missing; taken as given');
  const requestIntent = event === 'request' ? element.code('intent')?.toLowerCase() : undefined;
  if (requestIntent !== undefined && !REQUEST_INTENTS.has(requestIntent)) {
    element.fault('intent', `"${requestIntent.slice(0, 40)}" is not a request intent of FHIR R4`);
  }
  const state = given(event, status ?? 'unknown', requestIntent);
  if (state === undefined) {
    return element.fault('status', `"${status?.slice(0, 40)}" is not a status of ${item.type} in FHIR R4`);
  }
  if (state === 'drop') return element.warn('status', `${status}; left out`);
  const code = medicationCode(item, context);
  if (code === undefined) return undefined;
  const forbidden = element.boolean('doNotPerform') === true;
  const intent = extensionConcept(element, ['mcode-treatment-intent', 'mcode-procedure-intent']);
  const statusReason = readStatusReason(element);
  const dosages = readDosages(element, event);
  const dose = firstDose(dosages);
  const route = dosages.flatMap((d) => concept(d, 'route') ?? [])[0];
  return {
    kind: 'medication',
    event,
    ...base(item, status, aboutIds(item, context, ['reasonReference'])),
    ...dates(element, event, dosages),
    code,
    ...(statusReason === undefined ? {} : { statusReason }),
    ...(intent === undefined ? {} : { intent }),
    reasons: reasons(item, context),
    ...(dose === undefined ? {} : { dose }),
    ...(route === undefined ? {} : { route }),
    given: state === 'given' && !forbidden,
  };
}

/** Dosage is a list, but one object in an administration. */
function readDosages(element: Element, event: MedicationEntry['event']): readonly Element[] {
  if (event === 'request' || event === 'dispense') return element.objects('dosageInstruction');
  if (event === 'statement' || Array.isArray(element.fields.dosage)) return element.objects('dosage');
  const dosage = element.object('dosage');
  return dosage === undefined ? [] : [dosage];
}

const MEDICATION = choiceOf('medication', ['CodeableConcept', 'Reference']);

/** medication[x]: a code, or a Medication in the Bundle or inside the resource (its ingredients when it has no code). */
function medicationCode(item: Item, context: ReadContext): Concept | undefined {
  const { element } = item;
  const choice = element.choice(MEDICATION);
  if (choice === undefined) return element.fault('medication[x]', 'is missing: the drug is not said');
  if (choice === 'medicationCodeableConcept') {
    const code = concept(element, choice);
    if (code === undefined && element.object(choice) !== undefined)
      element.fault(choice, 'is empty: the drug is not said');
    return code;
  }
  const reference = element.object(choice);
  const target = reference && context.index.reference(element, reference);
  const medication = target?.item?.element ?? target?.contained;
  const code = medication && medicationOf(medication);
  if (code !== undefined) return code;
  const display = reference?.text('display');
  if (display !== undefined) return { codings: [], text: display };
  element.warn(choice, 'the medication is not in the Bundle: the drug is unknown');
  return { codings: [] };
}

function medicationOf(medication: Element): Concept | undefined {
  const own = concept(medication, 'code');
  if (own !== undefined) return own;
  const parts = medication.objects('ingredient').flatMap((i) => concept(i, 'itemCodeableConcept') ?? []);
  if (parts.length === 0) return undefined;
  const words = parts.flatMap((p) => p.text ?? p.codings.find((c) => c.display !== undefined)?.display ?? []);
  return { codings: parts.flatMap((p) => p.codings), ...(words.length === 0 ? {} : { text: words.join(' / ') }) };
}

/** statusReason is one concept in a request and a list elsewhere; mCODE has a termination reason as extension too. */
function readStatusReason(element: Element): Concept | undefined {
  const field = element.has('statusReasonCodeableConcept') ? 'statusReasonCodeableConcept' : 'statusReason';
  const list = Array.isArray(element.fields[field]);
  const own = list ? element.objects(field).flatMap((e) => (e.has('coding') || e.has('text') ? [e] : [])) : [];
  const first = list ? own[0] : element.object(field);
  const read = first && { codings: codings(first), ...text(first) };
  return (
    (read !== undefined && (read.codings.length > 0 || read.text !== undefined) ? read : undefined) ??
    extensionConcept(element, ['mcode-treatment-termination-reason'])
  );
}

const codings = (of: Element): Concept['codings'] =>
  of.objects('coding').flatMap((c) => {
    const [system, code, display] = [c.code('system'), c.code('code'), c.text('display')];
    if (code === undefined && display === undefined) return [];
    return [
      {
        ...(system === undefined ? {} : { system }),
        ...(code === undefined ? {} : { code }),
        ...(display === undefined ? {} : { display }),
      },
    ];
  });
const text = (of: Element): { readonly text?: string } => {
  const read = of.text('text');
  return read === undefined ? {} : { text: read };
};

function dates(
  element: Element,
  event: MedicationEntry['event'],
  dosages: readonly Element[],
): { readonly date?: PartialDate; readonly end?: PartialDate } {
  if (event === 'dispense') {
    const date = element.date('whenHandedOver') ?? element.date('whenPrepared');
    return date === undefined ? {} : { date };
  }
  if (event !== 'request') {
    const effective = dated(element, 'effective');
    const asserted = effective.date === undefined && event === 'statement' ? element.date('dateAsserted') : undefined;
    return { ...(asserted === undefined ? {} : { date: asserted }), ...effective };
  }
  const bounds = dosages.flatMap((d) => {
    const repeat = d.object('timing')?.object('repeat');
    return repeat?.has('boundsPeriod') === true ? [period(repeat, 'boundsPeriod')] : [];
  });
  const starts = bounds.flatMap((b) => b.start ?? []).sort();
  const ends = bounds.flatMap((b) => b.end ?? []).sort();
  const date = starts[0] ?? element.date('authoredOn');
  const end = ends.at(-1);
  return { ...(date === undefined ? {} : { date }), ...(end === undefined ? {} : { end }) };
}

function firstDose(dosages: readonly Element[]): RawQuantity | undefined {
  for (const dosage of dosages) {
    const direct = dosage.has('dose') ? quantity(dosage, 'dose') : undefined;
    if (direct !== undefined) return direct;
    for (const rate of dosage.objects('doseAndRate')) {
      const dose = quantity(rate, 'doseQuantity') ?? quantity(rate, 'rateQuantity');
      if (dose !== undefined) return dose;
    }
  }
  return undefined;
}
