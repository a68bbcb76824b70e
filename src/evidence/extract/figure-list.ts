// Figures of several arms in a row: "18.9 v 10.2 months", "45% in the X arm and 30% in the Y arm", "12.1, 10.2 and 9.3, respectively".
import { intervalAfter, type Masked } from './mask.js';
import { bareInterval, type Interval } from './numbers.js';

export interface Figure {
  /** null: not reached. */
  readonly value: number | null;
  readonly start: number;
  readonly end: number;
  readonly unit: string | null;
  readonly interval: Interval | undefined;
  /** The words between this figure and the next, or to the end of the clause: they may name the arm. */
  readonly tail: string;
}

/**
 * The figures of one kind from `from` to `until`, as long as what stands between them joins arms.
 * @param pattern global; group 1 the number (absent: not reached), group 2 the unit
 */
export function figureList(sentence: string, masked: Masked, pattern: RegExp, from: number, until: number): Figure[] {
  const found: Omit<Figure, 'tail'>[] = [];
  pattern.lastIndex = from;
  for (
    let match = pattern.exec(masked.text);
    match !== null && match.index < until;
    match = pattern.exec(masked.text)
  ) {
    const start = match.index + match[0].search(/\S/);
    const end = match.index + match[0].length;
    const last = found.at(-1);
    if (last !== undefined && !joins(masked.text.slice(last.end, start))) break;
    const number = match[1];
    found.push({
      value: number === undefined ? null : Number(number.replace(/\s/g, '')),
      start,
      end,
      unit: match[2]?.toLowerCase() ?? null,
      interval: intervalAfter(masked, sentence, end) ?? unnamedInterval(masked, sentence, end, number),
    });
  }
  return found.map((f, i) => ({ ...f, tail: tailOf(sentence, masked, f, found[i + 1]?.start ?? until) }));
}

/** "Rates (95% CI) were 42.9% (38.2 to 47.4) versus ...": the name stands in the head. */
const HEADED = /\(9\d\s?% (?:CIs?|confidence intervals?)\)/;

/** "30 months (95% CI 25-36) and 20 months (15-28)": where one figure has an interval by name, brackets behind the others hold theirs. */
function unnamedInterval(
  masked: Masked,
  sentence: string,
  end: number,
  number: string | undefined,
): Interval | undefined {
  if (
    number === undefined ||
    (masked.intervals.length === 0 && !HEADED.test(sentence)) ||
    /\brange|IQR|quartile/.test(sentence.slice(end, end + 20))
  )
    return undefined;
  return bareInterval(sentence, end, Number(number));
}

/** Between two arms' figures: no new sentence part that tells of something else. */
const joins = (gap: string): boolean =>
  gap.length < 130 && !/\b(?:hazard|odds|HR|OR|RR|median|mean|whereas the (?:rate|median))\b/.test(gap);

function tailOf(sentence: string, masked: Masked, figure: Omit<Figure, 'tail'>, next: number): string {
  const from = Math.max(figure.end, figure.interval?.end ?? 0);
  const blanked = masked.text.slice(from, next);
  const stop = blanked.search(/;|\.\s|\b(?:hazard|odds|HR|OR|RR|median)\b/);
  return (stop === -1 ? blanked : blanked.slice(0, stop)).replace(/^[\s)\],:]+/, '') || sentence.slice(from, from);
}
