// `shipa hold`: patients that must not be erased, whoever asks, until the hold is lifted.
import { parseArgs } from 'node:util';
import { signedFaults } from '../../app/retention.js';
import { openRunServices } from '../run-services.js';
import { SIGNED_OPTIONS } from '../signed-options.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
hold a patient against erasure, or lift that

shipa hold add PATIENT --by WHO --reason TEXT
shipa hold lift PATIENT --by WHO --reason TEXT
shipa hold list [--format text|json]
  --data DIR     embedded services (default .shipa); DATABASE_URL names a cluster's instead

Neither "erase" nor "retention" touches who is held; a hold on one record of a merged person holds all of them.
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
  const [what, patient] = positionals;
  if (what === 'list' ? patient !== undefined : !(what === 'add' || what === 'lift') || positionals.length !== 2)
    throw new WrongUse('say "add PATIENT", "lift PATIENT" or "list"');
  const signed = { by: values.by.trim(), why: values.reason.trim() };
  const faults = what === 'list' ? [] : signedFaults(signed, patient === undefined ? [] : [patient]);
  if (faults.length > 0) throw new WrongUse(faults.join('; '));
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const { store } = running;
    if (patient === undefined) {
      const holds = await store.holds();
      if (values.format === 'json') process.stdout.write(`${JSON.stringify(holds)}\n`);
      else if (holds.length === 0) process.stdout.write('no record is held\n');
      else for (const h of holds) process.stdout.write(`${h.patient}: held ${h.at} by ${h.by}: ${h.why}\n`);
      return 0;
    }
    const done = what === 'add' ? await store.hold(patient, signed) : await store.lift(patient, signed);
    if (done === 'unknown') throw new Error(`no such patient: ${patient}`);
    if (done === 'nothing') throw new Error(what === 'add' ? `${patient} is held already` : `${patient} is not held`);
    process.stdout.write(`${patient} ${what === 'add' ? 'held' : 'not held any more'}\n`);
    return 0;
  } finally {
    await running.stop();
  }
}
