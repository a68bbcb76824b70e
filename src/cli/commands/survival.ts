// `shipa survival FILE.csv`: Kaplan-Meier by arm, log-rank, Cox, restricted mean survival time.
import { parseArgs } from 'node:util';
import { readTable } from '../../adapters/files/table.js';
import { summariseSurvival } from '../../stats/survival-summary.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
Kaplan-Meier, log-rank, Cox and restricted mean survival of a table

shipa survival FILE.csv --time COLUMN --event COLUMN [options]
  --arm COLUMN       compare the arms named there
  --covariates A,B   columns of the Cox model (beside the arm)
  --reference LEVEL  reference arm (default: a control by name, else the first in order)
  --horizon TIME     of the restricted mean (default: the shortest of the arms' longest times)
  --format json      the only format
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      time: { type: 'string' },
      event: { type: 'string' },
      arm: { type: 'string' },
      covariates: { type: 'string' },
      reference: { type: 'string' },
      horizon: { type: 'string' },
      format: { type: 'string', default: 'json' },
    },
  });
  const [path, more] = positionals;
  if (path === undefined || more !== undefined) throw new WrongUse('name one FILE.csv');
  const { time, event, arm, covariates, reference } = values;
  if (time === undefined || event === undefined) throw new WrongUse('--time and --event name the columns');
  if (values.format !== 'json') throw new WrongUse('--format is json');
  const horizon = values.horizon === undefined ? undefined : Number(values.horizon);
  if (horizon !== undefined && !(horizon > 0)) throw new WrongUse('--horizon wants a positive number');
  const summary = summariseSurvival(readTable(path), {
    time,
    event,
    ...(arm === undefined ? {} : { arm }),
    ...(reference === undefined ? {} : { reference }),
    ...(horizon === undefined ? {} : { horizon }),
    ...(covariates === undefined ? {} : { covariates: covariates.split(',').filter(Boolean) }),
  });
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  return 0;
}
