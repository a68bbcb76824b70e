import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import {
  type Answering,
  type AnsweringOptions,
  answeringProcesses,
  NotAnswered,
} from '../../../src/adapters/process/answering-processes.js';
import type { Recommender } from '../../../src/app/recommend.js';
import { loadRegistry } from '../../../src/cli/commands/simulate.js';
import { openEngine } from '../../../src/cli/engine.js';
import type { History } from '../../../src/domain/history.js';
import type { Stop } from '../../../src/domain/stop.js';
import { simulateLine } from '../../../src/simulation/simulate.js';
import { absent } from '../../integration/processes.js';

const script = fileURLToPath(new URL('answering-child.mjs', import.meta.url));
// Only what is asked of them here is there.
const history = (id: string): History => ({ id }) as History;
const own = { recommend: async ({ id }: History) => ({ case: id, by: process.pid }) } as unknown as Recommender;
const stop = { kind: 'model', id: 'm' } as Stop;

let answering: Answering | undefined;
let troubles: string[] = [];
afterEach(async () => {
  await answering?.close();
  answering = undefined;
  troubles = [];
});

function open(options: Partial<AnsweringOptions> = {}): (id: string) => Promise<Record<string, unknown>> {
  answering = answeringProcesses(own, {
    script,
    args: ['model'],
    count: 2,
    stops: () => [stop],
    onTrouble: (words) => void troubles.push(words),
    ...options,
  });
  const { recommender } = answering;
  return async (id) => ({ ...(await recommender.recommend(history(id))) });
}

async function untilChildAnswers(ask: (id: string) => Promise<Record<string, unknown>>): Promise<void> {
  await expect.poll(async () => (await ask('warm')).by !== process.pid, { timeout: 10_000 }).toBe(true);
}

it('answers itself until a child is ready, then by children, each with its own question', async () => {
  const ask = open();
  expect(await ask('first')).toMatchObject({ case: 'first', by: process.pid });
  await untilChildAnswers(ask);
  const ids = Array.from({ length: 50 }, (_, i) => `h${i}`);
  const answers = await Promise.all(ids.map(ask));
  expect(answers.map((answer) => answer.case)).toEqual(ids);
  for (const answer of answers) expect(answer.by).not.toBe(process.pid);
});

it('tells children what is stopped with every question', async () => {
  let stops: readonly Stop[] = [];
  const ask = open({ stops: () => stops });
  await untilChildAnswers(ask);
  expect((await ask('before')).stopped).toEqual([]);
  stops = [stop];
  expect((await ask('after')).stopped).toEqual([stop]);
});

it('refuses the question that a child dies with, and goes on with another child', async () => {
  const ask = open({ count: 1 });
  await untilChildAnswers(ask);
  const [died, next] = await Promise.allSettled([ask('dies'), ask('next')]);
  expect(died).toMatchObject({ status: 'rejected', reason: expect.any(NotAnswered) });
  expect(next).toMatchObject({ status: 'fulfilled', value: { case: 'next' } });
  await untilChildAnswers(ask);
  expect(troubles).toEqual(['a process that answers ended; another takes its place']);
});

it('ends a child that is silent for too long, and refuses its question only', async () => {
  const ask = open({ withinMs: 500 });
  await untilChildAnswers(ask);
  const [hung, ...others] = await Promise.allSettled([ask('hangs'), ...['a', 'b', 'c'].map(ask)]);
  expect(hung).toMatchObject({ status: 'rejected', reason: expect.any(NotAnswered) });
  expect(others.every((other) => other.status === 'fulfilled')).toBe(true);
});

it('passes on what a child could not do', async () => {
  const ask = open();
  await untilChildAnswers(ask);
  await expect(ask('throws')).rejects.toThrow('a defect');
});

it('goes on alone when children do not start', async () => {
  const ask = open({ args: ['stillborn'] });
  await ask('first');
  await expect.poll(() => troubles.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  await new Promise((done) => setTimeout(done, 300));
  // Three that died and those that were starting meanwhile; not one after the other for ever.
  expect(troubles.length).toBeLessThanOrEqual(4);
  expect(await ask('later')).toMatchObject({ case: 'later', by: process.pid });
});

it.skipIf(absent !== undefined)(
  `gives the record of this process to the letter${absent === undefined ? '' : ` (skipped: ${absent})`}`,
  async () => {
    const engine = await openEngine();
    const registry = loadRegistry();
    const histories = Array.from({ length: 25 }, (_, i) =>
      readBundleText(simulateLine(registry, 5, i), { case: `${i}` }),
    )
      .flatMap((read) => read.histories)
      .map((one) => ({ one, asOf: one.asOf ?? '2026-06-01' }));
    let asked = 0;
    answering = answeringProcesses(
      { ...engine.recommender, recommend: (...all) => engine.recommender.recommend(...all) },
      {
        script: fileURLToPath(new URL('../../../dist/src/cli/answer-main.js', import.meta.url)),
        args: [engine.model.id],
        count: 1,
        stops: () => {
          asked++;
          return engine.stops.now();
        },
        onTrouble: (words) => void troubles.push(words),
      },
    );
    const { recommender } = answering;
    await expect
      .poll(
        async () => {
          const [first] = histories;
          if (first !== undefined) await recommender.recommend(first.one, { asOf: first.asOf });
          return asked > 0;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    for (const { one, asOf } of histories) {
      const here = await engine.recommender.recommend(one, { asOf, lang: 'ru' });
      const there = await recommender.recommend(one, { asOf, lang: 'ru' });
      expect(JSON.stringify(there)).toBe(JSON.stringify(here));
    }
    expect(troubles).toEqual([]);
    await engine.close();
  },
  120_000,
);
