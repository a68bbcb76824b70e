// Three-valued logic (Kleene, strong): what a criterion says of a patient when a fact may be missing.

export type Truth = 'met' | 'not-met' | 'unknown';

export const not = (a: Truth): Truth => (a === 'met' ? 'not-met' : a === 'not-met' ? 'met' : 'unknown');

/** Met when every part is met; one not-met decides; else unknown. The empty conjunction is met. */
export const every = (parts: readonly Truth[]): Truth =>
  parts.includes('not-met') ? 'not-met' : parts.includes('unknown') ? 'unknown' : 'met';

/** Met when one part is met; not-met when all are; else unknown. The empty disjunction is not met. */
export const some = (parts: readonly Truth[]): Truth =>
  parts.includes('met') ? 'met' : parts.includes('unknown') ? 'unknown' : 'not-met';

/** "Unless known": met as long as the record does not show `a`. The one place where unknown is not passed on. */
export const unlessKnown = (a: Truth): Truth => (a === 'met' ? 'not-met' : 'met');

export const truth = (a: boolean): Truth => (a ? 'met' : 'not-met');
