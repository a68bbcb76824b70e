// The services of a command: embedded ones out of the data directory, or a cluster's by DATABASE_URL and REDIS_URL.
import type { QueueConnection } from '../queue/bullmq.js';
import { attachCluster, type Cluster, START_WITHIN_MS, startCluster } from './cluster.js';
import { type DataDir, openDataDir, ownerOf, releaseOwnership, secret, takeOwnership } from './data-dir.js';
import { inherit } from './inherit.js';
import { keepCluster } from './keep-cluster.js';

export interface Services {
  readonly mode: 'embedded' | 'attached' | 'cluster';
  readonly databaseUrl: string;
  readonly queue: QueueConnection;
  readonly dir: DataDir;
  /** Signs in to the API. */
  readonly token: string;
  readonly stop: () => Promise<void>;
}

export interface ServiceOptions {
  /** Folder of the embedded services; default `.shipa` in the current one. */
  readonly data: string;
  /** A command that only visits may use the services that another process runs; one that serves must own them. */
  readonly visit: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A visitor that is in the middle of something takes the services over when their owner ends, and is told so; absent: it does not. */
  readonly onInherit?: () => void;
}

/** Schema or key prefix of the queue; installations that share a Redis each want their own (SHIPA_QUEUE). */
const NAMESPACE = 'shipa_queue';

/** @throws EmbeddedError in words for the person at the terminal. */
export async function openServices({ data, visit, environment, onInherit }: ServiceOptions): Promise<Services> {
  const dir = await openDataDir(data);
  const token = environment.SHIPA_TOKEN ?? (await secret(dir, 'token'));
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = environment;
  const namespace = environment.SHIPA_QUEUE ?? NAMESPACE;
  if (databaseUrl !== undefined && databaseUrl !== '')
    return {
      mode: 'cluster',
      databaseUrl,
      queue: queueAt(databaseUrl, redisUrl, namespace),
      dir,
      token,
      stop: async () => {},
    };
  const attached = visit ? await attachToOwner(dir) : undefined;
  if (attached !== undefined) {
    const heir = onInherit === undefined ? undefined : inherit(dir, attached, onInherit, say);
    const stop = async (): Promise<void> => heir?.stop();
    return describe('attached', attached, redisUrl, namespace, dir, token, stop);
  }
  await takeOwnership(dir);
  try {
    const cluster = keepCluster(dir, await startCluster(dir), say);
    return describe('embedded', cluster, redisUrl, namespace, dir, token, async () => {
      await cluster.stop();
      await releaseOwnership(dir);
    });
  } catch (error) {
    await releaseOwnership(dir);
    throw error;
  }
}

const say = (words: string): void => void process.stderr.write(`\n${words}\n`);

const LOOK_EVERY_MS = 200;

/** The services of another living process, which may be about to start them; undefined when there is none. */
async function attachToOwner(dir: DataDir): Promise<Cluster | undefined> {
  for (const end = performance.now() + START_WITHIN_MS; performance.now() < end; ) {
    const owner = await ownerOf(dir);
    if (owner === undefined || owner.pid === process.pid) return undefined;
    const attached = await attachCluster(dir).catch(() => undefined);
    if (attached !== undefined) return attached;
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
  return undefined;
}

function describe(
  mode: Services['mode'],
  cluster: Pick<Cluster, 'url'>,
  redisUrl: string | undefined,
  namespace: string,
  dir: DataDir,
  token: string,
  stop: () => Promise<void>,
): Services {
  return { mode, databaseUrl: cluster.url, queue: queueAt(cluster.url, redisUrl, namespace), dir, token, stop };
}

const queueAt = (databaseUrl: string, redisUrl: string | undefined, namespace: string): QueueConnection =>
  redisUrl === undefined || redisUrl === ''
    ? { kind: 'postgres', url: databaseUrl, namespace }
    : { kind: 'redis', url: redisUrl, namespace };
