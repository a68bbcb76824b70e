// The embedded PostgreSQL kept alive while we are: killed from outside or broken down, it is started again on the same port, recovers what
// was committed, and everybody's next connection finds it.
import { type Cluster, startCluster } from './cluster.js';
import type { DataDir } from './data-dir.js';
import { isAlive } from './process-table.js';

const LOOK_EVERY_MS = 250;
/** The children of a killed postmaster need a moment to see it and go; until then its successor is refused. */
const TRIES = 20;
const PAUSE_MS = 1_000;

export interface KeptCluster {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** @param onRestart told what happened, in words, or that it could not be mended */
export function keepCluster(dir: DataDir, first: Cluster, onRestart: (words: string) => void): KeptCluster {
  let cluster = first;
  let stopping = false;
  let mending: Promise<void> | undefined;
  const mend = async (): Promise<void> => {
    onRestart('PostgreSQL ended; starting it again');
    for (let attempt = 1; !stopping; attempt++) {
      try {
        // Workers and pools know the address; a server on another port would be found by nobody.
        const next = await startCluster(dir, { port: cluster.port });
        cluster = next;
        return;
      } catch (error) {
        if (attempt < TRIES) await new Promise((done) => setTimeout(done, PAUSE_MS));
        else {
          const why = error instanceof Error ? error.message : String(error);
          onRestart(`PostgreSQL could not be started again: ${why}`);
          stopping = true;
        }
      }
    }
  };
  const looking = setInterval(() => {
    if (stopping || mending !== undefined || isAlive(cluster.pid)) return;
    mending = mend().finally(() => {
      mending = undefined;
    });
  }, LOOK_EVERY_MS);
  looking.unref();
  return {
    url: first.url,
    stop: async () => {
      stopping = true;
      clearInterval(looking);
      await mending;
      await cluster.stop();
    },
  };
}
