// A way to a server that can be cut: a TCP proxy of this process.
import { connect, createServer, type Socket } from 'node:net';
import type { Way } from './site.js';

export interface OpenWay extends Way {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function openWay(target: () => number): Promise<OpenWay> {
  const sockets = new Set<Socket>();
  let refusing = false;
  let silent = false;
  const server = createServer((near) => {
    if (refusing) return void near.resetAndDestroy();
    const far = connect(target(), '127.0.0.1');
    const end = (): void => {
      for (const socket of [near, far]) {
        socket.destroy();
        sockets.delete(socket);
      }
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true).on('error', end).on('close', end);
    }
    if (silent) return;
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const drop = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: async (forMs) => {
      refusing = true;
      drop();
      await sleep(forMs);
      refusing = false;
    },
    silence: async (forMs) => {
      silent = true;
      for (const socket of sockets) socket.unpipe().pause();
      await sleep(forMs);
      silent = false;
      drop();
    },
    close: async () => {
      drop();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
