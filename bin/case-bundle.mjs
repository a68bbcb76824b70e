// A golden patient in short form (bin/cases.mjs tells the form) as the FHIR R4 Bundle that a hospital would send.

const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition/';
const SYSTEMS = {
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  snomed: 'http://snomed.info/sct',
  icdo3: 'http://terminology.hl7.org/CodeSystem/icd-o-3',
};

/** @returns {object} a FHIR R4 Bundle (collection) of one patient */
export function bundleOf(spec) {
  const asOf = day(spec.asOf);
  const resources = [];
  const add = (resourceType, fields) => {
    const id = `r${resources.length + 1}`;
    resources.push({ resourceType, id, subject: { reference: 'Patient/p' }, ...fields });
    return id;
  };
  const primary = add('Condition', condition(spec.cancer, asOf, 'mcode-primary-cancer-condition'));
  const focus = [{ reference: `Condition/${primary}` }];
  const observe = (name, written, fields = {}) => {
    const { value, date = asOf } = dated(written);
    add('Observation', {
      status: 'final',
      code: { text: name },
      effectiveDateTime: day(date),
      ...measured(value),
      ...fields,
    });
  };
  for (const other of spec.others ?? []) add('Condition', condition(other, asOf));
  if (spec.stage !== undefined) {
    const { value, date = spec.cancer.date ?? asOf, name = 'Stage group' } = dated(spec.stage);
    add('Observation', {
      status: 'final',
      code: { text: name },
      focus,
      effectiveDateTime: day(date),
      valueCodeableConcept: { text: String(value) },
    });
  }
  for (const [kind, prefix] of [
    ['c', 'clinical'],
    ['p', 'pathologic'],
  ]) {
    if (spec.tnm?.[kind] === undefined) continue;
    const { value, date = spec.cancer.date ?? asOf } = dated(spec.tnm[kind]);
    for (const category of String(value).split(/\s+/)) {
      const bare = category.replace(/^[cpyr]+/, '');
      const name = { T: 'Primary tumor', N: 'Regional lymph nodes', M: 'Distant metastases' }[bare[0]];
      add('Observation', {
        status: 'final',
        code: {
          text: `${name}.${prefix} [Class] Cancer`,
          coding: [{ system: 'http://loinc.org', code: TNM[kind + bare[0]] }],
        },
        focus,
        effectiveDateTime: day(date),
        valueCodeableConcept: { text: kind + bare },
      });
    }
  }
  for (const site of spec.metastases ?? []) {
    const { text, date = spec.cancer.date ?? asOf } = typeof site === 'string' ? { text: site } : site;
    const words = /metasta/i.test(text) ? text : `Metastasis to ${text}`;
    add('Condition', condition({ text: words, date }, asOf, 'mcode-secondary-cancer-condition'));
  }
  for (const [name, written] of Object.entries(spec.facts ?? {})) observe(name, written);
  for (const [name, written] of Object.entries(spec.markers ?? {})) observe(name, written, { focus });
  for (const step of spec.therapies ?? []) therapy(step, add, focus);
  for (const substance of spec.allergies ?? [])
    add('AllergyIntolerance', { code: { text: substance }, patient: { reference: 'Patient/p' } });
  for (const drug of spec.medications ?? [])
    add('MedicationStatement', { status: 'active', medicationCodeableConcept: { text: drug } });
  const patient = {
    resourceType: 'Patient',
    id: 'p',
    ...(spec.sex && { gender: spec.sex }),
    ...(spec.born && { birthDate: day(spec.born) }),
  };
  return {
    resourceType: 'Bundle',
    id: (spec.slug ?? spec.id ?? 'case').split('/').at(-1),
    type: 'collection',
    timestamp: `${asOf}T09:00:00Z`,
    entry: [patient, ...resources].map((resource) => ({
      fullUrl: `https://hospital.example/fhir/${resource.resourceType}/${resource.id}`,
      resource,
    })),
  };
}

/** LOINC 21905-5 ... 21901-4: T, N, M, clinical and pathologic (as in mCODE STU2). */
const TNM = { cT: '21905-5', cN: '21906-3', cM: '21907-1', pT: '21899-0', pN: '21900-6', pM: '21901-4' };

function therapy(step, add, focus) {
  if (step.status !== undefined)
    return add('Observation', {
      meta: { profile: [`${MCODE}mcode-cancer-disease-status`] },
      status: 'final',
      code: { text: 'Cancer disease status' },
      focus,
      effectiveDateTime: day(step.date),
      valueCodeableConcept: { text: step.status },
    });
  const intent = step.intent && {
    extension: [{ url: `${MCODE}mcode-treatment-intent`, valueCodeableConcept: { text: step.intent } }],
  };
  if (step.procedure !== undefined) {
    const start = step.start ?? step.date;
    const time =
      step.end === undefined
        ? { performedDateTime: day(start) }
        : { performedPeriod: { start: day(start), end: day(step.end) } };
    return add('Procedure', {
      status: 'completed',
      code: { text: step.procedure },
      ...time,
      reasonReference: focus,
      ...intent,
    });
  }
  for (const drug of step.drugs) {
    const stopped = step.reason !== undefined;
    const status = step.end === undefined ? (step.planned ? 'intended' : 'active') : stopped ? 'stopped' : 'completed';
    add('MedicationStatement', {
      status,
      medicationCodeableConcept: { text: drug },
      effectivePeriod: { start: day(step.start), ...(step.end !== undefined && { end: day(step.end) }) },
      ...(stopped && { statusReason: [{ text: step.reason }] }),
      reasonReference: focus,
      ...intent,
    });
  }
  return undefined;
}

function condition(written, asOf, profile) {
  const {
    text,
    date = asOf,
    status = 'active',
    morphology,
    ...codes
  } = typeof written === 'string' ? { text: written } : written;
  const coding = ['snomed', 'icd10']
    .filter((k) => codes[k] !== undefined)
    .map((k) => ({ system: SYSTEMS[k], code: String(codes[k]) }));
  const histology = codes.icdo3 !== undefined || morphology !== undefined;
  return {
    ...(profile && { meta: { profile: [MCODE + profile] } }),
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: status }] },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    code: { ...(coding.length > 0 && { coding }), ...(text && { text }) },
    onsetDateTime: day(date),
    ...(histology && {
      extension: [
        {
          url: `${MCODE}mcode-histology-morphology-behavior`,
          valueCodeableConcept: {
            ...(codes.icdo3 && { coding: [{ system: SYSTEMS.icdo3, code: codes.icdo3 }] }),
            ...(morphology && { text: morphology }),
          },
        },
      ],
    }),
  };
}

export const day = (date) => (date instanceof Date ? date.toISOString().slice(0, 10) : String(date));
const dated = (written) =>
  typeof written === 'object' && written !== null && !(written instanceof Date) ? written : { value: written };

function measured(value) {
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 6 ? { valueInteger: value } : { valueQuantity: { value } };
  if (typeof value === 'boolean') return { valueCodeableConcept: { text: value ? 'yes' : 'no' } };
  const [, number, unit] = /^(-?\d+(?:\.\d+)?)\s*([a-zA-Z%µ/*^0-9.{}[\]]+)$/.exec(String(value)) ?? [];
  if (number !== undefined && unit !== undefined && !/^[+]/.test(unit) && /[a-zA-Z%]/.test(unit))
    return { valueQuantity: { value: Number(number), unit, system: 'http://unitsofmeasure.org', code: unit } };
  return { valueCodeableConcept: { text: String(value) } };
}
