// What is counted: per kind of fact what was expected, read rightly, missed, and read wrongly; precision, recall and F1 of it.

export const KINDS = [
  'cancer',
  'stage',
  'tnm',
  'age',
  'sex',
  'ecog',
  'biomarkers',
  'drugs',
  'drug-outcome',
  'procedures',
  'metastases',
  'facts',
  'conditions',
  'medications',
  'allergies',
  'line',
  'setting',
  'unknown',
] as const;
export type Kind = (typeof KINDS)[number];

/** `expected` alone was missed, `got` alone was read where nothing is; both, with `right` false, is another value. */
export interface Outcome {
  readonly kind: Kind;
  readonly right: boolean;
  readonly expected?: string;
  readonly got?: string;
}

export interface Tally {
  readonly right: number;
  readonly missed: number;
  readonly wrong: number;
  /** right / (right + wrong); null where nothing was read. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** Another value than the expected one counts as missed and as wrong. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const right = outcomes.filter((o) => o.right).length;
  const missed = outcomes.filter((o) => !o.right && o.expected !== undefined).length;
  const wrong = outcomes.filter((o) => !o.right && o.got !== undefined).length;
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    right,
    missed,
    wrong,
    precision: share(right, right + wrong),
    recall: share(right, right + missed),
    f1: share(2 * right, 2 * right + wrong + missed),
  };
}

export const inWords = ({ kind, expected, got }: Outcome): string =>
  `${kind}: ${expected === undefined ? 'nothing' : `"${expected}"`} expected, ${got === undefined ? 'nothing' : `"${got}"`} read`;

/** A set of words against another: what is missing, what is too much. `accept` may be there or not. */
export function compareSets(
  kind: Kind,
  expected: readonly string[],
  got: readonly string[],
  accept: readonly string[] = [],
): readonly Outcome[] {
  return [
    ...expected.map(
      (e): Outcome =>
        got.includes(e) ? { kind, right: true, expected: e, got: e } : { kind, right: false, expected: e },
    ),
    ...[...new Set(got)]
      .filter((g) => !expected.includes(g) && !accept.includes(g))
      .map((g): Outcome => ({ kind, right: false, got: g })),
  ];
}

/** One value; nothing is counted where none is expected, and where an accepted one stands in for it. */
export function compareOne(
  kind: Kind,
  expected: string | undefined,
  got: string | undefined,
  accept: readonly string[] = [],
): readonly Outcome[] {
  if (expected === undefined) return [];
  const right = got !== undefined && (got === expected || accept.includes(got));
  return [{ kind, right, expected, ...(got !== undefined && { got }) }];
}
