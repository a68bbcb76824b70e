// `shipa corpus review [ID]`: the drafts, one draft as a page, a session in the terminal, or single decisions from a script.
import { parseArgs } from 'node:util';
import {
  acceptDraft,
  accepting,
  correcting,
  excludeDraft,
  openDraft,
  type ReviewDesk,
  record,
  rejecting,
  swapping,
} from '../../../app/review-draft.js';
import { fieldAndValue, pageOf, reviewSession } from '../../../app/review-session.js';
import { type Draft, type DraftState, draftOf } from '../../../evidence/curate/draft-state.js';
import { curationDesk, decisionOf, now } from '../../curation-desk.js';
import { lineTerminal } from '../../line-terminal.js';
import { corpusDirectory } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';

const OPTIONS = {
  dir: { type: 'string', default: corpusDirectory },
  by: { type: 'string' },
  why: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  'accept-value': { type: 'string', multiple: true, default: [] as string[] },
  'reject-value': { type: 'string', multiple: true, default: [] as string[] },
  'swap-arms': { type: 'boolean', default: false },
  accept: { type: 'boolean', default: false },
  reject: { type: 'boolean', default: false },
  id: { type: 'string' },
  'as-new': { type: 'boolean', default: false },
  network: { type: 'string', multiple: true, default: [] as string[] },
  cite: { type: 'string', multiple: true, default: [] as string[] },
  state: { type: 'string' },
  show: { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
} as const;

type Values = ReturnType<typeof options>['values'];
const options = (args: string[]) => parseArgs({ args, allowPositionals: true, options: OPTIONS });

export async function review(args: string[]): Promise<number> {
  const { values, positionals } = options(args);
  const [id] = positionals;
  if (positionals.length > 1) throw new WrongUse('review takes one draft at a time');
  if (values.accept && values.reject) throw new WrongUse('a draft is accepted or rejected, not both');
  const desk = curationDesk(values.dir);
  if (id === undefined) return list(desk, values);
  const draft = openDraft(desk, id);
  if (values.format === 'json') return written(`${JSON.stringify(draft, null, 2)}\n`);
  const decides =
    values.accept ||
    values.reject ||
    values['swap-arms'] ||
    [values.set, values['accept-value'], values['reject-value']].some((v) => v.length > 0);
  if (decides) return scripted(desk, draft, values);
  if (values.show || !process.stdin.isTTY) return written(pageOf(desk, draft));
  return interactive(desk, draft, values);
}

function list(desk: ReviewDesk, { state, format }: Values): number {
  const drafts = desk.store
    .ids()
    .map((id) => draftOf(id, desk.store.events(id)))
    .filter((draft) => state === undefined || draft.state === (state as DraftState));
  if (format === 'json') return written(`${JSON.stringify(drafts, null, 2)}\n`);
  const lines = drafts.map((draft) => {
    const open = draft.values.filter(({ verdict }) => verdict === 'pending').length;
    const about = draft.reason ?? draft.study ?? (draft.known[0] === undefined ? '' : `known: ${draft.known[0].study}`);
    return `${draft.id.padEnd(24)} ${draft.state.padEnd(10)} ${`${draft.values.length} values, ${open} open`.padEnd(22)} ${about}`;
  });
  return written(lines.length === 0 ? 'no drafts; "shipa corpus add FILE" makes them\n' : `${lines.join('\n')}\n`);
}

function scripted(desk: ReviewDesk, draft: Draft, values: Values): number {
  const decision = decisionOf(values);
  const settings = values.set.map((text) => {
    const pair = fieldAndValue(text);
    if (pair === undefined) throw new WrongUse(`--set takes FIELD=VALUE, not "${text}"`);
    return correcting(desk, pair.field, pair.value, decision);
  });
  const steps = [
    ...(values['swap-arms'] ? swapping(draft, decision) : []),
    ...settings,
    ...values['accept-value'].map((field) => accepting(field, decision)),
    ...values['reject-value'].map((field) => rejecting(field, decision)),
  ];
  if (values.reject) {
    excludeDraft(desk, draft, decision, steps);
    return written(`${draft.id}: excluded: ${decision.why}\n`);
  }
  if (!values.accept) return written(pageOf(desk, record(desk, draft, steps)));
  const { id, network: networks, cite: indications, 'as-new': asNew } = values;
  const acceptance = { ...(id !== undefined && { id }), networks, indications, asNew };
  const accepted = acceptDraft(desk, draft, acceptance, decision, steps);
  const conflicts = accepted.comparisons.flatMap(({ result, conflicts: found }) =>
    found.map(({ at, stored, found: here }) => `  ${result.outcome} ${at}: was ${stored} (superseded), now ${here}\n`),
  );
  const unused = accepted.unused.length === 0 ? '' : `  not stored, enter by hand: ${accepted.unused.join(', ')}\n`;
  return written(
    `${draft.id}: ${accepted.as}: ${accepted.study}, ${accepted.files.join(', ')}\n${conflicts.join('')}${unused}`,
  );
}

async function interactive(desk: ReviewDesk, draft: Draft, { by: name, network, cite }: Values): Promise<number> {
  const terminal = lineTerminal(process.stdin, process.stdout);
  const by = name ?? (await terminal.ask('Your name, for the log: '));
  if (by === undefined || by.trim() === '') throw new WrongUse('say who decides: --by NAME');
  await reviewSession(desk, draft, terminal, { by: by.trim(), now, networks: network, indications: cite });
  terminal.close();
  return 0;
}

function written(text: string): number {
  process.stdout.write(text);
  return 0;
}
