// Events of one document -> where it stands. A step out of order is refused: nothing is accepted that nobody reviewed.
import type { CurationEvent, Known, LeftOut, Proposed } from './event.js';

export type DraftState = 'found' | 'extracted' | 'reviewed' | 'accepted' | 'excluded' | 'retracted';

export type Verdict = 'pending' | 'accepted' | 'corrected' | 'rejected';

export interface DraftValue {
  readonly field: string;
  readonly value: string;
  /** As extraction proposed it; undefined for a value that the reviewer added. */
  readonly proposed: Proposed | undefined;
  readonly verdict: Verdict;
}

export interface Draft {
  readonly id: string;
  readonly state: DraftState;
  readonly document: string;
  readonly pmid: string | null;
  /** SHA-256 of the text. */
  readonly text: string;
  readonly triage: Readonly<Record<string, unknown>>;
  readonly values: readonly DraftValue[];
  readonly leftOut: readonly LeftOut[];
  readonly known: readonly Known[];
  readonly warnings: readonly string[];
  /** Study of the corpus that it became, or that it updates. */
  readonly study: string | undefined;
  /** Why it was excluded or retracted. */
  readonly reason: string | undefined;
  readonly events: readonly CurationEvent[];
}

/** A step that may not be taken from where the document stands. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
}

/** @throws OutOfOrder naming the first event that does not follow from those before it */
export function draftOf(id: string, events: readonly CurationEvent[]): Draft {
  const [first, ...rest] = events;
  if (first?.event !== 'found') throw new OutOfOrder(`${id}: the log begins with "found", not "${first?.event}"`);
  const { document, pmid, text, triage } = first;
  const begun: Draft = {
    id,
    state: 'found',
    document,
    pmid,
    text,
    triage,
    values: [],
    leftOut: [],
    known: [],
    warnings: [],
    study: undefined,
    reason: undefined,
    events: [first],
  };
  return rest.reduce(afterEvent, begun);
}

const MAY: Readonly<Record<CurationEvent['event'], readonly DraftState[]>> = {
  found: [],
  extracted: ['found'],
  corrected: ['found', 'extracted', 'reviewed'],
  'value-accepted': ['extracted', 'reviewed'],
  'value-rejected': ['extracted', 'reviewed'],
  reviewed: ['extracted', 'reviewed'],
  accepted: ['reviewed'],
  excluded: ['found', 'extracted', 'reviewed'],
  retracted: ['accepted'],
};

/** The draft after one more event. @throws OutOfOrder */
export function afterEvent(draft: Draft, event: CurationEvent): Draft {
  if (!MAY[event.event].includes(draft.state))
    throw new OutOfOrder(`${draft.id} is ${draft.state}: "${event.event}" cannot follow`);
  const next: Draft = { ...draft, events: [...draft.events, event] };
  switch (event.event) {
    case 'found':
      return next;
    case 'extracted':
      return {
        ...next,
        state: 'extracted',
        values: event.values.map((proposed) => ({
          field: proposed.field,
          value: proposed.value,
          proposed,
          verdict: 'pending',
        })),
        leftOut: event.leftOut,
        known: event.known,
        warnings: event.warnings,
      };
    case 'corrected':
      // A change after the review has to be reviewed again.
      return { ...judged(next, event.field, 'corrected', event.value), state: 'extracted' };
    case 'value-accepted':
      return judged(next, event.field, 'accepted');
    case 'value-rejected':
      return judged(next, event.field, 'rejected');
    case 'reviewed':
      return reviewed(next);
    case 'accepted':
      return { ...next, state: 'accepted', study: event.study };
    case 'excluded':
      return { ...next, state: 'excluded', reason: event.why };
    case 'retracted':
      return { ...next, state: 'retracted', reason: event.why };
  }
}

function judged(draft: Draft, field: string, verdict: Verdict, value?: string): Draft {
  const known = draft.values.some((v) => v.field === field);
  if (!known && value === undefined) throw new OutOfOrder(`${draft.id} has no value "${field}"`);
  if (!known && value !== undefined)
    return { ...draft, values: [...draft.values, { field, value, proposed: undefined, verdict }] };
  const values = draft.values.map((v) => (v.field === field ? { ...v, value: value ?? v.value, verdict } : v));
  return { ...draft, values };
}

function reviewed(draft: Draft): Draft {
  const pending = draft.values.filter(({ verdict }) => verdict === 'pending');
  if (pending.length > 0)
    throw new OutOfOrder(`${draft.id}: nobody has judged ${pending.map(({ field }) => field).join(', ')}`);
  return { ...draft, state: 'reviewed' };
}

/** Values that count: accepted or corrected. */
export const settled = (draft: Draft): readonly DraftValue[] =>
  draft.values.filter(({ verdict }) => verdict === 'accepted' || verdict === 'corrected');
