// `shipa corpus extract FILE...`: the literature as lines of results with spans. Nothing is stored; `corpus add` does that.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRelease } from '../../../adapters/files/release.js';
import { openTriage, type TriageRunner } from '../../../adapters/onnx/triage-runner.js';
import { readLiterature } from '../../../adapters/pubmed/literature-files.js';
import type { Read } from '../../../adapters/pubmed/pubmed-xml.js';
import type { Fault } from '../../../domain/faults.js';
import type { ExtractedResult, LiteratureDocument } from '../../../domain/literature.js';
import { type Extraction, extractDocument } from '../../../evidence/extract/extract-document.js';
import type { Triage, TriageText } from '../../../evidence/triage/triage.js';
import { inGroups } from '../../inputs.js';
import { loadOutcomeLexicon } from '../../outcome-lexicon.js';
import { corpusDirectory, modelsDirectory } from '../../project.js';
import { writeOut } from '../../write-out.js';
import { WrongUse } from '../../wrong-use.js';

export async function extract(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      'print-text': { type: 'boolean', default: false },
      'no-triage': { type: 'boolean', default: false },
      dir: { type: 'string', default: corpusDirectory },
    },
  });
  if (positionals.length === 0)
    throw new WrongUse(
      'name at least one file: PubMed XML (.xml, .xml.gz), MEDLINE or plain text, NDJSON, registry JSON, PDF',
    );
  const format = values.format ?? (process.stdout.isTTY ? 'text' : 'ndjson');
  if (format !== 'ndjson' && format !== 'text') throw new WrongUse(`--format takes ndjson or text, not "${format}"`);
  const lexicon = loadOutcomeLexicon(values.dir);
  const classifier = values['no-triage'] ? undefined : await openClassifier();
  let faults = 0;
  const print = async (reads: readonly Placed[]): Promise<void> => {
    const documents = reads.flatMap(({ read }) => (read.kind === 'document' ? [read.document] : []));
    const triage = (await classifier?.triage(documents.map(triageText))) ?? [];
    let next = 0;
    const lines = reads.map(({ file, read }) => {
      if (read.kind === 'fault') return faultLine(file, read.fault, format);
      const line = {
        document: read.document,
        extraction: extractDocument(read.document, lexicon),
        triage: triage[next++] ?? {},
      };
      return documentLine(line, format, values['print-text']);
    });
    await writeOut(lines.join(''));
  };
  for await (const reads of inGroups(readAll(positionals), 64)) {
    faults += reads.filter(({ read }) => read.kind === 'fault').length;
    await print(reads);
  }
  await classifier?.close();
  return faults > 0 ? 1 : 0;
}

interface Placed {
  readonly file: string;
  readonly read: Read;
}

async function* readAll(files: readonly string[]): AsyncGenerator<Placed> {
  for (const file of files) for await (const read of readLiterature(file)) yield { file, read };
}

/** The released classifier; without one the lines say nothing of triage, and standard error says why. */
async function openClassifier(): Promise<TriageRunner | undefined> {
  try {
    return await openTriage(join(modelsDirectory, 'triage'), readRelease(modelsDirectory).corpus);
  } catch (error) {
    process.stderr.write(`no triage: ${error instanceof Error ? error.message : error}\n`);
    return undefined;
  }
}

const triageText = ({ text, titleLength, publicationTypes }: LiteratureDocument): TriageText => ({
  title: text.slice(0, titleLength),
  abstract: text.slice(titleLength).trim(),
  publicationTypes,
});

function faultLine(file: string, fault: Fault, format: string): string {
  process.stderr.write(`${fault.place}: ${fault.message}\n`);
  return format === 'text' ? '' : `${JSON.stringify({ document: file, status: 'error', faults: [fault] })}\n`;
}

interface Line {
  readonly document: LiteratureDocument;
  readonly extraction: Extraction;
  readonly triage: Triage | Record<string, never>;
}

function documentLine({ document, extraction, triage }: Line, format: string, printText: boolean): string {
  if (format === 'text') return printText ? `${document.text}\n` : textOf(document, extraction, triage);
  const { trial, results, warnings } = extraction;
  return `${JSON.stringify({ document: document.document, pmid: document.pmid, triage, trial, results, warnings, ...(printText && { text: document.text }) })}\n`;
}

function textOf(document: LiteratureDocument, { results, warnings }: Extraction, triage: Line['triage']): string {
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
