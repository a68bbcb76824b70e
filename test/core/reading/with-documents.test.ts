import { describe, expect, test } from 'vitest';
import { readBundle } from '../../../src/adapters/fhir/read-bundle.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { withDocuments } from '../../../src/core/reading/with-documents.js';
import { readerParts } from './reader-parts.js';

const TODAY = '2026-06-01';
const parts = readerParts();

const subject = { reference: 'Patient/p' };
const PERSON = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1966-04-01' };
const LUNG = {
  resourceType: 'Condition',
  id: 'c',
  subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: 'Adenocarcinoma of lung' },
  onsetDateTime: '2024-03-01',
};
const ecog = (value: number, date?: string) => ({
  resourceType: 'Observation',
  id: 'e',
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code: '89247-1' }], text: 'ECOG performance status' },
  valueInteger: value,
  ...(date === undefined ? {} : { effectiveDateTime: date }),
});
const letter = (text: string, date?: string, contentType = 'text/plain') => ({
  resourceType: 'DocumentReference',
  id: 'd',
  status: 'current',
  subject,
  ...(date === undefined ? {} : { date: `${date}T10:00:00Z` }),
  content: [{ attachment: { contentType, data: Buffer.from(text).toString('base64') } }],
});

function read(...resources: object[]) {
  const bundle = {
    resourceType: 'Bundle',
    id: 'b',
    type: 'collection',
    entry: [PERSON, ...resources].map((resource) => ({ resource })),
  };
  const { histories, faults } = readBundle(bundle, { id: 'b' });
  expect(faults).toEqual([]);
  const [history] = histories;
  if (history === undefined) throw new Error('no history');
  const whole = withDocuments(history, parts, TODAY);
  return { patient: normalize(whole, parts.terms, TODAY), warnings: whole.warnings.map((w) => w.message).join('\n') };
}

describe('text beside the structured entries', () => {
  test('adds what they lack, and says so', () => {
    const { patient, warnings } = read(
      LUNG,
      letter('Lung adenocarcinoma, EGFR L858R. On osimertinib since 04/2024. Liver metastases. ECOG 1.', '2026-05-20'),
    );
    const [own] = patient.cases;
    expect(patient.cases).toHaveLength(1);
    expect(own?.courses.flatMap((c) => c.drugs)).toEqual(['osimertinib']);
    expect(own?.biomarkers.map((b) => b.name)).toContain('EGFR');
    expect(own?.metastases.map((m) => m.site)).toEqual(['liver']);
    expect(patient.values.ecog).toMatchObject({ known: true, value: 1 });
    expect(warnings).toContain('told only in the text, and used: osimertinib');
  });

  test('wins when it is later, loses when it is earlier, and either is shown', () => {
    const later = read(LUNG, ecog(0, '2026-01-01'), letter('Lung adenocarcinoma. ECOG 3.', '2026-05-20'));
    expect(later.patient.values.ecog).toMatchObject({ known: true, value: 3 });
    expect(later.warnings).toMatch(/ecog: .* disagree: the text is later/);
    const earlier = read(LUNG, ecog(0, '2026-05-25'), letter('Lung adenocarcinoma. ECOG 3.', '2026-05-20'));
    expect(earlier.patient.values.ecog).toMatchObject({ known: true, value: 0 });
    expect(earlier.warnings).toMatch(/ecog: .* disagree: the structured one is later/);
  });

  test.each([
    ['of the same day', '2026-05-20', '2026-05-20'],
    ['of no day', undefined, undefined],
    ['of which one has no day', '2026-05-20', undefined],
  ])('makes a fact Unknown when they contradict each other, told %s', (_, structured, text) => {
    const { patient, warnings } = read(LUNG, ecog(0, structured), letter('Lung adenocarcinoma. ECOG 3.', text));
    expect(patient.values.ecog).toMatchObject({ known: false, reason: 'conflict' });
    expect(warnings).toContain('ecog');
  });

  test('says the same without a remark or a second course', () => {
    const given = {
      resourceType: 'MedicationStatement',
      id: 'm',
      status: 'active',
      subject,
      medicationCodeableConcept: { text: 'Osimertinib' },
      effectivePeriod: { start: '2024-04-01' },
    };
    const { patient, warnings } = read(
      LUNG,
      given,
      ecog(1, '2026-05-01'),
      letter('Lung adenocarcinoma on osimertinib. ECOG 1.', '2026-05-20'),
    );
    expect(patient.cases[0]?.courses).toHaveLength(1);
    expect(warnings).toBe('');
  });

  test('leaves open which disease it is when the text names another, and shows it', () => {
    const { patient, warnings } = read(LUNG, letter('Woman with gastric adenocarcinoma. ECOG 1.', '2026-05-20'));
    expect(patient.cases.map((c) => c.cancer.known && c.cancer.value.oncotree).sort()).toEqual(['LUAD', 'STAD']);
    expect(warnings).toMatch(/the text says .* the structured entry Lung Adenocarcinoma: they contradict each other/);
  });

  test('keeps the structured diagnosis that was recorded later than the text, and shows it', () => {
    const { patient, warnings } = read(
      { ...LUNG, recordedDate: '2026-05-25' },
      letter('Woman with gastric adenocarcinoma. ECOG 1.', '2026-05-20'),
    );
    expect(patient.cases).toHaveLength(1);
    expect(warnings).toMatch(/the structured one is later and used/);
  });

  test('makes the diagnosis more precise when it names the same disease more finely, and says nothing when more coarsely', () => {
    const cancer = (text: string) => ({ ...LUNG, code: { text } });
    const finer = read(cancer('Lung cancer'), letter('Squamous cell carcinoma of lung. ECOG 1.', '2026-05-20'));
    expect(finer.patient.cases.map((c) => c.cancer.known && c.cancer.value.oncotree)).toEqual(['LUSC']);
    expect(finer.warnings).toContain('the text is more specific and used');
    const coarser = read(LUNG, letter('Woman with lung cancer. ECOG 1.', '2026-05-20'));
    expect(coarser.patient.cases.map((c) => c.cancer.known && c.cancer.value.oncotree)).toEqual(['LUAD']);
    expect(coarser.warnings).toBe('');
  });

  test('is read from notes of a Condition and from results in whole sentences', () => {
    const noted = { ...LUNG, note: [{ text: 'Biopsy 03/2024, EGFR L858R mutation detected, ALK negative.' }] };
    const said = {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      subject,
      code: { text: 'Clinical note' },
      effectiveDateTime: '2026-05-20',
      valueString: 'The patient is doing well at home, ECOG performance status 1, eating normally.',
    };
    const { patient } = read(noted, said);
    expect(patient.cases[0]?.biomarkers.map((b) => b.name)).toEqual(expect.arrayContaining(['EGFR', 'ALK']));
    expect(patient.values.ecog).toMatchObject({ known: true, value: 1 });
  });

  test('of relatives stays theirs when a result in words is of the family history', () => {
    const family = {
      resourceType: 'Observation',
      id: 'f',
      status: 'final',
      subject,
      code: { text: 'Family history' },
      valueString: 'Mother had breast cancer at 50 and a sister ovarian cancer, BRCA1 mutation detected.',
    };
    const { patient } = read(LUNG, family);
    expect(patient.cases).toHaveLength(1);
    expect(patient.cases[0]?.biomarkers).toEqual([]);
  });

  test('is read from conclusions, presented forms and sections of a Composition', () => {
    const report = {
      resourceType: 'DiagnosticReport',
      id: 'r',
      status: 'final',
      subject,
      code: { text: 'CT' },
      effectiveDateTime: '2026-05-01',
      conclusion: 'New liver metastases.',
    };
    const composition = {
      resourceType: 'Composition',
      id: 'k',
      status: 'final',
      subject,
      date: '2026-05-02',
      section: [{ title: 'Examination', text: { status: 'generated', div: '<div><p>ECOG 2.</p></div>' } }],
    };
    const { patient } = read(LUNG, report, composition);
    expect(patient.cases[0]?.metastases.map((m) => m.site)).toEqual(['liver']);
    expect(patient.values.ecog).toMatchObject({ known: true, value: 2 });
  });

  test('is said not to be read where it is no text', () => {
    expect(read(LUNG, letter('%PDF-1.4', undefined, 'application/pdf')).warnings).toContain(
      'an attachment of application/pdf is not read',
    );
  });
});
