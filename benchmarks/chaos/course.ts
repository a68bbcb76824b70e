// A run carried through to its end: each command is given, and given again when we killed it or the fault says so, until it is done.
import { type Ended, give } from './commands.js';
import type { Fault } from './fault.js';
import type { Site } from './site.js';

/** Why a run did not come to its end. */
export class Lost extends Error {
  override readonly name = 'Lost';
}

export interface Course {
  /** Commands given over the whole run, by all masters. */
  readonly given: number;
  readonly least: number;
}

const MOST_GIVEN = 60;

export async function carryThrough(site: Site, fault: Fault, patients: number, isOver: () => boolean): Promise<Course> {
  let given = 0;
  let least = 0;
  for (const args of commandsOf(site, fault, patients)) {
    const masters = fault.masters?.some((step) => step === args[0]) ? 2 : 1;
    least += masters;
    // One of two masters that is killed is not missed: the other goes on.
    const ends = await Promise.allSettled(
      Array.from({ length: masters }, async () => {
        for (;;) {
          if (++given > MOST_GIVEN) throw new Lost(`"${args[0]}" was given ${MOST_GIVEN} times and is not done`);
          const end = await once(site, args);
          if (isOver()) throw new Lost('not at its end in time');
          if (end === 'killed') {
            if (masters > 1) return;
            continue;
          }
          if (end.code === 0 || onlyBroken(end, site.broken)) return;
          const verdict = (await fault.failed?.(end, site)) ?? 'lost';
          if (verdict === 'right') return;
          if (verdict === 'lost')
            throw new Lost(`"${args[0]}" ended with ${end.signal ?? end.code}: ${lastWords(end)}`);
        }
      }),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
  return { given, least };
}

/** An ingestion that did everything but the lines that are broken ends with 1, and tells their number. */
const onlyBroken = ({ code, out, err }: Ended, broken: number): boolean =>
  code === 1 && broken > 0 && out.includes(`, ${broken} documents with faults`) && !/FAILED/.test(err);

function commandsOf(site: Site, { by }: Fault, patients: number): readonly (readonly string[])[] {
  const own = site.mode === 'embedded' ? ['--workers', `${site.workers}`, '--data', site.data] : ['--data', site.data];
  if (site.mode === 'embedded' && by !== 'steps') return [['pilot', '--patients', `${patients}`, '--exit', ...own]];
  return [
    ['ingest', site.cohort, ...own],
    ['score', ...own],
  ];
}

async function once(site: Site, args: readonly string[]): Promise<Ended | 'killed'> {
  const given = give(args, site.environment);
  site.given.add(given);
  const ended = await given.ended;
  site.given.delete(given);
  return ended.signal === 'SIGKILL' && site.killed.has(given.child.pid ?? 0) ? 'killed' : ended;
}

const lastWords = ({ out, err }: Ended): string => (err + out).trim().split('\n').slice(-6).join(' / ').slice(-900);
