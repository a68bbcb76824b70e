// Makes a checkout ready to run: the right Node.js, dependencies installed, sources built. Plain JavaScript, since nothing is there yet.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Dependencies and build, whatever is missing of them. Exits with 1 and says why when it cannot. */
export function ensureReady() {
  ensureNode();
  ensureDependencies();
  ensureBuilt();
}

function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Shipa needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a current Node.js and try again.`,
  );
}

export function ensureDependencies() {
  if (installed()) return;
  process.stderr.write('Installing dependencies (once, a minute or so) ...\n');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // `npm ci` refuses a lock file that its version reads differently; `npm install` follows the same locked versions and repairs.
  if (runs('npm', ['ci', ...quiet])) return;
  process.stderr.write('npm ci did not succeed; trying npm install ...\n');
  run('npm', ['install', '--no-save', ...quiet], 'npm could not install the dependencies');
}

/** True when every required package of the lock file is there in the locked version. */
function installed() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

export function ensureBuilt() {
  const stamp = join(root, 'dist', '.built');
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const sources = ['src', 'workers', 'benchmarks', 'tsconfig.json', 'package-lock.json'];
  if (sources.every((source) => newest(join(root, source)) <= builtAt)) return;
  process.stderr.write('Building ...\n');
  rmSync(stamp, { force: true });
  const started = new Date();
  run(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'],
    'the build failed',
  );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${started.toISOString()}\n`);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

/** Runs a program in the checkout, its output on our stderr; exits when it fails. */
function run(program, args, failure) {
  if (!runs(program, args)) fail(`${failure} (${program} ${args.join(' ')}). See the lines above.`);
}

function runs(program, args) {
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    shell: process.platform === 'win32',
  });
  return result.status === 0;
}

function fail(message) {
  process.stderr.write(`shipa: ${message}\n`);
  process.exit(1);
}
