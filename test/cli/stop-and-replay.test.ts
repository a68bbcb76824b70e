// The kill switch and replay as a user has them: the real command line on a models folder of its own.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recommendation } from '../../src/domain/recommendation.js';
import { root, shipa } from './shipa.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-stop-'));
const history = join(root, 'test/cases/nsclc', firstCase(), 'history.json');
const file = (name: string) => join(folder, name);
const SIGNED = ['--by', 'Aigerim Sadykova', '--why', 'a safety signal under review'];

/** The first golden patient of lung cancer by name with EGFR in it. */
function firstCase(): string {
  const found = readdirSync(join(root, 'test/cases/nsclc'))
    .filter((slug) => /egfr/.test(slug))
    .sort()[0];
  if (found === undefined) throw new Error('there is no golden patient with EGFR');
  return found;
}

const recommend = async (): Promise<Recommendation> => {
  const { out, err } = await shipa('recommend', history, '--format', 'json', '--as-of', '2026-06-01');
  if (out === '') throw new Error(err);
  return JSON.parse(out) as Recommendation;
};

beforeAll(() => {
  cpSync(join(root, 'models'), join(folder, 'models'), { recursive: true });
  process.env.SHIPA_MODELS = join(folder, 'models');
});
afterAll(() => {
  delete process.env.SHIPA_MODELS;
  rmSync(folder, { recursive: true, force: true });
});

describe('kill', { timeout: 120_000 }, () => {
  it('takes an indication out at once, says so, and puts it back when lifted', async () => {
    const before = await recommend();
    const [first] = before.options;
    if (first === undefined) throw new Error('an option is needed');
    expect(before.versions.stopped).toBeUndefined();
    expect((await shipa('kill', 'indication', first.indication, ...SIGNED)).code).toBe(0);
    const stopped = await recommend();
    expect(stopped.options.map((o) => o.indication)).not.toContain(first.indication);
    expect(stopped.versions.stopped).toMatchObject([
      { kind: 'indication', id: first.indication, by: 'Aigerim Sadykova' },
    ]);
    expect(stopped.notes.join('\n')).toMatch(new RegExp(`${first.indication} was stopped on .* a safety signal`));
    const out = stopped.excluded.find((e) => e.regimen === first.regimen.id && e.decision === first.decision);
    const other = stopped.options.find((o) => o.regimen.id === first.regimen.id && o.decision === first.decision);
    if (other === undefined) expect(out?.reasons.join()).toMatch(/stopped on .* by Aigerim Sadykova/);
    expect((await shipa('unkill', 'indication', first.indication, ...SIGNED)).code).toBe(0);
    expect(await recommend()).toEqual(before);
  });

  it('takes the numbers away when the model is stopped, and leaves the bands', async () => {
    const before = await recommend();
    expect(before.options.some((o) => o.benefit !== null)).toBe(true);
    expect((await shipa('kill', 'model', before.versions.model, ...SIGNED)).code).toBe(0);
    const stopped = await recommend();
    expect(stopped.options.every((o) => o.benefit === null && o.utility === null)).toBe(true);
    expect(new Map(stopped.options.map((o) => [o.regimen.id, o.band]))).toEqual(
      new Map(before.options.map((o) => [o.regimen.id, o.band])),
    );
    expect(stopped.notes.join('\n')).toMatch(/was stopped on .*There are no numbers/);
    writeFileSync(file('stopped.json'), JSON.stringify(stopped));
    expect((await shipa('unkill', 'model', before.versions.model, ...SIGNED)).code).toBe(0);
    const replayed = await shipa('replay', file('stopped.json'), '--input', history);
    expect(replayed.out).toMatch(/^identical/);
  });

  it('refuses nobody, no reason, and what does not exist', async () => {
    const reasonless = await shipa('kill', 'indication', 'x', '--by', 'Aigerim Sadykova', '--why', 'no');
    expect(reasonless).toMatchObject({ code: 2 });
    expect((await shipa('kill', 'indication', 'x', '--by', 'anonymous', '--why', SIGNED[3] ?? '')).code).toBe(2);
    const unknown = await shipa('kill', 'indication', 'no-such-thing', ...SIGNED);
    expect(unknown).toMatchObject({ code: 1, err: expect.stringMatching(/no indication "no-such-thing"/) });
  });
});

describe('replay', { timeout: 120_000 }, () => {
  it('makes the record again, byte for byte, whatever the file is called', async () => {
    const { out } = await shipa('recommend', history, '--format', 'json', '--weights', 'harm=1');
    writeFileSync(file('record.json'), out);
    cpSync(history, file('renamed.json'));
    expect(await shipa('replay', file('record.json'), '--input', file('renamed.json'))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^identical/),
    });
  });

  it('says what is different when a number is', async () => {
    const record = await recommend();
    const options = record.options.map((o, i) => (i === 0 ? { ...o, utility: (o.utility ?? 0) + 0.1 } : o));
    writeFileSync(file('changed.json'), JSON.stringify({ ...record, options }));
    const { code, out } = await shipa('replay', file('changed.json'), '--input', history);
    expect(code).toBe(1);
    expect(out).toMatch(/^different\n.* utility: /);
  });

  it('says what is missing: the input, the model, the corpus', async () => {
    const record = await recommend();
    writeFileSync(file('record.json'), JSON.stringify(record));
    expect((await shipa('replay', file('record.json'))).out).toMatch(/missing: input/);
    const other = join(
      root,
      'test/cases/breast',
      readdirSync(join(root, 'test/cases/breast'))[0] ?? '',
      'history.json',
    );
    expect((await shipa('replay', file('record.json'), '--input', other)).out).toMatch(
      /missing: input: .* is not the one/,
    );
    const versions = { ...record.versions, model: 'shipa-outcomes@9.9.9' };
    writeFileSync(file('foreign.json'), JSON.stringify({ ...record, versions }));
    expect((await shipa('replay', file('foreign.json'), '--input', history)).out).toMatch(
      /missing: model: shipa-outcomes@9/,
    );
    writeFileSync(file('corpus.json'), JSON.stringify({ ...record, versions: { ...record.versions, corpus: 'ff' } }));
    expect((await shipa('replay', file('corpus.json'), '--input', history)).out).toMatch(/missing: corpus: /);
  });
});
