// The cluster mode: a private PostgreSQL and Redis and one `shipa worker`, each behind a way that can be cut; a service manager (this file)
// starts again what is killed.
import { join } from 'node:path';
import { startCluster } from '../../src/adapters/embedded/cluster.js';
import { openDataDir } from '../../src/adapters/embedded/data-dir.js';
import { keepCluster } from '../../src/adapters/embedded/keep-cluster.js';
import { asker, baseEnvironment, made, type Place, processesOf, stillThere, untilAnswers } from './base-site.js';
import { type Given, give } from './commands.js';
import { kill } from './marked.js';
import { privateRedis } from './private-redis.js';
import type { Site } from './site.js';
import { openWay } from './way.js';

const RESTART_MS = 300;

export async function clusterSite(place: Place): Promise<Site> {
  const dir = await openDataDir(join(place.disk, 'server'));
  const first = await startCluster(dir);
  const server = keepCluster(dir, first, () => {});
  const redis = await privateRedis(made(join(place.folder, 'redis')));
  const ways = { postgres: await openWay(() => first.port), redis: await openWay(() => redis.port) };
  const throughWay = new URL(first.url);
  throughWay.port = String(ways.postgres.port);
  const environment = {
    ...baseEnvironment(place),
    DATABASE_URL: throughWay.href,
    REDIS_URL: `redis://127.0.0.1:${ways.redis.port}`,
  };
  const data = join(place.folder, 'data');
  let stopping = false;
  let host: Given | undefined;
  const startHost = (): void => {
    if (stopping) return;
    host = give(['worker', '--processes', `${place.workers}`, '--data', data], environment);
    void host.ended.then(() => setTimeout(startHost, RESTART_MS));
  };
  startHost();
  const processes = processesOf(place, dir.cluster, (kind) => {
    const pid = kind === 'redis' ? redis.pid() : kind === 'host' ? host?.child.pid : undefined;
    return pid === undefined ? [] : [pid];
  });
  const database = asker(() => first.url);
  return {
    mode: 'cluster',
    folder: place.folder,
    data,
    workers: place.workers,
    cohort: place.cohort,
    broken: place.broken,
    phases: 2,
    environment,
    query: database.query,
    given: processes.given,
    killed: processes.killed,
    pids: processes.pids,
    kill: async (_kind, pid) => processes.end(pid),
    restartPostgres: async (signal, awayMs) => {
      for (const pid of processes.pids('postgres')) kill(pid, signal);
      await ways.postgres.cut(awayMs);
    },
    redis: { restart: redis.restart, flush: redis.flush },
    ways,
    leftovers: async () => {
      stopping = true;
      host?.child.kill('SIGTERM');
      const servers = new Set([...processes.pids('postgres'), ...processes.pids('backend'), redis.pid()]);
      const left = () => processes.others().filter(({ pid, parent }) => !servers.has(pid) && !servers.has(parent));
      return stillThere(left);
    },
    inspect: () => untilAnswers(database),
    close: async () => {
      stopping = true;
      await database.drop();
      await Promise.all([ways.postgres.close(), ways.redis.close(), redis.stop(), server.stop()]);
    },
  };
}
