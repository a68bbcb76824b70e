// A file of the literature as lines of results with spans: what `shipa corpus extract` prints, made by a worker.
import { z } from 'zod';
import type { Fault } from '../domain/faults.js';
import type { LiteratureDocument } from '../domain/literature.js';
import { extractDocument } from '../evidence/extract/extract-document.js';
import type { OutcomeLexicon } from '../evidence/extract/outcome-lexicon.js';
import type { Triage, TriageText } from '../evidence/triage/triage.js';
import type { MadeFile, ResultFiles } from './result-files.js';

export type ReadLiterature = (
  file: string,
) => AsyncIterable<
  | { readonly kind: 'document'; readonly document: LiteratureDocument }
  | { readonly kind: 'fault'; readonly fault: Fault }
>;

export interface ExtractDependencies {
  readonly literature: ReadLiterature;
  readonly lexicon: () => OutcomeLexicon;
  /** The released classifier; undefined where there is none. */
  readonly triage?: (texts: readonly TriageText[]) => Promise<readonly Triage[]>;
  readonly results: ResultFiles;
}

export const ExtractTask = z.object({ file: z.string().min(1), out: z.string().min(1) }).strict();

export const triageText = ({ text, titleLength, publicationTypes }: LiteratureDocument): TriageText => ({
  title: text.slice(0, titleLength),
  abstract: text.slice(titleLength).trim(),
  publicationTypes,
});

/** One document as the line of the contract. */
export function extractionLine(
  document: LiteratureDocument,
  lexicon: OutcomeLexicon,
  triage: Triage | Record<string, never>,
): { readonly line: string; readonly results: number } {
  const { trial, results, warnings } = extractDocument(document, lexicon);
  const line = { document: document.document, pmid: document.pmid, triage, trial, results, warnings };
  return { line: `${JSON.stringify(line)}\n`, results: results.length };
}

export async function extractLiterature(
  { literature, lexicon, triage, results }: ExtractDependencies,
  { file, out }: z.infer<typeof ExtractTask>,
): Promise<MadeFile & { readonly documents: number; readonly results: number; readonly faulty: number }> {
  const words = lexicon();
  const sums = { documents: 0, results: 0, faulty: 0 };
  async function* lines(): AsyncGenerator<string> {
    for await (const read of literature(file)) {
      if (read.kind === 'fault') {
        sums.faulty++;
        yield `${JSON.stringify({ document: file, status: 'error', faults: [read.fault] })}\n`;
        continue;
      }
      const [sorted] = (await triage?.([triageText(read.document)])) ?? [];
      const { line, results: found } = extractionLine(read.document, words, sorted ?? {});
      sums.documents++;
      sums.results += found;
      yield line;
      if (sums.documents % 20 === 0) await new Promise(setImmediate);
    }
  }
  const made = await results.write(out, lines());
  return { ...made, ...sums };
}
