// FHIR R4 Bundle -> one History for each Patient in it. Pure: the same JSON gives the same answer. Every fault is reported
// at once with its path; with any fault there is no history, because a half-read patient would be half-treated.
import type { Fault } from '../../domain/faults.js';
import type { Entry, History } from '../../domain/history.js';
import type { ClinicalDocument } from '../../domain/note.js';
import { BundleIndex, type Item } from './bundle-index.js';
import { Element, isObject, kindOf } from './element.js';
import { Findings } from './findings.js';
import type { ReadContext } from './read-context.js';
import { isRead, readEntry } from './read-entry.js';
import { readPatient } from './read-patient.js';
import { hasNotes, holdsText, readTexts } from './read-texts.js';

export interface BundleOptions {
  /** Name of the case when the Bundle has no id: the file's name. */
  readonly id: string;
  /** Line of the NDJSON file, named in every place. */
  readonly line?: number;
}

export interface BundleReading {
  /** `case` of the record: the Bundle's id, else the name given. */
  readonly case: string;
  /** One for each Patient; empty when there is a fault. */
  readonly histories: readonly History[];
  readonly faults: readonly Fault[];
}

export function readBundle(json: unknown, options: BundleOptions): BundleReading {
  const findings = new Findings(options.line === undefined ? '' : `line ${options.line}, `);
  if (!isObject(json)) {
    findings.fault('Bundle', `expected a FHIR Bundle, found ${kindOf(json)}`);
    return { case: options.id, histories: [], faults: findings.faults };
  }
  const bundle = new Element(json, findings);
  const id = typeof json.id === 'number' ? String(json.id) : (bundle.code('id') ?? options.id);
  const type = bundle.code('resourceType');
  if (type !== 'Bundle') {
    if (!bundle.has('resourceType')) findings.fault('resourceType', 'is missing: expected a FHIR Bundle');
    else if (type !== undefined) findings.fault('resourceType', `expected Bundle, found ${type.slice(0, 40)}`);
    else if (findings.faults.length === 0) findings.fault('resourceType', 'is empty: expected a FHIR Bundle');
    return { case: id, histories: [], faults: findings.faults };
  }
  const asOf = bundle.date('timestamp');
  const index = new BundleIndex(bundle, findings.prefix);
  const patients = index.ofType('Patient');
  if (patients.length === 0) findings.fault('entry', 'the Bundle holds no Patient');
  const context: ReadContext = { index, aboutBy: aboutBy(index) };
  const people = patients.map((patient) => ({
    patient,
    person: readPatient(patient, context),
    entries: [] as Entry[],
    documents: [] as ClinicalDocument[],
  }));
  const items = index.items.flatMap((item) => (item.element.has('contained') ? [item, ...containedItems(item)] : item));
  for (const item of items) {
    if (!isRead(item.type) && !holdsText(item.type)) continue;
    const owner = ownerOf(item, index, patients);
    if (item.element.has('modifierExtension') && item.element.objects('modifierExtension').length > 0) {
      // FHIR R4: whoever does not understand a modifier extension must not use the resource; it may negate it.
      item.element.warn('modifierExtension', 'is not understood and may change the meaning; the resource is left out');
      continue;
    }
    const texts = holdsText(item.type) || hasNotes(item) ? readTexts(item) : [];
    if (owner !== undefined) people[patients.indexOf(owner)]?.documents.push(...texts);
    const entry = isRead(item.type) ? readEntry(item, context) : undefined;
    if (owner !== undefined && entry !== undefined) people[patients.indexOf(owner)]?.entries.push(entry);
  }
  const faults = [...findings.faults, ...index.items.flatMap((item) => item.findings.faults)];
  if (faults.length > 0) {
    // Whoever repairs the input wants to see everything at once, the forgivable too.
    const forgivable = [...findings.warnings, ...index.items.flatMap((item) => item.findings.warnings)];
    return { case: id, histories: [], faults: [...faults, ...forgivable] };
  }
  const histories = people.map(({ patient, person, entries, documents }): History => {
    const warnings = items.flatMap((item) => {
      if (item.findings.warnings.length === 0) return [];
      const owner = item.type === 'Patient' ? item : quietOwner(item, index, patients);
      return owner === undefined || owner === patient ? item.findings.warnings : [];
    });
    return {
      id: patients.length > 1 ? `${id}#${person.id}` : id,
      ...(asOf === undefined ? {} : { asOf }),
      person,
      entries,
      warnings: [...findings.warnings, ...warnings],
      ...(documents.length === 0 ? {} : { documents }),
    };
  });
  return { case: id, histories, faults: [] };
}

/** Observations inside a report are results like any other; other contained resources are only pointed at. */
function containedItems(item: Item): readonly Item[] {
  if (!isRead(item.type)) return [];
  return item.element.objects('contained').flatMap((element): Item[] => {
    if (element.fields.resourceType !== 'Observation') return [];
    return [{ type: 'Observation', element, findings: item.findings, id: element.path(), place: element.path() }];
  });
}

/** Whose resource it is. One that names a patient who is not in the Bundle is nobody's: it may be another person's. */
function ownerOf(item: Item, index: BundleIndex, patients: readonly Item[]): Item | undefined {
  const field = item.element.has('subject') || !item.element.has('patient') ? 'subject' : 'patient';
  const reference = item.element.object(field);
  const said = reference && index.reference(item.element, reference);
  const [only] = patients;
  const single = patients.length === 1;
  if (said === undefined) {
    if (single) return only;
    if (item.element.has(field) && reference === undefined) return undefined;
    return patients.length === 0 ? undefined : item.element.warn(field, 'does not say whose it is; left out');
  }
  if (said.item?.type === 'Patient') return said.item;
  // A conditional reference ("Patient?identifier=...") names nobody; with one patient it can only be that one.
  if (single && (/^Patient\?/.test(said.text) || only?.id === only?.place)) return only;
  const shown = said.text.slice(0, 80);
  if (patients.length > 0)
    item.element.warn(field, `${shown} is not a Patient of this Bundle; the resource is left out`);
  return undefined;
}

function quietOwner(item: Item, index: BundleIndex, patients: readonly Item[]): Item | undefined {
  if (!isRead(item.type) && !holdsText(item.type)) return undefined;
  return ownerOf({ ...item, element: item.element.reportingTo(new Findings()) }, index, patients);
}

/** Observations that a Condition's stage or a stage group points at are about what that one is about. */
function aboutBy(index: BundleIndex): ReadonlyMap<string, readonly string[]> {
  const about = new Map<string, string[]>();
  const link = (target: Item | undefined, ids: readonly string[]): void => {
    if (target !== undefined && ids.length > 0) about.set(target.id, [...(about.get(target.id) ?? []), ...ids]);
  };
  for (const item of index.ofType('Condition')) {
    for (const stage of item.element.objects('stage')) {
      for (const reference of index.references(stage, 'assessment')) link(reference.item, [item.id]);
    }
  }
  for (const item of index.ofType('Observation')) {
    if (!item.element.has('hasMember')) continue;
    const focus = index.references(item.element, 'focus').map((r) => r.item?.id ?? r.text);
    const ids = [...focus, ...(about.get(item.id) ?? [])];
    for (const reference of index.references(item.element, 'hasMember')) link(reference.item, ids);
  }
  return about;
}
