// A researcher's sitting on the command line: add what can be read, review it, find it in the corpus; what cannot be read is told with its place.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { linesOf, root, shipa } from './shipa.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-curation-'));
afterAll(() => rmSync(folder, { recursive: true }));
const corpus = join(folder, 'corpus');
cpSync(join(root, 'corpus'), corpus, { recursive: true });
rmSync(join(corpus, 'curation'), { recursive: true, force: true });

const ABSTRACT =
  'Patients with advanced non-small-cell lung cancer were randomly assigned (1:1) to madeupinib or docetaxel. Median overall survival was 14.1 months with madeupinib and 10.2 months with docetaxel (hazard ratio for death, 0.71; 95% CI, 0.58 to 0.87; P=0.001). ClinicalTrials.gov number, NCT99999999.';
const papers = join(folder, 'papers.ndjson');
writeFileSync(
  papers,
  `${JSON.stringify({ id: 'paper-1', title: 'Madeupinib in lung cancer: a randomised phase 3 trial', abstract: ABSTRACT })}\n{broken\n`,
);
const truncated = join(folder, 'truncated.xml');
writeFileSync(truncated, '<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>');
const study = (...args: string[]) => shipa('corpus', ...args, '--dir', corpus);

describe('curation on the command line', { timeout: 240_000 }, () => {
  test('takes a paper from a file into a study, with faults told and no step without a name', async () => {
    const added = await study('add', truncated, papers, join(folder, 'nowhere.xml'), '--format', 'ndjson');
    expect(added.code).toBe(1);
    for (const place of [/truncated\.xml/, /papers\.ndjson, line 2/, /nowhere\.xml: there is no such file/])
      expect(added.err).toMatch(place);
    const [first] = linesOf(added.out) as { id: string; as: string }[];
    expect(first).toMatchObject({ as: 'draft' });
    const id = first?.id ?? '';

    const anonymous = await study('review', id, '--accept', '--why', 'read');
    expect([anonymous.code, anonymous.err]).toEqual([2, expect.stringContaining('--by NAME')]);
    const wrong = await study('review', id, '--set', 'OS.effect=HR 0.9 (0.1 to 0.2)', '--by', 'A', '--why', 'x');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('outside its own interval')]);

    const page = await study('review', id, '--show');
    expect(page.out).toMatch(/\[\d+:\s[^\]]*0\.71/);
    const set = ['name=MADEUP-9', 'year=2025', 'journal=J Test', 'population=advanced lung cancer', 'phase=3'];
    const accepted = await study(
      'review',
      id,
      '--by',
      'A. Reader',
      '--why',
      'read whole',
      ...set.flatMap((s) => ['--set', s]),
      '--accept',
    );
    expect(accepted).toMatchObject({ code: 0, out: expect.stringContaining('new study: madeup-9') });
    const file = join(corpus, 'nsclc/studies/curated.yaml');
    expect(parse(readFileSync(file, 'utf8'))[0]).toMatchObject({
      id: 'madeup-9',
      cancer: 'nsclc',
      nct: 'NCT99999999',
      results: [{ outcome: 'OS', effect: { measure: 'HR', value: 0.71, low: 0.58, high: 0.87 } }],
    });

    const again = await study('add', papers, '--select', 'paper-1');
    expect(again.out).toContain(`is draft ${id} already (accepted)`);
    const retracted = await study('retract', 'madeup-9', '--by', 'A. Reader', '--why', 'made up');
    expect(retracted.code).toBe(0);
    expect(parse(readFileSync(file, 'utf8'))[0].retracted.why).toBe('made up');
    const list = await study('review', '--state', 'retracted');
    expect(list.out).toContain(id);
    expect(existsSync(join(corpus, 'curation/.texts/.gitignore'))).toBe(true);
  });

  test('says what is wrong with the call', async () => {
    expect((await study('add')).code).toBe(2);
    expect((await study('review', 'x', 'y')).code).toBe(2);
    expect(await study('review', 'no-such')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no draft "no-such"'),
    });
    expect(await study('retract', 'no-such', '--by', 'A', '--why', 'b')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no study'),
    });
  });
});
