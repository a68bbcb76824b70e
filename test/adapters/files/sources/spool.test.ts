import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { orDiskFull } from '../../../../src/adapters/files/disk-full.js';
import { sweepSpool } from '../../../../src/adapters/files/sources/spool.js';
import { toStoreError } from '../../../../src/adapters/postgres/store-error.js';

it('removes copies that a dead process was making, and neither those of a living one nor whole ones', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shipa-spool-'));
  for (const name of ['arriving-17', 'arriving-18', 'a.ndjson.17.part', 'b.ndjson.18.part', 'input-0123.ndjson'])
    await writeFile(join(folder, name), 'x');
  await mkdir(join(folder, 'other'));
  await sweepSpool(folder, (pid) => pid === 18);
  expect((await readdir(folder)).sort()).toEqual(['arriving-18', 'b.ndjson.18.part', 'input-0123.ndjson', 'other']);
  await sweepSpool(join(folder, 'not there'), () => false);
  await rm(folder, { recursive: true });
});

it('names the disk that is full, also when a transaction of the database was open', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const told = toStoreError(orDiskFull(full, '/data/spool/a.ndjson'));
  expect(told).toMatchObject({ name: 'DiskFull', code: 'disk-full', retryable: false });
  expect(told.message).toContain('/data/spool');
  const other = new Error('another');
  expect(orDiskFull(other, 'x')).toBe(other);
});
