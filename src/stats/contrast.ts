// One comparison of one trial, the input of every meta-analysis.

/** Effect of `a` against `b` (log hazard ratio, log odds ratio or mean difference) with its standard error. */
export interface Contrast {
  readonly study: string;
  readonly a: string;
  readonly b: string;
  readonly effect: number;
  readonly se: number;
}

export type MetaAnalysisCode =
  | 'no-data'
  | 'bad-standard-error'
  | 'not-connected'
  | 'incomplete-multi-arm'
  | 'duplicate-comparison'
  | 'inconsistent-multi-arm';

/** Data that cannot be combined; the message names the study. */
export class MetaAnalysisRefusal extends Error {
  override readonly name = 'MetaAnalysisRefusal';
  readonly code: MetaAnalysisCode;
  readonly studies: readonly string[];
  constructor(code: MetaAnalysisCode, studies: readonly string[], message: string) {
    super(message);
    this.code = code;
    this.studies = studies;
  }
}

/** Contrasts by study, in order of first appearance. */
export function byStudy(contrasts: readonly Contrast[]): ReadonlyMap<string, readonly Contrast[]> {
  const groups = new Map<string, Contrast[]>();
  for (const c of contrasts) {
    const group = groups.get(c.study);
    if (group === undefined) groups.set(c.study, [c]);
    else group.push(c);
  }
  return groups;
}

export const treatmentsOf = (contrasts: readonly Contrast[]): string[] =>
  [...new Set(contrasts.flatMap((c) => [c.a, c.b]))].sort();
