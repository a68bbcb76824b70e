// The checks of the corpus find what they are for: each is given one defect that it must name.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import type { CancerFolder, Corpus } from '../../../src/domain/corpus/corpus.js';
import { Indication } from '../../../src/domain/corpus/indication.js';
import { Regimen } from '../../../src/domain/corpus/regimen.js';
import { Study } from '../../../src/domain/corpus/study.js';
import { checkCorpus } from '../../../src/evidence/check/check-corpus.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
const [folder] = corpus.cancers;
if (folder === undefined) throw new Error('the corpus holds no cancer');

const withFolder = (change: Partial<CancerFolder>): Corpus => ({ ...corpus, cancers: [{ ...folder, ...change }] });
const messages = (changed: Corpus, on = '2026-01-01') =>
  checkCorpus(changed, on).map((f) => `${f.record}: ${f.message}`);

const study = (results: unknown[]) =>
  Study.parse({
    id: 'made-up',
    name: 'Made up',
    year: 2020,
    journal: 'J',
    verified: { unverified: 'made up' },
    phase: '3',
    design: 'randomised',
    cancer: 'BREAST',
    population: 'p',
    arms: [
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b' },
    ],
    results,
  });
const withStudy = (results: unknown[]) => withFolder({ studies: [...folder.studies, study(results)] });
const hr = (value: number, low: number, high: number) => ({
  outcome: 'OS',
  arms: ['a', 'b'],
  effect: { measure: 'HR', value, low, high },
});

const sample = folder.indications[0];
const indication = (change: object) =>
  Indication.parse({
    id: 'made-up',
    regimen: sample?.regimen,
    decision: sample?.decision,
    criteria: { stage: 'II' },
    strength: 'strong-for',
    rationale: 'r',
    reviewBy: '2030-01-01',
    says: [{ body: 'B' }],
    verified: { unverified: 'made up' },
    ...change,
  });
const withIndications = (...more: Indication[]) => withFolder({ indications: [...folder.indications, ...more] });

describe('checkCorpus', () => {
  test('names an effect outside its interval, and one off its middle', () => {
    expect(messages(withStudy([hr(0.5, 0.6, 0.9)]))).toContainEqual(expect.stringContaining('outside its interval'));
    expect(messages(withStudy([hr(0.62, 0.6, 0.98)]))).toContainEqual(expect.stringContaining('typing slip'));
  });

  test('names a hazard ratio against its medians, two current results, and more events than patients', () => {
    const medians = { a: { months: 10 }, b: { months: 20 } };
    expect(messages(withStudy([{ ...hr(0.7, 0.6, 0.82), medians }]))).toContainEqual(
      expect.stringContaining('medians 10 against 20'),
    );
    expect(messages(withStudy([hr(0.7, 0.6, 0.82), hr(0.7, 0.6, 0.82)]))).toContainEqual(
      expect.stringContaining('two current results'),
    );
    expect(messages(withStudy([{ outcome: 'OS', arms: ['a'], events: { a: 9 }, n: { a: 5 } }]))).toContainEqual(
      expect.stringContaining('9 events among 5'),
    );
  });

  test.each([
    ['regimen', { regimen: 'no-such' }],
    ['decision', { decision: 'no-such' }],
    ['study', { studies: ['no-such'] }],
    ['network', { network: 'no-such' }],
    ['OncoTree code', { criteria: { cancer: 'NOSUCH' } }],
    ['biomarker', { criteria: { biomarker: { NOSUCH: 'positive' } } }],
    ['condition', { criteria: { not: { condition: 'no-such' } } }],
    ['drug class', { criteria: { prior: { class: 'no-such' } } }],
    ['not a fact', { criteria: { 'no-such': 'yes' } }],
    ['holds numbers', { criteria: { ecog: 'two' } }],
    ['word of menopause', { criteria: { menopause: 'never' } }],
  ])('names an unknown %s', (words, change) => {
    expect(messages(withIndications(indication(change)))).toContainEqual(
      expect.stringMatching(new RegExp(`made-up.*${words}`)),
    );
  });

  test('names a contradiction: the same criteria, for and against', () => {
    const pro = indication({});
    const contra = indication({ id: 'made-up-too', strength: 'strong-against' });
    expect(messages(withIndications(pro, contra))).toContainEqual(expect.stringContaining('contradicts made-up'));
  });

  test('warns of an indication whose review is overdue', () => {
    expect(messages(withIndications(indication({ reviewBy: '2025-01-01' })))).toContainEqual(
      expect.stringContaining('to be reviewed by 2025-01-01'),
    );
  });

  test('names a dose that nobody gives, and one far from the drug’s others', () => {
    const regimen = (id: string, dose: number, unit: string) =>
      Regimen.parse({
        id,
        name: id,
        modalities: ['systemic'],
        components: [{ drug: 'docetaxel', dose, unit, route: 'iv' }],
      });
    const found = messages(
      withFolder({ regimens: [...folder.regimens, regimen('far-out', 20000, 'mg/m2'), regimen('slip', 2, 'mg/m2')] }),
    );
    expect(found).toContainEqual(expect.stringContaining('far-out: docetaxel 20000 mg/m2 lies outside'));
    expect(found).toContainEqual(expect.stringContaining('slip: docetaxel 2 mg/m2, where other regimens give about'));
  });

  test('names a PubMed number that does not fit the year, and one that two studies share', () => {
    const old = { ...study([]), id: 'old', pmid: '39282896', year: 2009 };
    const found = messages(withFolder({ studies: [...folder.studies, old, { ...old, id: 'copy' }] }));
    expect(found).toContainEqual(expect.stringContaining('study old: PMID 39282896 was given out about 2024'));
    expect(found).toContainEqual(expect.stringContaining('study copy: has the PMID of old'));
  });

  test('names an indication whose own studies are retracted, whatever else it cites', () => {
    const [cited] = folder.indications.filter((i) => i.studies.length > 0);
    if (cited === undefined) throw new Error('an indication with a study');
    const arm = [{ id: 'a', regimen: cited.regimen, name: 'A', n: 10 }];
    const own = { ...study([]), id: 'own', arms: arm, retracted: { on: '2026-01-01', why: 'made up' } } as Study;
    const other = { ...study([]), id: 'other', arms: [] } as Study;
    const of = (...studies: string[]) =>
      messages(
        withFolder({
          studies: [...folder.studies, own, other],
          indications: folder.indications.map((i) => (i.id === cited.id ? { ...i, studies } : i)),
        }),
      ).filter((m) => m.includes('retracted studies alone'));
    expect(of('own', 'other')).toEqual([
      `indication ${cited.id}: rests on retracted studies alone (Made up); it is not recommended any more`,
    ]);
    expect(of('own', 'other', ...cited.studies)).toEqual([]);
    expect(of('other')).toEqual([]);
  });
});
