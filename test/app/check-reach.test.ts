// The proof by made-up patients: nothing in the corpus is out of reach, and the proof fails where something is.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { checkReach } from '../../src/app/check-reach.js';
import type { CancerFolder, Corpus } from '../../src/domain/corpus/corpus.js';
import { Criterion } from '../../src/domain/corpus/criterion.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../corpus'));
const nsclc = corpus.cancers.find((c) => c.profile.id === 'nsclc');
if (nsclc === undefined) throw new Error('the corpus has no lung cancer');
const some = nsclc.indications[0];
if (some === undefined) throw new Error('lung cancer has no indication');

const only = (change: Partial<CancerFolder>): Corpus => ({ ...corpus, cancers: [{ ...nsclc, ...change }] });
const withCriteria = (written: unknown): Corpus =>
  only({ indications: [{ ...some, id: 'made-up', decision: 'systemic', criteria: Criterion.parse(written) }] });
const reached = (written: unknown): boolean =>
  !checkReach(withCriteria(written)).findings.some((f) => f.record === 'indication made-up');

describe('checkReach', () => {
  test('every indication of the corpus and every setting can be reached', () => {
    const errors = checkReach(corpus).findings.filter((f) => f.level === 'error');
    expect(errors.map((f) => `${f.record}: ${f.message}`)).toEqual([]);
  }, 300_000);

  test.each([
    [{ line: 1, metastatic: 'yes' }],
    [{ biomarker: { EGFR: 'L858R' }, unless: { biomarker: { EGFR: 'exon-20-insertion' } } }],
    [{ prior: { class: 'platinum', outcome: 'progressed' }, not: { current: { drug: 'osimertinib' } } }],
    [{ any: [{ age: { below: 10, min: 20 } }, { cancer: 'LUSC', ecog: { max: 1 } }] }],
    [{ unless: { metastasis: 'brain' }, metastasis: ['bone', 'liver'] }],
  ])('makes up a patient for %j', (written) => {
    expect(reached(written)).toBe(true);
  });

  test.each([
    ['a number below and above', { ecog: { max: 1 }, not: { ecog: { max: 2 } } }],
    ['two words of one fact', { all: [{ menopause: 'pre' }, { menopause: 'post' }] }],
    ['two cancers', { all: [{ cancer: 'LUAD' }, { cancer: 'LUSC' }] }],
    ['a line that belongs to another setting', { setting: 'metastatic-first-line', line: 2 }],
    ['a drug that was and was not given', { prior: { drug: 'gefitinib' }, not: { prior: { class: 'EGFR-TKI' } } }],
    ['a setting in which the question is not asked', { setting: 'adjuvant' }],
  ])('finds that %s cannot be', (_what, written) => {
    expect(reached(written)).toBe(false);
  });

  test('finds a setting that none can stand in', () => {
    const [first, ...rest] = nsclc.profile.settings;
    if (first === undefined) throw new Error('no setting');
    const hidden = { ...first, id: 'hidden', criteria: Criterion.parse({ line: 1, not: { line: 1 } }) };
    const { findings } = checkReach(only({ profile: { ...nsclc.profile, settings: [hidden, first, ...rest] } }));
    expect(findings.map((f) => f.message)).toContainEqual(expect.stringContaining('setting hidden'));
  });
});
