import { describe, expect, test } from 'vitest';
import { readNote } from '../../../src/core/reading/read-note.js';
import type { ReadFact } from '../../../src/domain/text-reading.js';
import { readerParts } from './reader-parts.js';

const parts = readerParts();
const read = (text: string) => {
  const history = readNote({ id: 'n', text }, parts, '2026-06-01');
  const facts = history.reading?.facts ?? [];
  const of = (fact: string): ReadFact | undefined => facts.find((f) => f.fact === fact);
  return { history, facts, of, notUnderstood: history.reading?.notUnderstood.map((n) => n.words) ?? [] };
};

describe('what was read from a note', () => {
  test('stands with the words it was read from and where they are', () => {
    const text = 'Woman of 60. Lung adenocarcinoma, stage IVB. EGFR L858R. ECOG 1.';
    const { of } = read(text);
    const ecog = of('ECOG');
    expect(ecog).toMatchObject({ value: '1', words: 'ECOG 1', confidence: 'high', used: true });
    expect(text.slice(ecog?.start, ecog?.end)).toContain('ECOG 1');
    expect(of('sex')).toMatchObject({ value: 'female', words: 'Woman' });
  });

  test.each([
    ['ECOG 1 (?). Lung adenocarcinoma.', 'ECOG'],
    ['Аденокарцинома лёгкого, вероятно HER2 3+.', 'HER2'],
    ['Lung adenocarcinoma. Likely KRAS G12C mutation.', 'KRAS'],
  ])('is only suggested when the text doubts it: %s', (text, fact) => {
    const { history, of } = read(text);
    expect(of(fact)).toMatchObject({ confidence: 'low', used: false });
    expect(history.entries.filter((e) => e.kind === 'observation' && e.code.text === fact)).toEqual([]);
    expect(history.warnings.map((w) => w.message).join()).toContain('is not used');
  });

  test('is less sure when a slip was put right, and used', () => {
    const { of } = read('Lung adenocarcinoma, on osimertinb since 04/2025.');
    expect(of('drug')).toMatchObject({ confidence: 'medium', used: true, words: 'osimertinb' });
  });

  test('is less sure when a rule adds it', () => {
    const { facts } = read('Cervical squamous cell carcinoma IIIB. Chemoradiotherapy 01-02.2026 completed.');
    expect(facts.find((f) => f.value.startsWith('platinum agent'))).toMatchObject({ confidence: 'medium' });
  });

  test('is followed by what was not understood: unknown drugs, sentences from which nothing was read', () => {
    const { notUnderstood } = read(
      'Lung adenocarcinoma, ECOG 1, received flumaxitinib in a trial. Heart sounds regular, abdomen soft on palpation.',
    );
    expect(notUnderstood).toEqual(['flumaxitinib', 'Heart sounds regular, abdomen soft on palpation.']);
  });
});
