// The ONNX graph against the TypeScript reference, through the scorer that production uses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScorer } from '../../../src/adapters/onnx/onnx-scorer.js';
import { type BuiltModel, buildModel } from '../../../src/app/build-model.js';
import type { OutcomeScorer } from '../../../src/app/ports.js';
import type { Corpus } from '../../../src/domain/corpus/corpus.js';
import type { Score, ScoreRow } from '../../../src/domain/outcome.js';
import { randomRows } from '../../../src/evidence/compile/random-rows.js';
import { scoreReference } from '../../../src/evidence/compile/reference.js';
import { network, plain, studies } from '../../evidence/small-network.js';
import { emptyCorpus } from '../../integration/fake-engine.js';

const corpus: Corpus = {
  ...emptyCorpus(),
  hash: 'ab'.repeat(32),
  cancers: [
    {
      profile: {
        id: 'test',
        name: { en: 'test' },
        oncotree: ['TEST'],
        except: [],
        settings: [],
        decisions: [],
        staleAfterMonths: {},
        notes: [],
      },
      studies,
      regimens: [],
      indications: [],
      networks: [network, plain],
    },
  ],
};

const directory = mkdtempSync(join(tmpdir(), 'shipa-model-'));
let built: BuiltModel;
let scorer: OutcomeScorer;

beforeAll(async () => {
  built = buildModel(corpus, { id: 'test', version: '0.0.1', seed: 7 });
  for (const [name, bytes] of Object.entries(built.files)) writeFileSync(join(directory, name), bytes);
  scorer = await openScorer(directory, { corpusHash: corpus.hash });
});
afterAll(async () => {
  await scorer?.close();
  rmSync(directory, { recursive: true });
});

const MONTHS = new Set(['rmst', 'gain', 'low', 'high']);

/** Largest difference in probabilities and in months; NaN when one side has a number where the other has null. */
function differences(a: readonly Score[], b: readonly Score[]): { probability: number; months: number } {
  let probability = 0;
  let months = 0;
  a.forEach((score, i) => {
    for (const [node, numbers] of Object.entries(score))
      for (const [name, x] of Object.entries(numbers) as [keyof typeof numbers, number | null][]) {
        const y = b[i]?.[node]?.[name] ?? null;
        const gap = x === null && y === null ? 0 : x === null || y === null ? NaN : Math.abs(x - y);
        if (MONTHS.has(name)) months = Number.isNaN(gap) ? NaN : Math.max(months, gap);
        else probability = Number.isNaN(gap) ? NaN : Math.max(probability, gap);
      }
  });
  return { probability, months };
}

describe('the ONNX scorer', () => {
  it('agrees with the reference on random patients', async () => {
    const rows = randomRows(built.compiled, 2000, 11);
    const gap = differences(scoreReference(built.compiled, rows), await scorer.score(rows));
    expect(gap.probability).toBeLessThan(1e-5);
    expect(gap.months).toBeLessThan(1e-3);
  });
  it('agrees with the golden file', async () => {
    const lines = readFileSync(join(directory, 'golden.jsonl'), 'utf8').trim().split('\n');
    const golden = lines.map((line) => JSON.parse(line) as { row: ScoreRow; score: Score });
    const gap = differences(
      golden.map((g) => g.score),
      await scorer.score(golden.map((g) => g.row)),
    );
    expect(gap.probability).toBeLessThan(1e-5);
    expect(gap.months).toBeLessThan(1e-3);
  });
  it('gives probabilities of being best that sum to 1 over the eligible', async () => {
    const row = { network: 'test-network', features: {}, eligible: ['old', 'new', 'immune'], comparator: 'old' };
    const [score] = await scorer.score([row]);
    const best = Object.values(score ?? {}).map((n) => n.probabilityBest ?? 0);
    expect(best.reduce((s, x) => s + x, 0)).toBeCloseTo(1, 5);
    expect(score?.newest?.probabilityBest).toBeNull();
  });
  it('gives no numbers when age is outside the trials', async () => {
    const row = { network: 'test-network', features: { age: 97 }, eligible: ['new'], comparator: 'old' };
    const [score] = await scorer.score([row]);
    expect(score?.new).toMatchObject({ rmst: null, gain: null, probabilityBest: null, harm: expect.closeTo(0.4) });
  });
  it('gives a row the same bits alone, among others, and asked again', async () => {
    const rows = randomRows(built.compiled, 300, 29);
    const fresh = async () => openScorer(directory, { corpusHash: corpus.hash });
    const [together, one] = [await fresh(), await fresh()];
    const among = await together.score([...rows, ...rows.slice(0, 50)]);
    expect(among.slice(300)).toEqual(among.slice(0, 50));
    expect(await together.score(rows)).toEqual(among.slice(0, 300));
    for (const [i, row] of rows.slice(0, 100).entries()) expect(await one.score([row])).toEqual([among[i]]);
    await together.close();
    await one.close();
  });
  it('answers in the order asked when networks are mixed', async () => {
    const rows = ['test-network', 'a-plain-network', 'test-network'].map((id) => ({
      network: id,
      features: {},
      eligible: ['new'],
      comparator: 'old',
    }));
    const scores = await scorer.score(rows);
    expect(scores.map((s) => Object.keys(s).length)).toEqual([7, 2, 7]);
  });
  it('refuses a model of another corpus', async () => {
    await expect(openScorer(directory, { corpusHash: 'cd'.repeat(32) })).rejects.toMatchObject({
      code: 'corpus-mismatch',
    });
  });
  it('refuses a model of an earlier format, and says what to do', async () => {
    const other = mkdtempSync(join(tmpdir(), 'shipa-model-'));
    const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as object;
    writeFileSync(join(other, 'manifest.json'), JSON.stringify({ ...manifest, format: 1 }));
    await expect(openScorer(other)).rejects.toMatchObject({ code: 'format-mismatch' });
    await expect(openScorer(other)).rejects.toThrow(
      /format 1 and this version of Shipa reads \d+: build the model again/,
    );
    rmSync(other, { recursive: true });
  });
  it('refuses a manifest whose features were changed', async () => {
    const other = mkdtempSync(join(tmpdir(), 'shipa-model-'));
    const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as { featuresHash: string };
    writeFileSync(join(other, 'manifest.json'), JSON.stringify({ ...manifest, featuresHash: '00' }));
    await expect(openScorer(other)).rejects.toMatchObject({ code: 'features-mismatch' });
    rmSync(other, { recursive: true });
  });
  it('is built to the same bytes from the same corpus', () => {
    const again = buildModel(corpus, { id: 'test', version: '0.0.1', seed: 7 });
    for (const [name, bytes] of Object.entries(built.files))
      expect(Buffer.compare(again.files[name] ?? new Uint8Array(), bytes), name).toBe(0);
  });
});
