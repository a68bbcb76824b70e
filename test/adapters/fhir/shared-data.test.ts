// Every public mCODE example gives a history or a fault with a place.
import { describe, expect, test } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { dataFolder, examples, hasData } from './sample-bundle.js';

describe.skipIf(!hasData)(`mCODE examples (skipped when ${dataFolder} is absent)`, () => {
  test('reads all but the one that has no Patient', () => {
    const refused = examples().filter(([name, text]) => readBundleText(text, { case: name }).faults.length > 0);
    expect(refused.map(([name]) => name)).toEqual(['ctms/patient_data_empty-cgv.json']);
  });

  test('names everything that is wrong with the Bundle that has no Patient', () => {
    const text = examples().find(([name]) => name === 'ctms/patient_data_empty-cgv.json')?.[1] ?? '';
    expect(readBundleText(text, { case: 'x' }).faults.map((f) => f.place)).toEqual([
      'entry',
      'entry[0].resource',
      'entry[1].resource.interpretation',
      'entry[1].resource.component[0].code',
      'entry[1].resource.component[3].interpretation',
    ]);
  });

  test('places a missing birth date', () => {
    const text = examples().find(([name]) => name.includes('missing_birthdate'))?.[1] ?? '';
    const [history] = readBundleText(text, { case: 'x' }).histories;
    expect(history?.warnings.map((w) => w.place)).toContain('entry[0].resource.birthDate');
  });

  test('keeps two patients of one Bundle apart', () => {
    const text = examples().find(([name]) => name.includes('group-of-two'))?.[1] ?? '';
    expect(readBundleText(text, { case: 'x' }).histories.map((h) => h.id)).toEqual([
      'group-of-two-patients#cancer-patient-john-anyperson',
      'group-of-two-patients#cancer-patient-eve-anyperson',
    ]);
  });

  test('drops nothing silently: as many entries as readable resources of the patient', () => {
    const text = examples().find(([name]) => name.includes('extended-example-breast'))?.[1] ?? '';
    const [history] = readBundleText(text, { case: 'x' }).histories;
    expect(history?.entries).toHaveLength(46);
    expect(history?.warnings).toEqual([]);
  });
});
