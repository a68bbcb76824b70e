// kill -9 of processes at random moments of one run.
import { type Fault, type Kind, type Mode, RunIsOver, type Trial } from '../fault.js';

export const killWorker = killing('kill-worker', 'a worker', () => ['worker']);
export const killSupervisor = killing('kill-supervisor', 'the command itself', () => ['supervisor']);
export const killPostgres = killing('kill-postgres', 'PostgreSQL, or one of its backends', () => [
  'postgres',
  'backend',
]);
export const killQueue = killing('kill-queue', 'the server of the queue', () => ['redis'], ['cluster']);
export const killHost = killing('kill-host', '"shipa worker", the parent of workers', () => ['host'], ['cluster']);
export const killAny = killing('kill-any', 'any of them', (mode) =>
  mode === 'embedded'
    ? ['supervisor', 'worker', 'postgres', 'backend']
    : ['supervisor', 'worker', 'host', 'postgres', 'backend', 'redis'],
);

const AT_LATEST = 0.9;
/** A kill comes up to so long after its share of the run: also into starting, recovering and taking over. */
const UP_TO_MS = 1_500;

function killing(
  name: string,
  what: string,
  kinds: (mode: Mode) => readonly Kind[],
  modes: readonly Mode[] = ['embedded', 'cluster'],
): Fault {
  return {
    name,
    does: `kill -9 of ${what}, --times times in one run, at random moments`,
    holds:
      name === 'kill-supervisor' || name === 'kill-any' ? 'the command given again goes on' : 'the run ends by itself',
    modes,
    disturb: async (trial) => {
      const { site, random, times, reached, sleep } = trial;
      const moments = Array.from({ length: times }, () => random.uniform() * AT_LATEST).sort((a, b) => a - b);
      const killed = new Map<Kind, number>();
      for (const moment of moments) {
        await reached(moment);
        await sleep(random.uniform() * UP_TO_MS);
        const kind = kinds(site.mode)[random.below(kinds(site.mode).length)] ?? 'worker';
        const pid = await victim(trial, kind);
        await site.kill(kind, pid);
        killed.set(kind, (killed.get(kind) ?? 0) + 1);
      }
      return [...killed].map(([kind, n]) => `${n} ${kind}`).join(', ');
    },
  };
}

/** One process of the kind; its place may be empty just now, after the last kill. */
async function victim({ site, random, reached, sleep }: Trial, kind: Kind): Promise<number> {
  for (let tries = 0; tries < 1_200; tries++) {
    const pids = site.pids(kind).filter((pid) => !site.killed.has(pid));
    const pid = pids[random.below(pids.length)];
    if (pid !== undefined) return pid;
    await reached(0);
    if (site.given.size === 0 && tries > 40) throw new RunIsOver(`the run was over before every kill was done`);
    await sleep(50);
  }
  throw new RunIsOver(`no ${kind} was there to be killed for a minute`);
}
