// Sentences of the core in three languages: every message has its translations with the same blanks, and they reach the record.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { describe as inWords } from '../../src/core/criteria/describe.js';
import { KK } from '../../src/core/language/kk.js';
import { type Message, RU } from '../../src/core/language/ru.js';
import { translate, word } from '../../src/core/language/translate.js';
import { Criterion } from '../../src/domain/corpus/criterion.js';

const messages = Object.keys(RU) as Message[];
const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('messages', () => {
  test.each(messages)('"%s" keeps its blanks in Russian and Kazakh', (message) => {
    expect(blanks(RU[message])).toEqual(blanks(message));
    expect(blanks(KK[message])).toEqual(blanks(message));
  });

  test('are filled in after translation; English is the message itself', () => {
    expect(translate('en', 'needs {what}', { what: 'EGFR' })).toBe('needs EGFR');
    expect(translate('ru', 'needs {what}', { what: 'EGFR' })).toBe('требуется: EGFR');
    expect(translate('kk', 'line {n}', { n: 2 })).toBe('2-желі');
  });

  test('leave a word that has no translation as it is', () => {
    expect([word('ru', 'adjuvant'), word('ru', 'exon-19-deletion'), word('en', 'active-surveillance')]).toEqual([
      'адъювантно',
      'exon 19 deletion',
      'active surveillance',
    ]);
  });
});

describe('criteria', () => {
  const corpus = loadCorpus(join(import.meta.dirname, '../../corpus'));
  const criterion = Criterion.parse({
    line: 1,
    biomarker: { EGFR: 'positive' },
    not: { prior: { class: 'EGFR-TKI', outcome: 'progressed' } },
  });
  test('are described in the language of the index', () => {
    expect(inWords(criterion, indexCorpus(corpus, 'en'))).toContain(
      'no earlier EGFR tyrosine kinase inhibitor, outcome progressed',
    );
    expect(inWords(criterion, indexCorpus(corpus, 'ru'))).toMatch(
      /EGFR положительный.*нет: ранее .*исход: прогрессирование/,
    );
    expect(inWords(criterion, indexCorpus(corpus, 'kk'))).toMatch(/EGFR оң.*жоқ: бұрын .*нәтижесі: үдеу/);
  });
});
