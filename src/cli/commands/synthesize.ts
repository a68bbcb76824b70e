// `shipa synthesize CONTRASTS.csv`: network (or pairwise) meta-analysis of published contrasts.
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { numbersOf, readTable } from '../../adapters/files/table.js';
import { FaultyInput } from '../../domain/faults.js';
import { synthesizeContrasts } from '../../evidence/synthesize/synthesize-contrasts.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
network (or pairwise) meta-analysis of a table of contrasts

shipa synthesize CONTRASTS.csv [options]
  CONTRASTS.csv    columns study, treat1, treat2, TE (treat1 minus treat2, log scale for ratios), seTE
  --reference T    treatment that effects are against (default: the first by name)
  --method METHOD  DL (default) or REML for the heterogeneity variance
  --small-values V desirable (default) or undesirable, for the P-scores
  --format json    the only format
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      reference: { type: 'string' },
      method: { type: 'string', default: 'DL' },
      'small-values': { type: 'string', default: 'desirable' },
      format: { type: 'string', default: 'json' },
    },
  });
  const [path, more] = positionals;
  if (path === undefined || more !== undefined) throw new WrongUse('name one CONTRASTS.csv');
  const { method, reference } = values;
  const small = values['small-values'];
  if (method !== 'DL' && method !== 'REML') throw new WrongUse(`--method is DL or REML, not "${method}"`);
  if (small !== 'desirable' && small !== 'undesirable')
    throw new WrongUse('--small-values is desirable or undesirable');
  if (values.format !== 'json') throw new WrongUse('--format is json');
  const rows = readContrasts(path);
  const treatments = new Set(rows.flatMap((row) => [row.treat1, row.treat2]));
  if (reference !== undefined && !treatments.has(reference))
    throw new WrongUse(`no row has the treatment "${reference}"; there are ${[...treatments].sort().join(', ')}`);
  const result = synthesizeContrasts(rows, {
    method,
    smallValues: small,
    ...(reference === undefined ? {} : { reference }),
  });
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return 0;
}

function readContrasts(path: string) {
  const rows = readTable(path);
  const file = basename(path);
  const faults = rows.flatMap((row, i) =>
    (['study', 'treat1', 'treat2'] as const)
      .filter((column) => !row[column])
      .map((column) => ({ place: `${file}, line ${i + 2}, ${column}`, message: 'is empty or missing' })),
  );
  if (rows.length === 0) faults.push({ place: file, message: 'holds no rows' });
  if (faults.length > 0) throw new FaultyInput(faults);
  return numbersOf(rows, ['TE', 'seTE'], file).map((numbers, i) => {
    const { study = '', treat1 = '', treat2 = '' } = rows[i] ?? {};
    return { study, treat1, treat2, ...numbers };
  });
}
