// `shipa synthesize CONTRASTS.csv`: network (or pairwise) meta-analysis of published contrasts.
import { parseArgs } from 'node:util';
import { readLocatedTable } from '../../adapters/files/table.js';
import { FaultyInput } from '../../domain/faults.js';
import { PAIRWISE, type ReadContrasts, readContrasts } from '../../evidence/synthesize/read-contrasts.js';
import { synthesizeContrasts } from '../../evidence/synthesize/synthesize-contrasts.js';
import { type Measure, writePlots } from '../synthesis-plots.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
network (or pairwise) meta-analysis of a table of contrasts

shipa synthesize CONTRASTS.csv [options]
  CONTRASTS.csv    a network: columns study, treat1, treat2, TE (treat1 minus treat2, log scale for ratios), seTE. A pairwise set: the same
                   without treat1 and treat2. Instead of TE, seTE: yi, sei (or vi, the variance); or a ratio (HR, OR, RR) with low, high (95 %) or with p;
                   or median1, median2, events1, events2; or survival1, survival2, n1, n2 (hazard ratios derived so are named)
  --reference T    treatment that effects are against (default: the first by name; "control" in a pairwise set)
  --method METHOD  DL (default), REML or PM (Paule-Mandel) for the heterogeneity variance
  --hksj           Hartung-Knapp-Sidik-Jonkman interval of a pairwise random effect
  --small-values V desirable (default) or undesirable, for the P-scores
  --tolerance X    how far effects of one multi-arm trial may contradict each other (default 0.001)
  --measure M      HR, OR, RR, MD or TE: the axis of the plots (default: what the table has, else TE)
  --plot DIR       writes forest.svg, network.svg, league.svg, funnel.svg and net-heat.svg there
  --format json    the only format
`;

const METHODS = ['DL', 'REML', 'PM'] as const;
const MEASURES = ['HR', 'OR', 'RR', 'MD', 'TE'] as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      reference: { type: 'string' },
      method: { type: 'string', default: 'DL' },
      hksj: { type: 'boolean', default: false },
      'small-values': { type: 'string', default: 'desirable' },
      tolerance: { type: 'string', default: '0.001' },
      measure: { type: 'string' },
      plot: { type: 'string' },
      format: { type: 'string', default: 'json' },
    },
  });
  const [path, more] = positionals;
  if (path === undefined || more !== undefined) throw new WrongUse('name one CONTRASTS.csv');
  const method = oneOf(METHODS, values.method, '--method');
  const smallValues = oneOf(['desirable', 'undesirable'] as const, values['small-values'], '--small-values');
  if (values.format !== 'json') throw new WrongUse('--format is json');
  const tolerance = Number(values.tolerance);
  if (!(tolerance >= 0) || values.tolerance.trim() === '') throw new WrongUse('--tolerance wants a number from 0');
  const { file, columns, rows, faults } = readLocatedTable(path);
  const read = readContrasts(columns, rows, file);
  if (faults.length + read.faults.length > 0) throw new FaultyInput([...faults, ...read.faults]);
  const reference = referenceOf(read, values.reference);
  const treatments = new Set(read.rows.flatMap((row) => [row.treat1, row.treat2]));
  if (values.hksj && treatments.size > 2)
    throw new WrongUse(`--hksj is for two treatments; the table has ${treatments.size}`);
  const result = synthesizeContrasts(read.rows, {
    method,
    smallValues,
    hksj: values.hksj,
    tolerance,
    ...(reference === undefined ? {} : { reference }),
  });
  const { derived, excluded } = read;
  process.stdout.write(`${JSON.stringify({ ...result, derived, excluded }, null, 2)}\n`);
  for (const warning of result.warnings) process.stderr.write(`${file}: ${warning}\n`);
  for (const { line, study, why } of excluded)
    process.stderr.write(`${file}, line ${line}: ${study} left out, ${why}\n`);
  for (const d of derived.filter((x) => x.assumption !== null))
    process.stderr.write(`${file}, line ${d.line}: ${d.study}: ${d.assumption}\n`);
  if (values.plot !== undefined) {
    const found = MEASURES.find((m) => columns.includes(m) && m !== 'TE') ?? 'TE';
    const measure = values.measure === undefined ? found : oneOf(MEASURES, values.measure, '--measure');
    writePlots(values.plot, { result, rows: read.rows, measure: measure satisfies Measure, smallValues });
  }
  return 0;
}

function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  const found = allowed.find((a) => a === value);
  if (found === undefined)
    throw new WrongUse(`${option} is ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not "${value}"`);
  return found;
}

function referenceOf(read: ReadContrasts, asked: string | undefined): string | undefined {
  const treatments = [...new Set(read.rows.flatMap((row) => [row.treat1, row.treat2]))].sort();
  if (asked !== undefined && !treatments.includes(asked))
    throw new WrongUse(`no row has the treatment "${asked}"; there are ${treatments.join(', ')}`);
  return asked ?? (read.kind === 'pairwise' ? PAIRWISE.control : undefined);
}
