import { describe, expect, test } from 'vitest';
import { documentFaults, noteOf } from '../../../src/app/note.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import { readerParts } from './reader-parts.js';

const TODAY = '2026-06-01';
const parts = readerParts();

const history = (documents: readonly { id: string; date?: string; text: string }[]) =>
  readNote({ id: 'p', text: documents.map((d) => d.text).join('\n'), documents }, parts, TODAY);
const patient = (documents: readonly { id: string; date?: string; text: string }[]) =>
  normalize(history(documents), parts.terms, TODAY);

const FIRST = {
  id: 'first',
  date: '2024-03-10',
  text: '58-year-old woman, lung adenocarcinoma, stage IIIB. EGFR exon 19 deletion. ECOG 0. Hb 130 g/l. Osimertinib started.',
};
const SECOND = {
  id: 'second',
  date: '2026-05-20',
  text: 'Progressed on osimertinib, liver metastases, stage IV. ECOG 2. Hb 101 g/l.',
};

describe('several documents of one patient', () => {
  test.each([
    ['oldest first', [FIRST, SECOND]],
    ['newest first', [SECOND, FIRST]],
  ])('let the later one say what changes, handed in %s', (_, documents) => {
    const { values, cases } = patient(documents);
    expect(values.ecog).toMatchObject({ known: true, value: 2 });
    expect(values.haemoglobin).toMatchObject({ known: true, value: 101 });
    expect(cases).toHaveLength(1);
    expect(cases[0]?.stage).toMatchObject({ known: true, value: expect.stringMatching(/^IV/) });
  });

  test('unite the courses: one treatment told in both is one', () => {
    const [own] = patient([FIRST, SECOND]).cases;
    expect(own?.courses.map((c) => [c.drugs, c.outcome])).toEqual([[['osimertinib'], 'progressed']]);
  });

  test('take an operation that was planned as done when a later document tells it', () => {
    const planned = {
      id: 'a',
      date: '2026-01-10',
      text: 'Woman, 49. cT2N1M0 ductal carcinoma of the left breast. Plan: mastectomy.',
    };
    const done = { id: 'b', date: '2026-03-01', text: 'Mastectomy performed 02/2026: pT2N2aM0.' };
    expect(patient([planned]).cases[0]?.courses).toEqual([]);
    const both = patient([planned, done]);
    expect(both.cases[0]?.courses.map((c) => c.procedure)).toEqual(['mastectomy']);
    expect(history([planned, done]).warnings.map((w) => w.message)).not.toContainEqual(
      expect.stringContaining('not as given'),
    );
  });

  test('tell the age of the day of the document', () => {
    expect(patient([FIRST, SECOND]).values.age ?? patient([FIRST, SECOND]).birthDate).toMatchObject({ known: true });
    expect(history([FIRST, SECOND]).person.birthDate?.slice(0, 4)).toBe('1966');
  });

  test('tell "ago" of the day of the document', () => {
    const [own] = patient([
      { id: 'a', date: '2024-03-10', text: 'Man, 60, colon cancer. Right hemicolectomy 2 months ago.' },
      { id: 'b', date: '2026-05-01', text: 'Liver metastases found.' },
    ]).cases;
    expect(own?.courses[0]?.start).toMatch(/^2024-01/);
  });

  test('place every fact in its own document', () => {
    const texts = new Map([FIRST, SECOND].map((d) => [d.id, d.text]));
    const hemoglobin = history([FIRST, SECOND]).entries.filter((e) => e.source.kind === 'text');
    for (const { source } of hemoglobin) {
      if (source.kind !== 'text') continue;
      expect(source.end).toBeLessThanOrEqual(texts.get(source.document)?.length ?? 0);
    }
    const liver = hemoglobin.find((e) => e.kind === 'condition' && e.role === 'secondary-cancer');
    expect(liver?.source).toMatchObject({ document: 'second' });
  });

  test('leave out a document of a later day, and say so', () => {
    const read = history([FIRST, { ...SECOND, date: '2026-07-01' }]);
    expect(read.warnings).toContainEqual({
      place: 'second',
      message: 'the document is dated after 2026-06-01 and not used',
    });
    expect(JSON.stringify(read.entries)).not.toContain('liver');
  });
});

describe('documents in JSON', () => {
  test('come as a note with its documents', () => {
    expect(noteOf({ id: 7, documents: [{ date: '2026-05-01T10:00:00Z', text: 'x' }] }, 'f')).toEqual({
      id: '7',
      text: 'x',
      documents: [{ id: '7/1', date: '2026-05-01', text: 'x' }],
    });
  });

  test('are refused with the place of every fault', () => {
    const bad = { documents: [{ text: 'x', date: 'soon' }, { id: 'b' }, 3] };
    expect(noteOf(bad, 'f')).toBeUndefined();
    expect(documentFaults(bad).map((f) => f.place)).toEqual(['documents[0].date', 'documents[1].text', 'documents[2]']);
  });
});
