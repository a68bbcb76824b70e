// Listening, and stopping without cutting anyone off.
import { createServer, type RequestListener, type Server } from 'node:http';

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, lets running requests end, then closes; waits at most the grace time. */
  readonly stop: () => Promise<void>;
}

const GRACE_MS = 10_000;

export async function listen(app: RequestListener, port: number, host: string): Promise<Listening> {
  const server = createServer(app);
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 5_000;
  server.maxRequestsPerSocket = 10_000;
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => done());
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const shown = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return { url: `http://${shown}:${bound}`, port: bound, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      done();
    });
    server.closeIdleConnections();
  });
}
