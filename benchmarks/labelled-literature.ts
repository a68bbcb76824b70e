// The labelled abstracts: labels of test/evidence/extract/literature with the texts of SHIPA_DATA, and abstracts written for the purpose.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { plainDocument } from '../src/adapters/pubmed/plain-text.js';
import { projectRoot, sharedData } from '../src/cli/project.js';
import type { Label, LabelledDocument } from './extraction-accuracy.js';

const folder = join(projectRoot, 'test/evidence/extract/literature');
const questionsFile = join(sharedData, 'literature/pubmedqa/oncology-questions.jsonl');
const statementsFile = join(sharedData, 'civic/2025-09-clinical-evidence.tsv');
export const abstractsFile = join(sharedData, 'literature/evidence-inference/abstracts.jsonl');

export interface Split {
  readonly develop: readonly LabelledDocument[];
  readonly heldOut: readonly LabelledDocument[];
}

/** Every second document is held out, by its place in the list: never looked at while rules are written. */
const split = (all: readonly LabelledDocument[]): Split => ({
  develop: all.filter((_, i) => i % 2 === 0),
  heldOut: all.filter((_, i) => i % 2 === 1),
});

export function sharedAbstracts(): Map<string, { readonly title: string; readonly abstract: string }> {
  const lines = readFileSync(abstractsFile, 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const a = JSON.parse(line) as { pmcid: string; title: string; abstract: string };
      return [a.pmcid, a];
    }),
  );
}

/** Undefined where SHIPA_DATA is absent. */
export function labelledShared(): Split | undefined {
  return existsSync(abstractsFile) ? split(labelledIn('labels.json')) : undefined;
}

/** Effects only, of every abstract of SHIPA_DATA that a hash chose: read once unseen, and looked at since. Undefined where it is absent. */
export const labelledSecond = (): readonly LabelledDocument[] | undefined =>
  existsSync(abstractsFile) ? labelledIn('labels-second.json') : undefined;

/** Abstracts of SHIPA_DATA of which most have an interval: read in November 2026 before anything was mended by them. */
export const labelledThird = (): readonly LabelledDocument[] | undefined =>
  existsSync(abstractsFile) ? labelledIn('labels-third.json') : undefined;

/** Statements of CIViC on trials of oncology, with medians, rates, directions and outcomes. Undefined where SHIPA_DATA is absent. */
export function labelledStatements(): readonly LabelledDocument[] | undefined {
  if (!existsSync(statementsFile)) return undefined;
  const rows = parse(readFileSync(statementsFile), { columns: true, delimiter: '\t', quote: null }) as Record<
    string,
    string
  >[];
  const texts = new Map(rows.map((r) => [r.evidence_id, r.evidence_statement ?? '']));
  const labelled = JSON.parse(readFileSync(join(folder, 'labels-civic.json'), 'utf8')) as {
    evidence: string;
    results: Label[];
  }[];
  return labelled.map(({ evidence, results }) => ({
    document: plainDocument(`EID${evidence}`, texts.get(evidence) ?? '', { titleLength: 0 }),
    labels: results,
  }));
}

/** Abstracts of PubMedQA on oncology, without their conclusions: effects and medians. Undefined where SHIPA_DATA is absent. */
export function labelledQuestions(): readonly LabelledDocument[] | undefined {
  if (!existsSync(questionsFile)) return undefined;
  const lines = readFileSync(questionsFile, 'utf8').trimEnd().split('\n');
  const texts = new Map(
    lines.map((line) => {
      const q = JSON.parse(line) as { pmid: string; question: string; contexts: { section: string; text: string }[] };
      return [String(q.pmid), { title: q.question, body: q.contexts.map((c) => `${c.section}: ${c.text}`).join(' ') }];
    }),
  );
  const labelled = JSON.parse(readFileSync(join(folder, 'labels-pubmedqa.json'), 'utf8')) as {
    pmid: string;
    results: Label[];
  }[];
  return labelled.map(({ pmid, results }) => {
    const { title, body } = texts.get(pmid) ?? { title: '', body: '' };
    return { document: plainDocument(pmid, `${title}\n${body}`, { titleLength: title.length }), labels: results };
  });
}

function labelledIn(name: string): LabelledDocument[] {
  const texts = sharedAbstracts();
  const labelled = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    pmcid: string;
    results: Label[];
  }[];
  return labelled.flatMap(({ pmcid, results }) => {
    const a = texts.get(pmcid);
    if (a === undefined) return [];
    return [
      {
        document: plainDocument(pmcid, `${a.title}\n${a.abstract}`, { titleLength: a.title.length }),
        labels: results,
      },
    ];
  });
}

/** Abstracts of our own: «measure value low high direction outcome» marks in the text, as in `styles.txt`. */
export function labelledOwn(): Split {
  const file = join(folder, 'styles.txt');
  if (!existsSync(file)) return { develop: [], heldOut: [] };
  return split(readFileSync(file, 'utf8').split(/^=== /m).slice(1).map(ownAbstract));
}

/** Title line after "===", the abstract, then lines "HR 0.57 | 0.44 0.75 | increased | PFS" in the order of the text. */
function ownAbstract(block: string): LabelledDocument {
  const [head = '', ...rest] = block.split('\n');
  const at = rest.findIndex((line) => /^(?:HR|OR|RR|MD|median|rate) -?[\d.]+ \|/.test(line));
  const end = at === -1 ? rest.length : at;
  const text = rest.slice(0, end).join('\n').trim();
  const titleLength = text.indexOf('\n') === -1 ? 0 : text.indexOf('\n');
  let from = 0;
  const labels = rest.slice(end).flatMap((line): Label[] => {
    const [what = '', limits = '', direction = '', outcome = ''] = line.split('|').map((x) => x.trim());
    const [measure, written = ''] = what.split(' ');
    if (measure === undefined || written === '') return [];
    const start = placeOf(text, written, from);
    if (start === -1) throw new Error(`${head}: "${what}" is not in the text after character ${from}`);
    const digits = written.replace(/^-/, '');
    from = start + digits.length;
    const [low, high] = limits
      .split(' ')
      .filter((x) => x !== '')
      .map(Number);
    return [
      {
        measure: measure as Label['measure'],
        value: Number(written),
        start,
        end: from,
        ...(low !== undefined && high !== undefined && { low, high }),
        ...(direction !== '' && { direction: direction as NonNullable<Label['direction']> }),
        ...(outcome !== '' && { outcome }),
      },
    ];
  });
  return { document: plainDocument(head.trim(), text, { titleLength }), labels };
}

/** Where the number stands, however its point is written. */
function placeOf(text: string, written: string, from: number): number {
  const digits = written.replace(/^-/, '').replace(/^0\./, '0?.').replace(/\./g, '[.\u00B7,]').replace('0?[', '0?[');
  const pattern = new RegExp(`(?<![\\d.\u00B7])${digits}(?![\\d]|[.\u00B7]\\d)`, 'g');
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}
