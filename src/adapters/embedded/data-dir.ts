// The data directory of the embedded mode (.shipa/ or --data DIR): where things are, who owns it, its secrets.
//
//   owner.json    process that started the services and will stop them      token        sign-in token (0600)
//   password      of the embedded database (0600)                           port         its last port
//   postgres/     the database's files       postgres.log                   cohort.ndjson and others: files of runs
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EmbeddedError, fromSystemError } from './embedded-error.js';
import { isAlive, startedAt } from './process-table.js';

export interface DataDir {
  readonly root: string;
  readonly cluster: string;
  readonly log: string;
}

/** Opens the directory, made when absent. 0711: the database's user must reach its own folder inside, nothing else. */
export async function openDataDir(path: string): Promise<DataDir> {
  const root = resolve(path);
  try {
    await mkdir(root, { recursive: true, mode: 0o711 });
    const probe = join(root, `.probe-${process.pid}`);
    await writeFile(probe, 'x');
    await rm(probe);
  } catch (error) {
    throw fromSystemError(error, root);
  }
  return { root, cluster: join(root, 'postgres'), log: join(root, 'postgres.log') };
}

interface Owner {
  readonly pid: number;
  readonly started: string | null;
  readonly command: string;
}

/** The living process that holds the directory, if there is one. */
export const ownerOf = (dir: DataDir): Promise<Owner | undefined> => ownerIn(join(dir.root, 'owner.json'));

async function ownerIn(file: string): Promise<Owner | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const owner: Owner = JSON.parse(text);
    // The same pid with another start time is another program: pids are used again, in containers soon.
    const same = isAlive(owner.pid) && (owner.started === null || owner.started === startedAt(owner.pid));
    return same ? owner : undefined;
  } catch {
    return undefined; // A half-written file of a process that was killed: nobody's.
  }
}

/** Takes the directory for this process; refuses while another living process has it. */
export async function takeOwnership(dir: DataDir): Promise<void> {
  const owner = await ownerOf(dir);
  if (owner !== undefined && owner.pid !== process.pid)
    throw new EmbeddedError(
      'in-use',
      `${dir.root} is in use by process ${owner.pid} (shipa ${owner.command}). Stop it first, or use another folder: --data DIR.`,
    );
  const mine: Owner = { pid: process.pid, started: startedAt(process.pid), command: process.argv[2] ?? '' };
  if (owner === undefined) await clearStale(dir);
  if (owner === undefined && !(await claim(dir, mine))) return takeOwnership(dir);
}

/** Of two that claim it at once one gets it: a link is made once. */
async function claim({ root }: DataDir, mine: Owner): Promise<boolean> {
  const file = join(root, 'owner.json');
  const beside = `${file}.${process.pid}`;
  try {
    await writeFile(beside, JSON.stringify(mine), { mode: 0o600 });
    await link(beside, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw fromSystemError(error, file);
  } finally {
    await rm(beside, { force: true });
  }
}

/** Takes away the file of an owner that is gone, and puts it back should another have come in between. */
async function clearStale(dir: DataDir): Promise<void> {
  const file = join(dir.root, 'owner.json');
  const aside = `${file}.stale-${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return; // There is none.
  }
  if ((await ownerIn(aside)) !== undefined) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}

export async function releaseOwnership(dir: DataDir): Promise<void> {
  const owner = await ownerOf(dir);
  if (owner?.pid === process.pid) await rm(join(dir.root, 'owner.json'), { force: true });
}

/** A random secret kept in the directory, made at first use. */
export async function secret(dir: DataDir, name: 'token' | 'password'): Promise<string> {
  const path = join(dir.root, name);
  const stored = await readFile(path, 'utf8').catch(() => '');
  if (stored.trim().length >= 32) return stored.trim();
  const fresh = randomBytes(24).toString('base64url');
  await writeWhole(path, `${fresh}\n`);
  return fresh;
}

export async function storedPort(dir: DataDir): Promise<number | undefined> {
  const port = Number(await readFile(join(dir.root, 'port'), 'utf8').catch(() => ''));
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

export const storePort = (dir: DataDir, port: number): Promise<void> => writeWhole(join(dir.root, 'port'), `${port}\n`);

/** Written beside and renamed, so that a kill in the middle leaves the old file. */
async function writeWhole(path: string, text: string): Promise<void> {
  try {
    const beside = `${path}.${process.pid}`;
    await writeFile(beside, text, { mode: 0o600 });
    await rename(beside, path);
  } catch (error) {
    throw fromSystemError(error, path);
  }
}
