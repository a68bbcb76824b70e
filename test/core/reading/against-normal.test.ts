// Laboratory values told by where they stand to normal, and counts in words: what is read, and what criteria make of it.
import { expect, test } from 'vitest';
import { stateOf } from '../../../src/core/criteria/state.js';
import { Criterion } from '../../../src/domain/corpus/criterion.js';
import { corpusIndex as index } from '../prognosis/score-row.js';
import { noteReader, readerParts } from './reader-parts.js';

const { patientOf } = noteReader(readerParts());

function states(text: string, ...written: object[]) {
  const patient = patientOf(text);
  const [cancerCase] = patient.cases;
  if (cancerCase === undefined) throw new Error('no cancer was read');
  return written.map((w) => stateOf(Criterion.parse(w), { patient, cancerCase, index }));
}

test.each([
  'DLBCL stage III, LDH elevated, untreated.',
  'DLBCL stage III, raised LDH, untreated.',
  'DLBCL stage III, LDH is above normal, untreated.',
  'ДВККЛ III стадии, ЛДГ повышена, лечение не начато.',
  'ДВККЛ III стадии, повышенный уровень ЛДГ, лечение не начато.',
])('%s', (text) => {
  // How high is not told: above 1.5 times it may be or not.
  expect(states(text, { 'ldh-uln': { above: 1 } }, { 'ldh-uln': { above: 1.5 } }, { 'ldh-uln': { max: 1 } })).toEqual([
    'met',
    'unknown',
    'not-met',
  ]);
});

test.each([
  'DLBCL stage III, LDH normal, untreated.',
  'DLBCL stage III, LDH not elevated, untreated.',
  'DLBCL stage III, normal LDH, untreated.',
  'ДВККЛ III стадии, ЛДГ в норме, лечение не начато.',
  'ДВККЛ III стадии, ЛДГ не повышена, лечение не начато.',
])('%s', (text) => {
  expect(states(text, { 'ldh-uln': { above: 1 } }, { 'ldh-uln': { max: 1 } })).toEqual(['not-met', 'met']);
});

test.each([
  ['DLBCL stage III, LDH twice the upper limit of normal.', 2],
  ['DLBCL stage III, LDH 3 x ULN.', 3],
  ['ДВККЛ III стадии, ЛДГ повышена в 2 раза.', 2],
  ['ДВККЛ III стадии, ЛДГ 2,5 нормы.', 2.5],
  ['DLBCL stage III, LDH elevated at 500 U/L.', 2],
])('%s', (text, times) => {
  const fact = patientOf(text).values['ldh-uln'];
  expect(fact?.known && fact.value).toBe(times);
});

test('a normal bilirubin counts in a score that asks for a number', () => {
  const text = 'HCC, bilirubin normal, albumin 40 g/L, INR 1.0, no ascites, no encephalopathy.';
  expect(states(text, { 'child-pugh': 'A' }, { bilirubin: { min: 34 } })).toEqual(['met', 'not-met']);
});

test.each([
  ['DLBCL stage IV, two extranodal sites.', 2],
  ['DLBCL stage IV, 3 extranodal sites.', 3],
  ['DLBCL stage II, no extranodal sites.', 0],
  ['ДВККЛ IV стадии, 2 экстранодальных очага.', 2],
  ['ДВККЛ II стадии, без экстранодальных очагов.', 0],
])('%s', (text, sites) => {
  const fact = patientOf(text).cases[0]?.values['extranodal-sites'];
  expect(fact?.known && fact.value).toBe(sites);
});

test('more than one is more than one', () => {
  expect(states('DLBCL stage IV, more than one extranodal site.', { 'extranodal-sites': { above: 1 } })).toEqual([
    'met',
  ]);
});
