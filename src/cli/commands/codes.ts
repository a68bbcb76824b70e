// `shipa codes unknown`: codes that ingested histories hold and no mapping of the vocabulary knows, so that one can be added.
import { parseArgs } from 'node:util';
import { grouped } from '../../app/progress.js';
import type { CodeCount } from '../../core/normalize/unknown-codes.js';
import { DEFAULT_DATA, openRunServices } from '../run-services.js';
import { writeOut } from '../write-out.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
codes of ingested histories that no mapping knows

shipa codes unknown [--run RUN] [--lost] [--format text|ndjson] [--data DIR]
  --run RUN      of one ingestion (default: of all)
  --lost         only those of entries of which nothing was understood, not even by the words beside the code
  --format       ndjson: one {"place","system","code","byWords","n"} a line (default text)
  --data DIR     embedded services (default .shipa); DATABASE_URL names a cluster's instead

A mapping is added in corpus/vocabulary. The list holds codes only, never a patient's words.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      run: { type: 'string' },
      lost: { type: 'boolean', default: false },
      format: { type: 'string', default: 'text' },
      data: { type: 'string', default: DEFAULT_DATA },
    },
    allowPositionals: true,
  });
  if (positionals.length !== 1 || positionals[0] !== 'unknown') throw new WrongUse('shipa codes unknown');
  if (values.format !== 'text' && values.format !== 'ndjson')
    throw new WrongUse(`--format is text or ndjson, not "${values.format}"`);
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const codes = (await running.store.unknownCodes(values.run)).filter((code) => !(values.lost && code.byWords));
    await writeOut(values.format === 'ndjson' ? codes.map((c) => `${JSON.stringify(c)}\n`).join('') : table(codes));
    return 0;
  } finally {
    await running.stop();
  }
}

function table(codes: readonly CodeCount[]): string {
  if (codes.length === 0) return 'every code is known\n';
  const rows = codes.map(
    ({ place, system, code, byWords, n }) =>
      `${grouped(n).padStart(10)}  ${place.padEnd(12)}${(byWords ? 'by words' : 'not at all').padEnd(12)}${code}  ${system}`,
  );
  return `${'number'.padStart(10)}  ${'place'.padEnd(12)}${'understood'.padEnd(12)}code and system\n${rows.join('\n')}\n`;
}
