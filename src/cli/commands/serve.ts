// `shipa serve`: the page and the API over what is stored.
import { parseArgs } from 'node:util';
import { openEngine } from '../engine.js';
import { requirePort } from '../require-port.js';
import { DEFAULT_DATA, DEFAULT_WORKERS, openRunServices, untilInterrupted } from '../run-services.js';
import { DEFAULT_PROCESSES, serveUntil } from '../serve-api.js';
import { stopped } from '../stopped.js';
import { whole } from '../whole.js';

export const help = `
the page and the API over what is stored

shipa serve [--port P] [--host H] [--data DIR] [--workers W] [--shadow MODEL]
  --port P       (default 8080)
  --host H       address to listen on (default 127.0.0.1; or SHIPA_HOST). Elsewhere than on loopback everything wants sign-in
  --data DIR     embedded services (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead
  --workers W    worker processes to start here (default ${DEFAULT_WORKERS}; 0 in a cluster, which has its own)
  --processes P  processes that answer questions, started with the first one (default ${DEFAULT_PROCESSES}; 0: this one alone)
  --shadow MODEL   a candidate that answers every live case a second time (or SHIPA_SHADOW), never shown; "shipa shadow report"

A model that is released meanwhile is taken without restart. Prints a link that signs the browser in. SHIPA_TOKEN sets the token; else it is made once and kept in the data directory.
`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: process.env.SHIPA_HOST ?? '127.0.0.1' },
      data: { type: 'string', default: DEFAULT_DATA },
      workers: { type: 'string' },
      processes: { type: 'string', default: String(DEFAULT_PROCESSES) },
      shadow: { type: 'string' },
    },
  });
  const port = whole(values.port, '--port', 0, 65_535);
  const { signal, fail } = untilInterrupted();
  await requirePort(port, values.host);
  const running = await openRunServices({ data: values.data, visit: false, fail });
  try {
    const workers = values.workers ?? String(running.services.mode === 'embedded' ? DEFAULT_WORKERS : 0);
    const shadow = values.shadow ?? process.env.SHIPA_SHADOW;
    running.startWorkers(whole(workers, '--workers', 0, 64), shadow);
    const engine = await openEngine();
    await serveUntil(signal, {
      running,
      engine,
      port,
      host: values.host,
      processes: whole(values.processes, '--processes', 0, 64),
      ...(shadow === undefined ? {} : { shadow }),
    });
    return 0;
  } catch (error) {
    return await stopped(error, signal, running);
  } finally {
    await running.stop();
  }
}
