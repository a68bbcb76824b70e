import { describe, expect, test } from 'vitest';
import type { Recommendation } from '../../src/domain/recommendation.js';
import { readingLines } from '../../src/report/text-reading.js';

const place = { document: 'n', start: 0, end: 6 };
const record = (lang?: string): Recommendation =>
  ({
    reading: {
      facts: [
        { fact: 'ECOG', value: '1', words: 'ECOG 1', ...place, confidence: 'high', used: true },
        {
          fact: 'drug',
          value: 'osimertinib',
          words: 'osimertinb',
          ...place,
          confidence: 'medium',
          why: 'a slip',
          used: true,
        },
        {
          fact: 'HER2',
          value: '3+',
          words: 'HER2 3+',
          ...place,
          confidence: 'low',
          why: 'the text itself doubts it',
          used: false,
        },
      ],
      notUnderstood: [{ words: 'zorvatinib', ...place }],
    },
    ...(lang === undefined ? {} : { asked: { lang } }),
    // Only these fields are asked for.
  }) as unknown as Recommendation;

describe('what was read from a note, in the text report', () => {
  test('stands fact by fact with its words, the less sure marked, suggestions and what was not understood apart', () => {
    const lines = readingLines(record());
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}ECOG: 1 +"ECOG 1"$/));
    expect(lines).toContainEqual(expect.stringMatching(/drug: osimertinib +"osimertinb" \(less sure: a slip\)/));
    const suggested = lines.findIndex((l) => l.includes('Not used'));
    expect(lines.findIndex((l) => l.includes('HER2: 3+'))).toBeGreaterThan(suggested);
    expect(lines.at(-1)).toContain('zorvatinib');
  });

  test.each([
    ['ru', 'Прочитано в тексте'],
    ['kk', 'Мәтіннен оқылды'],
  ])('is told in the language of the record: %s', (lang, title) => {
    expect(readingLines(record(lang)).join('\n')).toContain(title);
  });

  test('is nothing where no text was read', () => {
    const { reading: _none, ...rest } = record();
    expect(readingLines(rest)).toEqual([]);
  });
});
