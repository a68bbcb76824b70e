// Servers that are restarted in the middle, or come back empty.
import type { Fault } from '../fault.js';

export const postgresRestarted: Fault = {
  name: 'postgres-restarted',
  does: 'PostgreSQL is stopped in order (SIGINT) and at once (SIGQUIT), and is away for some seconds',
  holds: 'the run ends by itself',
  modes: ['embedded', 'cluster'],
  disturb: async ({ site, random, reached }) => {
    for (const [share, signal] of [
      [0.1, 'SIGINT'],
      [0.35, 'SIGQUIT'],
      [0.6, 'SIGINT'],
      [0.85, 'SIGQUIT'],
    ] as const) {
      await reached(share);
      await site.restartPostgres(signal, 500 + random.uniform() * 4_000);
    }
    return 'stopped four times';
  },
};

export const redisRestarted: Fault = {
  name: 'redis-restarted',
  does: 'Redis is stopped and comes back with what it had',
  holds: 'the run ends by itself',
  modes: ['cluster'],
  disturb: async ({ site, random, reached }) => {
    for (const share of [0.05, 0.3, 0.55, 0.8]) {
      await reached(share);
      await site.redis?.restart('kept', random.uniform() * 4_000);
    }
    return 'restarted four times';
  },
};

export const redisEmptied: Fault = {
  name: 'redis-emptied',
  does: 'Redis is killed and comes back empty; later all of it is flushed while it runs',
  holds: 'the run ends by itself',
  modes: ['cluster'],
  disturb: async ({ site, random, reached }) => {
    await reached(0.1);
    await site.redis?.restart('emptied', random.uniform() * 4_000);
    await reached(0.6);
    await site.redis?.flush();
    return 'emptied twice';
  },
};
