// `shipa audit`: who erased, held and pruned, when and why; without telling of whom.
import { parseArgs } from 'node:util';
import { DEFAULT_DATA, openRunServices } from '../run-services.js';

export const help = `
who erased, held and pruned, when and why

shipa audit [--format text|ndjson] [--data DIR]

The newest first. "subject" is a hash of the patient's id under a salt of this store. Keep the ndjson outside of the backups: after a
restore "shipa erase --again" takes it.
`;

const MOST = 1_000_000;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { format: { type: 'string', default: 'text' }, data: { type: 'string', default: DEFAULT_DATA } },
  });
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const entries = await running.store.audit(MOST);
    if (entries.length === 0 && values.format !== 'ndjson')
      process.stdout.write('nothing was erased, held or pruned\n');
    for (const entry of entries)
      process.stdout.write(
        values.format === 'ndjson'
          ? `${JSON.stringify(entry)}\n`
          : `${entry.at} ${entry.action} ${entry.subject?.slice(0, 12) ?? '-'} by ${entry.by}: ${entry.why}\n`,
      );
    return 0;
  } finally {
    await running.stop();
  }
}
