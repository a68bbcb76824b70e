import { describe, expect, test } from 'vitest';
import { readBundle } from '../../../src/adapters/fhir/read-bundle.js';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import type { MedicationEntry, ObservationEntry } from '../../../src/domain/history.js';
import { bundleOf, concept, type Json, patient, sampleBundle, sampleResources, subject } from './sample-bundle.js';

const read = (resources: readonly Json[], more: { [key: string]: Json } = {}) =>
  readBundle(bundleOf(resources, more), { id: 'file.json' });

const places = (json: unknown): readonly string[] => readBundle(json, { id: 'f' }).faults.map((f) => f.place);

const observation = (more: { [key: string]: Json }): Json => ({
  resourceType: 'Observation',
  status: 'final',
  subject: subject(),
  code: concept('http://loinc.org', '718-7'),
  ...more,
});

const firstObservation = (more: { [key: string]: Json }): ObservationEntry | undefined =>
  read([patient('p1'), observation(more)]).histories[0]?.entries.find(
    (e): e is ObservationEntry => e.kind === 'observation',
  );

describe('readBundle', () => {
  test('reads a person, its entries and the day of the Bundle', () => {
    const { histories, faults, case: name } = readBundle(sampleBundle(), { id: 'x' });
    expect(faults).toEqual([]);
    expect(name).toBe('sample');
    const [history] = histories;
    expect(history?.asOf).toBe('2025-06-01');
    expect(history?.person).toMatchObject({
      id: 'p1',
      sex: 'female',
      birthDate: '1970-05-02',
      region: 'Almaty',
      organization: 'Cancer Centre',
      deceased: false,
    });
    expect(history?.entries.map((e) => e.kind)).toEqual(['condition', 'observation', 'observation', 'medication']);
    expect(history?.entries[3]).toMatchObject({ about: ['Condition/c1'], date: '2025-04-01', given: true });
    expect(history?.entries[0]?.source).toEqual({
      kind: 'resource',
      place: 'entry[2].resource',
      reference: 'Condition/c1',
    });
  });

  test('keeps no name, street or city when the Bundle has them', () => {
    const text = JSON.stringify(readBundle(sampleBundle(), { id: 'x' }));
    expect(text).not.toMatch(/Secret|Hidden|Nowhere/);
  });

  test('links a staging to the condition whose stage points at it', () => {
    const [history] = readBundle(sampleBundle(), { id: 'x' }).histories;
    expect(history?.entries.find((e) => e.id === 'Observation/s1')?.about).toEqual(['Condition/c1']);
  });

  test.each(['collection', 'transaction', 'searchset', 'batch', 'document'])('reads a Bundle of type %s', (type) => {
    expect(read(sampleResources(), { type }).histories).toHaveLength(1);
  });

  test('gives one history for each Patient and each resource to its own', () => {
    const { histories } = read(
      [
        patient('a'),
        patient('b'),
        observation({ subject: subject('b'), id: 'o' }),
        observation({ subject: subject('a') }),
      ],
      { id: 'two' },
    );
    expect(histories.map((h) => [h.id, h.entries.length])).toEqual([
      ['two#a', 1],
      ['two#b', 1],
    ]);
  });

  test('leaves out what names a patient who is not in the Bundle', () => {
    const [history] = read([patient('p1'), observation({ subject: subject('somebody-else') })]).histories;
    expect(history?.entries).toEqual([]);
    expect(history?.warnings[0]?.place).toBe('entry[1].resource.subject');
  });

  test('finds resources by fullUrl, urn:uuid, absolute URL and version', () => {
    for (const reference of ['urn:uuid:1', 'http://server/fhir/Patient/p1', 'Patient/p1/_history/3', 'Patient/p1']) {
      const bundle = {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          { fullUrl: 'urn:uuid:1', resource: patient('p1') },
          { resource: patient('p2') },
          { resource: observation({ subject: { reference } }) },
        ],
      };
      expect(readBundle(bundle, { id: 'f' }).histories[0]?.entries, reference).toHaveLength(1);
    }
  });

  test('reads a repeated resource once and takes the later version', () => {
    const version = (day: string, value: number): Json =>
      observation({ id: 'o', meta: { lastUpdated: `2025-01-0${day}T00:00:00Z` }, valueQuantity: { value } });
    const [history] = read([patient('p1'), version('2', 12), version('1', 9), version('2', 12)]).histories;
    expect(history?.entries).toHaveLength(1);
    expect(history?.entries[0]).toMatchObject({ value: { quantity: { value: 12 } } });
  });

  test('survives an object that contains itself', () => {
    const bundle: { [key: string]: unknown } = { resourceType: 'Bundle', type: 'collection' };
    bundle.entry = [{ resource: bundle }, { resource: patient('p1') }];
    expect(() => readBundle(bundle, { id: 'f' })).not.toThrow();
  });
});

describe('faults', () => {
  test('names every fault at once, with its path', () => {
    const bundle = bundleOf([
      patient('p1', { birthDate: '1970-02-30' }),
      { ...(sampleResources()[2] as object), code: 5 } as Json,
      observation({ valueQuantity: { value: 'abc' } }),
      observation({ code: null }),
      { id: 'no-type' },
      observation({ effectiveDateTime: '2024-02-31' }),
      observation({ status: 'done' }),
    ]);
    expect(places(bundle)).toEqual(
      expect.arrayContaining([
        'entry[0].resource.birthDate',
        'entry[1].resource.code',
        'entry[2].resource.valueQuantity.value',
        'entry[3].resource.code',
        'entry[4].resource.resourceType',
        'entry[5].resource.effectiveDateTime',
        'entry[6].resource.status',
      ]),
    );
    expect(readBundle(bundle, { id: 'f' }).histories).toEqual([]);
  });

  test.each([
    ['a list', [patient('p1')], 'Bundle'],
    ['a number', 3, 'Bundle'],
    ['null', null, 'Bundle'],
    ['a lone resource', patient('p1'), 'resourceType'],
    ['an empty resource type', { resourceType: '' }, 'resourceType'],
    ['an object without a type', {}, 'resourceType'],
    ['a Bundle without a Patient', bundleOf([observation({})]), 'entry'],
    ['a Bundle whose entries are text', { resourceType: 'Bundle', entry: 'x' }, 'entry'],
  ])('refuses %s', (_name, json, place) => {
    expect(places(json)).toContain(place);
  });

  test('says the line of an NDJSON file in every place', () => {
    const { faults } = readBundleText(JSON.stringify(bundleOf([patient('p1'), observation({ code: 7 })])), {
      case: 'x:3',
      line: 3,
    });
    expect(faults.map((f) => f.place)).toContain('line 3, entry[1].resource.code');
  });

  test.each([
    ['{"a": 1,}', 'line 1, column 9'],
    ['{\n  "a": tru\n}', 'line 2, column 8'],
    ['{"a": [1, 2', 'line 1, column 12'],
    ['', 'line 1, column 1'],
    ['{} {}', 'line 1, column 4'],
    ['{"a": "x\ny"}', 'line 1, column 7'],
  ])('places the syntax error of %j', (text, place) => {
    expect(readBundleText(text, { case: 'x' }).faults.map((f) => f.place)).toEqual([place]);
  });

  test('warns where a list is a lone object, and reads it', () => {
    const [history] = read([patient('p1'), observation({ interpretation: concept('x', 'H') })]).histories;
    expect(history?.entries[0]).toMatchObject({ interpretations: [{ codings: [{ code: 'H' }] }] });
    expect(history?.warnings.map((w) => w.place)).toEqual(['entry[1].resource.interpretation']);
  });

  test('warns of an entry without a resource and of a misspelt type', () => {
    const bundle = bundleOf([patient('p1'), { resourceType: 'Observtion' }]);
    (bundle.entry as Json[]).push({ fullUrl: 'urn:uuid:x' });
    const [history] = readBundle(bundle, { id: 'f' }).histories;
    expect(history?.warnings.map((w) => w.place)).toEqual(['entry[1].resource.resourceType', 'entry[2].resource']);
  });
});

describe('observations', () => {
  test.each([
    [
      {
        valueQuantity: { value: 5.5, code: 'g/dL', unit: 'gram', system: 'http://unitsofmeasure.org', comparator: '<' },
      },
      { kind: 'quantity', quantity: { value: 5.5, unit: 'g/dL', comparator: '<' } },
    ],
    [{ valueString: 'about 5' }, { kind: 'text', text: 'about 5' }],
    [{ valueBoolean: true }, { kind: 'boolean', value: true }],
    [{ valueInteger: 2 }, { kind: 'quantity', quantity: { value: 2 } }],
    [{ valueDateTime: '2024-05' }, { kind: 'date', date: '2024-05' }],
    [
      { valueRange: { low: { value: 1 }, high: { value: 2 } } },
      { kind: 'range', low: { value: 1 }, high: { value: 2 } },
    ],
    [
      { valueRatio: { numerator: { value: 1 }, denominator: { value: 4 } } },
      { kind: 'ratio', numerator: { value: 1 }, denominator: { value: 4 } },
    ],
  ] as const)('reads %j', (more, expected) => {
    expect(firstObservation(more as { [key: string]: Json })?.value).toEqual(expected);
  });

  test('reads a coded value beside a measured one as its interpretation', () => {
    const entry = firstObservation({
      valueQuantity: { value: 10, unit: '%' },
      valueCodeableConcept: concept('x', 'POS'),
    });
    expect(entry?.value).toMatchObject({ kind: 'quantity' });
    expect(entry?.interpretations).toEqual([{ codings: [{ system: 'x', code: 'POS' }] }]);
  });

  test('takes a value that only gives the reason of its absence as absent', () => {
    const absent = concept('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-applicable');
    expect(firstObservation({ valueCodeableConcept: absent })).toMatchObject({ absent: 'not-applicable' });
    expect(firstObservation({ dataAbsentReason: concept('x', 'asked-declined') })?.absent).toBe('asked-declined');
  });

  test('drops what was entered in error or cancelled, with a trace', () => {
    const { histories } = read([
      patient('p1'),
      observation({ status: 'entered-in-error' }),
      observation({ status: 'cancelled' }),
    ]);
    expect(histories[0]?.entries).toEqual([]);
    expect(histories[0]?.warnings.map((w) => w.place)).toEqual([
      'entry[1].resource.status',
      'entry[2].resource.status',
    ]);
  });

  test('never takes a relative for the patient', () => {
    const relative: Json = {
      resourceType: 'FamilyMemberHistory',
      status: 'completed',
      patient: subject(),
      condition: [{ code: concept('http://hl7.org/fhir/sid/icd-10', 'C50.9') }],
    };
    expect(read([patient('p1'), relative]).histories[0]?.entries).toEqual([]);
  });
});

describe('medications', () => {
  const medication = (resourceType: string, more: { [key: string]: Json }): MedicationEntry | undefined =>
    read([
      patient('p1'),
      { resourceType, subject: subject(), medicationCodeableConcept: { text: 'cisplatin' }, ...more },
    ]).histories[0]?.entries[0] as MedicationEntry | undefined;

  test.each([
    ['MedicationRequest', 'active', true],
    ['MedicationRequest', 'completed', true],
    ['MedicationRequest', 'stopped', true],
    ['MedicationRequest', 'draft', false],
    ['MedicationRequest', 'on-hold', false],
    ['MedicationRequest', 'cancelled', undefined],
    ['MedicationRequest', 'entered-in-error', undefined],
    ['MedicationStatement', 'intended', false],
    ['MedicationStatement', 'not-taken', false],
    ['MedicationStatement', 'on-hold', true],
    ['MedicationAdministration', 'not-done', false],
    ['MedicationAdministration', 'in-progress', true],
    ['MedicationDispense', 'preparation', false],
    ['MedicationDispense', 'declined', false],
    ['MedicationDispense', 'completed', true],
  ])('says of a %s that is %s: given %s', (type, status, expected) => {
    expect(medication(type, { status })?.given).toBe(expected);
  });

  test('does not take a proposal, a plan or a prohibition for treatment', () => {
    expect(medication('MedicationRequest', { status: 'active', intent: 'proposal' })?.given).toBe(false);
    expect(medication('MedicationRequest', { status: 'active', intent: 'plan' })?.given).toBe(false);
    expect(medication('MedicationRequest', { status: 'active', intent: 'order', doNotPerform: true })?.given).toBe(
      false,
    );
  });

  test('reads a contained Medication and one of the Bundle, and knows one that is missing as unknown', () => {
    const by = (reference: string, contained: Json[] = []): MedicationEntry | undefined =>
      read([
        patient('p1'),
        { resourceType: 'Medication', id: 'm', code: { text: 'gefitinib' } },
        {
          resourceType: 'MedicationStatement',
          status: 'active',
          subject: subject(),
          medicationReference: { reference },
          contained,
        },
      ]).histories[0]?.entries[0] as MedicationEntry | undefined;
    expect(by('#x', [{ resourceType: 'Medication', id: 'x', code: { text: 'afatinib' } }])?.code.text).toBe('afatinib');
    expect(by('Medication/m')?.code.text).toBe('gefitinib');
    expect(by('Medication/none')?.code).toEqual({ codings: [] });
  });
});

describe('goals', () => {
  const goal = (lifecycleStatus: string) =>
    read([
      patient('p1'),
      {
        resourceType: 'Goal',
        id: 'g',
        lifecycleStatus,
        subject: subject(),
        description: { text: 'Comfort care only' },
      },
    ]).histories[0]?.entries;

  test('reads the words of a goal that stands, not of one that was rejected', () => {
    expect(goal('active')).toMatchObject([{ kind: 'observation', value: { concept: { text: 'Comfort care only' } } }]);
    expect(goal('rejected')).toEqual([]);
  });
});
