import { describe, expect, test } from 'vitest';
import { withPdfTexts } from '../../../src/adapters/fhir/inline-pdf.js';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { pdfTextOf } from '../../../src/adapters/pdf/pdf-text-of.js';
import { makePdf } from '../pdf/make-pdf.js';

const bundle = (data: string): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    id: 'b',
    type: 'collection',
    entry: [
      { resource: { resourceType: 'Patient', id: 'p' } },
      {
        resource: {
          resourceType: 'DocumentReference',
          id: 'd',
          status: 'current',
          subject: { reference: 'Patient/p' },
          content: [{ attachment: { contentType: 'application/pdf', data } }],
        },
      },
    ],
  });

describe('a PDF given inline in a Bundle', () => {
  test('is read as a document beside the structured entries', async () => {
    const pdf = makePdf({ pages: [[{ text: 'Lung adenocarcinoma, stage IVB. EGFR L858R. ECOG 1.', x: 50, y: 700 }]] });
    const whole = await withPdfTexts(bundle(Buffer.from(pdf).toString('base64')), pdfTextOf);
    const [history] = readBundleText(whole, { case: 'b' }).histories;
    expect(history?.documents?.map((d) => d.text).join()).toContain('EGFR L858R');
  });

  test('that cannot be opened leaves a warning with the reason, and the rest is read', async () => {
    const whole = await withPdfTexts(bundle(Buffer.from('no pdf at all').toString('base64')), pdfTextOf);
    const [history] = readBundleText(whole, { case: 'b' }).histories;
    expect(history?.documents).toBeUndefined();
    expect(history?.warnings.map((w) => w.message).join()).toMatch(/the PDF is not read: .*not a PDF/);
  });

  test('of which there is none leaves the very text, JSON or not', async () => {
    const fail = async (): Promise<{ text: string }> => {
      throw new Error('not to be called');
    };
    expect(await withPdfTexts('{"resourceType":"Bundle"}', fail)).toBe('{"resourceType":"Bundle"}');
    expect(await withPdfTexts('{"contentType":"application/pdf", broken', fail)).toBe(
      '{"contentType":"application/pdf", broken',
    );
  });
});
