// `shipa retention apply`: erases who was last heard of too long ago, or prunes what was superseded. Shows only, until told --yes.
import { parseArgs } from 'node:util';
import { applyRetention, dayBefore, signedFaults } from '../../app/retention.js';
import type { Store } from '../../app/store-ports.js';
import { DEFAULT_DATA, openRunServices } from '../run-services.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
erase who was last heard of long ago, or prune superseded versions

shipa retention apply --older-than AGE [--superseded] [--yes --by WHO --reason TEXT]
  --older-than AGE  "15y", "18m" or "90d": counted from the last document (its own day, else the day it came) or doctor's decision of a person
  --superseded      keep the person; remove versions of the history and recommendations that were superseded so long ago and
                    that nothing in force and no decision rests on
  --yes             do it; without it only what would go is told
  --format json     for machines
  --data DIR        embedded services (default .shipa); DATABASE_URL names a cluster's instead

Nobody under legal hold is touched. Each erasure is a line of the audit, as by "shipa erase". How long is a matter of your law; there is no default.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'older-than': { type: 'string', default: '' },
      superseded: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      by: { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
      format: { type: 'string', default: 'text' },
      data: { type: 'string', default: DEFAULT_DATA },
    },
  });
  if (positionals.length !== 1 || positionals[0] !== 'apply') throw new WrongUse('say "apply"');
  const before = dayBefore(values['older-than'], new Date().toISOString().slice(0, 10));
  if (before === undefined) throw new WrongUse('--older-than wants an age as 15y, 18m or 90d');
  const signed = { by: values.by.trim(), why: values.reason.trim() };
  const faults = values.yes ? signedFaults(signed, []) : [];
  if (faults.length > 0) throw new WrongUse(faults.join('; '));
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const told = await apply(running.store, before, values.superseded, values.yes ? signed : undefined);
    if (values.yes) await running.store.vacuum();
    const result = { before, done: values.yes, ...told };
    if (values.format === 'json') process.stdout.write(`${JSON.stringify(result)}\n`);
    else
      process.stdout.write(
        `${Object.entries(told)
          .map(([what, n]) => `${what}: ${n ?? '-'}`)
          .join(', ')} (before ${before})${values.yes ? '' : '; nothing was removed: --yes does it'}\n`,
      );
    return 0;
  } finally {
    await running.stop();
  }
}

async function apply(
  store: Store,
  before: string,
  superseded: boolean,
  signed: { readonly by: string; readonly why: string } | undefined,
): Promise<Readonly<Record<string, number | string | null>>> {
  if (superseded) return signed === undefined ? store.prunable(before) : store.prune(before, signed);
  const { persons, records, oldest } = await applyRetention(store, before, signed);
  return { persons, records, oldest };
}
