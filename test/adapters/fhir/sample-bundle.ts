// A small, correct Bundle to start from, and the folder of public examples.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';

export const concept = (system: string, code: string, display?: string): Json => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

export const patient = (id: string, more: { [key: string]: Json } = {}): Json => ({
  resourceType: 'Patient',
  id,
  gender: 'female',
  birthDate: '1970-05-02',
  ...more,
});

export const subject = (id = 'p1'): Json => ({ reference: `Patient/${id}` });

/** One woman with a lung adenocarcinoma, its stage, a lab and a drug. */
export const sampleResources = (): Json[] => [
  patient('p1', {
    name: [{ family: 'Secret', given: ['Name'] }],
    address: [{ line: ['1 Hidden Street'], city: 'Nowhere', state: 'Almaty' }],
    managingOrganization: { reference: 'Organization/o1' },
  }),
  { resourceType: 'Organization', id: 'o1', name: 'Cancer Centre' },
  {
    resourceType: 'Condition',
    id: 'c1',
    subject: subject(),
    clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    verificationStatus: concept('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
    code: concept('http://hl7.org/fhir/sid/icd-10', 'C34.1', 'Malignant neoplasm of upper lobe, bronchus or lung'),
    onsetDateTime: '2025-03-04',
    extension: [
      {
        url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior',
        valueCodeableConcept: concept('http://terminology.hl7.org/CodeSystem/icd-o-3', '8140/3'),
      },
    ],
    stage: [{ summary: { text: 'Stage IIIA' }, assessment: [{ reference: 'Observation/s1' }] }],
  },
  {
    resourceType: 'Observation',
    id: 's1',
    status: 'final',
    subject: subject(),
    code: concept(LOINC, '21908-9'),
    effectiveDateTime: '2025-03-20',
    valueCodeableConcept: concept(SCT, '1222802001'),
  },
  {
    resourceType: 'Observation',
    id: 'lab1',
    status: 'final',
    subject: subject(),
    code: concept(LOINC, '2160-0', 'Creatinine'),
    effectiveDateTime: '2025-03-21T08:00:00+05:00',
    valueQuantity: { value: 0.9, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
    referenceRange: [{ high: { value: 1.1, unit: 'mg/dL' } }],
  },
  {
    resourceType: 'MedicationStatement',
    id: 'm1',
    status: 'active',
    subject: subject(),
    medicationCodeableConcept: { text: 'osimertinib' },
    effectivePeriod: { start: '2025-04-01' },
    reasonReference: [{ reference: 'Condition/c1' }],
  },
];

export const bundleOf = (resources: readonly Json[], more: { [key: string]: Json } = {}): { [key: string]: Json } => ({
  resourceType: 'Bundle',
  type: 'collection',
  ...more,
  entry: resources.map((resource) => ({ resource })),
});

export const sampleBundle = (): { [key: string]: Json } =>
  bundleOf(sampleResources(), { id: 'sample', timestamp: '2025-06-01T00:00:00Z' });

export const dataFolder = join(process.env.SHIPA_DATA ?? '../shared/data', 'mcode');
export const hasData = existsSync(dataFolder);

/** Every public example as [file, text]. */
export const examples = (): readonly (readonly [string, string])[] =>
  hasData
    ? ['ig', 'ctms', 'synthea'].flatMap((folder) =>
        readdirSync(join(dataFolder, folder))
          .filter((name) => name.endsWith('.json'))
          .map((name) => [`${folder}/${name}`, readFileSync(join(dataFolder, folder, name), 'utf8')] as const),
      )
    : [];
