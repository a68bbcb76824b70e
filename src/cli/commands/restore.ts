// `shipa restore FILE`: a backup into an empty store, all or nothing.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openServices } from '../../adapters/embedded/services.js';
import { restoreBackup } from '../../adapters/postgres/backup.js';
import { DEFAULT_DATA } from '../run-services.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
a backup into an empty store, all or nothing

shipa restore FILE.shipa [--data DIR]
  --data DIR     embedded services (default .shipa); DATABASE_URL names a cluster's instead

The store must be empty: a new --data DIR or an empty database. Refused, with nothing left behind: a file that is damaged or cut off, and one
of a newer version. One of an older version is brought up to this one. Whoever was erased after the backup was made comes back with it:
"shipa erase --again LIST" erases them once more.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string', default: DEFAULT_DATA } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new WrongUse('name one backup');
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  const services = await openServices({ data: values.data, visit: false, environment: process.env });
  try {
    let rows = 0;
    const header = await restoreBackup(services.databaseUrl, file, (count) => {
      rows += count.rows;
      process.stderr.write(`${count.table}: ${count.rows}\n`);
    });
    process.stdout.write(`${rows} rows of ${header.made}, made by version ${header.code}\n`);
    return 0;
  } finally {
    await services.stop();
  }
}
