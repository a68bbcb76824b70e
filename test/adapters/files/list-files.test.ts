import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { listFiles } from '../../../src/adapters/files/list-files.js';
import { findSources, identityOf, openSources } from '../../../src/adapters/files/sources/history-sources.js';
import { bundleLine } from '../../integration/samples.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipa-list-'));
  await mkdir(join(folder, 'in', 'sub'), { recursive: true });
  for (const name of ['a.json', 'sub/b.json', 'notes.md']) await writeFile(join(folder, 'in', name), bundleLine(name));
  return () => rm(folder, { recursive: true, force: true });
});

const names = async (): Promise<readonly string[]> =>
  (await listFiles([join(folder, 'in')])).map(({ file }) => file.slice(join(folder, 'in').length + 1));

describe('files of a folder', () => {
  it('are the Bundles in it and below, also through a link, which is not followed round and round', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere', 'c.json'), bundleLine('c'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'in', 'linked'));
    await symlink(join(folder, 'in'), join(folder, 'in', 'sub', 'up'));
    await symlink(join(folder, 'nowhere'), join(folder, 'in', 'no-history'));
    expect(await names()).toEqual(['a.json', 'linked/c.json', 'sub/b.json']);
  });

  it('are ingested without one that cannot be read, which is a fault; read later it makes another ingestion', async () => {
    await symlink(join(folder, 'nowhere.json'), join(folder, 'in', 'dangling.json'));
    const isFifo = spawnSync('mkfifo', [join(folder, 'in', 'pipe.ndjson')]).status === 0;
    const first = await findSources([join(folder, 'in')], historyFiles(), folder);
    const { files, faults } = await openSources(first, folder);
    expect(files.map(({ file }) => basename(file))).toEqual(['a.json', 'b.json']);
    expect(faults.map(({ file, message }) => [basename(file), message.split(/[:;]/)[0]])).toEqual([
      ['dangling.json', 'there is no such file'],
      ...(isFifo ? [['pipe.ndjson', 'is no regular file']] : []),
    ]);
    await writeFile(join(folder, 'nowhere.json'), bundleLine('late'));
    const second = await findSources([join(folder, 'in')], historyFiles(), folder);
    expect(identityOf(second)).not.toBe(identityOf(first));
  });
});

it('refuses a path that is named and not there before anything begins', async () => {
  await expect(listFiles([join(folder, 'nothing.json')])).rejects.toThrow(/no such file or folder/);
});
