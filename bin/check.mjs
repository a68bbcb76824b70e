// `npm run check`: format and lint with zero warnings, types, the corpus, then every test (the architecture rules among them).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureReady, root } from './ensure.mjs';

ensureReady();
const modules = join(root, 'node_modules');
const steps = [
  ['format and lint', [join(modules, '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.']],
  ['types', [join(modules, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.test.json']],
  ['corpus', [join(root, 'bin', 'shipa.mjs'), 'corpus', 'check']],
  ['tests', [join(modules, 'vitest', 'vitest.mjs'), 'run']],
];
for (const [name, args] of steps) {
  process.stderr.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
