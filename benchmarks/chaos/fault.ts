// What a fault is: something done to a running site, and what must hold beyond what must hold after all of them (verdict.ts).
import type { RandomSource } from '../../src/stats/random.js';
import type { Ended } from './commands.js';
import type { Site } from './site.js';

export type Mode = 'embedded' | 'cluster';

/** Processes that can be killed. `host` is `shipa worker`, the parent of workers in a cluster. */
export type Kind = 'supervisor' | 'worker' | 'host' | 'postgres' | 'backend' | 'redis';

/** How large a run the fault is done to, and how many kills it gets. */
export interface Size {
  readonly patients: number;
  readonly times: number;
}

/** Some chunks in each phase, so that every fault finds work under way; a round of all of these takes minutes. */
export const SMALL: Size = { patients: 2_000, times: 5 };

export interface Trial extends Size {
  readonly site: Site;
  readonly random: RandomSource;
  /** Resolves when so much of the run is done (0 to 1). @throws RunIsOver */
  readonly reached: (share: number) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
  /** The same, but only until so much of the run is done. */
  readonly sleepWithin: (ms: number, share: number) => Promise<void>;
}

export interface Fault {
  readonly name: string;
  readonly does: string;
  readonly holds: string;
  readonly modes: readonly Mode[];
  /** When nobody asks for another; SMALL when left out. */
  readonly size?: Size;
  /** `steps`: `ingest FILE` and `score` as commands of their own also in the embedded mode, where `pilot` does both. */
  readonly by?: 'steps';
  /** Who gives each command at the same time; 1 when left out. */
  readonly masters?: readonly ('ingest' | 'score')[];
  /** Loaded before everything by the processes of the site. */
  readonly hook?: 'clock' | 'poison';
  /** The disk under the database is of this many bytes. */
  readonly disk?: (patients: number) => number;
  /** Lines put among those of the cohort. */
  readonly poison?: readonly string[];
  /** Done while the run goes on; answers what was done, in words. */
  readonly disturb: (trial: Trial) => Promise<string>;
  /** A command that failed though nobody killed it: is it given again, is that as it should be, or is something lost? */
  readonly failed?: (ended: Ended, site: Site) => Promise<'again' | 'right' | 'lost'>;
  /** What else is wrong in the end. */
  readonly after?: (site: Site) => Promise<readonly string[]>;
}

/** The run ended before all was done to it: no trial. */
export class RunIsOver extends Error {
  override readonly name = 'RunIsOver';
}
