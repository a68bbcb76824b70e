// Faults, each done to a run of its own; what is stored must be what an undisturbed run stores (docs/chaos.md). Linux only: processes are
// found in /proc. `node bin/chaos.mjs [--patients 20000] [--times 20] [--seed 1] [--mode both] [--only NAME,..] [--rounds 1] [--json]`.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulateTo } from '../src/cli/commands/simulate.js';
import { projectRoot } from '../src/cli/project.js';
import type { Fault, Mode } from './chaos/fault.js';
import { FAULTS, UNDISTURBED } from './chaos/faults.js';
import { withPoison } from './chaos/input.js';
import type { Outcome } from './chaos/outcome.js';
import { redisIsThere } from './chaos/private-redis.js';
import { tryFault, type Verdict } from './chaos/trial.js';

interface Options {
  readonly patients: number;
  readonly times: number;
  readonly seed: number;
  readonly rounds: number;
  readonly modes: readonly Mode[];
  readonly only: readonly string[];
  readonly json: boolean;
}

const HELP = `npm run chaos [-- --patients N] [--times K] [--seed S] [--mode embedded|cluster|both] [--only NAME,...] [--rounds R] [--json] [--list]
`;

export async function main(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'string') {
    process.stderr.write(options);
    return options.startsWith('chaos:') ? 2 : 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'shipa-chaos-'));
  // PostgreSQL, which is another user when we are root, must pass.
  await chmod(folder, 0o711);
  const mark = randomBytes(6).toString('hex');
  const guardian = spawn(
    process.execPath,
    [join(projectRoot, 'dist', 'benchmarks', 'chaos', 'guardian.js'), mark, folder],
    {
      stdio: ['pipe', 'ignore', 'inherit'],
      detached: true,
    },
  );
  const gone = new Promise<void>((done) => guardian.once('exit', () => done()));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  try {
    return await tryAll(options, folder, mark);
  } finally {
    guardian.stdin?.end();
    await gone;
  }
}

async function tryAll(options: Options, folder: string, mark: string): Promise<number> {
  const { patients, seed, rounds } = options;
  const cohort = join(folder, 'cohort.ndjson');
  await simulateTo(cohort, patients, 1);
  let wanted: Outcome | undefined;
  let undisturbedMs = 0;
  let bad = 0;
  const one = async (fault: Fault, mode: Mode, round: number): Promise<Outcome | undefined> => {
    const place = await prepare(fault, folder, cohort, patients, seed + round);
    if (place === undefined) {
      show(options, { fault: fault.name, mode, verdict: 'SKIPPED', reason: 'only root may mount a small disk' });
      return undefined;
    }
    const { verdict, outcome } = await tryFault({
      mode,
      place: { ...place, root: folder, mark, patients, fault },
      seed: seed + round * 1000,
      times: options.times,
      withinMs: Math.max(300_000, undisturbedMs * 15),
      wanted,
    });
    if (fault.disk !== undefined) spawnSync('umount', ['-l', join(folder, 'disk')]);
    await rm(place.folder, { recursive: true, force: true, maxRetries: 5 });
    if (verdict.verdict !== 'holds') bad++;
    show(options, { ...(rounds > 1 ? { round } : {}), ...verdict });
    if (fault === UNDISTURBED) undisturbedMs = verdict.seconds * 1000;
    return outcome;
  };
  for (let round = 0; round < rounds; round++)
    for (const mode of options.modes) {
      if (mode === 'cluster' && !redisIsThere()) {
        show(options, { fault: 'all', mode, verdict: 'SKIPPED', reason: 'no redis-server on PATH' });
        continue;
      }
      // Undisturbed in each mode once: both must answer the same.
      if (round === 0) {
        const outcome = await one(UNDISTURBED, mode, round);
        wanted ??= outcome;
        if (wanted === undefined) return 1;
      }
      for (const fault of FAULTS)
        if (fault.modes.includes(mode) && (options.only.length === 0 || options.only.includes(fault.name)))
          await one(fault, mode, round);
    }
  return bad > 0 ? 1 : 0;
}

/** Folder, input and small disk of one trial; undefined where the disk cannot be made. */
async function prepare(fault: Fault, folder: string, cohort: string, patients: number, seed: number) {
  const own = join(folder, 'trial');
  await mkdir(own, { mode: 0o711 });
  let disk = own;
  if (fault.disk !== undefined) {
    disk = join(folder, 'disk');
    await mkdir(disk, { recursive: true, mode: 0o711 });
    const size = `size=${Math.ceil(fault.disk(patients))},mode=0711`;
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', disk], { stdio: 'ignore' }).status !== 0) {
      await rm(own, { recursive: true });
      return undefined;
    }
  }
  if (fault.poison === undefined) return { folder: own, disk, cohort };
  const poisoned = join(own, 'poisoned.ndjson');
  await withPoison(cohort, patients, fault.poison, poisoned, seed);
  return { folder: own, disk, cohort: poisoned };
}

type Line = (Verdict & { readonly round?: number }) | { fault: string; mode: Mode; verdict: 'SKIPPED'; reason: string };

function show({ json }: Options, line: Line): void {
  if (json) return void process.stdout.write(`${JSON.stringify(line)}\n`);
  const head = `${line.verdict.padEnd(9)} ${line.mode.padEnd(8)} ${line.fault.padEnd(18)}`;
  if ('reason' in line) return void process.stdout.write(`${head} ${line.reason}\n`);
  const again = line.given > line.least ? `, commands given ${line.given} times instead of ${line.least}` : '';
  process.stdout.write(`${head} ${line.seconds.toFixed(1).padStart(6)} s  ${line.done}${again}\n`);
  for (const words of line.wrong) process.stdout.write(`          ${words}\n`);
}

/** The options, or what is to be said instead. */
function optionsOf(args: string[]): Options | string {
  const { values } = parseArgs({
    args,
    options: {
      patients: { type: 'string', default: '20000' },
      times: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '1' },
      mode: { type: 'string', default: 'both' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return HELP;
  if (values.list)
    return FAULTS.map(({ name, modes, does, holds }) => `${name} (${modes.join(', ')})\n  ${does}\n  ${holds}\n`).join(
      '',
    );
  if (process.platform !== 'linux') return 'chaos: only on Linux, where processes can be looked up in /proc\n';
  const only = values.only.split(',').filter((name) => name !== '');
  const unknown = only.find((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown !== undefined) return `chaos: there is no fault "${unknown}"; --list tells those that are\n`;
  const modes = ({ embedded: ['embedded'], cluster: ['cluster'], both: ['embedded', 'cluster'] } as const)[values.mode];
  if (modes === undefined) return `chaos: --mode is embedded, cluster or both, not "${values.mode}"\n`;
  const [patients, times, seed, rounds] = [values.patients, values.times, values.seed, values.rounds].map(Number);
  if (![patients, times, seed, rounds].every((n) => Number.isInteger(n) && n !== undefined && n > 0))
    return 'chaos: --patients, --times, --seed and --rounds want a whole number above 0\n';
  return {
    patients: patients ?? 0,
    times: times ?? 0,
    seed: seed ?? 0,
    rounds: rounds ?? 0,
    modes,
    only,
    json: values.json,
  };
}
