// Services whose owner ends while others work on them: one of these takes them over, with the same address, and the work goes on.
//
//   visiting -> owner gone -> mine: started again (it stopped them), or adopted (it was killed) -> kept until stop
//                          -> another's: visiting again
import { type Cluster, startCluster } from './cluster.js';
import { type DataDir, ownerOf, releaseOwnership, takeOwnership } from './data-dir.js';
import { EmbeddedError } from './embedded-error.js';
import { type KeptCluster, keepCluster } from './keep-cluster.js';

const LOOK_EVERY_MS = 500;

/** @param onInherit called when the services are ours: there may be no workers any more */
export function inherit(
  dir: DataDir,
  visited: Pick<Cluster, 'port'>,
  onInherit: () => void,
  say: (words: string) => void,
): { readonly stop: () => Promise<void> } {
  let mine: KeptCluster | undefined;
  let taking: Promise<void> | undefined;
  let stopping = false;
  const take = async (): Promise<void> => {
    if (stopping || (await ownerOf(dir)) !== undefined) return;
    try {
      await takeOwnership(dir);
    } catch (error) {
      if (error instanceof EmbeddedError && error.code === 'in-use') return; // Another was quicker.
      throw error;
    }
    const cluster = await startCluster(dir, { port: visited.port });
    mine = keepCluster(dir, cluster, say);
    say('the process that ran the services has ended; they are run from here now');
    onInherit();
  };
  const looking = setInterval(() => {
    if (mine !== undefined || taking !== undefined) return;
    taking = take()
      .catch(async (error: unknown) => {
        say(`The services could not be taken over: ${error instanceof Error ? error.message : String(error)}`);
        await releaseOwnership(dir);
      })
      .finally(() => {
        taking = undefined;
      });
  }, LOOK_EVERY_MS);
  looking.unref();
  return {
    stop: async () => {
      stopping = true;
      clearInterval(looking);
      await taking;
      if (mine === undefined) return;
      await mine.stop();
      await releaseOwnership(dir);
    },
  };
}
