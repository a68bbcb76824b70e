// What watches after release, without a database: drift, intervals, the shadow, whose recommendation leans on a study, the kill switch's log.
import { describe, expect, it } from 'vitest';
import { indicationsOn, leaningOptions } from '../../src/app/leaning.js';
import { driftOf, monitor, monitorText, wilson } from '../../src/app/monitor.js';
import type { ShadowCase } from '../../src/app/oversight-ports.js';
import type { Recommender } from '../../src/app/recommend.js';
import { withShadow } from '../../src/app/shadow.js';
import { readStopLog, type StopEntry, stopsOf } from '../../src/app/stop-log.js';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import type { History } from '../../src/domain/history.js';
import { option, recordOf } from '../evidence/gate/records.js';

const counts = (reference: number[], recent: number[]) =>
  reference.map((n, i) => ({ variable: 'sex', value: `v${i}`, reference: n, recent: recent[i] ?? 0 }));

describe('driftOf', () => {
  it('is 0 when the shares are the same, whatever the numbers', () => {
    expect(driftOf('sex', counts([5000, 5000], [5000, 5000]))).toMatchObject({ psi: 0, verdict: 'stable' });
  });
  it('is the index of the shares: (0.7 - 0.5) ln(0.7 / 0.5) + (0.3 - 0.5) ln(0.3 / 0.5)', () => {
    const { psi, verdict, most } = driftOf('sex', counts([500_000, 500_000], [700_000, 300_000]));
    expect(psi).toBeCloseTo(0.2 * Math.log(1.4) - 0.2 * Math.log(0.6), 5);
    expect(verdict).toBe('moved');
    expect(most?.value).toBe('v1');
  });
  it('shifts when a value comes that was not there, and says nothing of few patients', () => {
    expect(driftOf('sex', counts([1000, 0], [500, 500])).verdict).toBe('shifted');
    expect(driftOf('sex', counts([20, 9], [500, 500]))).toMatchObject({ psi: null, verdict: 'too-few' });
  });
});

describe('monitor', () => {
  it('gives Wilson intervals: 81 of 263 is 0.2553-0.3662 (Newcombe 1998, table I, method 3)', () => {
    const interval = wilson(81, 263);
    expect(interval?.low).toBeCloseTo(0.2553, 4);
    expect(interval?.high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toBeNull();
  });
  it('marks a subgroup that is overridden more often than the others', async () => {
    const group = { by: 'sex', patients: 1000, ranked: 900, recommended: 800, decisions: 200 };
    const report = await monitor(
      {
        periods: async () => [],
        subgroups: async () => [
          { ...group, value: 'female', overridden: 10 },
          { ...group, value: 'male', overridden: 80 },
          { ...group, value: 'unknown', patients: 4, decisions: 0, ranked: 4, recommended: 3, overridden: 0 },
        ],
      },
      '2026-06-01',
    );
    expect(report.subgroups.map((g) => g.stands)).toEqual(['apart', 'apart', 'with the others']);
    expect(monitorText(report)).toMatch(/sex male .*APART/);
  });
});

describe('withShadow', () => {
  const released = recordOf([option()]);
  const recommender = (record: typeof released) => ({ recommendMany: async () => [record] }) as unknown as Recommender;
  const seen: ShadowCase[] = [];
  const store = { addShadowCases: async (cases: readonly ShadowCase[]) => void seen.push(...cases) };
  const shadow = (other: Recommender, errors: string[] = []) =>
    withShadow(recommender(released), {
      model: 'm@2',
      recommender: other,
      store,
      wait: true,
      onError: (e) => errors.push(e.message),
    });

  it('answers as the released model does, and stores where the shadow differs', async () => {
    const other = recordOf([option({ id: 'gefitinib' })]);
    expect(await shadow(recommender(other)).recommend({} as History)).toBe(released);
    expect(seen).toMatchObject([
      {
        shadow: 'm@2',
        released: 'm@1',
        input: 'i',
        changes: [{ before: 'osimertinib (recommended)', after: 'gefitinib (recommended)' }],
      },
    ]);
  });
  it('compares nothing once the shadow is itself the released model', async () => {
    const kept = seen.length;
    const same = recordOf([option()], { versions: { ...released.versions, model: 'm@2' } });
    await withShadow(recommender(same), {
      model: 'm@2',
      recommender: recommender(recordOf([])),
      store,
      wait: true,
      onError: () => {},
    }).recommend({} as History);
    expect(seen).toHaveLength(kept);
  });
  it('answers all the same when the shadow breaks', async () => {
    const errors: string[] = [];
    const broken = { recommendMany: () => Promise.reject(new Error('broken')) } as unknown as Recommender;
    expect(await shadow(broken, errors).recommend({} as History)).toBe(released);
    expect(errors).toEqual(['broken']);
  });
});

describe('leaning on a study', () => {
  const corpus = {
    cancers: [
      {
        networks: [{ id: 'net', trials: [{ study: 's1' }], baseline: { study: 's2' } }],
        indications: [
          { id: 'cites', studies: ['s1'] },
          { id: 'numbers', studies: [], network: 'net' },
          { id: 'free', studies: ['s3'] },
        ],
      },
    ],
  } as unknown as Corpus;
  it('finds indications that cite it, and those whose numbers come from its network or baseline', () => {
    expect([...indicationsOn(corpus, 's1')]).toEqual(['cites', 'numbers']);
    expect([...indicationsOn(corpus, 's2')]).toEqual(['numbers']);
    expect(indicationsOn(corpus, 'none').size).toBe(0);
  });
  it('tells a first option from one below it, and leaves out what is not recommended', () => {
    const o = { band: 'recommended', provisional: false, utility: null, gainMonths: null, certainty: null };
    const record = {
      status: 'ranked' as const,
      options: [
        { ...o, decision: 'a', rank: 1, regimen: 'x', indication: 'free' },
        { ...o, decision: 'a', rank: 2, regimen: 'y', indication: 'cites' },
        { ...o, decision: 'b', rank: 3, regimen: 'z', indication: 'numbers' },
        { ...o, decision: 'b', rank: null, regimen: 'w', indication: 'cites' },
      ],
    };
    expect(leaningOptions(record, indicationsOn(corpus, 's1')).map((l) => [l.regimen, l.place])).toEqual([
      ['y', 'shown'],
      ['z', 'first'],
    ]);
  });
});

describe('the log of the kill switch', () => {
  const entry: StopEntry = {
    action: 'stop',
    kind: 'indication',
    id: 'a',
    by: 'A B',
    why: 'w',
    at: '2026-06-01T00:00:00Z',
  };
  it('holds the last word on each, in whatever order the entries of two sources stand', () => {
    const lifted: StopEntry = { ...entry, action: 'lift', at: '2026-06-02T00:00:00Z' };
    expect(stopsOf([entry])).toMatchObject([{ kind: 'indication', id: 'a' }]);
    expect(stopsOf([lifted, entry])).toEqual([]);
    expect(stopsOf([lifted, { ...entry, kind: 'model' }])).toMatchObject([{ kind: 'model' }]);
  });
  it('is refused with its line when it is broken: never read as "nothing is stopped"', () => {
    expect(() => readStopLog(`${JSON.stringify(entry)}\n{"action":"stop"`, 'stops.jsonl')).toThrow(
      /stops.jsonl, line 2/,
    );
  });
});
