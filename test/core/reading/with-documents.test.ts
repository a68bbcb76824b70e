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

  test('keeps the structured diagnosis when the text names another, and shows it', () => {
    const { patient, warnings } = read(LUNG, letter('Woman with gastric adenocarcinoma. ECOG 1.', '2026-05-20'));
    expect(patient.cases).toHaveLength(1);
    expect(warnings).toMatch(/the text says .* the structured entry Lung Adenocarcinoma/);
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
