// What `npm run chaos` was asked for.
import { parseArgs } from 'node:util';
import type { Mode } from './fault.js';
import { FAULTS } from './faults.js';

export interface Options {
  /** Of every run; undefined: each fault has its own. */
  readonly patients: number | undefined;
  readonly times: number | undefined;
  readonly seed: number;
  /** Worker processes of each site. */
  readonly workers: number;
  readonly rounds: number;
  readonly modes: readonly Mode[];
  readonly only: readonly string[];
  readonly json: boolean;
}

const HELP = `npm run chaos [-- --patients N] [--times K] [--seed S] [--workers W] [--mode embedded|cluster|both] [--only NAME,...] [--rounds R] [--json] [--list]

  --patients N   of every run (default: 20,000 for kill-any, 2,000 for the others)
  --times K      kills in one run (default: 20 for kill-any, 5 for the others)
  --workers W    worker processes of each run (default: 2)
  --rounds R     so often, each time with another seed; ends at the first that is not green
`;

/** The options, or what is to be said instead and the exit status. */
export function optionsOf(args: string[]): Options | { readonly say: string; readonly code: number } {
  const { values } = parseArgs({
    args,
    options: {
      patients: { type: 'string' },
      times: { type: 'string' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '1' },
      mode: { type: 'string', default: 'both' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { say: HELP, code: 0 };
  if (values.list) {
    const lines = FAULTS.map(
      ({ name, modes, does, holds }) => `${name} (${modes.join(', ')})\n  ${does}\n  ${holds}\n`,
    );
    return { say: lines.join(''), code: 0 };
  }
  const wrong = (say: string) => ({ say: `chaos: ${say}\n`, code: 2 });
  if (process.platform !== 'linux') return wrong('only on Linux, where processes can be looked up in /proc');
  const only = values.only.split(',').filter((name) => name !== '');
  const unknown = only.find((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown !== undefined) return wrong(`there is no fault "${unknown}"; --list tells those that are`);
  const modes = ({ embedded: ['embedded'], cluster: ['cluster'], both: ['embedded', 'cluster'] } as const)[values.mode];
  if (modes === undefined) return wrong(`--mode is embedded, cluster or both, not "${values.mode}"`);
  const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
  const { patients, times, seed, workers, rounds } = {
    patients: number(values.patients),
    times: number(values.times),
    seed: Number(values.seed),
    workers: Number(values.workers),
    rounds: Number(values.rounds),
  };
  if (![patients, times, seed, workers, rounds].every((n) => n === undefined || (Number.isInteger(n) && n > 0)))
    return wrong('--patients, --times, --seed, --workers and --rounds want a whole number above 0');
  return { patients, times, seed, workers, rounds, modes, only, json: values.json };
}
