// "What changed for whom" between two editions that differ in one thing each.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { diffCorpora } from '../../src/app/diff-corpora.js';
import type { CancerFolder, Corpus } from '../../src/domain/corpus/corpus.js';
import { Criterion } from '../../src/domain/corpus/criterion.js';

const whole = loadCorpus(join(import.meta.dirname, '../../corpus'));
const nsclc = whole.cancers.find((c) => c.profile.id === 'nsclc');
if (nsclc === undefined) throw new Error('the corpus has no lung cancer');
const edition = (change: Partial<CancerFolder> = {}, more: Partial<Corpus> = {}): Corpus => ({
  ...whole,
  ...more,
  cancers: [{ ...nsclc, ...change }],
});
const before = edition();
const lines = (after: Corpus) =>
  diffCorpora(before, after).changes.map((c) => `${c.kind} ${c.id} ${c.change}: ${c.words}`);
const withIndication = (id: string, change: object) =>
  edition({ indications: nsclc.indications.map((i) => (i.id === id ? { ...i, ...change } : i)) });

describe('diffCorpora', () => {
  test('finds nothing between an edition and itself', () => {
    expect(diffCorpora(before, edition())).toEqual({ changes: [], moved: [] });
  });

  test('says how an indication changed, and for whom', () => {
    const after = withIndication('egfr-1l-osimertinib', {
      strength: 'weak-for',
      criteria: Criterion.parse({ line: 1 }),
    });
    const [line] = lines(after);
    expect(line).toContain('indication egfr-1l-osimertinib changed: strength strong-for -> weak-for');
    expect(line).toContain('-> Next line of therapy 1');
  });

  test('tells a later figure and a retraction of a study', () => {
    const changed = nsclc.studies.map((s) =>
      s.id === 'flaura' ? { ...s, retracted: { on: '2026-01-01', why: 'made up for the test' } } : s,
    );
    expect(lines(edition({ studies: changed }))).toContainEqual(
      expect.stringContaining('study flaura changed: RETRACTED on 2026-01-01: made up for the test'),
    );
  });

  test('names what is gone', () => {
    const [first, ...rest] = nsclc.indications;
    expect(lines(edition({ indications: rest }))[0]).toMatch(new RegExp(`^indication ${first?.id} removed: `));
    const safety = whole.safety.slice(1);
    expect(lines(edition({}, { safety }))[0]).toMatch(new RegExp(`^safety ${whole.safety[0]?.id} removed: `));
  });

  test('shows the first choice of a plain patient that moved', () => {
    const { moved } = diffCorpora(
      before,
      edition({ indications: nsclc.indications.filter((i) => i.decision !== 'follow-up') }),
    );
    expect(moved).toContainEqual(
      expect.objectContaining({ cancer: 'nsclc', setting: 'surveillance', decision: 'follow-up', after: 'nothing' }),
    );
  });
});
