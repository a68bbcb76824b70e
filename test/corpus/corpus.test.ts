// The corpus itself: no fault, no error, and the released model was built from exactly these files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCorpusFiles } from '../../src/adapters/files/corpus-files.js';
import { readRelease } from '../../src/adapters/files/release.js';
import { checkCorpus } from '../../src/evidence/check/check-corpus.js';

const root = join(import.meta.dirname, '../..');
const { corpus, faults } = readCorpusFiles(join(root, 'corpus'));

describe('the corpus', () => {
  test('reads without a fault', () => {
    expect(faults).toEqual([]);
  });

  test('passes its checks without an error', () => {
    // Any day does: dates only give warnings.
    expect(checkCorpus(corpus, '2026-11-23').filter((finding) => finding.level === 'error')).toEqual([]);
  });

  test('says of every study and every safety rule how it was checked, and gives no identifier unchecked', () => {
    const studies = corpus.cancers.flatMap((folder) => folder.studies);
    const bare = studies.filter((study) => !('how' in study.verified) && !study.verified.unverified);
    expect(bare.map((study) => study.id)).toEqual([]);
    expect(corpus.safety.filter((rule) => rule.sources.length === 0)).toEqual([]);
  });

  test('is what the released model was built from ("shipa corpus build --release" makes it so)', () => {
    const release = readRelease(join(root, 'models'));
    const manifest = JSON.parse(readFileSync(join(release.directory, 'manifest.json'), 'utf8')) as {
      corpusHash: string;
    };
    expect(manifest.corpusHash).toBe(corpus.hash);
    expect(release.corpus.hash).toBe(corpus.hash);
  });
});
