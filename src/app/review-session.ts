// A review in the terminal: the page of a draft, then one question after the other until the reviewer is done. Each answer is written at once,
// so that a session can be broken off and gone on with.

import { FaultyInput } from '../domain/faults.js';
import { doubts } from '../evidence/curate/doubts.js';
import { type Draft, OutOfOrder } from '../evidence/curate/draft-state.js';
import type { CurationEvent } from '../evidence/curate/event.js';
import { reviewPage } from '../evidence/curate/review-page.js';
import type { Decision } from './curation-ports.js';
import {
  acceptDraft,
  accepting,
  comparisons,
  correcting,
  excludeDraft,
  type ReviewDesk,
  record,
  rejecting,
  swapping,
} from './review-draft.js';

export interface Terminal {
  show(text: string): void;
  /** undefined when the reviewer has gone (end of input). */
  ask(question: string): Promise<string | undefined>;
}

export interface SessionOptions {
  readonly by: string;
  /** The time now, ISO instant. */
  readonly now: () => string;
  /** Networks that an accepted study joins, and indications that then cite it. */
  readonly networks?: readonly string[];
  readonly indications?: readonly string[];
}

const HELP = `
  a N [N ...]        accept values by number ("a all": all that are open)
  r N [N ...] WHY    reject values, with the reason
  s FIELD=VALUE      correct a value or add one ("s OS.effect=HR 0.75 (0.60 to 0.92)", "s year=2024")
  swap               arms a and b change places (the effect stays as published)
  p                  the page again
  accept WHY         the draft becomes a study, or results of the known one
  new ID WHY         ... as a new study of this id
  exclude WHY        the draft is excluded, with the reason
  q                  leave; what was answered is kept
`;

export const pageOf = (desk: ReviewDesk, draft: Draft): string =>
  reviewPage({
    draft,
    text: desk.store.text(draft.text),
    doubts: doubts(draft.values),
    comparisons: comparisons(desk, draft),
  });

/** Answers the draft as it stands when the reviewer leaves. */
export async function reviewSession(
  desk: ReviewDesk,
  opened: Draft,
  terminal: Terminal,
  options: SessionOptions,
): Promise<Draft> {
  let draft = opened;
  terminal.show(pageOf(desk, draft));
  terminal.show(HELP);
  for (;;) {
    const line = await terminal.ask(`${draft.id} (${draft.state})> `);
    if (line === undefined || /^\s*q(?:uit)?\s*$/i.test(line)) return draft;
    if (line.trim() === '') continue;
    try {
      draft = step(desk, draft, line.trim(), options, terminal);
    } catch (error) {
      // What a reviewer mistypes is answered, and nothing is lost.
      if (!(error instanceof FaultyInput) && !(error instanceof OutOfOrder) && !(error instanceof Unclear)) throw error;
      terminal.show(`  ${error.message.replaceAll('\n', '\n  ')}\n`);
    }
    if (draft.state === 'accepted' || draft.state === 'excluded') return draft;
  }
}

class Unclear extends Error {}

function step(
  desk: ReviewDesk,
  draft: Draft,
  line: string,
  { by, now, networks = [], indications = [] }: SessionOptions,
  terminal: Terminal,
): Draft {
  const [, command = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  const decision = (why: string): Decision => ({ by, why, at: now() });
  const needed = (why: string): Decision => {
    if (why.trim() === '') throw new Unclear('say why');
    return decision(why.trim());
  };
  const shown = (after: Draft): Draft => {
    terminal.show(pageOf(desk, after));
    return after;
  };
  switch (command.toLowerCase()) {
    case 'p':
      return shown(draft);
    case 'a':
      return shown(
        record(
          desk,
          draft,
          numbered(draft, rest).map((field) => accepting(field, decision('read and right'))),
        ),
      );
    case 'r': {
      const { numbers, why } = numbersAndReason(rest);
      const given = needed(why);
      return shown(
        record(
          desk,
          draft,
          numbered(draft, numbers).map((field) => rejecting(field, given)),
        ),
      );
    }
    case 's':
      return shown(record(desk, draft, [setting(desk, rest, decision('corrected in review'))]));
    case 'swap':
      return shown(record(desk, draft, swapping(draft, decision('the arms stood the other way round'))));
    case 'accept':
      return told(acceptDraft(desk, draft, { networks, indications, asNew: false }, needed(rest)), terminal);
    case 'new': {
      const [, id = '', why = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
      return told(acceptDraft(desk, draft, { id, networks, indications, asNew: true }, needed(why)), terminal);
    }
    case 'exclude':
      return excludeDraft(desk, draft, needed(rest));
    default:
      throw new Unclear(`"${command}" is no answer here:${HELP}`);
  }
}

function told(accepted: ReturnType<typeof acceptDraft>, terminal: Terminal): Draft {
  terminal.show(`${accepted.as}: ${accepted.study}, ${accepted.files.join(', ')}\n`);
  return accepted.draft;
}

function setting(desk: ReviewDesk, text: string, decision: Decision): CurationEvent {
  const { field, value } = fieldAndValue(text) ?? {};
  if (field === undefined || value === undefined) throw new Unclear('write FIELD=VALUE');
  return correcting(desk, field, value, decision);
}

/** "OS/PD-L1 >= 50.effect=HR 0.6": the field ends at the last "=" before which a field can end. */
export function fieldAndValue(text: string): { readonly field: string; readonly value: string } | undefined {
  const match = /^(.*?(?:\.(?:effect|followUp|id|regimen|n|[a-f])|^[A-Za-z]+))\s*=\s*([\s\S]*)$/.exec(text.trim());
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { field: match[1].trim(), value: match[2].trim() };
}

function numbersAndReason(rest: string): { readonly numbers: string; readonly why: string } {
  const [, numbers = '', why = ''] = /^((?:\d+[\s,]+|all\s+)*(?:\d+|all)?)\s*([\s\S]*)$/.exec(rest) ?? [];
  return { numbers, why };
}

function numbered(draft: Draft, text: string): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) throw new Unclear('name the values by their numbers, or "all"');
  if (words.includes('all')) return draft.values.filter((v) => v.verdict === 'pending').map((v) => v.field);
  return words.map((word) => {
    const value = draft.values[Number(word) - 1];
    if (value === undefined) throw new Unclear(`there is no value ${word}`);
    return value.field;
  });
}
