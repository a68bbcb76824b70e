// `shipa runs ...`: what is going on and what was, and the words pause, resume and cancel.
import { parseArgs } from 'node:util';
import { progressLine } from '../../app/progress.js';
import { WORK_OPTIONS } from '../do-work.js';
import { openRunServices, type RunServices } from '../run-services.js';
import { whole } from '../whole.js';
import { writeOut } from '../write-out.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
runs: what is going on and what was; pause, resume or cancel one

shipa runs [--limit N] [--format text|json]      the latest (default 20)
shipa runs show RUN [--format text|json]         its phases, counts, and what its chunks made
shipa runs pause RUN                             what is begun is finished, nothing else is begun
shipa runs resume RUN
shipa runs cancel RUN                            what is begun is finished, the rest is dropped; the same command begins it again
  --data DIR     embedded services (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead
`;

const WORDS = {
  pause: { turn: 'pauseRun', done: 'paused; running chunks are finished' },
  resume: { turn: 'resumeRun', done: 'going on' },
  cancel: { turn: 'cancelRun', done: 'cancelled; running chunks are finished, the rest is dropped' },
} as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: WORK_OPTIONS.data,
      limit: { type: 'string', default: '20' },
      format: { type: 'string', default: 'text' },
    },
  });
  const [word, id, more] = positionals;
  if (word !== undefined && !(word === 'show' || Object.hasOwn(WORDS, word)))
    throw new WrongUse(`runs takes show, pause, resume or cancel; not "${word}"`);
  if (word !== undefined && (id === undefined || more !== undefined)) throw new WrongUse(`runs ${word} wants one RUN`);
  const limit = whole(values.limit, '--limit', 1, 1_000);
  const json = values.format === 'json';
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    if (word === undefined || id === undefined) return await list(running, limit, json);
    if (word === 'show') return await show(running, id, json);
    const { turn, done } = WORDS[word as keyof typeof WORDS]; // checked above
    const turned = await running.store[turn](id);
    const state = await running.store.runState(id);
    process.stderr.write(
      turned
        ? `${id} is ${done}\n`
        : state === undefined
          ? `there is no run ${id}\n`
          : `${id} is ${state}: nothing to ${word}\n`,
    );
    return turned ? 0 : 1;
  } finally {
    await running.stop();
  }
}

async function list({ store }: RunServices, limit: number, json: boolean): Promise<number> {
  const runs = await store.runs(limit);
  if (json) await writeOut(`${JSON.stringify(runs, null, 2)}\n`);
  else
    for (const { id, state, phase, startedAt } of runs)
      await writeOut(`${id.padEnd(28)}${state.padEnd(11)}${(phase ?? '').padEnd(12)}${startedAt}\n`);
  return 0;
}

async function show({ store }: RunServices, id: string, json: boolean): Promise<number> {
  const found = await store.run(id);
  if (found === undefined) throw new WrongUse(`there is no run ${id}`);
  if (json) {
    await writeOut(`${JSON.stringify(found, null, 2)}\n`);
    return 0;
  }
  await writeOut(`${found.id}  ${found.state}  since ${found.startedAt}\n`);
  for (const phase of found.phases) {
    await writeOut(`${progressLine(phase.phase, phase, { doneAtStart: 0, elapsedMs: 0 }, found.state)}\n`);
    for (const [name, n] of Object.entries(phase.counts))
      await writeOut(`    ${name.padEnd(24)}${String(n).padStart(10)}\n`);
    for (const result of phase.results) await writeOut(`    ${JSON.stringify(result)}\n`);
  }
  return 0;
}
