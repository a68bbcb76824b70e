// How well clinical texts are read: the golden notes of test/notes, fact by fact, in English and Russian, beside a structured twin.
// `node dist/benchmarks/reading.js [--only SLUG] [--folder DIR] [--misses] [--kind KIND]`. JSON lines on stdout, table on stderr.
// Peer: the same patients as FHIR Bundles through the same core; what is missed there is no fault of the reader.

import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCorpus } from '../src/adapters/files/corpus-files.js';
import { buildModel } from '../src/app/build-model.js';
import { createRecommender } from '../src/app/recommend.js';
import { corpusDirectory, projectRoot } from '../src/cli/project.js';
import { createTerminology } from '../src/core/normalize/terminology.js';
import { createLexicon } from '../src/core/reading/lexicon.js';
import type { Confidence } from '../src/domain/text-reading.js';
import { modelInfo } from '../src/evidence/compile/manifest.js';
import { scoreReference } from '../src/evidence/compile/reference.js';
import { type ByConfidence, byConfidence, type EvaluatedNote, evaluateNote, twinHistory } from './reading/evaluate.js';
import { type GoldenNote, readGoldenNotes } from './reading/golden-note.js';
import { inWords, KINDS, type Kind, type Outcome, tally } from './reading/outcome.js';
import { twinWriter } from './reading/twin.js';

export interface ReadingBenchmark {
  readonly notes: readonly EvaluatedNote[];
  /** The same from the structured twins. */
  readonly twins: readonly EvaluatedNote[];
  /** Of every note: facts by the confidence with which they were read. */
  readonly confidence: readonly ByConfidence[];
  /** Milliseconds a note, the reader alone, median. */
  readonly readMs: number;
}

const GOLDEN = join(projectRoot, 'test', 'notes');

/** The documents of a patient in their order, as one text: what a hospital prints one after the other. */
export const textOf = ({ documents }: GoldenNote): string => documents.map((d) => d.text).join('\n\n');

export async function readingBenchmark(only?: string, folder = GOLDEN): Promise<ReadingBenchmark> {
  const corpus = loadCorpus(corpusDirectory);
  const model = buildModel(corpus, { id: 'reading', version: '0', seed: 1 });
  const scorer = {
    info: modelInfo(model.manifest),
    score: async (rows: Parameters<typeof scoreReference>[1]) => scoreReference(model.compiled, rows),
    close: async () => {},
  };
  const recommender = createRecommender({ corpus, scorer, codeVersion: 'benchmark', today: '2026-06-01' });
  const toBundle = await twinWriter(corpus);
  const parts = { recommender, corpus, toBundle };
  const notes: EvaluatedNote[] = [];
  const twins: EvaluatedNote[] = [];
  const confidence: ByConfidence[] = [];
  const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
  const reader = { parts: { lexicon: createLexicon(corpus), terms }, terms, corpus };
  const times: number[] = [];
  for (const note of readGoldenNotes(folder)) {
    if (only !== undefined && !note.slug.includes(only)) continue;
    const read = () => recommender.readNote({ id: note.slug, text: textOf(note) }, note.expected.asOf);
    read();
    const start = performance.now();
    const history = read();
    times.push(performance.now() - start);
    const evaluated = await evaluateNote(note, () => history, parts);
    notes.push(evaluated);
    confidence.push(byConfidence(note, textOf(note), reader));
    if (evaluated.twin !== undefined) twins.push(await evaluateNote(note, () => twinHistory(note, toBundle), parts));
  }
  return { notes, twins, confidence, readMs: times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN };
}

export interface Row {
  readonly kind: Kind;
  readonly lang: 'all' | 'en' | 'ru';
  readonly facts: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** Kazakh and mixed notes count as Russian: they are written in Cyrillic by doctors of the same hospitals. */
export function rows(notes: readonly EvaluatedNote[]): readonly Row[] {
  const of = (lang: Row['lang']) =>
    notes.filter(({ note }) => lang === 'all' || (note.expected.lang === 'en' ? 'en' : 'ru') === lang);
  return KINDS.flatMap((kind) =>
    (['all', 'en', 'ru'] as const).map((lang) => {
      const outcomes = of(lang).flatMap((n) => n.outcomes.filter((o: Outcome) => o.kind === kind));
      const { right, missed, precision, recall, f1 } = tally(outcomes);
      return { kind, lang, facts: right + missed, precision, recall, f1 };
    }),
  );
}

/** Of the notes with a twin, those whose first option of every decision is the twin's. */
export const sameAsTwin = (notes: readonly EvaluatedNote[]): number => {
  const compared = notes.filter((n) => n.twin !== undefined);
  return compared.filter((n) => n.twin?.same === true).length / compared.length;
};

/** Precision of the facts read with each confidence. */
export function precisionBy(
  all: readonly ByConfidence[],
  level: Confidence,
): { readonly facts: number; readonly precision: number | null } {
  const right = all.reduce((n, c) => n + c[level].right, 0);
  const wrong = all.reduce((n, c) => n + c[level].wrong, 0);
  return { facts: right + wrong, precision: right + wrong === 0 ? null : right / (right + wrong) };
}

function print({ notes, twins, confidence, readMs }: ReadingBenchmark): void {
  const all = rows(notes);
  const peers = rows(twins);
  const cell = (value: number | null | undefined) => (value == null ? '-' : value.toFixed(3)).padStart(8);
  const lines = KINDS.map((kind) => {
    const row = (lang: Row['lang']) => all.find((r) => r.kind === kind && r.lang === lang);
    const { facts = 0, precision, recall, f1 } = row('all') ?? {};
    const peer = peers.find((r) => r.kind === kind && r.lang === 'all')?.f1;
    return `  ${kind.padEnd(14)}${String(facts).padStart(6)}${[precision, recall, f1, row('en')?.f1, row('ru')?.f1, peer].map(cell).join('')}`;
  });
  const against = notes.filter((n) => n.against.length > 0).length;
  const levels = (['high', 'medium', 'low'] as const).map((level) => ({ level, ...precisionBy(confidence, level) }));
  process.stderr.write(
    [
      `  kind           facts    prec  recall      F1   F1 en   F1 ru  F1 twin`,
      ...lines,
      `  precision by confidence: ${levels.map((l) => `${l.level} ${l.precision === null ? '-' : l.precision.toFixed(3)} of ${l.facts}`).join(', ')}`,
      `  ${notes.length} notes; first options as the structured twin's in ${(100 * sameAsTwin(notes)).toFixed(1)} % of ${twins.length}; other than medicine wants in ${against}; ${readMs.toFixed(1)} ms a note`,
      '',
    ].join('\n'),
  );
  for (const level of levels)
    process.stdout.write(
      `${JSON.stringify({ name: 'reading', confidence: level.level, facts: level.facts, precision: level.precision })}\n`,
    );
  for (const row of all) process.stdout.write(`${JSON.stringify({ name: 'reading', ...row })}\n`);
  process.stdout.write(
    `${JSON.stringify({ name: 'reading', notes: notes.length, twins: twins.length, sameAsTwin: sameAsTwin(notes), against, readMs })}\n`,
  );
}

function printMisses(notes: readonly EvaluatedNote[], kind: string | undefined): void {
  for (const { note, outcomes, twin, against } of notes) {
    const wrong = outcomes.filter((o) => !o.right && (kind === undefined || o.kind === kind)).map(inWords);
    const more =
      kind === undefined
        ? [...against.map((a) => `against: ${a}`), ...(twin?.differences ?? []).map((d) => `twin: ${d}`)]
        : [];
    if (wrong.length + more.length > 0)
      process.stderr.write(`${note.slug}\n${[...wrong, ...more].map((m) => `    ${m}\n`).join('')}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      folder: { type: 'string' },
      misses: { type: 'boolean', default: false },
      kind: { type: 'string' },
    },
  });
  const result = await readingBenchmark(values.only, values.folder);
  if (values.misses) printMisses(result.notes, values.kind);
  print(result);
}
