// `shipa erase PATIENT`: all that is kept of a patient, gone for good; the audit keeps a line that does not tell who.
import { parseArgs } from 'node:util';
import type { Signed } from '../../app/erasure-ports.js';
import { signedFaults } from '../../app/retention.js';
import type { Store } from '../../app/store-ports.js';
import { erasedIn } from '../audit-list.js';
import { openRunServices } from '../run-services.js';
import { SIGNED_OPTIONS } from '../signed-options.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
erase a patient for good

shipa erase PATIENT --by WHO --reason TEXT [--whole-person]
shipa erase --again LIST --by WHO --reason TEXT
  --whole-person  of a merged person all records; without it one that is merged is refused, with the others named
  --again LIST    after a restore: everyone whose erasure is in LIST, as "shipa audit --format ndjson" wrote it
  --data DIR      embedded services (default .shipa); DATABASE_URL names a cluster's instead

Goes: every version of the history, every recommendation, decisions of doctors, keys of identity, places of faults, names of files in tasks.
Stays: one line of audit with a hash that only who knows the id can find again. Refused under legal hold ("shipa hold"). Not reached from here:
backups, exports, source files, logs of the database's host; docs/privacy.md tells what to do with them.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...SIGNED_OPTIONS,
      again: { type: 'string' },
      'whole-person': { type: 'boolean', default: false },
    },
  });
  if ((positionals.length === 0) === (values.again === undefined))
    throw new WrongUse('name a patient, or --again LIST');
  const signed: Signed = { by: values.by.trim(), why: values.reason.trim() };
  const faults = signedFaults(signed, positionals);
  if (faults.length > 0) throw new WrongUse(faults.join('; '));
  const subjects = values.again === undefined ? [] : erasedIn(values.again);
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const { store } = running;
    const ids = values.again === undefined ? positionals : await store.bySubject(subjects);
    const gone = new Set<string>();
    let failed = false;
    for (const id of ids) {
      if (gone.has(id)) continue;
      const person = await store.person(id);
      // By a list only who is in it goes, whoever was one person with them when the backup was made.
      const all = values.again === undefined ? values['whole-person'] : false;
      // The reason stays beside a hash of every record that goes.
      const named = signedFaults(signed, person?.records ?? []);
      if (named.length > 0) throw new WrongUse(named.join('; '));
      const records = person === undefined ? [id] : person.records.filter((record) => all || ids.includes(record));
      const refusal = await eraseRecords(store, id, records, signed);
      for (const record of records) gone.add(record);
      if (refusal === undefined) continue;
      failed = true;
      process.stderr.write(`shipa: erase: ${refusal}\n`);
    }
    if (values.again !== undefined)
      process.stderr.write(`${ids.length} of ${subjects.length} erased patients were here again\n`);
    await store.vacuum();
    return failed ? 1 : 0;
  } finally {
    await running.stop();
  }
}

/** Undefined when done; else why not. */
async function eraseRecords(
  store: Store,
  id: string,
  records: readonly string[],
  signed: Signed,
): Promise<string | undefined> {
  const done = await store.erase(records, signed);
  if ('held' in done) return `${done.held.join(', ')} is under legal hold: "shipa hold list" tells why`;
  if ('others' in done)
    return `${id} is one person with ${done.others.join(', ')}: --whole-person erases all of them, "shipa identity unmerge" parts them`;
  if (done.records.length === 0) return `no such patient: ${id}`;
  process.stdout.write(
    `erased ${done.records.length} record${done.records.length === 1 ? '' : 's'}: ${Object.entries(done.erased)
      .filter(([, n]) => n > 0)
      .map(([what, n]) => `${n} ${what}`)
      .join(', ')}\n`,
  );
  const waiting = (done.erased['file still to be read'] ?? 0) + (done.erased['run going on with its file'] ?? 0);
  if (waiting > 0)
    process.stderr.write(
      'a run that is not over names the patient and may bring the history back: let it end or cancel it, then erase again\n',
    );
  return undefined;
}
