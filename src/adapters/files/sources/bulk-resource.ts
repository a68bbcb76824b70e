// One line of a Bulk Data file: whose resource it is. https://hl7.org/fhir/R4/compartmentdefinition-patient.html
import { isObject } from '../../fhir/element.js';

export type Placed =
  | { readonly kind: 'patient'; readonly patient: string; readonly type: string; readonly id: string }
  /** Of no one patient; patients' resources point at it. */
  | { readonly kind: 'shared'; readonly key: string }
  /** Not about patients (a Location): nothing that we read points at it. */
  | { readonly kind: 'other'; readonly type: string }
  | { readonly kind: 'fault'; readonly path: string; readonly reason: string };

/** Fields that name the patient, the usual first. */
const OWNERS = ['subject', 'patient', 'individual', 'beneficiary'] as const;
/** What a reader of histories follows a reference to: the drug of a prescription, the hospital of a patient. */
const SHARED: ReadonlySet<string> = new Set(['Medication', 'Organization']);
/** Resources of clinical content: one of these without a patient is lost, and that is said. */
const CLINICAL =
  /^(?:Condition|Observation|Procedure|Medication(?:Request|Statement|Administration|Dispense)|AllergyIntolerance|DiagnosticReport|DocumentReference|Composition|Goal|Specimen|BodyStructure|CarePlan|Consent|FamilyMemberHistory|Immunization|AdverseEvent|ServiceRequest)$/;

export function placeResource(json: unknown): Placed {
  if (!isObject(json)) return { kind: 'fault', path: '', reason: 'expected a FHIR resource' };
  const type = json.resourceType;
  if (typeof type !== 'string' || type === '')
    return { kind: 'fault', path: 'resourceType', reason: 'is missing: expected a FHIR resource' };
  if (type === 'Bundle')
    return { kind: 'fault', path: 'resourceType', reason: 'a Bundle among resources by type: name its file by itself' };
  const id = typeof json.id === 'string' || typeof json.id === 'number' ? String(json.id) : '';
  if (type === 'Patient')
    return id === ''
      ? { kind: 'fault', path: 'id', reason: 'is missing: nothing could point at this patient' }
      : { kind: 'patient', patient: id, type, id };
  if (SHARED.has(type)) return { kind: 'shared', key: `${type}/${id}` };
  for (const field of OWNERS) {
    const owner = json[field];
    const patient = isObject(owner) ? patientOf(owner.reference) : undefined;
    if (patient !== undefined) return { kind: 'patient', patient, type, id };
  }
  return CLINICAL.test(type)
    ? { kind: 'fault', path: 'subject', reason: `does not name a patient; this ${type} is left out` }
    : { kind: 'other', type: type.slice(0, 60) };
}

/** "Patient/1", "https://host/fhir/Patient/1/_history/2". */
function patientOf(reference: unknown): string | undefined {
  if (typeof reference !== 'string') return undefined;
  return /(?:^|\/)Patient\/([^/?#|]+)(?:\/_history\/[^/]*)?$/.exec(reference)?.[1];
}

/** Keys ("Medication/7") of the shared resources that a text of JSON points at. */
export function sharedIn(text: string): readonly string[] {
  const keys: string[] = [];
  for (const match of text.matchAll(REFERENCE)) if (match[1] !== undefined) keys.push(match[1]);
  return keys;
}

const REFERENCE = /"reference"\s*:\s*"(?:[^"]*\/)?((?:Medication|Organization)\/[^"/?#|]+)(?:\/_history\/[^"]*)?"/g;
