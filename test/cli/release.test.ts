// Release and rollback by the real command line, on a models folder whose gate.json names the bytes that lie there.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shipa } from './shipa.js';

const models = mkdtempSync(join(tmpdir(), 'shipa-models-'));
const FILES = ['model.onnx', 'manifest.json', 'golden.jsonl', 'corpus.json.gz'];
const WHO = [
  '--by',
  'Aigerim Sadykova',
  '--role',
  'head of the tumour board',
  '--why',
  'reviewed the table of changes',
];
const file = (version: string, name: string): string => join(models, 'm', version, name);
const read = (path: string): string => readFileSync(path, 'utf8');
const pointer = (): unknown => JSON.parse(read(join(models, 'released.json')));

function model(version: string, against: string | null, passed = true): void {
  mkdirSync(join(models, 'm', version), { recursive: true });
  for (const name of FILES) writeFileSync(file(version, name), `${name} of ${version}`);
  writeFileSync(file(version, 'card.md'), '# card\n\n## Signed\n\nNobody yet\n');
  const hash = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(file(version, name)))
      .digest('hex');
  const files = Object.fromEntries(FILES.map((name) => [name, hash(name)]));
  const checks = [{ name: 'safety', passed, detail: 'a law' }];
  const report = { model: `m@${version}`, against, passed, checks, files, patients: 10_000, rows: 10_000, changes: [] };
  writeFileSync(file(version, 'gate.json'), JSON.stringify(report));
}

beforeAll(() => {
  process.env.SHIPA_MODELS = models;
  model('1', null);
  model('2', 'm@1');
  model('3', 'm@2', false);
});
afterAll(() => {
  delete process.env.SHIPA_MODELS;
  rmSync(models, { recursive: true, force: true });
});

describe('corpus release and rollback', { timeout: 60_000 }, () => {
  it('moves the pointer for a signed green gate, signs the card, and goes back in one command', async () => {
    expect(await shipa('corpus', 'release', 'm@1', ...WHO)).toMatchObject({ code: 0 });
    expect(await shipa('corpus', 'release', 'm@2', ...WHO)).toMatchObject({ code: 0 });
    expect(pointer()).toEqual({ id: 'm', version: '2' });
    expect(read(file('2', 'card.md'))).toMatch(/Aigerim Sadykova, head of the tumour board, on 20/);
    expect(read(file('2', 'card.md'))).not.toMatch(/Nobody yet/);
    expect(JSON.parse(read(file('2', 'release.json')))).toMatchObject({
      by: 'Aigerim Sadykova',
      from: { version: '1' },
    });
    expect(await shipa('corpus', 'rollback', ...WHO.filter((w) => !/role|board/.test(w)))).toMatchObject({ code: 0 });
    expect(pointer()).toEqual({ id: 'm', version: '1' });
    expect(read(join(models, 'history.jsonl')).trim().split('\n')).toHaveLength(3);
  });

  it('refuses nobody, a red gate and changed bytes, and leaves the pointer where it is', async () => {
    expect(await shipa('corpus', 'release', 'm@2', '--by', 'anonymous', ...WHO.slice(2))).toMatchObject({ code: 2 });
    const red = await shipa('corpus', 'release', 'm@3', ...WHO);
    expect(red).toMatchObject({ code: 1, err: expect.stringMatching(/the gate is red: safety: a law/) });
    writeFileSync(file('2', 'model.onnx'), 'other bytes');
    const other = await shipa('corpus', 'release', 'm@2', ...WHO);
    expect(other).toMatchObject({ code: 1, err: expect.stringMatching(/not the bytes that were gated: model.onnx/) });
    expect(pointer()).toEqual({ id: 'm', version: '1' });
  });

  it('never builds over a signed version', async () => {
    const built = await shipa('corpus', 'build', '--id', 'm', '--version', '1');
    expect(built).toMatchObject({ code: 1, err: expect.stringMatching(/m@1 is released and signed/) });
    expect(read(file('1', 'model.onnx'))).toBe('model.onnx of 1');
  });
});
