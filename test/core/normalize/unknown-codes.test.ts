// Codes that no mapping knows: which are told, which are not, and that no words of a patient get out.
import { describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { readRelease } from '../../../src/adapters/files/release.js';
import { modelsDirectory } from '../../../src/cli/project.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import { countCodes, unknownCodes } from '../../../src/core/normalize/unknown-codes.js';

const { corpus } = readRelease(modelsDirectory);
const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
const subject = { reference: 'Patient/p' };

function codesOf(...resources: object[]) {
  const entry = [{ resource: { resourceType: 'Patient', id: 'p' } }, ...resources.map((resource) => ({ resource }))];
  const { histories } = readBundleText(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }), {
    case: 'x',
  });
  return histories.flatMap((history) => unknownCodes(history, terms));
}

const observation = (code: object, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  subject,
  code,
  ...more,
});
const local = (code: string, display?: string) => ({
  system: 'urn:lab:local',
  code,
  ...(display === undefined ? {} : { display }),
});

describe('unknown codes', () => {
  it('are none where every code is known, or one of several is', () => {
    const cancer = {
      resourceType: 'Condition',
      subject,
      code: { coding: [local('D1'), { system: 'http://hl7.org/fhir/sid/icd-10', code: 'C50.4' }] },
    };
    const stage = observation(
      { coding: [{ system: 'http://loinc.org', code: '21908-9' }] },
      { valueCodeableConcept: { coding: [{ code: 'IIB' }] } },
    );
    expect(codesOf(cancer, stage)).toEqual([]);
  });

  it('are told with place and system when nothing was understood, and marked when the words beside them were', () => {
    const lost = observation({ coding: [local('XYZ-1', 'Zzyzx index')] }, { valueQuantity: { value: 3 } });
    const named = observation(
      { coding: [local('KREA', 'Creatinine')] },
      { valueQuantity: { value: 80, unit: 'umol/L' } },
    );
    const drug = {
      resourceType: 'MedicationStatement',
      status: 'active',
      subject,
      medicationCodeableConcept: { coding: [local('L1', 'letrozole')] },
    };
    expect(codesOf(lost, named, drug)).toEqual([
      { place: 'observation', system: 'urn:lab:local', code: 'XYZ-1', byWords: false },
      { place: 'observation', system: 'urn:lab:local', code: 'KREA', byWords: true },
      { place: 'medication', system: 'urn:lab:local', code: 'L1', byWords: true },
    ]);
  });

  it('are told of a value that its observation could make nothing of', () => {
    const ecog = (coding: object) =>
      observation(
        { coding: [{ system: 'http://loinc.org', code: '89247-1' }] },
        { valueCodeableConcept: { coding: [coding] } },
      );
    expect(codesOf(ecog({ system: 'http://loinc.org', code: 'LA9623-5' }))).toEqual([]);
    expect(codesOf(ecog(local('PS-QQ')))).toEqual([
      { place: 'value', system: 'urn:lab:local', code: 'PS-QQ', byWords: false },
    ]);
  });

  it('never hold the words of a patient, not even when they stand in the place of a code', () => {
    const text = 'Aigerim Bekova, born 1960, lives at Abai street 12, says that her pain is worse at night';
    const told = JSON.stringify(
      codesOf(observation({ coding: [{ system: 'urn:x', code: text, display: text }], text })),
    );
    expect(told).toContain('a text in the place of a code');
    expect(told).not.toContain('Aigerim');
  });

  it('are counted by place, system and code in one order', () => {
    const two = codesOf(
      observation({ coding: [local('B')] }),
      observation({ coding: [local('A')] }),
      observation({ coding: [local('B')] }),
    );
    expect(countCodes(two).map(({ code, n }) => [code, n])).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
    expect(countCodes([...two].reverse())).toEqual(countCodes(two));
  });
});
