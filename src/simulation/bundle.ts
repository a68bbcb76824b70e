// A simulated life -> the mCODE Bundle that a hospital could send, disorder included.
import type { RandomSource } from '../stats/random.js';
import { bounded, chance, pick } from './draw.js';
import type { Life } from './life.js';
import type { Marker, Registry } from './registry.js';

type Resource = Readonly<Record<string, unknown>>;

const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
const PROFILE = 'http://hl7.org/fhir/us/mcode/StructureDefinition/';
const UCUM = 'http://unitsofmeasure.org';

const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] });
const loinc = (code: string, display: string) => coded(LOINC, code, display);
const cancer = [{ reference: 'Condition/cancer' }];
/** Creatinine: 1 mg/dL = 88.42 umol/L (molar mass 113.12 g/mol). */
const CREATININE_UMOL_PER_MG_DL = 88.42;

export function toBundle(life: Life, registry: Registry, random: RandomSource): Resource {
  const about: Resource[] = [
    ...conditions(life),
    ...staging(life, registry, random),
    ...(life.subtype?.markers ?? [])
      .filter(() => !chance(random, registry.disorder.markerMissing))
      .map((marker, i) => markerResource(marker, i, life, random)),
    ...performance(life, registry, random),
    ...laboratory(life, registry, random),
    ...treatments(life, registry, random),
  ];
  return {
    resourceType: 'Bundle',
    id: life.id,
    type: 'collection',
    timestamp: `${life.asOf}T00:00:00Z`,
    entry: [
      patient(life),
      ...about.map((resource) => ({ ...resource, subject: { reference: `Patient/${life.id}` } })),
    ].map((resource: Resource) => ({
      fullUrl: `http://example.org/fhir/${String(resource.resourceType)}/${String(resource.id)}`,
      resource,
    })),
  };
}

function patient(life: Life): Resource {
  return {
    resourceType: 'Patient',
    id: life.id,
    meta: { profile: [`${PROFILE}mcode-cancer-patient`] },
    identifier: [{ system: 'urn:shipa:simulation', value: life.id }],
    gender: life.sex,
    birthDate: life.birthDate,
    address: [{ state: life.region, country: 'KZ' }],
    managingOrganization: { display: life.organization },
    ...(life.deathDate === undefined ? {} : { deceasedDateTime: life.deathDate }),
  };
}

function conditions(life: Life): Resource[] {
  const { site, morphology } = life;
  const primary: Resource = {
    resourceType: 'Condition',
    id: 'cancer',
    meta: { profile: [`${PROFILE}mcode-primary-cancer-condition`] },
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active', 'Active'),
    verificationStatus: coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed', 'Confirmed'),
    code: {
      coding: [
        { system: SNOMED, code: site.snomed, display: site.display },
        { system: ICD10, code: site.icd10 },
      ],
    },
    onsetDateTime: life.diagnosed,
    ...(morphology === undefined
      ? {}
      : {
          extension: [
            {
              url: `${PROFILE}mcode-histology-morphology-behavior`,
              valueCodeableConcept: coded(
                'http://terminology.hl7.org/CodeSystem/icd-o-3',
                morphology.code,
                morphology.display,
              ),
            },
          ],
        }),
  };
  const others = life.comorbidities.map((c, i) => ({
    resourceType: 'Condition',
    id: `c${i}`,
    clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active', 'Active'),
    code: coded(ICD10, c.icd10, c.display),
    recordedDate: life.diagnosed,
  }));
  if (life.relapse === undefined || site.relapse === undefined) return [primary, ...others];
  const secondary = {
    resourceType: 'Condition',
    id: 'relapse',
    meta: { profile: [`${PROFILE}mcode-secondary-cancer-condition`] },
    code: coded(SNOMED, site.relapse.site.snomed, site.relapse.site.display),
    onsetDateTime: life.relapse,
    extension: [{ url: `${PROFILE}mcode-related-primary-cancer-condition`, valueReference: cancer[0] }],
  };
  return [primary, ...others, secondary, diseaseStatus('relapse-status', life.relapse)];
}

function staging(life: Life, registry: Registry, random: RandomSource): Resource[] {
  const { disorder } = registry;
  if (chance(random, disorder.stageMissing)) return [];
  const observation = (id: string, code: string, display: string, value: string) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: loinc(code, display),
    focus: cancer,
    effectiveDateTime: life.diagnosed,
    valueCodeableConcept: { coding: [{ system: 'http://cancerstaging.org', code: value, display: value }] },
  });
  const group = observation('stage', '21908-9', 'Stage group.clinical Cancer', life.stage.group);
  const categories = [
    observation('t', '21905-5', 'Primary tumor.clinical [Class] Cancer', `c${life.stage.t}`),
    observation('n', '21906-3', 'Regional lymph nodes.clinical [Class] Cancer', `c${life.stage.n}`),
    observation('m', '21907-1', 'Distant metastases.clinical [Class] Cancer', `c${life.stage.m}`),
  ];
  if (!chance(random, disorder.contradictoryStage)) return [group, ...categories];
  const other = pick(random, life.site.stages);
  return [group, { ...observation('stage2', '21908-9', 'Stage group.clinical Cancer', other.group) }, ...categories];
}

function markerResource(marker: Marker, index: number, life: Life, random: RandomSource): Resource {
  const base = {
    resourceType: 'Observation',
    id: `marker${index}`,
    status: 'final',
    focus: cancer,
    effectiveDateTime: life.diagnosed,
  };
  if (marker.gene !== undefined) return { ...base, ...variant(marker) };
  const code = loinc(marker.loinc ?? '', marker.display ?? '');
  if (marker.percent !== undefined) {
    const value =
      'mean' in marker.percent
        ? bounded(random, marker.percent.mean, marker.percent.sd, 0, 100)
        : drawTps(random, marker.percent.weights);
    return { ...base, code, valueQuantity: { value: Math.round(value), unit: '%', system: UCUM, code: '%' } };
  }
  return { ...base, code, valueCodeableConcept: { text: pick(random, marker.words ?? []).text } };
}

/** A tumour proportion score in one of the three published bands. */
function drawTps(random: RandomSource, weights: readonly number[]): number {
  const bands = [
    { share: weights[0] ?? 1, low: 0, high: 0 },
    { share: weights[1] ?? 1, low: 1, high: 49 },
    { share: weights[2] ?? 1, low: 50, high: 100 },
  ];
  const band = pick(random, bands);
  return band.low + random.uniform() * (band.high - band.low);
}

function variant(marker: Marker): Resource {
  const present = marker.negative !== true;
  const component = [
    {
      code: loinc('48018-6', 'Gene studied [ID]'),
      valueCodeableConcept: coded('http://www.genenames.org/geneId', marker.hgnc ?? '', marker.gene ?? ''),
    },
    ...(marker.protein === undefined
      ? []
      : [
          {
            code: loinc('48005-3', 'Amino acid change (pHGVS)'),
            valueCodeableConcept: coded('http://varnomen.hgvs.org', marker.protein, marker.protein),
          },
        ]),
    ...(marker.fusion === undefined
      ? []
      : [
          {
            code: loinc('48019-4', 'DNA change type'),
            valueCodeableConcept: { text: `${marker.fusion}-${marker.gene} fusion` },
          },
        ]),
    { code: loinc('48002-0', 'Genomic source class'), valueCodeableConcept: loinc('LA6684-0', 'Somatic') },
  ];
  return {
    meta: { profile: [`${PROFILE}mcode-genomic-variant`] },
    code: loinc('69548-6', 'Genetic variant assessment'),
    valueCodeableConcept: present ? loinc('LA9633-4', 'Present') : loinc('LA9634-2', 'Absent'),
    component,
  };
}

function performance(life: Life, registry: Registry, random: RandomSource): Resource[] {
  if (chance(random, registry.disorder.ecogMissing)) return [];
  return [{ ...measured('ecog', '89247-1', 'ECOG Performance Status score', life), valueInteger: life.ecog }];
}

function laboratory(life: Life, registry: Registry, random: RandomSource): Resource[] {
  const body = [
    {
      ...measured('weight', '29463-7', 'Body weight', life),
      valueQuantity: quantity(bounded(random, life.sex === 'female' ? 70 : 78, 13, 40, 140), 'kg'),
    },
    {
      ...measured('height', '8302-2', 'Body height', life),
      valueQuantity: quantity(bounded(random, life.sex === 'female' ? 161 : 172, 7, 140, 205), 'cm'),
    },
  ];
  if (chance(random, registry.disorder.labsMissing)) return body;
  const labs = registry.laboratory.map((lab) => {
    const value = bounded(random, lab.mean + (lab.perDecade * (life.age - 50)) / 10, lab.sd, lab.min, lab.max);
    const american = lab.loinc === '2160-0' && chance(random, registry.disorder.creatinineInMgDl);
    return {
      ...measured(`lab-${lab.loinc}`, lab.loinc, lab.display, life),
      valueQuantity: american ? quantity(value / CREATININE_UMOL_PER_MG_DL, 'mg/dL', 2) : quantity(value, lab.unit),
    };
  });
  return [...body, ...labs];
}

const measured = (id: string, code: string, display: string, life: Life): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: loinc(code, display),
  effectiveDateTime: life.deathDate ?? life.asOf,
});

const quantity = (value: number, unit: string, digits = 1) => ({
  value: Number(value.toFixed(digits)),
  unit,
  system: UCUM,
  code: unit,
});

function treatments(life: Life, registry: Registry, random: RandomSource): Resource[] {
  return life.steps.flatMap((step, i): Resource[] => {
    if (step.procedure !== undefined) return [procedure(step.procedure, `proc${i}`, step.start)];
    const drugs = (step.drugs ?? []).map((drug) =>
      medication(drug, step, chance(random, registry.disorder.plainTextDrug)),
    );
    return [
      ...drugs.map((resource, k) => ({ ...resource, id: `med${i}-${k}` })),
      ...(step.progressed && step.end !== undefined ? [diseaseStatus(`status${i}`, step.end)] : []),
    ];
  });
}

const procedure = (words: string, id: string, date: string): Resource => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  code: { text: words.replaceAll('-', ' ') },
  performedDateTime: date,
  reasonReference: cancer,
});

function medication(drug: string, step: Life['steps'][number], plain: boolean): Resource {
  return {
    resourceType: 'MedicationStatement',
    status: step.end === undefined ? 'active' : step.progressed ? 'stopped' : 'completed',
    medicationCodeableConcept: plain
      ? { text: `${drug} (protocol)` }
      : { text: drug, coding: [{ system: 'urn:shipa:inn', code: drug, display: drug }] },
    effectivePeriod: { start: step.start, ...(step.end === undefined ? {} : { end: step.end }) },
    reasonReference: cancer,
  };
}

const diseaseStatus = (id: string, date: string): Resource => ({
  resourceType: 'Observation',
  id,
  meta: { profile: [`${PROFILE}mcode-cancer-disease-status`] },
  status: 'final',
  code: loinc('97509-4', 'Cancer Disease Progression'),
  focus: cancer,
  effectiveDateTime: date,
  valueCodeableConcept: coded(SNOMED, '271299001', "Patient's condition worsened (finding)"),
});
