// A draft as a page of a terminal: the text with every value marked where it was read, then the values with their verdicts, what is stored
// already, and what is left over.
import type { Comparison } from './compare-results.js';
import type { Draft, DraftValue } from './draft-state.js';

export interface PageParts {
  readonly draft: Draft;
  /** undefined when the text is not at hand on this machine. */
  readonly text: string | undefined;
  readonly doubts: readonly string[];
  readonly comparisons: readonly Comparison[];
}

const WIDTH = 110;

export function reviewPage({ draft, text, doubts, comparisons }: PageParts): string {
  const { values } = draft;
  return [
    `${draft.id}  ${draft.document}  (${draft.state}${draft.study === undefined ? '' : `, ${draft.study}`})`,
    triageLine(draft),
    '',
    text === undefined
      ? 'The text is not on this machine (texts are kept out of the repository); add the file again, or read it elsewhere.'
      : wrapped(markedText(text, values)),
    '',
    ...values.map((value, i) => valueLine(value, i + 1)),
    ...section(
      'Known here',
      draft.known.map(({ study, by }) => `${study} (${by})`),
    ),
    ...section('Against what is stored', comparisons.flatMap(comparisonLines)),
    ...section('Doubts', [...doubts, ...draft.warnings]),
    ...section(
      'Read, with no place in a record',
      draft.leftOut.map(({ what, why }) => `${what}: ${why}`),
    ),
    '',
  ].join('\n');
}

function triageLine({ triage }: Draft): string {
  const { design, doubtful, oncology, cancers } = triage;
  return `triage: ${String(design)}${doubtful === true ? ' (doubtful)' : ''}, ${oncology === true ? 'oncology' : 'not oncology'}, ${Array.isArray(cancers) && cancers.length > 0 ? cancers.join(', ') : 'no cancer named'}`;
}

function valueLine({ field, value, proposed, verdict }: DraftValue, number: number): string {
  const sign = { pending: '?', accepted: '+', corrected: '*', rejected: '-' }[verdict];
  const was = proposed !== undefined && proposed.value !== value ? `   (read as ${proposed.value})` : '';
  const note = proposed?.note === undefined ? '' : `   (${proposed.note})`;
  return `${String(number).padStart(3)} ${sign} ${field.padEnd(24)} ${value}${was}${note}`;
}

/** "[3: 0.57 (0.44-0.75)]" where value 3 was read. Spans that overlap share one bracket. */
export function markedText(text: string, values: readonly DraftValue[]): string {
  const spans = values
    .flatMap(({ proposed }, i) => (proposed?.span === undefined ? [] : [{ ...proposed.span, numbers: [i + 1] }]))
    .filter(({ start, end }) => start < end && end <= text.length)
    .sort((a, b) => a.start - b.start);
  const merged: { start: number; end: number; numbers: number[] }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) {
      last.end = Math.max(last.end, span.end);
      last.numbers.push(...span.numbers);
    } else merged.push({ ...span });
  }
  let at = 0;
  const parts = merged.map(({ start, end, numbers }) => {
    const piece = `${text.slice(at, start)}[${numbers.join(',')}: ${text.slice(start, end)}]`;
    at = end;
    return piece;
  });
  return parts.join('') + text.slice(at);
}

function comparisonLines({ result, stored, conflicts, same }: Comparison): string[] {
  const head = `${result.outcome}${result.population === undefined ? '' : ` (${result.population})`}`;
  if (stored === undefined) return [`${head}: nothing stored, it would be new`];
  if (same) return [`${head}: the same as stored`];
  if (conflicts.length === 0) return [`${head}: adds numbers to what is stored`];
  return conflicts.map(({ at, stored: was, found }) => `${head} ${at}: stored ${was}, here ${found}`);
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `    ${line}`)];

function wrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{1,${WIDTH}})(?:\\s+|$)`, 'g'), '$1\n').trimEnd())
    .join('\n');
}
