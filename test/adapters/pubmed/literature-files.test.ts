// Files of every kind that the literature comes in, whole and broken: what can be read is given, what cannot is a fault with its place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readLiterature } from '../../../src/adapters/pubmed/literature-files.js';
import type { LiteratureDocument } from '../../../src/domain/literature.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-literature-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(
  name: string,
  content: string | Uint8Array,
): Promise<{ documents: LiteratureDocument[]; faults: string[] }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readPath(path);
}

async function readPath(path: string): Promise<{ documents: LiteratureDocument[]; faults: string[] }> {
  const documents: LiteratureDocument[] = [];
  const faults: string[] = [];
  for await (const r of readLiterature(path)) {
    if (r.kind === 'document') documents.push(r.document);
    else faults.push(`${r.fault.place}: ${r.fault.message}`);
  }
  return { documents, faults };
}

const article = (i: number): string =>
  `<PubmedArticle><MedlineCitation><PMID>${i}</PMID><Article><ArticleTitle>Trial ${i}.</ArticleTitle><Abstract><AbstractText>Überleben ${'x'.repeat(300)} ${i}.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n`;
const set = (n: number, encoding = 'utf-8'): string =>
  `<?xml version="1.0" encoding="${encoding}"?><PubmedArticleSet>${Array.from({ length: n }, (_, i) => article(i + 1)).join('')}</PubmedArticleSet>`;

describe('literature files', () => {
  test('reads a gzipped set as a stream', async () => {
    const { documents, faults } = await read('a.xml.gz', gzipSync(set(400)));
    expect(faults).toEqual([]);
    expect(documents.map((d) => d.pmid)).toEqual(Array.from({ length: 400 }, (_, i) => `${i + 1}`));
  });

  test('gives what came before a cut in gzip data', async () => {
    const whole = gzipSync(set(4000), { level: 0 });
    const { documents, faults } = await read('cut.xml.gz', whole.subarray(0, Math.floor(whole.length / 2)));
    expect(documents.length).toBeGreaterThan(500);
    expect(faults.join()).toMatch(/cut\.xml\.gz.*gzip data is cut or broken/);
  });

  test('reads the encoding that the file declares or marks', async () => {
    const latin = Buffer.from(set(1, 'iso-8859-1'), 'latin1');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(set(1, 'utf-16'), 'utf16le')]);
    for (const bytes of [latin, utf16]) {
      const { documents, faults } = await read('e.xml', bytes);
      expect(faults).toEqual([]);
      expect(documents[0]?.text).toContain('Überleben');
    }
  });

  test('says where bytes are not of the declared encoding', async () => {
    const { documents } = await read('wrong.xml', Buffer.from(set(2), 'latin1'));
    expect(documents).toHaveLength(2);
    expect(documents[0]?.faults[0]?.place).toMatch(/wrong\.xml, article from line 1/);
    const unknown = await read('unknown.xml', set(1, 'klingon-8'));
    expect(unknown.faults.join()).toMatch(/encoding "klingon-8"/);
  });

  test('expands no entities of a document type', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>&b;</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`;
    const { documents, faults } = await read('bomb.xml', bomb);
    expect(documents.every((d) => !d.text.includes('aaaa'))).toBe(true);
    expect(faults.join()).toMatch(/not well-formed|entity/);
  });

  test('stops at gzip that unpacks without measure', async () => {
    const { faults } = await read('zeros.xml.gz', gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20), { level: 9 }));
    expect(faults.join()).toMatch(/not read further/);
  });

  test('reads MEDLINE text, continued lines and all', async () => {
    const { documents } = await read(
      'm.txt',
      'PMID- 11\nTI  - A trial of A\n      versus B.\nAB  - HR 0.5\n      (95% CI 0.4-0.6).\nPT  - Randomized Controlled Trial\nSI  - ClinicalTrials.gov/NCT00000001\n\nPMID- 12\nTI  - Next.\nAB  - Text.\n',
    );
    expect(documents.map((d) => d.text)).toEqual(['A trial of A versus B.\nHR 0.5 (95% CI 0.4-0.6).', 'Next.\nText.']);
    expect(documents[0]?.registry).toEqual(['NCT00000001']);
  });

  test('leaves a plain abstract as it is given', async () => {
    const text = '  A title without end\nThe HR was 0.5 (95 % CI 0·4–0·6).\n\n';
    const { documents } = await read('p.txt', text);
    expect(documents[0]?.text).toBe(text);
  });

  test('reads no text without an end, and goes on after it', async () => {
    const { documents, faults } = await read(
      'long.ndjson',
      `${JSON.stringify({ id: 'long', text: 'x '.repeat(3_000_000) })}\n${JSON.stringify({ id: 'next', text: 'HR 0.57' })}\n`,
    );
    expect(faults).toEqual(['long: is too long for one text (6000000 characters; at most 5000000 are read)']);
    expect(documents.map((d) => d.document)).toEqual(['next']);
  });

  test('reads NDJSON line by line, faults in their places', async () => {
    const { documents, faults } = await read(
      'n.ndjson',
      '{"pmid":1,"title":"T","abstract":"A"}\n{"id":"x","text":"B"}\nnot json\n{"z":1}\n',
    );
    expect(documents.map((d) => [d.document, d.pmid, d.text])).toEqual([
      ['n.ndjson:1', '1', 'T\nA'],
      ['x', null, 'B'],
    ]);
    expect(faults[0]).toMatch(/^n\.ndjson, line 3: not JSON/);
    expect(faults[1]).toMatch(/^n\.ndjson, line 4: holds neither/);
  });

  test('tells posted results of a registry in sentences, and says when there are none', async () => {
    const identificationModule = { nctId: 'NCT00000002', briefTitle: 'A Versus B' };
    const study = {
      protocolSection: { identificationModule },
      resultsSection: {
        outcomeMeasuresModule: {
          outcomeMeasures: [
            {
              title: 'Overall Survival',
              paramType: 'MEDIAN',
              unitOfMeasure: 'Months',
              groups: [
                { id: 'OG1', title: 'Drug A' },
                { id: 'OG2', title: 'Drug B' },
              ],
              classes: [
                {
                  categories: [
                    {
                      measurements: [
                        { groupId: 'OG1', value: '12.1' },
                        { groupId: 'OG2', value: '9.4' },
                      ],
                    },
                  ],
                },
              ],
              analyses: [
                {
                  paramType: 'Hazard Ratio (HR)',
                  paramValue: '0.71',
                  ciPctValue: '95',
                  ciLowerLimit: '0.55',
                  ciUpperLimit: '0.92',
                  pValue: '0.01',
                },
              ],
            },
          ],
        },
      },
    };
    const { documents } = await read('r.json', JSON.stringify({ studies: [study] }));
    expect(documents[0]?.text).toBe(
      'A Versus B\nMedian Overall Survival was 12.1 months in the Drug A group and 9.4 months in the Drug B group.\nThe hazard ratio for Overall Survival was 0.71 (95% CI, 0.55 to 0.92; P=0.01).',
    );
    const none = await read('r0.json', JSON.stringify({ protocolSection: { identificationModule } }));
    expect(none.documents[0]?.faults[0]?.message).toMatch(/no posted results/);
    expect((await read('r1.json', '[{"a":1}]')).faults[0]).toMatch(/studies\[0\].*no ClinicalTrials\.gov study/);
  });

  test('says that a zip archive is one', async () => {
    const { faults } = await read('set.zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));
    expect(faults).toEqual([expect.stringContaining('is a zip archive')]);
  });

  test('names a file that is not there, a folder, bytes that are no text', async () => {
    expect((await readPath(join(folder, 'absent.xml'))).faults[0]).toMatch(/there is no such file/);
    expect((await readPath(folder)).faults[0]).toMatch(/is a folder/);
    expect((await read('b.txt', Buffer.from([1, 0, 2, 0, 3]))).faults[0]).toMatch(/is no text/);
    expect((await read('empty.txt', '')).faults[0]).toMatch(/is empty/);
    expect((await read('x.pdf', '%PDF-1.4 broken')).faults).toHaveLength(1);
  });
});
