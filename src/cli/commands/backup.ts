// `shipa backup`: the whole store into one file, while the system runs.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openServices } from '../../adapters/embedded/services.js';
import { writeBackup } from '../../adapters/postgres/backup.js';
import { openStore } from '../../adapters/postgres/store.js';
import { codeVersion } from '../project.js';
import { DEFAULT_DATA } from '../run-services.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
the whole store into one file, while the system runs

shipa backup --out FILE.shipa [--data DIR]
  --out FILE     must not exist yet; appears when it is whole, readable by its owner only
  --data DIR     embedded services (default .shipa); DATABASE_URL names a cluster's instead

Histories, recommendations of now and before, decisions, runs: everything of one moment. It holds patients' data and is not encrypted: keep it
as the store itself is kept. The sign-in token, the queue and source files are not in it. "shipa restore FILE" puts it back.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, data: { type: 'string', default: DEFAULT_DATA } },
  });
  const { out } = values;
  if (out === undefined || positionals.length > 0) throw new WrongUse('say where to: --out FILE.shipa');
  if (existsSync(out)) throw new Error(`${out} exists already: a backup is never written over another`);
  const services = await openServices({ data: values.data, visit: true, environment: process.env });
  try {
    // A store that has just been made has no tables yet, and an older one is brought up to date first.
    await (await openStore(services.databaseUrl, { connections: 1 })).close();
    let rows = 0;
    const made = new Date().toISOString();
    await writeBackup(services.databaseUrl, out, { code: codeVersion(), made }, (count) => {
      rows += count.rows;
      process.stderr.write(`${count.table}: ${count.rows}\n`);
    });
    process.stdout.write(`${out}: ${rows} rows of ${made}\n`);
    return 0;
  } finally {
    await services.stop();
  }
}
