// `shipa survival FILE.csv`: Kaplan-Meier by arm, log-rank, Cox, restricted means, competing risks, parametric curves.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { readLocatedTable } from '../../adapters/files/table.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { summariseSurvival } from '../../stats/survival-summary.js';
import { UnusableTable } from '../../stats/survival-table.js';
import { survivalPicture } from '../survival-picture.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
Kaplan-Meier, log-rank, Cox and restricted mean survival of a table

shipa survival FILE.csv --time COLUMN --event COLUMN [options]
  --event COLUMN     1/0, TRUE/FALSE, or 2/1 with 2 the event
  --arm COLUMN       compare the arms named there
  --covariates A,B   columns of the Cox model (beside the arm); words become factors
  --strata A,B       stratify the log-rank test and the Cox model by these columns
  --cluster COLUMN   rows that belong together (one patient, several events): robust errors of the Cox model
  --ties METHOD      efron (default) or breslow
  --competing C      codes in the event column that are competing events (2 or 2,3), or a column that is 1 where one ended the follow-up:
                     adds cumulative incidence; survival and Cox are then those of the cause alone
  --reference LEVEL  reference arm (default: a control by name, else the first in order)
  --horizon TIME     of the restricted mean (default: the shortest of the arms' longest times)
  --at T1,T2         times at which survival is told, with numbers at risk and limits
  --interval TYPE    log (default), log-log or plain: 95 % limits of survival and medians
  --plot OUT.svg     draws the curves with numbers at risk
  --format json      the only format
Rows with an empty time, event or arm are left out and listed; cells that cannot be read are refused with line and column.
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
      strata: { type: 'string' },
      cluster: { type: 'string' },
      ties: { type: 'string', default: 'efron' },
      competing: { type: 'string' },
      reference: { type: 'string' },
      horizon: { type: 'string' },
      at: { type: 'string' },
      interval: { type: 'string', default: 'log' },
      plot: { type: 'string' },
      format: { type: 'string', default: 'json' },
    },
  });
  const [path, more] = positionals;
  if (path === undefined || more !== undefined) throw new WrongUse('name one FILE.csv');
  const { time, event, arm, reference, ties } = values;
  if (time === undefined || event === undefined) throw new WrongUse('--time and --event name the columns');
  if (values.format !== 'json') throw new WrongUse('--format is json');
  if (ties !== 'efron' && ties !== 'breslow') throw new WrongUse(`--ties is efron or breslow, not "${ties}"`);
  if (reference !== undefined && arm === undefined) throw new WrongUse('--reference needs --arm');
  const horizon = values.horizon === undefined ? undefined : Number(values.horizon);
  if (horizon !== undefined && !(horizon > 0 && Number.isFinite(horizon)))
    throw new WrongUse('--horizon wants a positive number');
  const { interval } = values;
  if (interval !== 'log' && interval !== 'log-log' && interval !== 'plain')
    throw new WrongUse(`--interval is log, log-log or plain, not "${interval}"`);
  const at = (values.at ?? '').split(',').flatMap((t) => (t.trim() === '' ? [] : [Number(t)]));
  if (at.some((t) => !(t >= 0 && Number.isFinite(t)))) throw new WrongUse('--at wants times, such as 12,24,36');
  const { file, columns, rows, faults } = readLocatedTable(path);
  const analysis = named(file, faults, () =>
    summariseSurvival(rows, columns, {
      time,
      event,
      ties,
      interval,
      at,
      ...(arm === undefined ? {} : { arm }),
      ...(reference === undefined ? {} : { reference }),
      ...(values.cluster === undefined ? {} : { cluster: values.cluster }),
      ...(horizon === undefined ? {} : { horizon }),
      ...list('covariates', values.covariates),
      ...list('strata', values.strata),
      ...list('competing', values.competing),
    }),
  );
  process.stdout.write(`${JSON.stringify(analysis.summary, null, 2)}\n`);
  for (const warning of analysis.summary.warnings) process.stderr.write(`${file}: ${warning}\n`);
  if (values.plot !== undefined) {
    mkdirSync(dirname(values.plot), { recursive: true });
    writeFileSync(values.plot, survivalPicture(analysis, time, file));
  }
  return 0;
}

function list<K extends string>(key: K, text: string | undefined): { [P in K]?: string[] } {
  if (text === undefined) return {};
  const items = text.split(',').map((s) => s.trim());
  return { [key]: items.filter((s) => s !== '') } as { [P in K]?: string[] };
}

/** Faults of the table with its name, those of its shape first. */
function named<T>(file: string, shape: readonly Fault[], run: () => T): T {
  try {
    const result = run();
    if (shape.length > 0) throw new FaultyInput(shape);
    return result;
  } catch (error) {
    if (!(error instanceof UnusableTable)) throw error;
    const cells = error.faults.map((f) => ({ place: `${file}, line ${f.line}, ${f.column}`, message: f.message }));
    throw new FaultyInput([...shape, ...cells]);
  }
}
