// The material of the triage classifier: corpus/triage/ and, where they are at hand, the published texts of the shared data.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import type { PublishedText } from '../../evidence/triage/examples.js';
import { Cues, Label, MadeUp, Phrases } from '../../evidence/triage/material.js';
import { readTable } from './table.js';
import { readRecord, readRecords } from './yaml-records.js';

export interface TriageMaterial {
  readonly cues: readonly string[];
  /** Cues of the group "oncology". */
  readonly subject: readonly string[];
  readonly statements: Readonly<Record<string, readonly string[]>>;
  readonly phrases: Phrases;
  readonly madeUp: readonly MadeUp[];
  readonly labels: readonly Label[];
  readonly hashes: Readonly<Record<string, string>>;
}

/** Group of cues.yaml that is of the subject. */
const SUBJECT = 'oncology';

/** @throws FaultyInput with every fault, file and line */
export function readTriageMaterial(corpus: string): TriageMaterial {
  const faults: Fault[] = [];
  const folder = join(corpus, 'triage');
  const one = <T>(name: string, schema: z.ZodType<T>): T | undefined =>
    readRecord(join(folder, name), `corpus/triage/${name}`, schema, faults)?.value;
  const cues = one('cues.yaml', Cues);
  const statements = one('statements.yaml', Cues);
  const phrases = one('phrases.yaml', Phrases);
  const madeUp = readRecords(join(folder, 'made-up.yaml'), 'corpus/triage/made-up.yaml', MadeUp, faults);
  const labels = readTable(join(folder, 'labels.csv')).flatMap((row, i) => {
    const label = Label.safeParse(row);
    if (label.success) return [label.data];
    for (const issue of label.error.issues)
      faults.push({
        place: `corpus/triage/labels.csv:${i + 2}`,
        message: `${issue.path.join('.')}: ${issue.message}`,
      });
    return [];
  });
  if (faults.length > 0 || cues === undefined || statements === undefined || phrases === undefined)
    throw new FaultyInput(faults);
  const files = ['cues.yaml', 'statements.yaml', 'phrases.yaml', 'made-up.yaml', 'labels.csv'];
  return {
    cues: [...new Set(Object.entries(cues).flatMap(([group, list]) => (group === SUBJECT ? [] : list)))],
    subject: cues[SUBJECT] ?? [],
    statements,
    phrases,
    madeUp: madeUp.map(({ value }) => value),
    labels,
    hashes: Object.fromEntries(files.map((name) => [`corpus/triage/${name}`, hashOf(join(folder, name))])),
  };
}

export interface PublishedTexts {
  readonly texts: readonly PublishedText[];
  readonly hashes: Readonly<Record<string, string>>;
}

const ABSTRACTS = 'literature/evidence-inference/abstracts.jsonl';
const QUESTIONS = 'literature/pubmedqa/oncology-questions.jsonl';

/** Published texts of the shared data; undefined where the folder is absent. */
export function readPublishedTexts(data: string): PublishedTexts | undefined {
  if (!existsSync(join(data, ABSTRACTS)) || !existsSync(join(data, QUESTIONS))) return undefined;
  const lines = <T>(file: string): T[] =>
    readFileSync(join(data, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
  const trials = lines<{ pmcid: string; title: string; abstract: string }>(ABSTRACTS).map(
    ({ pmcid, title, abstract }): PublishedText => ({
      id: pmcid,
      origin: 'evidence-inference',
      // "ABSTRACT.RESULTS::" is the heading of a section.
      text: { title, abstract: abstract.replace(/^(?:ABSTRACT\.)?([A-Z .&]+)::$/gm, '$1:') },
    }),
  );
  const questions = lines<{
    pmid: string;
    question: string;
    contexts: { section: string; text: string }[];
    long_answer: string;
  }>(QUESTIONS).map(
    ({ pmid, question, contexts, long_answer }): PublishedText => ({
      id: pmid,
      origin: 'pubmedqa',
      text: { title: question, abstract: [...contexts.map(({ text }) => text), long_answer].join(' ') },
    }),
  );
  return {
    texts: [...trials, ...questions],
    hashes: Object.fromEntries([ABSTRACTS, QUESTIONS].map((file) => [file, hashOf(join(data, file))])),
  };
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
