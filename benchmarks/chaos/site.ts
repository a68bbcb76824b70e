// Where a run takes place, with handles to break it: the embedded services, or a private PostgreSQL and Redis with `shipa worker`.
import type { Given } from './commands.js';
import type { Kind, Mode } from './fault.js';

export interface Site {
  readonly mode: Mode;
  readonly folder: string;
  /** Of the commands. */
  readonly environment: Readonly<Record<string, string>>;
  readonly data: string;
  readonly workers: number;
  /** The cohort as a file. */
  readonly cohort: string;
  /** Lines of it that are no history, each a fault of the ingestion. */
  readonly broken: number;
  /** Phases of the run, each over all patients. */
  readonly phases: number;
  /** Asks the database, past whatever was put in the way. */
  readonly query: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly pids: (kind: Kind) => readonly number[];
  /** Kills one; what nobody watches over in reality is started again as a service manager would. */
  readonly kill: (kind: Kind, pid: number) => Promise<void>;
  /** Stops PostgreSQL in order or at once, and starts it after `awayMs`. */
  readonly restartPostgres: (signal: 'SIGINT' | 'SIGQUIT', awayMs: number) => Promise<void>;
  /** Absent where the queue is in PostgreSQL. */
  readonly redis?: {
    readonly restart: (what: 'kept' | 'emptied', awayMs: number) => Promise<void>;
    readonly flush: () => Promise<void>;
  };
  /** Ways of the commands to the servers; absent where they cannot be cut. */
  readonly ways?: Readonly<Record<'postgres' | 'redis', Way>>;
  /** Commands that are running now. */
  readonly given: Set<Given>;
  /** Pids that `kill` was told to end. */
  readonly killed: ReadonlySet<number>;
  /** Everything in the end, before the store is looked at: no process of the run may be left. Answers those that are. */
  readonly leftovers: () => Promise<readonly string[]>;
  /** Starts the database for the verdict when the commands have ended and taken it along. */
  readonly inspect: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Way {
  /** Ends all connections, and refuses new ones for so long. */
  readonly cut: (forMs: number) => Promise<void>;
  /** Lets nothing through for so long, without a word, and then ends the connections. */
  readonly silence: (forMs: number) => Promise<void>;
}
