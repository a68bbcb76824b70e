// Diagnoses of blood as hospitals write them: spellings, names of the WHO 2022 edition, codes outside the chapter of tumours.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import type { CancerCase } from '../../../src/domain/patient.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);

function read(text: string, icd10?: string) {
  const coding = icd10 === undefined ? [] : [{ system: 'http://hl7.org/fhir/sid/icd-10', code: icd10 }];
  const profile = ['http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-primary-cancer-condition'];
  const condition = { resourceType: 'Condition', id: 'c', meta: icd10 ? {} : { profile }, code: { text, coding } };
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: { resourceType: 'Patient', id: 'p' } }, { resource: condition }],
  };
  const [history] = readBundleText(JSON.stringify(bundle), { case: 'x' }).histories;
  if (history === undefined) throw new Error('the bundle was not read');
  const [only] = normalize(history, terms, '2026-11-01').cases;
  const values: CancerCase['values'] = only?.values ?? {};
  return { code: only?.cancer.known ? only.cancer.value.oncotree : null, values };
}

describe('diagnoses of blood', () => {
  it.each([
    ['B-lymphoblastic leukaemia with KMT2A rearrangement t(4;11)', 'BLLKMT2A'],
    ['Acute lymphoblastic leukaemia', 'BLL'],
    ['Плазмоклеточная миелома', 'PCM'],
    ['Myelodysplastic neoplasm with low blasts', 'MDS'],
    ['Myeloid neoplasm with eosinophilia and PDGFRA rearrangement', 'MLNPDGFRA'],
  ])('reads "%s" as %s', (text, code) => {
    expect(read(text).code).toBe(code);
  });

  it('takes a leukaemia of unstated kind for just that, never for a myeloid one', () => {
    expect(read('Leukaemia').code).toBe('LEUKNOS');
    expect(read('Leukemia, unspecified', 'C95.9').code).toBe('LEUKNOS');
  });

  it('reads light chain amyloidosis under its code outside the chapter of tumours, and no other amyloidosis', () => {
    expect(read('Systemic light chain amyloidosis', 'E85.8').code).toBe(read('AL amyloidosis').code);
    expect(read('Transthyretin amyloidosis', 'E85.8').code).toBeNull();
  });

  it('reads the phase and the lineage of a blast crisis from the diagnosis, and no phase from "chronic"', () => {
    const { values } = read('Chronic myeloid leukaemia in lymphoid blast crisis');
    expect(values['cml-phase']).toMatchObject({ value: 'blast' });
    expect(values['blast-lineage']).toMatchObject({ value: 'lymphoid' });
    expect(read('Chronic myeloid leukaemia').values['cml-phase']).toBeUndefined();
  });
});
