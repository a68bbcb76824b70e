// Commands on one data directory at once, embedded: the second waits until the first has its services up, and takes them over when it is killed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ownerOf, takeOwnership } from '../../src/adapters/embedded/data-dir.js';
import { absent, shipa } from './processes.js';
import { bundleLine } from './samples.js';

const folder = await mkdtemp(join(tmpdir(), 'shipa-heirs-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

it.skipIf(absent !== undefined)(
  `the other goes on when the owner of the services is killed${absent === undefined ? '' : ` (skipped: no ${absent})`}`,
  async () => {
    const file = join(folder, 'some.ndjson');
    await writeFile(file, Array.from({ length: 3_000 }, (_, i) => `${bundleLine(`h${i}`)}\n`).join(''));
    const args = ['ingest', file, '--workers', '1', '--data', join(folder, 'data')];
    const [first, second] = [shipa(args), shipa(args)];
    await Promise.race([first.says('ingesting'), second.says('ingesting')]);
    const dir = { root: join(folder, 'data'), cluster: '', log: '' };
    const owner = await ownerOf(dir);
    const [killed, heir] = owner?.pid === first.child.pid ? [first, second] : [second, first];
    expect(killed.child.pid).toBe(owner?.pid);
    killed.child.kill('SIGKILL');
    const { code, out, err } = await heir.ended;
    expect(out).toContain('ingested 3,000 histories');
    expect(err).toContain('they are run from here now');
    expect(code).toBe(0);
    expect(await ownerOf(dir)).toBeUndefined();
  },
  120_000,
);

it('a directory whose owner is gone is taken, and stays ours when it is asked for again', async () => {
  const root = await mkdtemp(join(folder, 'claim-'));
  await writeFile(join(root, 'owner.json'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1', command: 'gone' }));
  const dir = { root, cluster: join(root, 'postgres'), log: join(root, 'log') };
  await takeOwnership(dir);
  expect((await ownerOf(dir))?.pid).toBe(process.pid);
  await takeOwnership(dir); // Ours already.
  expect((await ownerOf(dir))?.pid).toBe(process.pid);
});
