// kill -9 of processes at random moments of one run.
import type { RandomSource } from '../../../src/stats/random.js';
import { type Fault, type Kind, type Mode, RunIsOver, type Trial } from '../fault.js';
import { kill } from '../marked.js';

export const killWorker = killing('kill-worker', 'a worker', () => ['worker']);
export const killSupervisor = killing('kill-supervisor', 'the command itself', () => ['supervisor']);
export const killPostgres = killing('kill-postgres', 'PostgreSQL, or one of its backends', () => [
  'postgres',
  'backend',
]);
export const killQueue = killing('kill-queue', 'the server of the queue', () => ['redis'], ['cluster']);
export const killHost = killing('kill-host', '"shipa worker", the parent of workers', () => ['host'], ['cluster']);
export const killAny = {
  ...killing('kill-any', 'each kind of them', (mode) =>
    mode === 'embedded'
      ? ['supervisor', 'worker', 'postgres', 'backend']
      : ['supervisor', 'worker', 'host', 'postgres', 'backend', 'redis'],
  ),
  size: { patients: 20_000, times: 20 },
};

/** A worker that stands still as a whole, its watchdog too: nothing of it ends, and what it holds is held. */
export const freezeWorker: Fault = {
  name: 'freeze-worker',
  does: 'SIGSTOP of workers, in whatever they are doing; the second never goes on, the others after twice the lock time',
  holds: 'the run ends by itself; one that wakes up finds its chunk done by another and changes nothing',
  modes: ['embedded', 'cluster'],
  size: { patients: 2_000, times: 3 },
  disturb: async (trial) => {
    const { random, times, reached, sleepWithin } = trial;
    const forGood = new Set<number>();
    for (let i = 0; i < times; i++) {
      await reached(((i + random.uniform()) / times) * AT_LATEST);
      await sleepWithin(random.uniform() * UP_TO_MS, NEARLY_OVER);
      const pid = await victim(trial, 'worker', forGood);
      kill(pid, 'SIGSTOP');
      if (i === FOR_GOOD) forGood.add(pid);
      else setTimeout(() => kill(pid, 'SIGCONT'), FROZEN_MS);
      if (i + 1 < times) await sleepWithin(FROZEN_MS, NEARLY_OVER);
    }
    return `${times} frozen`;
  },
};

const FROZEN_MS = 8_000;
/** One for good: of two workers somebody must be there to take over. */
const FOR_GOOD = 1;
const AT_LATEST = 0.85;
/** A kill comes up to so long after its share of the run, also into starting, recovering and taking over; but before the run is over. */
const UP_TO_MS = 1_500;
const NEARLY_OVER = 0.9;

function killing(
  name: string,
  what: string,
  kinds: (mode: Mode) => readonly Kind[],
  modes: readonly Mode[] = ['embedded', 'cluster'],
): Fault {
  return {
    name,
    does: `kill -9 of ${what}, at random moments, so many times in one run`,
    holds:
      name === 'kill-supervisor' || name === 'kill-any' ? 'the command given again goes on' : 'the run ends by itself',
    modes,
    disturb: async (trial) => {
      const { site, random, times, reached, sleepWithin } = trial;
      const killed = new Map<Kind, number>();
      for (const [i, kind] of dealt(kinds(site.mode), times, random).entries()) {
        await reached(((i + random.uniform()) / times) * AT_LATEST);
        await sleepWithin(random.uniform() * UP_TO_MS, NEARLY_OVER);
        const pid = await victim(trial, kind);
        await site.kill(kind, pid);
        killed.set(kind, (killed.get(kind) ?? 0) + 1);
      }
      return [...killed].map(([kind, n]) => `${n} ${kind}`).join(', ');
    },
  };
}

/** Each kind as often as the others, in an order of chance. */
function dealt(kinds: readonly Kind[], times: number, random: RandomSource): readonly Kind[] {
  const all = Array.from({ length: times }, (_, i) => kinds[i % kinds.length] ?? 'worker');
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [all[i], all[j]] = [all[j] ?? 'worker', all[i] ?? 'worker'];
  }
  return all;
}

/** One process of the kind; its place may be empty just now, after the last kill. */
async function victim(
  { site, random, reached, sleep }: Trial,
  kind: Kind,
  but: ReadonlySet<number> = new Set(),
): Promise<number> {
  for (let tries = 0; tries < 1_200; tries++) {
    const pids = site.pids(kind).filter((pid) => !site.killed.has(pid) && !but.has(pid));
    const pid = pids[random.below(pids.length)];
    if (pid !== undefined) return pid;
    await reached(0);
    if (site.given.size === 0 && tries > 40) throw new RunIsOver(`the run was over before every kill was done`);
    await sleep(50);
  }
  throw new RunIsOver(`no ${kind} was there to be killed for a minute`);
}
