// `shipa jobs dead` and `shipa jobs retry`: what was given up, and trying it again.
import { parseArgs } from 'node:util';
import type { DeadLetter } from '../../../app/run-ports.js';
import type { Phase } from '../../../app/store-ports.js';
import { doPhase, WORK_OPTIONS, withWorkers } from '../../do-work.js';
import { openRunServices } from '../../run-services.js';
import { writeOut } from '../../write-out.js';
import { WrongUse } from '../../wrong-use.js';

const MOST = 10_000;

export async function dead(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: WORK_OPTIONS.data, format: { type: 'string', default: 'text' } },
  });
  const [run] = positionals;
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const { total, first } = await running.store.deadLetters(MOST, run);
    for (const letter of first)
      await writeOut(values.format === 'ndjson' ? `${JSON.stringify(letter)}\n` : `${inWords(letter)}\n`);
    process.stderr.write(
      total === 0 ? 'nothing was given up\n' : `${total} given up; "shipa jobs retry" tries them again\n`,
    );
    return 0;
  } finally {
    await running.stop();
  }
}

function inWords({ run, phase, ordinal, patients, error, task }: DeadLetter): string {
  return `${run}  ${phase} chunk ${ordinal}, ${patients} ${patients === 1 ? 'patient' : 'patients'}, ${placeOf(task)}: ${error}`;
}

/** Where in the input or the store: file and lines, documents, ids of the store. */
function placeOf(task: DeadLetter['task']): string {
  const { file, name, firstLine, documents, part, from, to, patients } = task as Readonly<Record<string, unknown>> & {
    readonly part?: { readonly from: number; readonly to: number };
  };
  const some = part === undefined ? undefined : { from: part.from, to: part.to - 1 };
  const range = (a: number, b: number): string => (a === b ? String(a) : `${a} to ${b}`);
  if (typeof firstLine === 'number') {
    const lines =
      some === undefined ? `from line ${firstLine}` : `near line ${range(firstLine + some.from, firstLine + some.to)}`;
    return `${String(name ?? file)} ${lines}`;
  }
  if (Array.isArray(documents)) {
    const named = some === undefined ? documents : documents.slice(some.from, some.to + 1);
    return named
      .map((d: unknown) => (typeof d === 'string' ? d : String((d as { file?: unknown }).file)))
      .slice(0, 5)
      .join(', ');
  }
  if (Array.isArray(patients)) return `stored patients ${patients.slice(0, 5).join(', ')}`;
  if (typeof from === 'number' && typeof to === 'number') return `stored patients ${range(from, to)}`;
  return typeof file === 'string' ? file : JSON.stringify(task);
}

export async function retry(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...WORK_OPTIONS, all: { type: 'boolean', default: false } },
  });
  if (positionals.length === 0 && !values.all) throw new WrongUse('name runs, or --all');
  return withWorkers(values, async (running, signal) => {
    const { first } = await running.store.deadLetters(MOST);
    const wanted = first.filter(({ run }) => values.all || positionals.includes(run));
    const strangers = positionals.filter((run) => !wanted.some((letter) => letter.run === run));
    if (strangers.length > 0) throw new WrongUse(`nothing of ${strangers.join(', ')} was given up`);
    const phases = new Map(
      wanted.map(({ run, phase }): [string, { run: string; phase: Phase }] => [`${run} ${phase}`, { run, phase }]),
    );
    let code = 0;
    for (const { run: id, phase } of phases.values()) {
      const run = await running.store.run(id);
      if (run === undefined) continue;
      await running.lasting.forgive(id);
      code = Math.max(code, await doPhase(running, signal, run, phase, []));
    }
    return code;
  });
}
