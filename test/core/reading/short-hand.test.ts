// Shorthand of the clinic: MM in capitals, a day right behind an operation in a question, cycles given before an operation.
import { expect, test } from 'vitest';
import { noteReader, readerParts } from './reader-parts.js';

const { cancerOf, factOf, patientOf } = noteReader(readerParts());

test.each([
  ['65M with MM, relapsed after VRd. Next?', 'PCM'],
  ['ММ, рецидив после VRd, 65 лет.', 'PCM'],
  ['Breast cancer, tumour 12 MM, operable.', 'BRCA'],
  ['Рак молочной железы, опухоль 12 ММ.', 'BRCA'],
])('%s is %s', (text, code) => {
  expect(cancerOf(text)).toBe(code);
});

test.each([
  'Breast cancer pT1cN0, ER 90 %, HER2 0, lumpectomy May 2026, postmenopausal, endocrine therapy?',
  'Рак молочной железы pT1cN0, ER 90 %, HER2 0, лампэктомия 05.2026, постменопауза, гормонотерапия?',
])('an operation with its day was done, though the sentence asks: %s', (text) => {
  expect(factOf(text, 'primary-treated')).toBe('surgery');
});

test('an operation without a day may be what is asked', () => {
  expect(factOf('Breast cancer cT1cN0, ER 90 %, HER2 0, lumpectomy or mastectomy?', 'primary-treated')).toBe('none');
});

test.each([
  'Osteosarcoma of the tibia, 16 years. 2 cycles of MAP from 02.2026, resection 12.05.2026, necrosis 95 %.',
  'Остеосаркома большеберцовой кости, 16 лет. 2 курса MAP с 02.2026, резекция 12.05.2026, некроз 95%.',
])('cycles before an operation are over: %s', (text) => {
  expect(patientOf(text).cases[0]?.courses.map((c) => c.outcome)).not.toContain('ongoing');
});

test.each([
  ['Melanoma 3 mm thick, ulcerated.', 3],
  ['MELANOMA 3 MM THICK, ULCERATED.', 3],
  ['Меланома толщиной 2,4 мм, без изъязвления.', 2.4],
])('%s', (text, thickness) => {
  expect(factOf(text, 'breslow')).toBe(thickness);
});
