// A store of its own and a folder for files, for the tests of one file; both are gone at its end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../src/adapters/postgres/store.js';
import type { Phase, Release, Store } from '../../../src/app/store-ports.js';

export const release: Release = { corpus: 'c1', model: 'm@1', features: 'f1', code: '0.1.0' };
export const ref = (run: string, phase: Phase, ordinal: number) => ({ run, phase, ordinal });

export interface OwnStore {
  readonly store: Store;
  readonly folder: string;
  /** Closes both; the server goes with the file that asked for it. */
  close(): Promise<void>;
}

export async function openOwnStore(url: string): Promise<OwnStore> {
  const store = await openStore(url);
  const folder = await mkdtemp(join(tmpdir(), 'shipa-store-'));
  return {
    store,
    folder,
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
