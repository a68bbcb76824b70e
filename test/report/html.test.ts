// The page of a record: complete, self-contained, and safe with whatever a history carries.
import { describe, expect, test } from 'vitest';
import type { Recommendation } from '../../src/domain/recommendation.js';
import { renderHtml } from '../../src/report/html/record.js';

const record: Recommendation = {
  case: '<script>alert(1)</script>',
  asOf: '2026-06-01',
  status: 'abstained',
  reason: { code: 'not-covered', message: 'Colon cancer & others are not covered' },
  versions: { corpus: 'c'.repeat(64), model: 'm@1', features: 'f'.repeat(64), code: '0', input: 'i'.repeat(64) },
  patient: {
    cancer: null,
    stage: null,
    setting: null,
    line: null,
    age: null,
    sex: null,
    ecog: null,
    biomarkers: [],
    treatments: [],
  },
  decisions: [],
  options: [],
  excluded: [{ regimen: 'x" onload="', decision: 'systemic', reasons: ["it's not for you"] }],
  missing: [{ item: 'stage', why: 'decides', changesFirstOption: true }],
  notes: ['a < b'],
};

describe('renderHtml', () => {
  test('escapes everything that comes from a history', () => {
    const page = renderHtml(record);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('x&quot; onload=&quot;');
    expect(page).toContain('a &lt; b');
  });

  test('says why it abstains, what is missing and what it is not', () => {
    const page = renderHtml(record);
    expect(page).toContain('Colon cancer &amp; others are not covered');
    expect(page).toContain('changes the first option');
    expect(page).toContain('not a certified medical device');
  });

  test('shows the faults of an unreadable history with their places', () => {
    const page = renderHtml({
      case: 'x',
      status: 'error',
      faults: [{ place: 'line 3, entry[1]', message: 'no resource' }],
    });
    expect(page).toContain('line 3, entry[1]');
  });
});

describe('renderHtml in the language of the record', () => {
  test('has its headings and says what language it is', () => {
    const page = renderHtml({ ...record, asked: { lang: 'ru' } });
    expect(page).toContain('<html lang="ru">');
    for (const words of ['Примечания', 'Что неизвестно', 'меняет первый вариант']) expect(page).toContain(words);
    expect(page).not.toContain('What is not known');
  });
  test('shows what was read from a note, beside its words, and what was not understood', () => {
    const at = { document: 'note', start: 0, end: 9 };
    const page = renderHtml({
      ...record,
      reading: {
        facts: [
          { fact: 'stage', value: 'IIIC', words: 'stage <3C>', confidence: 'medium', used: true, ...at },
          { fact: 'HER2', value: 'positive', words: 'her2?', confidence: 'low', used: false, ...at },
        ],
        notUnderstood: [{ words: 'the quux', ...at }],
      },
    });
    for (const words of ['stage: IIIC', 'stage &lt;3C&gt;', 'less sure', 'HER2: positive', 'the quux'])
      expect(page).toContain(words);
  });
});
