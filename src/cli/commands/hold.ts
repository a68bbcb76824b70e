// `shipa hold`: patients that must not be erased, whoever asks, until the hold is lifted.
import { parseArgs } from 'node:util';
import type { Signed } from '../../app/erasure-ports.js';
import { signedFaults } from '../../app/retention.js';
import type { Store } from '../../app/store-ports.js';
import { heldIn } from '../audit-list.js';
import { openRunServices } from '../run-services.js';
import { SIGNED_OPTIONS } from '../signed-options.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
hold a patient against erasure, or lift that

shipa hold add PATIENT --by WHO --reason TEXT
shipa hold lift PATIENT --by WHO --reason TEXT
shipa hold list [--format text|json]
shipa hold again LIST --by WHO --reason TEXT
                 after a restore, before "erase --again": everyone held at the end of LIST, as "shipa audit --format ndjson" wrote it
  --data DIR     embedded services (default .shipa); DATABASE_URL names a cluster's instead

Neither "erase" nor "retention" touches who is held; a hold on one record of a merged person holds all of them,
also when they are parted later. Lifting takes off what was put on together.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...SIGNED_OPTIONS,
      format: { type: 'string', default: 'text' },
    },
  });
  const [what, whom] = positionals;
  if (what === 'list' ? whom !== undefined : !/^(add|lift|again)$/.test(what ?? '') || positionals.length !== 2)
    throw new WrongUse('say "add PATIENT", "lift PATIENT", "list" or "again LIST"');
  const signed = { by: values.by.trim(), why: values.reason.trim() };
  const named = what === 'add' || what === 'lift' ? [whom ?? ''] : [];
  const faults = what === 'list' ? [] : signedFaults(signed, named);
  if (faults.length > 0) throw new WrongUse(faults.join('; '));
  const list = what === 'again' ? heldIn(whom ?? '') : undefined;
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const { store } = running;
    if (list !== undefined) return await again(store, list, signed);
    if (whom === undefined) {
      const holds = await store.holds();
      if (values.format === 'json') process.stdout.write(`${JSON.stringify(holds)}\n`);
      else if (holds.length === 0) process.stdout.write('no record is held\n');
      else for (const h of holds) process.stdout.write(`${h.patient}: held ${h.at} by ${h.by}: ${h.why}\n`);
      return 0;
    }
    const done = what === 'add' ? await store.hold(whom, signed) : await store.lift(whom, signed);
    if (done === 'unknown') throw new Error(`no such patient: ${whom}`);
    if (done === 'nothing') throw new Error(what === 'add' ? `${whom} is held already` : `${whom} is not held`);
    for (const record of done.records)
      process.stdout.write(`${record} ${what === 'add' ? 'held' : 'not held any more'}\n`);
    return 0;
  } finally {
    await running.stop();
  }
}

/** A backup knows nothing of holds that came after it: without them the next erasure takes who must stay. */
async function again(store: Store, { held, lifted }: ReturnType<typeof heldIn>, signed: Signed): Promise<number> {
  const ids = await store.bySubject(held);
  for (const id of ids) {
    const done = await store.hold(id, signed);
    if (typeof done === 'object') for (const record of done.records) process.stdout.write(`${record} held\n`);
  }
  process.stderr.write(`${ids.length} of ${held.length} held patients are here\n`);
  // Lifting lets somebody be erased: that wants a person's word for each.
  const standing = new Set((await store.holds()).map(({ patient }) => patient));
  for (const id of (await store.bySubject(lifted)).filter((one) => standing.has(one)))
    process.stderr.write(
      `${id} is held here, and was lifted after the backup: "shipa hold lift" when that still is right\n`,
    );
  return 0;
}
