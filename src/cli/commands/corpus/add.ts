// `shipa corpus add FILE...`: documents read, sorted and extracted into drafts for review. Nothing reaches a study record here.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openTriage, type TriageRunner } from '../../../adapters/onnx/triage-runner.js';
import { readLiterature } from '../../../adapters/pubmed/literature-files.js';
import { type Added, addDocument } from '../../../app/add-documents.js';
import { createTerminology } from '../../../core/normalize/terminology.js';
import type { LiteratureDocument } from '../../../domain/literature.js';
import { armSuggester, regimenSuggester } from '../../../evidence/curate/suggest-regimen.js';
import { extractDocument } from '../../../evidence/extract/extract-document.js';
import { curationDesk, now } from '../../curation-desk.js';
import { loadOutcomeLexicon } from '../../outcome-lexicon.js';
import { codeVersion, corpusDirectory, modelsDirectory } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';

/** Documents whose triage runs together. */
const BATCH = 64;

export async function add(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      select: { type: 'string', multiple: true, default: [] },
      all: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      by: { type: 'string', default: `shipa ${codeVersion()}` },
      why: { type: 'string', default: 'found in the literature' },
      format: { type: 'string', default: 'text' },
    },
  });
  if (positionals.length === 0) throw new WrongUse('name at least one file of literature ("shipa corpus add --help")');
  const { format } = values;
  if (format !== 'text' && format !== 'ndjson') throw new WrongUse(`--format takes text or ndjson, not "${format}"`);
  const { corpus, store } = curationDesk(values.dir);
  const lexicon = loadOutcomeLexicon(values.dir);
  const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
  const suggest = regimenSuggester(corpus, terms);
  const suggestArm = armSuggester(terms);
  const runner = await openTriage(join(modelsDirectory, 'triage'), corpus);
  const counts = { draft: 0, there: 0, stored: 0, left: 0 };
  let faults = 0;

  const take = async (documents: readonly LiteratureDocument[]): Promise<void> => {
    const sorted = await runner.triage(documents.map(titleAndAbstract));
    documents.forEach((document, i) => {
      const triage = sorted[i];
      if (triage === undefined) return;
      const { trial, results, warnings } = extractDocument(document, lexicon);
      const added = addDocument({ document, trial, results, triage }, corpus, store, {
        decision: { by: values.by, why: values.why, at: now() },
        all: values.all,
        again: values.again,
        suggest,
        suggestArm,
        warnings,
      });
      counts[added.as]++;
      process.stdout.write(format === 'ndjson' ? `${JSON.stringify(added)}\n` : lineOf(added));
    });
  };

  try {
    faults = await eachBatch(positionals, values.select, take);
  } finally {
    await runner.close();
  }
  process.stderr.write(
    `${counts.draft} drafts, ${counts.there} there already, ${counts.stored} in the corpus already, ${counts.left} not of oncology, ${faults} faults\n`,
  );
  if (counts.draft > 0)
    process.stderr.write('"shipa corpus review" lists the drafts, "shipa corpus review ID" opens one\n');
  return faults > 0 ? 1 : 0;
}

/** Reads every file and hands on the selected documents; a fault is told with its place, and the rest goes on. */
async function eachBatch(
  files: readonly string[],
  select: readonly string[],
  take: (documents: readonly LiteratureDocument[]) => Promise<void>,
): Promise<number> {
  let faults = 0;
  let waiting: LiteratureDocument[] = [];
  const seen = new Set<string>();
  for (const file of files)
    for await (const read of readLiterature(file)) {
      if (read.kind === 'fault') {
        faults++;
        process.stderr.write(`${read.fault.place}: ${read.fault.message}\n`);
        continue;
      }
      const { document, pmid } = read.document;
      const wanted = select.find((id) => id === document || id === pmid);
      if (select.length > 0 && wanted === undefined) continue;
      if (wanted !== undefined) seen.add(wanted);
      waiting.push(read.document);
      if (waiting.length < BATCH) continue;
      await take(waiting);
      waiting = [];
    }
  await take(waiting);
  for (const id of select.filter((one) => !seen.has(one))) {
    faults++;
    process.stderr.write(`--select ${id}: no such document in ${files.join(', ')}\n`);
  }
  return faults;
}

const titleAndAbstract = ({
  text,
  titleLength,
  publicationTypes,
}: LiteratureDocument): Parameters<TriageRunner['triage']>[0][number] => ({
  title: text.slice(0, titleLength),
  abstract: text.slice(titleLength).trim(),
  publicationTypes,
});

const lineOf = ({ id, document, as, message }: Added): string =>
  as === 'draft' ? `${document}: draft ${id}: ${message}\n` : `${document}: ${message}\n`;
