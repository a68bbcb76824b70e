// `shipa corpus extract` as a script uses it: the line of the contract, spans that hold, faults that stop nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { linesOf, shipa } from './shipa.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-extract-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const Line = z.object({
  document: z.string(),
  pmid: z.string().nullable(),
  triage: z.looseObject({}),
  results: z.array(
    z.looseObject({
      measure: z.enum(['HR', 'OR', 'RR', 'MD', 'median', 'rate']),
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      p: z.string().nullable(),
      outcome: z.string().nullable(),
      intervention: z.string().nullable(),
      comparator: z.string().nullable(),
      direction: z.enum(['increased', 'decreased', 'no-difference']).nullable(),
      span: z.object({ start: z.int(), end: z.int() }),
    }),
  ),
  warnings: z.array(z.string()),
  text: z.string().optional(),
});

const XML = `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>Velatinib versus gefarinib in lung cancer: a randomised trial.</ArticleTitle>
<Abstract><AbstractText Label="RESULTS">Overall survival was longer (HR 0&#xB7;57 [95% CI 0&#xB7;44&#x2013;0&#xB7;75]; p&lt;0&#xB7;0001).</AbstractText></Abstract><PublicationTypeList><PublicationType>Randomized Controlled Trial</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`;

test('gives a line of the contract for each document, and goes on after a file that is not there', async () => {
  const run = await shipa(
    'corpus',
    'extract',
    join(folder, 'absent.xml'),
    file('a.xml', XML),
    file('b.txt', 'No figures here.'),
    '--format',
    'ndjson',
    '--print-text',
  );
  const [absent, ...lines] = linesOf(run.out);
  expect(run.code).toBe(1);
  expect(absent).toMatchObject({
    status: 'error',
    faults: [{ place: 'absent.xml', message: 'there is no such file' }],
  });
  const [a, b] = lines.map((line) => Line.parse(line));
  expect(a).toMatchObject({
    document: 'a.xml#7',
    pmid: '7',
    text: expect.stringContaining('trial.\nRESULTS: Overall'),
  });
  expect(a?.results).toHaveLength(1);
  expect(a?.results[0]).toMatchObject({
    measure: 'HR',
    value: 0.57,
    low: 0.44,
    high: 0.75,
    p: '<0.0001',
    outcome: 'OS',
    intervention: 'Velatinib',
    comparator: 'gefarinib',
    direction: 'increased',
  });
  const { start = 0, end = 0 } = a?.results[0]?.span ?? {};
  expect(a?.text?.slice(start, end)).toBe('HR 0\u00B757 [95% CI 0\u00B744\u20130\u00B775]; p<0\u00B70001');
  expect(a?.triage).toMatchObject({ randomised: true });
  expect(b?.results).toEqual([]);
});

test('prints the text alone when asked for text', async () => {
  const run = await shipa('corpus', 'extract', file('c.xml', XML), '--format', 'text', '--print-text', '--no-triage');
  expect(run.code).toBe(0);
  expect(run.out).toMatch(
    /^Velatinib versus gefarinib in lung cancer: a randomised trial\.\nRESULTS: Overall survival was longer \(HR 0·57/,
  );
});

test('says how it is used when no file is named', async () => {
  const run = await shipa('corpus', 'extract');
  expect(run.code).toBe(2);
  expect(run.err).toMatch(/name at least one file/);
});
