// The direction task of Evidence Inference on SHIPA_DATA: macro F1 and accuracy beside the majority baseline. Documents of its "train"
// split are for developing, those of "validation" and "test" are held out.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sharedData } from '../src/cli/project.js';
import type { Direction } from '../src/domain/literature.js';
import { statementDirection } from '../src/evidence/extract/statement-direction.js';
import { sharedAbstracts } from './labelled-literature.js';

const annotations = join(sharedData, 'literature/evidence-inference/annotations.csv');
const CLASSES: readonly Direction[] = ['increased', 'decreased', 'no-difference'];

export interface Prompt {
  readonly pmcid: string;
  readonly intervention: string;
  readonly comparator: string;
  readonly outcome: string;
  readonly label: Direction;
  readonly heldOut: boolean;
  /** Whether a span of evidence stands in the abstract; elsewhere an abstract's reader has nothing to read. */
  readonly inAbstract: boolean;
}

export interface DirectionAccuracy {
  readonly prompts: number;
  /** Where the reading speaks and is sure of it. */
  readonly sure: number;
  readonly accuracySure: number;
  /** Where it speaks at all. */
  readonly spoken: number;
  readonly accuracySpoken: number;
  /** Over all prompts; where the reading is silent it takes the majority. */
  readonly accuracy: number;
  readonly macroF1: number;
  readonly majorityAccuracy: number;
  readonly majorityMacroF1: number;
  readonly wrong: readonly { readonly prompt: Prompt; readonly read: Direction; readonly statement: string }[];
}

/** Verified prompts whose annotators agree. Undefined where SHIPA_DATA is absent. */
export function directionPrompts(): readonly Prompt[] | undefined {
  if (!existsSync(annotations)) return undefined;
  const texts = sharedAbstracts();
  const rows = parse(readFileSync(annotations), { columns: true }) as Record<string, string>[];
  const byPrompt = new Map<string, Record<string, string>[]>();
  for (const row of rows.filter((r) => r.label_verified !== 'false'))
    byPrompt.set(row.prompt_id ?? '', [...(byPrompt.get(row.prompt_id ?? '') ?? []), row]);
  return [...byPrompt.values()].flatMap((group) => {
    const [first] = group;
    const abstract = texts.get(first?.pmcid ?? '')?.abstract ?? '';
    if (first === undefined || abstract === '' || group.some((r) => r.label !== first.label)) return [];
    const squeezed = squeeze(abstract);
    return [
      {
        pmcid: first.pmcid ?? '',
        intervention: first.intervention ?? '',
        comparator: first.comparator ?? '',
        outcome: first.outcome ?? '',
        label: first.label as Direction,
        heldOut: first.split !== 'train',
        inAbstract: group.some((r) => squeezed.includes(squeeze(r.evidence_span ?? '').slice(0, 60))),
      },
    ];
  });
}

const squeeze = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

export function directionAccuracy(prompts: readonly Prompt[]): DirectionAccuracy {
  const texts = sharedAbstracts();
  const majority = CLASSES.reduce((a, b) =>
    prompts.filter((p) => p.label === b).length > prompts.filter((p) => p.label === a).length ? b : a,
  );
  const read = prompts.map((prompt) => {
    const { title, abstract } = texts.get(prompt.pmcid) ?? { title: '', abstract: '' };
    const text = `${title}\n${abstract}`;
    const answer = statementDirection(text, prompt, title.length);
    return { prompt, answer, statement: answer === undefined ? '' : text.slice(answer.span.start, answer.span.end) };
  });
  const spoken = read.filter((r) => r.answer !== undefined);
  const sure = spoken.filter((r) => r.answer?.sure === true);
  const given = read.map((r) => r.answer?.direction ?? majority);
  const labels = prompts.map((p) => p.label);
  const agree = (guesses: readonly Direction[]): number =>
    guesses.filter((g, i) => g === labels[i]).length / labels.length;
  return {
    prompts: prompts.length,
    sure: sure.length,
    accuracySure: sure.filter((r) => r.answer?.direction === r.prompt.label).length / sure.length,
    spoken: spoken.length,
    accuracySpoken: spoken.filter((r) => r.answer?.direction === r.prompt.label).length / spoken.length,
    accuracy: agree(given),
    macroF1: macroF1(labels, given),
    majorityAccuracy: agree(labels.map(() => majority)),
    majorityMacroF1: macroF1(
      labels,
      labels.map(() => majority),
    ),
    wrong: spoken.flatMap(({ prompt, answer, statement }) =>
      answer === undefined || answer.direction === prompt.label ? [] : [{ prompt, read: answer.direction, statement }],
    ),
  };
}

function macroF1(labels: readonly Direction[], guesses: readonly Direction[]): number {
  const each = CLASSES.map((c) => {
    const right = labels.filter((l, i) => l === c && guesses[i] === c).length;
    const [said, is] = [guesses.filter((g) => g === c).length, labels.filter((l) => l === c).length];
    return said + is === 0 ? 0 : (2 * right) / (said + is);
  });
  return each.reduce((a, b) => a + b, 0) / CLASSES.length;
}
