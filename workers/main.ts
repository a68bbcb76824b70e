// Entry of a worker child process: configuration from the environment, life tied to the parent's channel.
import { NEW_MODEL, RECYCLED } from '../src/adapters/embedded/worker-processes.js';
import { startWorker, type WorkerConfig } from './worker.js';

const config: WorkerConfig = JSON.parse(process.env.SHIPA_WORKER ?? '{}');
let asked = false;

const worker = startWorker(config, (why) => finish(why === 'release' ? NEW_MODEL : RECYCLED));

function finish(code = 0): void {
  if (asked) return;
  asked = true;
  worker
    .then(({ close }) => close())
    .then(
      () => process.exit(code),
      () => process.exit(1),
    );
}

process.on('SIGTERM', () => finish());
process.on('SIGINT', () => finish());
// The channel closes when the parent is gone, however it died: nothing of ours is left behind.
process.on('disconnect', () => finish());

worker.then(
  () => process.send?.('ready'),
  (error: unknown) => {
    process.stderr.write(`worker ${process.pid}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
