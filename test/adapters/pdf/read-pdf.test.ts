import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PdfCaps } from '../../../src/adapters/pdf/pdf-caps.js';
import { PdfError } from '../../../src/adapters/pdf/pdf-error.js';
import { readPdf, readPdfFile } from '../../../src/adapters/pdf/read-pdf.js';
import type { PdfText } from '../../../src/adapters/pdf/text-layer.js';
import { makePdf } from './make-pdf.js';

const REPORT = ['Diagnosis: adenocarcinoma of the lung, T2aN1M0', 'EGFR exon 19 deletion, PD-L1 TPS 5 %', 'ECOG 1'];

const textOf = async (bytes: Buffer): Promise<PdfText> => {
  const reading = await readPdf(bytes);
  if ('fault' in reading) throw reading.fault;
  return reading;
};

const faultOf = async (bytes: Uint8Array, caps: Partial<PdfCaps> = {}): Promise<PdfError> => {
  const reading = await readPdf(bytes, caps);
  if (!('fault' in reading)) throw new Error('was read');
  expect(reading.fault).toBeInstanceOf(PdfError);
  return reading.fault;
};

describe('readPdf', () => {
  test('keeps lines and pages apart', async () => {
    const { text, pages, pagesWithoutText } = await textOf(makePdf({ pages: [REPORT, ['Second page']] }));
    expect(text).toBe(`${REPORT.join('\n')}\n\f\nSecond page`);
    expect({ pages, pagesWithoutText }).toEqual({ pages: 2, pagesWithoutText: [] });
  });

  test('reads Cyrillic, Kazakh and typographic signs through the font table', async () => {
    const lines = ['Диагноз: рак лёгкого, IV стадия', 'Емделуші: қатерлі ісік', 'PD-L1 ≥ 50 % – дата 12.03.2026'];
    expect((await textOf(makePdf({ pages: [lines] }))).text).toBe(lines.join('\n'));
  });

  test('keeps the cells of a row in one line, apart', async () => {
    const row = (y: number, ...cells: string[]) => cells.map((text, i) => ({ text, x: 50 + 150 * i, y }));
    const bytes = makePdf({ pages: [[...row(700, 'Hb', '102', 'g/L'), ...row(680, 'Creatinine', '71', 'umol/L')]] });
    expect((await textOf(bytes)).text.split('\n').map((line) => line.split(/\s+/))).toEqual([
      ['Hb', '102', 'g/L'],
      ['Creatinine', '71', 'umol/L'],
    ]);
  });

  test('names the pages without text among pages with', async () => {
    expect((await textOf(makePdf({ pages: [REPORT, [], REPORT] }))).pagesWithoutText).toEqual([2]);
  });

  test('says that a scan is one, with its number of pages, even when the scanner put a label on it', async () => {
    for (const lines of [[], ['Scan 1']]) {
      const fault = await faultOf(makePdf({ pages: [lines, lines, lines], picture: true }));
      expect({ code: fault.code, pages: fault.pages, retryable: fault.retryable }).toEqual({
        code: 'no-text-layer',
        pages: 3,
        retryable: false,
      });
      expect(fault.message).toMatch(/scan without a text layer \(3 pages\)/);
    }
  });

  test('reads a short text beside no picture, and a scan with recognised text under it', async () => {
    expect((await textOf(makePdf({ pages: [['ECOG 1']] }))).text).toBe('ECOG 1');
    expect((await textOf(makePdf({ pages: [REPORT], picture: true }))).text).toBe(REPORT.join('\n'));
  });

  test('does not trust letters that the fonts do not explain', async () => {
    expect((await faultOf(makePdf({ pages: [REPORT], withoutUnicode: true }))).code).toBe('not-readable');
  });

  test('says that a file is protected by a password', async () => {
    expect((await faultOf(makePdf({ pages: [REPORT], password: true }))).code).toBe('encrypted');
  });

  test('tells what is no PDF from what is a damaged one', async () => {
    expect((await faultOf(Buffer.from('PK\u0003\u0004 a Word document'))).code).toBe('not-a-pdf');
    expect((await faultOf(new Uint8Array())).code).toBe('not-a-pdf');
    expect((await faultOf(Buffer.from(`%PDF-1.7\n${'garbage '.repeat(100)}`))).code).toBe('malformed');
    expect((await faultOf(makePdf({ pages: [REPORT] }).subarray(0, 300))).code).toBe('malformed');
  });

  test('refuses what is too large, too long or too much', async () => {
    const bytes = makePdf({ pages: [REPORT, REPORT, REPORT] });
    expect((await faultOf(bytes, { bytes: 100 })).code).toBe('too-large');
    expect((await faultOf(bytes, { pages: 2 })).message).toMatch(/has 3 pages/);
    expect((await faultOf(bytes, { characters: 100 })).code).toBe('too-large');
  });

  test('stops a decompression bomb at the memory cap', async () => {
    const once = deflateSync(Buffer.alloc(400 * 1024 * 1024, ' '));
    const bomb = makePdf({
      pages: [[]],
      content: { bytes: deflateSync(once), filter: '[/FlateDecode /FlateDecode]' },
    });
    expect(bomb.length).toBeLessThan(20_000);
    expect((await faultOf(bomb, { memoryMb: 300 })).code).toBe('too-much-memory');
  });

  test('stops a file that takes too long', async () => {
    const fault = await faultOf(makePdf({ pages: [REPORT] }), { milliseconds: 1 });
    expect({ code: fault.code, retryable: fault.retryable }).toEqual({ code: 'too-slow', retryable: true });
  });

  test('ends on a page tree that holds itself', async () => {
    const looped = makePdf({ pages: [REPORT] })
      .toString('latin1')
      .replace(/\/Kids \[\d+ 0 R\]/, '/Kids [2 0 R]');
    const reading = await readPdf(Buffer.from(looped, 'latin1'), { milliseconds: 20_000 });
    expect('fault' in reading && reading.fault.code).toBe('malformed');
  });
});

describe('readPdfFile', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shipa-pdf-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reads a file as readPdf reads its bytes', async () => {
    const path = join(folder, 'report.pdf');
    const bytes = makePdf({ pages: [REPORT] });
    writeFileSync(path, bytes);
    expect(await readPdfFile(path)).toEqual(await readPdf(bytes));
  });

  test('refuses 200 MB without opening them', async () => {
    const path = join(folder, 'large.pdf');
    writeFileSync(path, makePdf({ pages: [REPORT] }));
    truncateSync(path, 200 * 1024 * 1024);
    const started = Date.now();
    const reading = await readPdfFile(path);
    expect('fault' in reading && reading.fault.message).toMatch(/has 200 MB, more than the 100 MB/);
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  test('throws when there is no such file', async () => {
    await expect(readPdfFile(join(folder, 'none.pdf'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
