// `shipa monitor`: what became of the recommendations after release.
import { parseArgs } from 'node:util';
import { monitor, monitorText } from '../../app/monitor.js';
import { DEFAULT_DATA, openRunServices } from '../run-services.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
drift of inputs and bands, overrides and subgroups after release

shipa monitor [--since DAY] [--data DIR] [--format text|json]
  --since DAY   recommendations made since then are held against those before (default: 30 days ago)
  --data DIR    embedded services (default .shipa); DATABASE_URL names a cluster's instead

What doctors chose comes in by POST /api/patients/{id}/decision. The same numbers are on /metrics.
`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      since: { type: 'string' },
      data: { type: 'string', default: DEFAULT_DATA },
      format: { type: 'string', default: 'text' },
    },
  });
  const since = values.since ?? thirtyDaysAgo();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(since)) throw new WrongUse(`--since wants a day such as 2026-06-01, not "${since}"`);
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const report = await monitor(running.store, since);
    process.stdout.write(values.format === 'json' ? `${JSON.stringify(report)}\n` : monitorText(report));
    return 0;
  } finally {
    await running.stop();
  }
}

export const thirtyDaysAgo = (): string => new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
