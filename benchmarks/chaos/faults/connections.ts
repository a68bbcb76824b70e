// Connections that end under those who use them.
import type { Fault } from '../fault.js';

const TERMINATE = `select count(pg_terminate_backend(pid)) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

export const connectionCut: Fault = {
  name: 'connection-cut',
  does: 'every connection to PostgreSQL and Redis is reset, refused or silent for some seconds (embedded: ended by the server)',
  holds: 'the run ends by itself',
  modes: ['embedded', 'cluster'],
  disturb: async ({ site, random, reached }) => {
    const seconds = (): number => 500 + random.uniform() * 4_000;
    for (const share of [0.05, 0.25, 0.45, 0.65, 0.85]) {
      await reached(share);
      const { ways } = site;
      if (ways === undefined) await site.query(TERMINATE).catch(() => {});
      else if (share === 0.05) await ways.postgres.cut(seconds());
      else if (share === 0.25) await ways.redis.cut(seconds());
      else if (share === 0.45) await ways.postgres.silence(seconds());
      else if (share === 0.65) await ways.redis.silence(seconds());
      else await Promise.all([ways.postgres.cut(seconds()), ways.redis.cut(seconds())]);
    }
    return 'five times';
  },
};
