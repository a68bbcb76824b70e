// The figure shown beside a study is the one that the option's number rests on.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { evidenceItems } from '../../src/core/evidence-items.js';
import { Study } from '../../src/domain/corpus/study.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../corpus'));
const result = (population: string, value: number, low: number, high: number) => ({
  outcome: 'PFS',
  population,
  arms: ['new', 'old'],
  effect: { measure: 'HR', value, low, high },
});
const study = Study.parse({
  id: 'made-up',
  name: 'MADE-UP',
  year: 2020,
  journal: 'none',
  firstAuthor: 'Nobody N',
  phase: '3',
  design: 'randomised',
  blinded: false,
  cancer: 'BREAST',
  population: 'test',
  arms: [
    { id: 'new', regimen: 'imlunestrant', name: 'New', n: 10 },
    { id: 'old', regimen: 'fulvestrant', name: 'Old', n: 10 },
  ],
  results: [result('ITT', 0.87, 0.72, 1.04), result('mutated', 0.62, 0.46, 0.82)],
  verified: { unverified: 'invented for a test' },
});
const [first, ...others] = corpus.cancers;
if (first === undefined) throw new Error('the corpus has folders');
const index = indexCorpus({ ...corpus, cancers: [{ ...first, studies: [...first.studies, study] }, ...others] });
const shown = (populations: ReadonlyMap<string, string>) =>
  evidenceItems(
    ['made-up'],
    { regimen: 'imlunestrant', outcomes: ['PFS'], certainty: null, network: [], populations },
    index,
  )[0]?.effect;

it('shows the result of the population that the network pools', () => {
  expect(shown(new Map([['made-up', 'mutated']]))).toBe('HR 0.62 (0.46-0.82), against Old, in mutated');
});

it('shows the whole trial where the network names no population', () => {
  expect(shown(new Map())).toBe('HR 0.87 (0.72-1.04), against Old');
});
