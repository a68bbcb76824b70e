// `shipa corpus extract FILE...`: the literature as lines of results with spans. Nothing is stored; `corpus add` does that.
import { parseArgs } from 'node:util';
import { readLiterature } from '../../../adapters/pubmed/literature-files.js';
import type { Fault } from '../../../domain/faults.js';
import type { LiteratureDocument } from '../../../domain/literature.js';
import { type Extraction, extractDocument } from '../../../evidence/extract/extract-document.js';
import { loadOutcomeLexicon } from '../../outcome-lexicon.js';
import { corpusDirectory } from '../../project.js';
import { writeOut } from '../../write-out.js';
import { WrongUse } from '../../wrong-use.js';

export async function extract(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      'print-text': { type: 'boolean', default: false },
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
  let faults = 0;
  let out: string[] = [];
  for (const file of positionals)
    for await (const read of readLiterature(file)) {
      if (read.kind === 'fault') faults++;
      out.push(
        read.kind === 'fault'
          ? faultLine(file, read.fault, format)
          : documentLine(read.document, extractDocument(read.document, lexicon), format, values['print-text']),
      );
      if (out.length >= 64) {
        await writeOut(out.join(''));
        out = [];
      }
    }
  await writeOut(out.join(''));
  return faults > 0 ? 1 : 0;
}

function faultLine(file: string, fault: Fault, format: string): string {
  process.stderr.write(`${fault.place}: ${fault.message}\n`);
  return format === 'text' ? '' : `${JSON.stringify({ document: file, status: 'error', faults: [fault] })}\n`;
}

function documentLine(
  document: LiteratureDocument,
  { trial, results, warnings }: Extraction,
  format: string,
  printText: boolean,
): string {
  if (format === 'text') return printText ? `${document.text}\n` : textOf(document, results, warnings);
  return `${JSON.stringify({ document: document.document, pmid: document.pmid, triage: {}, trial, results, warnings, ...(printText && { text: document.text }) })}\n`;
}

function textOf(document: LiteratureDocument, results: Extraction['results'], warnings: readonly string[]): string {
  const lines = results.map((r) => {
    const interval = r.low === null ? '' : ` (${r.low} to ${r.high ?? 'not reached'})`;
    const arms = [r.intervention, r.comparator].filter((a) => a !== null).join(' against ');
    return `  ${r.measure} ${r.value}${r.unit ?? ''}${interval}${r.p === null ? '' : `, p ${r.p}`}  ${[r.at, r.outcome ?? 'outcome not told'].filter((x) => x !== null).join(' ')}${r.direction === null ? '' : `: ${r.direction}`}${arms === '' ? '' : `  [${arms}]`}  at ${r.span.start}-${r.span.end}`;
  });
  return `${document.document}${document.pmid === null ? '' : ` (PMID ${document.pmid})`}\n${[...lines, ...warnings.map((w) => `  ! ${w}`)].join('\n') || '  no results found'}\n\n`;
}
