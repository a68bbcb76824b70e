// The embedded mode: the command brings PostgreSQL and workers itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../../src/adapters/embedded/cluster.js';
import { openDataDir } from '../../src/adapters/embedded/data-dir.js';
import { asker, baseEnvironment, type Place, processesOf, stillThere, untilAnswers } from './base-site.js';
import { kill } from './marked.js';
import type { Site } from './site.js';

export async function embeddedSite(place: Place): Promise<Site> {
  const data = join(place.disk, 'data');
  const processes = processesOf(place, join(data, 'postgres'));
  const url = (): string | undefined => {
    const [password, port] = ['password', 'port'].map((name) => join(data, name));
    if (password === undefined || port === undefined || !existsSync(password) || !existsSync(port)) return undefined;
    const [secret, number] = [password, port].map((file) => readFileSync(file, 'utf8').trim());
    return `postgres://shipa:${secret}@127.0.0.1:${number}/shipa`;
  };
  const database = asker(url);
  let own: Cluster | undefined;
  return {
    mode: 'embedded',
    folder: place.folder,
    data,
    workers: place.workers,
    cohort: place.cohort,
    broken: place.broken,
    phases: place.fault.by === 'steps' ? 2 : 3,
    environment: { ...baseEnvironment(place), DATABASE_URL: '', REDIS_URL: '' },
    query: database.query,
    given: processes.given,
    killed: processes.killed,
    pids: processes.pids,
    kill: async (_kind, pid) => processes.end(pid),
    restartPostgres: async (signal) => {
      for (const pid of processes.pids('postgres')) kill(pid, signal);
    },
    leftovers: () => stillThere(processes.others),
    inspect: async () => {
      await database.drop();
      own = await startCluster(await openDataDir(data));
      await untilAnswers(database);
    },
    close: async () => {
      await database.drop();
      await own?.stop();
    },
  };
}
