// `shipa corpus extract FILE...`: the literature as lines of results with spans. Nothing is stored; `corpus add` does that.
// This process opens the files and writes; what the documents say is read by child processes, one a core.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readLiterature } from '../../../adapters/pubmed/literature-files.js';
import type { Read } from '../../../adapters/pubmed/pubmed-xml.js';
import type { Fault } from '../../../domain/faults.js';
import { corpusDirectory } from '../../project.js';
import { writeOut } from '../../write-out.js';
import { WrongUse } from '../../wrong-use.js';
import { type ChildReaders, type LineRead, startChildren } from './extract-children.js';
import type { LineFormat } from './extract-line.js';

export async function extract(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      'print-text': { type: 'boolean', default: false },
      'no-triage': { type: 'boolean', default: false },
      processes: { type: 'string' },
      dir: { type: 'string', default: corpusDirectory },
    },
  });
  if (positionals.length === 0)
    throw new WrongUse(
      'name at least one file: PubMed XML (.xml, .xml.gz), MEDLINE or plain text, NDJSON, registry JSON, PDF',
    );
  const format = values.format ?? (process.stdout.isTTY ? 'text' : 'ndjson');
  if (format !== 'ndjson' && format !== 'text') throw new WrongUse(`--format takes ndjson or text, not "${format}"`);
  const processes = Number(values.processes ?? Math.min(availableParallelism(), MOST_PROCESSES));
  if (!Number.isInteger(processes) || processes < 1)
    throw new WrongUse(`--processes takes a whole number from 1, not "${values.processes}"`);
  const task = {
    wanted: { corpus: values.dir, triage: !values['no-triage'] },
    format: { format, printText: values['print-text'] } satisfies LineFormat,
  };
  const children = startChildren(processes, task, (why) => process.stderr.write(`${why}\n`));
  try {
    return (await readInOrder(groups(positionals), children, format)) > 0 ? 1 : 0;
  } finally {
    children.close();
  }
}

const MOST_PROCESSES = 8;
/** Groups that each process may have before it, so that neither it nor this one waits, and memory stays flat. */
const GROUPS_AHEAD = 3;

/** Groups are read side by side and written in their order. @returns how many faults there were */
async function readInOrder(
  all: AsyncIterable<readonly Placed[]>,
  children: ChildReaders,
  format: LineFormat['format'],
): Promise<number> {
  let faults = 0;
  const started: Promise<string>[] = [];
  const write = async (): Promise<void> => writeOut((await started.shift()) ?? '');
  const linesOf = async (reads: readonly Placed[]): Promise<string> => {
    const documents = reads.flatMap(({ read }) => (read.kind === 'document' ? [read.document] : []));
    const lines = documents.length === 0 ? [] : await children.read(documents);
    let next = 0;
    const written = reads.map(({ file, read }) => {
      if (read.kind === 'fault') return lineOrFault({ lost: read.fault.message }, file, read.fault.place);
      return lineOrFault(lines[next++] ?? { lost: 'was not read' }, file, read.document.document);
    });
    return written.join('');
  };
  const lineOrFault = (read: LineRead, file: string, place: string): string => {
    if ('line' in read) return read.line;
    faults++;
    return faultLine(file, { place, message: read.lost }, format);
  };
  for await (const reads of all) {
    started.push(linesOf(reads));
    if (started.length >= children.count * GROUPS_AHEAD) await write();
  }
  while (started.length > 0) await write();
  return faults;
}

interface Placed {
  readonly file: string;
  readonly read: Read;
}

const GROUP_DOCUMENTS = 64;
const GROUP_CHARACTERS = 500_000;

async function* groups(files: readonly string[]): AsyncGenerator<readonly Placed[]> {
  let group: Placed[] = [];
  let characters = 0;
  for (const file of files)
    for await (const read of readLiterature(file)) {
      group.push({ file, read });
      characters += read.kind === 'document' ? read.document.text.length : 0;
      if (group.length < GROUP_DOCUMENTS && characters < GROUP_CHARACTERS) continue;
      yield group;
      group = [];
      characters = 0;
    }
  if (group.length > 0) yield group;
}

function faultLine(file: string, fault: Fault, format: LineFormat['format']): string {
  process.stderr.write(`${fault.place}: ${fault.message}\n`);
  return format === 'text' ? '' : `${JSON.stringify({ document: file, status: 'error', faults: [fault] })}\n`;
}
