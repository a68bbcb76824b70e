// PostgreSQL refuses to run as root. As root we run it as another user; this file finds a way that can also reach the files.
//
//   1. plain change of user, when binaries and data can be reached by it
//   2. setpriv with the one capability to pass private folders (a checkout under /root or in a mktemp folder)
//   3. a user namespace where we are root outside and an ordinary user inside
// Each way is tried on the real paths before it is used.
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, readFileSync } from 'node:fs';
import { EmbeddedError } from './embedded-error.js';

export interface RunAs {
  /** Words to put before the command. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** How to start PostgreSQL from `binary` on `dataDir` (which must exist; it is given to the user found). */
export function postgresUser(binary: string, dataDir: string): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const user = findUser('postgres') ?? makeUser() ?? findUser('nobody');
  if (user !== undefined) {
    chownSync(dataDir, user.uid, user.gid);
    const plain: RunAs = { prefix: [], ...user };
    if (reaches(plain, binary, dataDir)) return plain;
    const ids = ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups'];
    // no_setuid_fixup: else access(2), with which initdb checks its neighbours, ignores the capability.
    const caps = [
      '--securebits',
      '+no_setuid_fixup',
      '--inh-caps=-all,+dac_override',
      '--ambient-caps=-all,+dac_override',
    ];
    const privileged: RunAs = { prefix: ['setpriv', ...ids, ...caps, '--'] };
    if (reaches(privileged, binary, dataDir)) return privileged;
  }
  chownSync(dataDir, 0, 0);
  const namespace: RunAs = { prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'] };
  if (reaches(namespace, binary, dataDir)) return namespace;
  throw new EmbeddedError(
    'root-refused',
    `PostgreSQL does not run as root, and no other user can reach ${dataDir} and ${binary}. ` +
      'Run as an ordinary user, or from a folder that others may enter (chmod o+x), or set DATABASE_URL.',
  );
}

function findUser(name: string): User | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** A system user of its own, as the distributions' packages make. */
function makeUser(): User | undefined {
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
      {
        stdio: 'ignore',
      },
    );
    return findUser('postgres');
  } catch {
    return undefined; // No useradd here, or /etc is read-only: `nobody` is tried next.
  }
}

function reaches(as: RunAs, binary: string, dataDir: string): boolean {
  const [command = '/bin/sh', ...rest] = [
    ...as.prefix,
    '/bin/sh',
    '-c',
    'test -x "$1" && test -w "$2" && cd "$2"',
    'sh',
    binary,
    dataDir,
  ];
  const result = spawnSync(command, rest, {
    stdio: 'ignore',
    ...(as.uid === undefined ? {} : { uid: as.uid }),
    ...(as.gid === undefined ? {} : { gid: as.gid }),
  });
  return result.status === 0;
}
