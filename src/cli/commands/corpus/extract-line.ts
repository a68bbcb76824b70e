// A document and what was read of it, as a line of output.
import type { ExtractedResult, LiteratureDocument } from '../../../domain/literature.js';
import { type Extraction, extractDocument } from '../../../evidence/extract/extract-document.js';
import type { OutcomeLexicon } from '../../../evidence/extract/outcome-lexicon.js';
import type { Triage, TriageText } from '../../../evidence/triage/triage.js';

export interface LineFormat {
  readonly format: 'ndjson' | 'text';
  readonly printText: boolean;
}

export interface Readers {
  readonly lexicon: OutcomeLexicon;
  /** Absent: the lines say nothing of triage. */
  readonly classifier: { triage(texts: readonly TriageText[]): Promise<readonly Triage[]> } | undefined;
}

/** One line a document, in order. */
export async function documentLines(
  documents: readonly LiteratureDocument[],
  readers: Readers,
  format: LineFormat,
): Promise<string[]> {
  const triage = (await readers.classifier?.triage(documents.map(triageText))) ?? [];
  return documents.map((document, i) =>
    documentLine(document, extractDocument(document, readers.lexicon), triage[i] ?? {}, format),
  );
}

const triageText = ({ text, titleLength, publicationTypes }: LiteratureDocument): TriageText => ({
  title: text.slice(0, titleLength),
  abstract: text.slice(titleLength).trim(),
  publicationTypes,
});

function documentLine(
  document: LiteratureDocument,
  extraction: Extraction,
  triage: Triage | Record<string, never>,
  { format, printText }: LineFormat,
): string {
  if (format === 'text') return printText ? `${document.text}\n` : textOf(document, extraction, triage);
  const { trial, results, warnings } = extraction;
  return `${JSON.stringify({ document: document.document, pmid: document.pmid, triage, trial, results, warnings, ...(printText && { text: document.text }) })}\n`;
}

function textOf(
  document: LiteratureDocument,
  { results, warnings }: Extraction,
  triage: Triage | Record<string, never>,
): string {
  const kind =
    'design' in triage
      ? `  ${triage.design}${triage.doubtful ? ' (doubtful)' : ''}${triage.cancers.length > 0 ? `, ${triage.cancers.join(', ')}` : ''}\n`
      : '';
  const body = [...results.map(resultLine), ...warnings.map((w) => `  ! ${w}`)].join('\n') || '  no results found';
  return `${document.document}${document.pmid === null ? '' : ` (PMID ${document.pmid})`}\n${kind}${body}\n\n`;
}

function resultLine(r: ExtractedResult): string {
  const interval = r.low === null ? '' : ` (${r.low} to ${r.high ?? 'not reached'})`;
  const unit = r.unit === null ? '' : r.unit === '%' ? '%' : ` ${r.unit}`;
  const arms = [r.intervention, r.comparator].filter((a) => a !== null).join(' against ');
  const told = [r.at, r.outcome ?? 'outcome not told'].filter((x) => x !== null).join(' ');
  const tail = [
    r.direction === null ? '' : `: ${r.direction}`,
    arms === '' ? '' : `  [${arms}]`,
    r.subgroup === null ? '' : `  {${r.subgroup}}`,
  ].join('');
  return `  ${r.measure} ${r.value}${unit}${interval}${r.p === null ? '' : `, p ${r.p}`}  ${told}${tail}  at ${r.span.start}-${r.span.end}`;
}
