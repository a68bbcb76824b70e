// A port that is taken is better known before anything is begun.
import { createServer } from 'node:net';
import { EmbeddedError } from '../adapters/embedded/embedded-error.js';

/** @throws EmbeddedError when nothing can listen there. */
export function requirePort(port: number, host = '127.0.0.1'): Promise<void> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (cause: NodeJS.ErrnoException) =>
      fail(
        cause.code === 'EADDRINUSE'
          ? new EmbeddedError('port-taken', `Port ${port} is taken by another program. Choose another: --port P.`, {
              cause,
            })
          : cause.code === 'EACCES'
            ? new EmbeddedError(
                'no-permission',
                `No permission to listen on port ${port}. Choose one above 1023: --port P.`,
                { cause },
              )
            : cause,
      ),
    );
    server.listen(port, host, () => server.close(() => done()));
  });
}
