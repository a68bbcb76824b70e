// Faults, each done to a run of its own; what is stored must be what an undisturbed run stores (docs/chaos.md). Linux only: processes are
// found in /proc. `node bin/chaos.mjs [--patients N] [--times K] [--seed 1] [--mode both] [--only NAME,..] [--rounds 1] [--json]`.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateTo } from '../src/cli/commands/simulate.js';
import { projectRoot } from '../src/cli/project.js';
import { type Fault, type Mode, type Size, SMALL } from './chaos/fault.js';
import { FAULTS, UNDISTURBED } from './chaos/faults.js';
import { brokenLines, withPoison } from './chaos/input.js';
import { type Options, optionsOf } from './chaos/options.js';
import type { Outcome } from './chaos/outcome.js';
import { redisIsThere } from './chaos/private-redis.js';
import { type Report, reportTo } from './chaos/report.js';
import { tryFault } from './chaos/trial.js';

export async function main(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if ('say' in options) {
    process.stderr.write(options.say);
    return options.code;
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
    return await tryRounds(options, { folder, mark, report: reportTo(process.stdout, options.json) });
  } finally {
    guardian.stdin?.end();
    await gone;
  }
}

interface Scene {
  /** Of everything that is written. */
  readonly folder: string;
  readonly mark: string;
  readonly report: Report;
}

/** Round after round, until one is not green. */
async function tryRounds(options: Options, scene: Scene): Promise<number> {
  const before: Before = { cohorts: new Map(), undisturbed: new Map() };
  let done = 0;
  while (done < options.rounds && (await tryAll(options, scene, before, done))) done++;
  return scene.report.end({ wanted: options.rounds, done });
}

interface Cohort {
  readonly file: string;
  readonly broken: number;
}

/** What was made by earlier trials, by number of patients. */
interface Before {
  readonly cohorts: Map<number, Cohort>;
  readonly undisturbed: Map<number, { readonly wanted: Outcome; readonly modes: Map<Mode, number> }>;
}

/** True when everything held. */
async function tryAll(options: Options, scene: Scene, before: Before, round: number): Promise<boolean> {
  let green = true;
  for (const mode of options.modes) {
    if (mode === 'cluster' && !redisIsThere()) {
      scene.report.show({ fault: 'all', mode, verdict: 'SKIPPED', reason: 'no redis-server on PATH' });
      continue;
    }
    for (const fault of FAULTS) {
      if (!fault.modes.includes(mode) || (options.only.length > 0 && !options.only.includes(fault.name))) continue;
      const size = { ...(fault.size ?? SMALL), ...given(options) };
      if (!(await undisturbed(options, scene, before, mode, size))) return false;
      green = (await one(options, scene, before, { fault, mode, size, round })) && green;
      // Of several rounds in a row the first that is not green ends it; of one all is wanted.
      if (!green && options.rounds > 1) return false;
    }
  }
  return green;
}

const given = ({ patients, times }: Options): Partial<Size> => ({
  ...(patients === undefined ? {} : { patients }),
  ...(times === undefined ? {} : { times }),
});

/** A run that nobody disturbs, once for each mode and size: all must answer the same. */
async function undisturbed(options: Options, scene: Scene, before: Before, mode: Mode, size: Size): Promise<boolean> {
  if (before.undisturbed.get(size.patients)?.modes.has(mode)) return true;
  return one(options, scene, before, { fault: UNDISTURBED, mode, size, round: 0 });
}

interface Asked {
  readonly fault: Fault;
  readonly mode: Mode;
  readonly size: Size;
  readonly round: number;
}

async function one({ seed, workers, rounds }: Options, scene: Scene, before: Before, asked: Asked): Promise<boolean> {
  const { fault, mode, round } = asked;
  const { patients, times } = asked.size;
  const { folder, mark, report } = scene;
  const cohort = before.cohorts.get(patients) ?? (await simulated(folder, patients));
  before.cohorts.set(patients, cohort);
  const place = await prepare(fault, folder, cohort.file, patients, seed + round);
  if (place === undefined) {
    report.show({ fault: fault.name, mode, verdict: 'SKIPPED', reason: 'only root may mount a small disk' });
    return true;
  }
  const known = before.undisturbed.get(patients);
  const { verdict, outcome } = await tryFault({
    mode,
    place: { ...place, root: folder, mark, patients, workers, broken: cohort.broken, fault },
    seed: seed + round * 1000,
    times,
    withinMs: Math.max(300_000, (known?.modes.get(mode) ?? 0) * 15),
    wanted: known?.wanted,
  });
  if (fault.disk !== undefined) spawnSync('umount', ['-l', join(folder, 'disk')]);
  await rm(place.folder, { recursive: true, force: true, maxRetries: 5 });
  report.show({ ...(rounds > 1 ? { round } : {}), ...verdict, patients });
  if (fault === UNDISTURBED && outcome !== undefined) {
    const entry = known ?? { wanted: outcome, modes: new Map() };
    entry.modes.set(mode, verdict.seconds * 1000);
    before.undisturbed.set(patients, entry);
  }
  return verdict.verdict === 'holds';
}

async function simulated(folder: string, patients: number): Promise<Cohort> {
  const file = join(folder, `cohort-${patients}.ndjson`);
  await simulateTo(file, patients, 1);
  return { file, broken: await brokenLines(file) };
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
