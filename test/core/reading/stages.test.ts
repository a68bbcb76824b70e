// The small stages: plain text, slips, sentences, dates, places in time.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { createLexicon, type Lexicon } from '../../../src/core/reading/lexicon.js';
import { plainText } from '../../../src/core/reading/plain-text.js';
import { datesIn } from '../../../src/core/reading/reading-date.js';
import { sentencesOf } from '../../../src/core/reading/sentence.js';
import { corrected, distance } from '../../../src/core/reading/spelling.js';
import { placed } from '../../../src/core/reading/timeline.js';
import { treatmentsIn } from '../../../src/core/reading/treatment.js';

let lexicon: Lexicon;
beforeAll(() => {
  lexicon = createLexicon(loadCorpus(join(import.meta.dirname, '../../../corpus')));
});

describe('plain text', () => {
  it('keeps the length and turns look-alike letters of codes into Latin', () => {
    for (const text of ['сТ4N2М1', 'НЕR2 3+', 'С50.4', 'рТ1сN0', 'лёгкое – “да”'])
      expect(plainText(text)).toHaveLength(text.length);
    expect(plainText('сТ4N2М1')).toBe('ct4n2m1');
    expect(plainText('Рак желудка')).toBe('рак желудка');
  });
});

describe('spelling', () => {
  it('puts a slip right and leaves known words of another meaning alone', () => {
    const read = (text: string) => corrected(text, plainText(text), lexicon).plain;
    expect(read('osimertinb and carbopaltin')).toBe('osimertinib and carboplatin');
    expect(read('cisplatin carboplatin undetectable function')).toBe('cisplatin carboplatin undetectable function');
  });

  it('points behind a correction to the place in the text as given', () => {
    const text = 'pembrolizumabb given, ECOG 2';
    const { plain, original } = corrected(text, plainText(text), lexicon);
    expect(text.slice(original(plain.indexOf('ecog')))).toBe('ECOG 2');
  });

  it('counts two swapped letters as one slip', () => {
    expect(distance('neoadjvuant', 'neoadjuvant', 2)).toBe(1);
  });
});

describe('sentences', () => {
  it('knows the section, and that a family history in a line ends with it', () => {
    const found = sentencesOf('Family history: mother had breast cancer.\nDiagnosis: melanoma.');
    expect(found.map((s) => s.section)).toEqual(['family', 'body']);
  });

  it('is not ended by abbreviations and decimals', () => {
    expect(sentencesOf('Hb 9.4 g/dl, 2019 г. операция, e.g. FOLFOX.')).toHaveLength(1);
  });
});

describe('dates', () => {
  it('reads the usual shapes in two languages', () => {
    const dates = (text: string) => datesIn(text, '2026-06-01').map((d) => d.date);
    expect(dates('12.05.2024, 2024-03-01, 05/2023, may 2022, в марте 2021')).toEqual([
      '2024-05-12',
      '2024-03-01',
      '2023-05',
      '2022-05',
      '2021-03',
    ]);
    expect(dates('02-apr-2026; 2019-2021')).toEqual(['2026-04-02', '2019', '2021']);
    expect(dates('3 months ago')[0]).toMatch(/^2026-03/);
  });

  it('does not take a dose or a count for a year', () => {
    expect(datesIn('2000 mg, 2010 ng/ml', '2026-06-01')).toEqual([]);
  });
});

describe('treatments', () => {
  const drugs = (text: string) =>
    sentencesOf(text).flatMap((s) =>
      treatmentsIn(s, lexicon).map((t) => [...t.drugs].sort().join('+') || (t.procedure ?? t.words)),
    );

  it('joins what is given together and keeps a sequence apart', () => {
    expect(drugs('carboplatin, pemetrexed and pembrolizumab')).toEqual(['carboplatin+pembrolizumab+pemetrexed']);
    expect(drugs('sunitinib, everolimus')).toEqual(['sunitinib', 'everolimus']);
    expect(drugs('FOLFOX-bev and FOLFIRI-bev')).toHaveLength(2);
  });

  it('reads short names only among drugs', () => {
    expect(drugs('gem/cis + durva')).toEqual(['cisplatin+durvalumab+gemcitabine']);
    expect(drugs('IPI 3, CIS of the bladder, Gleason 7 (3+4), Ph+')).toEqual([]);
  });
});

describe('places in time', () => {
  const step = { length: 100, gap: 30, open: false, lengthTold: false };
  it('keep the order and lie before the day of the question', () => {
    const days = placed([step, step, step], '2026-06-01', 0);
    expect(days.map((d) => d.start)).toEqual([...days.map((d) => d.start)].sort());
    expect(days.every((d) => d.start < '2026-06-01' && (d.end ?? d.start) < '2026-06-01')).toBe(true);
  });

  it('leave told days as told and fit the others between them', () => {
    const [a, b, c] = placed([{ ...step, date: '2025-01' }, step, { ...step, date: '2025-03' }], '2026-06-01', 0);
    expect([a?.start, c?.start]).toEqual(['2025-01', '2025-03']);
    expect(b !== undefined && b.start > '2025-01-01' && b.start < '2025-03-01').toBe(true);
  });
});
