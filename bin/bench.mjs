// `npm run bench [-- NAME ... [--OPTION VALUE ...]]`: runs the benchmarks named (default: all), one after the other, each with the
// options given. Each prints JSON lines and a table.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureReady, root } from './ensure.mjs';

const BENCHMARKS = [
  'core',
  'ingest',
  'end-to-end',
  'cluster',
  'interactive',
  'growth',
  'scaling',
  'scoring',
  'limits',
  'peers',
  'reading',
  'extract',
];

ensureReady();
const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith('--'));
const asked = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);
const unknown = asked.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: there is no benchmark "${unknown[0]}"; there are ${BENCHMARKS.join(', ')}\n`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : BENCHMARKS) {
  process.stderr.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, [join(root, 'dist', 'benchmarks', `${name}.js`), ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
