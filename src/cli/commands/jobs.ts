// `shipa jobs ...`: the kinds of work, what waits, what was given up, and work that a person asks for.
import { parseArgs } from 'node:util';
import { QUEUE_TABLE } from '../../../workers/job-type.js';
import { JOBS, QUEUES } from '../../../workers/jobs.js';
import { WORK_HELP, WORK_OPTIONS } from '../do-work.js';
import { openRunServices } from '../run-services.js';
import { writeOut } from '../write-out.js';
import { WrongUse } from '../wrong-use.js';
import { dead, retry } from './jobs/dead.js';
import { doJob } from './jobs/do.js';

export const help = `
kinds of work, what waits, what was given up; retry it, or ask for more

shipa jobs [--format text|json]
    the table of jobs and the depth of each queue
shipa jobs do normalise                          reads all stored histories again: what is not understood, by patient
shipa jobs do rescore --patient ID... | --leaning STUDY
                                                 scores them again at once, before a running batch; by the study that was retracted
shipa jobs do cohort [FILTER]                    counts over the stored patients, kept with the run
shipa jobs do export FILE [--format ndjson|csv] [FILTER]
                                                 the current recommendations, a line a patient (also: shipa export FILE)
shipa jobs do extract FILE... --out FOLDER       literature to lines of results with spans (FILE.ndjson each)
shipa jobs do synthesize CONTRASTS.csv [--method DL|REML|PM] [--reference T] [--small-values desirable|undesirable]
shipa jobs do compile [--dir CORPUS] [--id ID] [--version V]
                                                 builds a model; it is not released by this
    FILTER: --cancer CODE..., --stage, --band, --status, --region. What is made is printed as JSON lines and stays with the run.
shipa jobs dead [RUN] [--format text|ndjson]     what was given up, with place and reason
shipa jobs retry RUN... | --all                  tries it again, to the end
shipa jobs pause QUEUE | resume QUEUE            no worker takes a job of it meanwhile (${Object.keys(QUEUE_TABLE).join(', ')})

${WORK_HELP.slice(1)}
Files must be under the same path for the workers.
`;

export async function run(args: string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === 'do') return doJob(rest);
  if (first === 'dead') return dead(rest);
  if (first === 'retry') return retry(rest);
  if (first === 'pause' || first === 'resume') return turn(first, rest);
  if (first !== undefined && !first.startsWith('-'))
    throw new WrongUse(`jobs takes do, dead, retry, pause or resume; not "${first}"`);
  return list(args);
}

async function list(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: WORK_OPTIONS.data, format: { type: 'string', default: 'text' } },
  });
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const depths = await Promise.all(
      QUEUES.map(async (name) => {
        const queue = running.queueOf(name);
        const { failed: _, ...counts } = await queue.counts();
        return { queue: name, ...counts, paused: await queue.isPaused() };
      }),
    );
    const { total } = await running.store.deadLetters(1);
    if (values.format === 'json') {
      const jobs = JOBS.map(({ name, queue, does, attempts, backoffMs, priority }) => ({
        name,
        queue,
        does,
        attempts,
        backoffMs,
        priority,
      }));
      await writeOut(`${JSON.stringify({ jobs, queues: depths, dead: total }, null, 2)}\n`);
      return 0;
    }
    const jobLines = JOBS.map(
      (job) =>
        `  ${job.name.padEnd(11)}${job.queue.padEnd(10)}${String(job.attempts).padStart(5)}${String(job.priority).padStart(9)}  ${job.does}`,
    );
    const queueLines = depths.map(
      (d) =>
        `  ${d.queue.padEnd(11)}${[d.waiting, d.active, d.delayed].map((n) => String(n).padStart(8)).join('')}${d.paused ? '   paused' : ''}`,
    );
    await writeOut(
      [
        '  job        queue     tries priority',
        ...jobLines,
        '',
        '  queue       waiting running delayed',
        ...queueLines,
        '',
        `  given up: ${total}${total > 0 ? ' ("shipa jobs dead")' : ''}`,
        '',
      ].join('\n'),
    );
    return 0;
  } finally {
    await running.stop();
  }
}

async function turn(word: 'pause' | 'resume', args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: WORK_OPTIONS.data } });
  const [name] = positionals;
  const queue = QUEUES.find((known) => known === name);
  if (queue === undefined) throw new WrongUse(`${word} wants one of ${QUEUES.join(', ')}; not "${name ?? ''}"`);
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    await running.queueOf(queue)[word]();
    process.stderr.write(
      `the queue ${queue} is ${word === 'pause' ? 'paused; running chunks are finished' : 'going on'}\n`,
    );
    return 0;
  } finally {
    await running.stop();
  }
}
