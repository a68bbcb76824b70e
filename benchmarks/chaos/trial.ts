// One fault on one site: the run is carried through while the fault is done to it, and then the store is looked at.
import { seededRandom } from '../../src/stats/random.js';
import type { Place } from './base-site.js';
import { clusterSite } from './cluster-site.js';
import { carryThrough, Lost } from './course.js';
import { embeddedSite } from './embedded-site.js';
import { type Mode, RunIsOver } from './fault.js';
import { UNDISTURBED } from './faults.js';
import { killMarked } from './marked.js';
import { differences, type Outcome, outcomeOf, sharesOf, unfit } from './outcome.js';
import type { Site } from './site.js';

export interface Verdict {
  readonly fault: string;
  readonly mode: Mode;
  readonly verdict: 'holds' | 'LOST' | 'NOT TRIED';
  readonly seconds: number;
  /** How often commands were given, and how often they are in a run that nobody disturbs. */
  readonly given: number;
  readonly least: number;
  readonly done: string;
  readonly wrong: readonly string[];
}

export interface TrialOptions {
  readonly mode: Mode;
  readonly place: Place;
  readonly seed: number;
  readonly times: number;
  readonly withinMs: number;
  /** Of the undisturbed run; undefined for that run itself. */
  readonly wanted: Outcome | undefined;
}

export async function tryFault(
  options: TrialOptions,
): Promise<{ readonly verdict: Verdict; readonly outcome?: Outcome }> {
  const { mode, place, wanted } = options;
  const { fault } = place;
  const began = performance.now();
  const verdict = (said: Partial<Verdict>): Verdict => ({
    fault: fault.name,
    mode,
    verdict: 'holds',
    seconds: Math.round((performance.now() - began) / 100) / 10,
    given: 0,
    least: 0,
    done: '',
    wrong: [],
    ...said,
  });
  const site = mode === 'embedded' ? await embeddedSite(place) : await clusterSite(place);
  try {
    const { course, done } = await disturbed(site, options);
    const left = await site.leftovers();
    await site.inspect();
    const outcome = await outcomeOf(site);
    const wrong = [
      ...differences(outcome, wanted ?? outcome, place),
      ...unfit(outcome),
      ...((await fault.after?.(site)) ?? []),
      ...left.map((process) => `left running: ${process}`),
    ];
    const told = [done, fault === UNDISTURBED ? sharesOf(outcome) : ''].filter((words) => words !== '').join('; ');
    return {
      verdict: verdict({ ...course, done: told, wrong, verdict: wrong.length === 0 ? 'holds' : 'LOST' }),
      outcome,
    };
  } catch (error) {
    if (error instanceof RunIsOver) return { verdict: verdict({ verdict: 'NOT TRIED', wrong: [error.message] }) };
    const message =
      error instanceof Error ? (error instanceof Lost ? error.message : (error.stack ?? '')) : String(error);
    return { verdict: verdict({ verdict: 'LOST', wrong: [message] }) };
  } finally {
    await site.close().catch(() => {});
    killMarked(place.mark, place.root);
  }
}

async function disturbed(site: Site, { place, seed, times, withinMs }: TrialOptions) {
  const { fault, patients } = place;
  let over = false;
  let late = false;
  const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
  const running = carryThrough(site, fault, patients, () => late).finally(() => {
    over = true;
  });
  const reached = async (share: number): Promise<void> => {
    for (; !(await isReached(site, patients, share)); await sleep(40))
      if (over) throw new RunIsOver(`the run was over before ${Math.round(share * 100)} % of it had been seen`);
  };
  const sleepWithin = async (ms: number, share: number): Promise<void> => {
    for (const end = performance.now() + ms; performance.now() < end && !over; await sleep(40))
      if ((await shareDone(site, patients)) >= share) return;
  };
  let stood = '';
  const limit = setTimeout(async () => {
    stood = await seen(site);
    late = true;
    for (const { child } of site.given) child.kill('SIGKILL');
  }, withinMs);
  try {
    const disturbing = fault.disturb({
      site,
      random: seededRandom(seed),
      times,
      patients,
      reached,
      sleep,
      sleepWithin,
    });
    const [course, done] = await Promise.all([
      running,
      // A run that is lost ends the disturbing too; its own failure is told first.
      disturbing.catch(async (error: unknown) => {
        await running;
        throw error;
      }),
    ]);
    return { course, done };
  } catch (error) {
    if (late) throw new Lost(`not at its end after ${Math.round(withinMs / 1000)} s: ${stood}`);
    throw error;
  } finally {
    clearTimeout(limit);
    over = true;
  }
}

/** So much is done, or only the last chunk of the last phase is left: a small run has no later moment in its midst. */
async function isReached(site: Site, patients: number, share: number): Promise<boolean> {
  const { done, isLastChunk } = await standing(site, patients);
  return done >= share || isLastChunk;
}

const shareDone = async (site: Site, patients: number): Promise<number> => (await standing(site, patients)).done;

/** Share of the run that is done; 0 while the database cannot be asked. */
async function standing(site: Site, patients: number) {
  try {
    const rows = await site.query(
      `select phase, coalesce(sum(patients) filter (where state = 'done'), 0) as done, count(*) filter (where state = 'pending') as pending
       from chunk where patients > 0 group by phase`,
    );
    const done = rows.reduce((sum, row) => sum + Math.min(1, Number(row.done) / patients), 0) / site.phases;
    const pending = rows.reduce((sum, row) => sum + Number(row.pending), 0);
    return { done, isLastChunk: rows.length === site.phases && pending === 1 };
  } catch {
    return { done: 0, isLastChunk: false };
  }
}

/** Where a run stands that does not end. */
async function seen(site: Site): Promise<string> {
  try {
    const rows = await site.query('select phase, state, count(*) from chunk group by 1, 2 order by 1, 2');
    return rows.map((row) => `${row.phase} ${row.state} ${row.count}`).join(', ');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
