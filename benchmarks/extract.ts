// Abstracts a second out of PubMed XML: reading, extraction, triage, and all of it by the processes that `corpus extract` uses; memory on a
// file of 100 MB; accuracy.
// `node dist/benchmarks/extract.js [--abstracts 3000] [--megabytes 100]`. JSON on stdout, table on stderr.
// Bound: a bare SAX parse of the same bytes, under which no reader of XML can come. Peer: the largest cost of all others, JSON.parse of
// the same abstracts as NDJSON. CPU time of one core, so that other work on the machine does not count; `throughProcesses` is time on the
// clock, start of the processes included, and says what a machine with nothing else to do gives.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SaxesParser } from 'saxes';
import { PubmedXmlReader } from '../src/adapters/pubmed/pubmed-xml.js';
import { startChildren } from '../src/cli/commands/corpus/extract-children.js';
import { documentLines } from '../src/cli/commands/corpus/extract-line.js';
import { openReaders } from '../src/cli/commands/corpus/extract-readers.js';
import { loadOutcomeLexicon } from '../src/cli/outcome-lexicon.js';
import { corpusDirectory } from '../src/cli/project.js';
import { extractDocument } from '../src/evidence/extract/extract-document.js';
import { directionAccuracy, directionPrompts } from './direction-accuracy.js';
import { extractionAccuracy, type LabelledDocument } from './extraction-accuracy.js';
import { labelledOwn, labelledSecond, labelledShared } from './labelled-literature.js';
import { articleXml, SET_END, SET_START } from './pubmed-records.js';

const BLOCK = 256 * 1024;

export interface ExtractBenchmark {
  readonly name: 'extract';
  readonly abstracts: number;
  readonly kilobytesEach: number;
  /** Abstracts a second of CPU of one core. */
  readonly bareParse: number;
  readonly jsonParse: number;
  readonly read: number;
  readonly readAndExtract: number;
  /** And sorted by triage: the whole of `corpus extract`. */
  readonly readExtractAndTriage: number;
  /** Twice that. */
  readonly twoCores: number;
  readonly processes: number;
  /** Abstracts a second on the clock, by so many processes beside this one. */
  readonly throughProcesses: number;
  readonly resultsFound: number;
  /** Megabytes of resident memory above the start, at most, while a file of `megabytes` streams through. */
  readonly streamedMegabytes: number;
  readonly memoryMegabytes: number;
}

export async function extractBenchmark(
  abstracts: number,
  megabytes: number,
  processes: number,
): Promise<ExtractBenchmark> {
  const lexicon = loadOutcomeLexicon(corpusDirectory);
  const own = labelledOwn();
  const texts = [...own.develop, ...own.heldOut].map((d) => d.document);
  const article = (i: number): string => articleXml(i, texts[i % texts.length]?.text ?? '');
  const xml = `${SET_START}${Array.from({ length: abstracts }, (_, i) => article(i)).join('')}${SET_END}`;
  const blocks = Array.from({ length: Math.ceil(xml.length / BLOCK) }, (_, i) => xml.slice(i * BLOCK, (i + 1) * BLOCK));
  const lines = Array.from({ length: abstracts }, (_, i) =>
    JSON.stringify({ pmid: `${i}`, text: texts[i % texts.length]?.text }),
  );

  const bare = (): number => {
    const parser = new SaxesParser();
    for (const block of blocks) parser.write(block);
    parser.close();
    return 0;
  };
  const through = (use: (document: LabelledDocument['document']) => number) => (): number => {
    const reader = new PubmedXmlReader('bench.xml');
    let n = 0;
    for (const reads of [...blocks.map((b) => () => reader.write(b)), () => reader.end()])
      for (const r of reads()) if (r.kind === 'document') n += use(r.document);
    return n;
  };
  const extraction = through((d) => extractDocument(d, lexicon).results.length);
  const rate = (work: () => number): number => abstracts / median([0, 1, 2].map(() => cpuSeconds(work)));
  extraction();
  const whole = await wholeRate(() => [...documentsOf(blocks)], abstracts);
  return {
    name: 'extract',
    abstracts,
    kilobytesEach: xml.length / abstracts / 1024,
    bareParse: rate(bare),
    jsonParse: rate(() => lines.map((line) => JSON.parse(line) as unknown).length),
    read: rate(through(() => 1)),
    readAndExtract: rate(extraction),
    readExtractAndTriage: whole,
    twoCores: 2 * whole,
    processes,
    throughProcesses: await throughProcesses(() => documentsOf(blocks), abstracts, processes),
    resultsFound: extraction(),
    streamedMegabytes: megabytes,
    memoryMegabytes: streamed(megabytes, article, (d) => extractDocument(d, lexicon).results.length),
  };
}

function* documentsOf(blocks: readonly string[]): Generator<LabelledDocument['document']> {
  const reader = new PubmedXmlReader('bench.xml');
  for (const reads of [...blocks.map((b) => () => reader.write(b)), () => reader.end()])
    for (const r of reads()) if (r.kind === 'document') yield r.document;
}

const WANTED = { corpus: corpusDirectory, triage: true };
const FORMAT = { format: 'ndjson', printText: false } as const;

/** Abstracts a second of CPU of this process: read, extracted, sorted, written as lines. The first of three rounds warms up. */
async function wholeRate(documents: () => LabelledDocument['document'][], abstracts: number): Promise<number> {
  const readers = await openReaders(WANTED, (why) => process.stderr.write(`${why}\n`));
  const seconds: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    await documentLines(documents(), readers, FORMAT);
    const { user, system } = process.cpuUsage(before);
    seconds.push((user + system) / 1e6);
  }
  await readers.close();
  return abstracts / Math.min(...seconds.slice(1));
}

const GROUP = 64;

/** The same by child processes, as the command does it, start included. */
async function throughProcesses(
  documents: () => Iterable<LabelledDocument['document']>,
  abstracts: number,
  processes: number,
): Promise<number> {
  const children = startChildren(processes, { wanted: WANTED, format: FORMAT }, () => {});
  const start = performance.now();
  const started: Promise<unknown>[] = [];
  let group: LabelledDocument['document'][] = [];
  for (const document of documents()) {
    group.push(document);
    if (group.length < GROUP) continue;
    started.push(children.read(group));
    group = [];
    if (started.length >= processes * 3) await started.shift();
  }
  await Promise.all([...started, group.length > 0 ? children.read(group) : []]);
  children.close();
  return abstracts / ((performance.now() - start) / 1000);
}

/** A set that is made as it is read: nothing of it is kept, so what grows is the reader's. */
function streamed(
  megabytes: number,
  article: (i: number) => string,
  use: (document: LabelledDocument['document']) => number,
): number {
  const reader = new PubmedXmlReader('stream.xml');
  const start = process.memoryUsage().rss;
  let most = start;
  let written = 0;
  reader.write(SET_START);
  for (let i = 0; written < megabytes * 1024 * 1024; i++) {
    const text = article(i);
    written += text.length;
    for (const r of reader.write(text)) if (r.kind === 'document') use(r.document);
    if (i % 500 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  reader.write(SET_END);
  reader.end();
  return (Math.max(most, process.memoryUsage().rss) - start) / 1024 / 1024;
}

function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const median = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

/** Figures of accuracy by set, develop and held out. */
export function accuracyLines(): readonly Record<string, unknown>[] {
  const lexicon = loadOutcomeLexicon(corpusDirectory);
  const shared = labelledShared();
  const sets = [['own', labelledOwn()] as const, ...(shared === undefined ? [] : [['shared', shared] as const])];
  const lines: Record<string, unknown>[] = sets.flatMap(([set, split]) =>
    (['develop', 'heldOut'] as const).map((part) => {
      const { misses, ...accuracy } = extractionAccuracy(split[part], lexicon);
      return { name: 'extract-accuracy', set, part, ...accuracy, misses: misses.length };
    }),
  );
  const second = labelledSecond();
  if (second !== undefined) {
    const { misses, ...accuracy } = extractionAccuracy(second, lexicon);
    lines.push({ name: 'extract-accuracy', set: 'shared, second', part: 'all', ...accuracy, misses: misses.length });
  }
  const prompts = directionPrompts() ?? [];
  for (const heldOut of [false, true])
    for (const inAbstract of [false, true]) {
      const asked = prompts.filter((p) => p.heldOut === heldOut && (!inAbstract || p.inAbstract));
      if (asked.length === 0) continue;
      const { wrong, ...accuracy } = directionAccuracy(asked);
      lines.push({
        name: 'direction-accuracy',
        set: inAbstract ? 'evidence in the abstract' : 'all',
        part: heldOut ? 'heldOut' : 'develop',
        ...accuracy,
        wrong: wrong.length,
      });
    }
  return lines;
}

function table(b: ExtractBenchmark): string {
  const row = (name: string, value: number): string =>
    `${name.padEnd(44)}${Math.round(value).toLocaleString('en').padStart(10)}\n`;
  return [
    row('abstracts/s of one core, bare SAX parse', b.bareParse),
    row('abstracts/s, JSON.parse of the same texts', b.jsonParse),
    row('abstracts/s, read to documents', b.read),
    row('abstracts/s, read and extracted', b.readAndExtract),
    row('abstracts/s, read, extracted and sorted', b.readExtractAndTriage),
    row('the same on two cores (twice one)', b.twoCores),
    row(`the same on the clock by ${b.processes} processes`, b.throughProcesses),
    row(`MB of memory above the start on ${b.streamedMegabytes} MB`, b.memoryMegabytes),
  ].join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      abstracts: { type: 'string', default: '3000' },
      megabytes: { type: 'string', default: '100' },
      processes: { type: 'string', default: '2' },
    },
  });
  const speed = await extractBenchmark(Number(values.abstracts), Number(values.megabytes), Number(values.processes));
  for (const line of [speed, ...accuracyLines()]) process.stdout.write(`${JSON.stringify(line)}\n`);
  process.stderr.write(table(speed));
}
