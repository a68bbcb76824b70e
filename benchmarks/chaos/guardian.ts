// A process of its own that outlives the script by a moment: when its standard input ends, however the script ended, it kills what the script
// started, lets go of the small disk, and removes the folder.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { killMarked } from './marked.js';

const [mark = '', folder = ''] = process.argv.slice(2);

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.stdin.on('error', () => {}).on('close', end);
process.stdin.resume();

function end(): void {
  killMarked(mark, folder);
  spawnSync('umount', ['-l', `${folder}/disk`], { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}
