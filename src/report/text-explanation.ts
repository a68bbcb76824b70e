// The whole trace of one regimen as text: the settings tried, each indication with its tree of criteria, safety, arithmetic.

import type { Option, SafetyFinding } from '../domain/recommendation.js';
import type { Truth } from '../domain/truth.js';
import { heading, labelled, wrap } from './text-layout.js';
import { notRecommendedLines, optionLines } from './text-option.js';
import { saying } from './words.js';

/** What `core/explain` gives, as far as it is printed. */
export interface ExplanationText {
  readonly case: string;
  readonly regimen: { readonly id: string; readonly name: string };
  readonly setting: { readonly name: string; readonly tried: readonly TraceText[] };
  readonly indications: readonly {
    readonly indication: string;
    readonly question: string;
    readonly strength: string;
    readonly rationale: string;
    readonly fate: string;
    readonly reasons: readonly string[];
    readonly trace: TraceText;
  }[];
  readonly options: readonly Option[];
  readonly safety: readonly SafetyFinding[];
  readonly notes: readonly string[];
}

export interface TraceText {
  readonly text: string;
  readonly state: Truth;
  readonly fact?: string;
  readonly source?: string;
  readonly unknown?: string;
  readonly parts: readonly TraceText[];
}

export function renderExplanation(explanation: ExplanationText): string {
  const { regimen, setting, indications, options, safety, notes } = explanation;
  const lines = [
    ...wrap(`${regimen.name} [${regimen.id}] for ${explanation.case}`, 0, 0),
    ...heading(`Setting: ${setting.name}`),
    ...setting.tried.flatMap((trace) => traceLines(trace, 2)),
    ...indications.flatMap(indicationLines),
    ...heading('Safety'),
    ...(safety.length === 0 ? ['  No finding.'] : []),
    ...safety.flatMap(({ verdict, rule, message }) => wrap(`- ${verdict} [${rule}]: ${message}`, 2, 2)),
    ...(options.length > 0 ? heading('In the record') : []),
    ...options.flatMap((option) =>
      option.rank === null ? notRecommendedLines(option) : optionLines(option, saying('en')),
    ),
    ...(indications.length === 0 ? ['', 'No indication of the corpus joins this regimen to this cancer.'] : []),
    ...heading('Notes'),
    ...notes.flatMap((note) => wrap(`- ${note}`, 2, 2)),
  ];
  return `${lines.join('\n')}\n`;
}

function indicationLines(entry: ExplanationText['indications'][number]): readonly string[] {
  return [
    ...heading(`${entry.indication}: ${entry.fate.replace('-', ' ')}`),
    ...labelled('Question', entry.question, 2),
    ...labelled('Strength', entry.strength.replace('-', ' '), 2),
    ...labelled('Rationale', entry.rationale, 2),
    ...entry.reasons.flatMap((reason) => labelled('Against', reason, 2)),
    ...traceLines(entry.trace, 2),
  ];
}

function traceLines({ text, state, fact, source, unknown, parts }: TraceText, indent: number): readonly string[] {
  const detail = [fact, source && `read at ${source}`, unknown].filter(Boolean).join('; ');
  return [
    ...wrap(`[${state}] ${text}${detail && parts.length === 0 ? `: ${detail}` : ''}`, indent, 4),
    ...parts.flatMap((part) => traceLines(part, Math.min(indent + 2, 40))),
  ];
}
