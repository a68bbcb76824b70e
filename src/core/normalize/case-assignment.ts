// Which cancer an entry of the history is about, when a patient may have several.
import type { Entry } from '../../domain/history.js';
import type { CaseDraft } from './case-draft.js';
import type { Terminology } from './terminology.js';

/**
 * Ids of the cases that the entry is about: one when a reference, the site, the side or the reason tells, or when there is
 * only one cancer; [] when it cannot be told apart (then it belongs to no case, and the reader is told).
 */
export type CasesOfEntry = (entry: Entry, cases: readonly CaseDraft[], terms: Terminology) => readonly string[];
