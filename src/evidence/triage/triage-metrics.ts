// Held-out figures of the classifier: confusion of designs, precision and recall, yes-or-no questions, and the cancers named.
import { wilson } from '../../stats/wilson.js';
import type { Example } from './examples.js';
import { DESIGNS, type Design, type Triage } from './triage.js';

export interface Judged {
  readonly example: Example;
  readonly triage: Triage;
  /** A cancer of the vocabulary is named in title or abstract. */
  readonly named: boolean;
}

export interface ClassFigures {
  readonly name: string;
  readonly support: number;
  readonly precision: number | null;
  readonly recall: number | null;
}

export interface Share {
  readonly right: number;
  readonly of: number;
  /** 95 % interval (Wilson). */
  readonly low: number;
  readonly high: number;
}

export const share = (right: number, of: number): Share => ({ right, of, ...wilson(right, of) });

/** Rows: labelled design; columns: design answered. */
export function confusion(judged: readonly Judged[]): Record<Design, Record<Design, number>> {
  const table = Object.fromEntries(
    DESIGNS.map((row) => [row, Object.fromEntries(DESIGNS.map((column) => [column, 0]))]),
  ) as Record<Design, Record<Design, number>>; // Every design was just put in.
  for (const { example, triage } of judged) if (example.design !== undefined) table[example.design][triage.design]++;
  return table;
}

export function designFigures(judged: readonly Judged[]): ClassFigures[] {
  const table = confusion(judged);
  return DESIGNS.map((name) => {
    const support = DESIGNS.reduce((sum, column) => sum + table[name][column], 0);
    const answered = DESIGNS.reduce((sum, row) => sum + table[row][name], 0);
    return { name, support, precision: ratio(table[name][name], answered), recall: ratio(table[name][name], support) };
  });
}

/** Precision and recall of "yes" to one question. */
export function yesFigures(
  judged: readonly Judged[],
  name: string,
  label: (example: Example) => boolean | undefined,
  answer: (triage: Triage) => boolean,
): ClassFigures {
  const used = judged.flatMap(({ example, triage }) => {
    const truth = label(example);
    return truth === undefined ? [] : [{ truth, said: answer(triage) }];
  });
  const both = used.filter(({ truth, said }) => truth && said).length;
  const support = used.filter(({ truth }) => truth).length;
  return {
    name,
    support,
    precision: ratio(both, used.filter(({ said }) => said).length),
    recall: ratio(both, support),
  };
}

/** Designs answered rightly. */
export function designShare(judged: readonly Judged[]): Share {
  const used = judged.filter(({ example }) => example.design !== undefined);
  return share(used.filter(({ example, triage }) => example.design === triage.design).length, used.length);
}

/** Texts whose first cancer named is the labelled one. */
export function cancerShare(judged: readonly Judged[]): Share {
  const used = judged.filter(({ example }) => example.cancer !== undefined);
  return share(used.filter(({ example, triage }) => triage.cancers[0] === example.cancer).length, used.length);
}

const ratio = (part: number, of: number): number | null => (of === 0 ? null : part / of);
