// The table of drugs and of languages counts what is there: one fact taken away lowers its count by one and names the drug.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import type { Corpus } from '../../../src/domain/corpus/corpus.js';
import { cancerDrugs, drugCoverage, drugTable } from '../../../src/evidence/check/drug-coverage.js';
import { languageCoverage } from '../../../src/evidence/check/language-coverage.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
const row = (of: Corpus, fact: string) => drugCoverage(of).find((r) => r.fact === fact);

describe('drugCoverage', () => {
  test('names the drug that loses its codes and its emetogenic class', () => {
    const drugs = corpus.drugs.map((d) => {
      if (d.inn !== 'cisplatin') return d;
      const { emetogenic: _, ...rest } = d;
      return { ...rest, atc: [], rxnorm: [] };
    });
    for (const fact of ['ATC code', 'RxNorm code', 'emetogenic class']) {
      const [before, after] = [row(corpus, fact), row({ ...corpus, drugs }, fact)];
      expect(before?.without).not.toContain('cisplatin');
      expect(after?.without).toContain('cisplatin');
      expect(after?.told).toBe((before?.told ?? 0) - 1);
    }
  });

  test('sees a rule on the kidney by drug, and loses it with the rules', () => {
    expect(row(corpus, 'rule on kidney function')?.without).not.toContain('cisplatin');
    expect(row({ ...corpus, safety: [] }, 'rule on kidney function')?.told).toBe(0);
  });

  test('sees the rules of the class: pregnancy for a drug that no rule names', () => {
    expect(row(corpus, 'rule on pregnancy')?.without).not.toContain('osimertinib');
  });

  test('counts no placeholder of a class, and no supportive medicine', () => {
    const inns = cancerDrugs(corpus).map((d) => d.inn);
    expect(inns).not.toContain('platinum agent');
    expect(inns).not.toContain('ondansetron');
  });

  test('is a table of as many rows as facts', () => {
    const rows = drugTable(corpus).filter((line) => line.startsWith('| ') && !line.startsWith('| told'));
    expect(rows.length).toBe(drugCoverage(corpus).length);
  });
});

describe('languageCoverage', () => {
  test('counts a Kazakh reason taken away', () => {
    const counted = (of: Corpus) => languageCoverage(of).find((r) => r.texts === 'reasons of all indications');
    const strip = (said: boolean): Corpus => ({
      ...corpus,
      cancers: corpus.cancers.map((c) => ({
        ...c,
        indications: c.indications.map((i) => (said ? i : { ...i, rationale: { en: i.rationale.en } })),
      })),
    });
    expect(counted(strip(true))?.kk).toBeGreaterThan(600);
    expect(counted(strip(false))).toMatchObject({ ru: 0, kk: 0, all: counted(corpus)?.all });
  });

  test('gives every cancer drug a name in both languages', () => {
    const drugs = languageCoverage(corpus).find((r) => r.texts === 'drugs');
    expect(drugs).toMatchObject({ ru: drugs?.all, kk: drugs?.all });
  });
});
