// What a fault is: something done to a running site, and what must hold beyond what must hold after all of them (verdict.ts).
import type { RandomSource } from '../../src/stats/random.js';
import type { Ended } from './commands.js';
import type { Site } from './site.js';

export type Mode = 'embedded' | 'cluster';

/** Processes that can be killed. `host` is `shipa worker`, the parent of workers in a cluster. */
export type Kind = 'supervisor' | 'worker' | 'host' | 'postgres' | 'backend' | 'redis';

export interface Trial {
  readonly site: Site;
  readonly random: RandomSource;
  /** Kills in one run. */
  readonly times: number;
  readonly patients: number;
  /** Resolves when so much of the run is done (0 to 1). @throws RunIsOver */
  readonly reached: (share: number) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Fault {
  readonly name: string;
  readonly does: string;
  readonly holds: string;
  readonly modes: readonly Mode[];
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
