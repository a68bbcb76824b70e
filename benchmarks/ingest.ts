// Histories a second from a file into the store, by the path that `shipa ingest` and the pilot use: workers, queue, database and all.
// `node dist/benchmarks/ingest.js [--patients 20000] [--workers 2] [--seed 1] [--sizes 10000,50000,100000,200000]`. JSON lines on stdout, table on stderr.
// Bounds, in the same run on the same cores: bare JSON.parse of the same lines in as many processes, and bare COPY of the same rows by as
// many connections. Wall time and CPU time, as other work on the machine counts in the first and not in the second.
// --sizes goes on in the same store from one size to the next and then ingests the last part again: neither may be slower than the first.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { historyFiles } from '../src/adapters/files/history-files.js';
import { planIngest } from '../src/app/ingest.js';
import { openRunServices, type RunServices } from '../src/cli/run-services.js';
import { bareCopy } from './ingest/bare-copy.js';
import { bareParse } from './ingest/bare-parse.js';
import { type CohortFile, writeCohort } from './ingest/cohort-file.js';
import { type Measured, processTimes, since } from './ingest/measured.js';

const WARM_UP = 1_000;
/** The aim of issue 5, on two cores. */
const AIM = 5_000;

interface Part extends Measured {
  readonly name: 'ingest';
  readonly what: 'import' | 're-import';
  /** In the store before and after. */
  readonly from: number;
  readonly to: number;
  readonly histories: number;
  readonly resources: number;
}

interface Bound extends Measured {
  readonly name: 'ingest';
  readonly what: 'bare JSON.parse' | 'bare COPY';
  readonly histories: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      patients: { type: 'string', default: '20000' },
      workers: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      sizes: { type: 'string' },
    },
  });
  const workers = Number(values.workers);
  const folder = await mkdtemp(join(tmpdir(), 'shipa-bench-ingest-'));
  const running = await openRunServices({
    data: join(folder, 'data'),
    visit: false,
    fail: (error) => void process.stderr.write(`${error.message}\n`),
  });
  const emit = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  try {
    running.startWorkers(workers);
    await ingest(running, await writeCohort(folder, Number(values.seed) + 1, 0, WARM_UP), 'warm-up');
    const sizes = (values.sizes ?? values.patients).split(',').map(Number);
    const parts: Part[] = [];
    let from = 0;
    let cohort: CohortFile | undefined;
    for (const to of sizes) {
      if (cohort !== undefined) await rm(cohort.file);
      cohort = await writeCohort(folder, Number(values.seed), from, to);
      parts.push({
        name: 'ingest',
        what: 'import',
        from,
        to,
        ...counted(cohort),
        ...(await ingest(running, cohort, `import-${to}`)),
      });
      emit(parts[parts.length - 1] ?? {});
      from = to;
    }
    if (cohort === undefined) return;
    const again = await ingest(running, cohort, 're-import');
    parts.push({ name: 'ingest', what: 're-import', from, to: from, ...counted(cohort), ...again });
    emit(parts[parts.length - 1] ?? {});
    const parsed: Bound = {
      name: 'ingest',
      what: 'bare JSON.parse',
      histories: cohort.histories,
      ...(await bareParse(cohort.file, workers)),
    };
    const rows = await bareCopy(running.services.databaseUrl, workers, `import-${from}`);
    const copied: Bound = { name: 'ingest', what: 'bare COPY', ...rows };
    for (const bound of [parsed, copied]) emit(bound);
    emit(summary(parts, parsed, copied, workers));
    process.stderr.write(table(parts, parsed, copied, workers));
  } finally {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const counted = ({ histories, resources }: CohortFile) => ({ histories, resources });

/** From the uncut file to the last chunk done. */
async function ingest(
  { store, enqueue, workerPids, services }: RunServices,
  { file }: CohortFile,
  id: string,
): Promise<Measured> {
  const before = processTimes(workerPids(), services.dir.cluster);
  const began = performance.now();
  await store.openRun({ id, kind: 'ingest', params: {} });
  await store.planPhase(id, 'ingest', await planIngest(historyFiles(), [file]));
  await enqueue('ingest', id, await store.pending(id, 'ingest'));
  for (;;) {
    const { chunks } = await store.progress(id, 'ingest');
    if (chunks.failed > 0) throw new Error(`${chunks.failed} chunks failed`);
    if (chunks.done === chunks.total) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  return since(began, before, processTimes(workerPids(), services.dir.cluster));
}

const perSecond = (n: number, { seconds }: Measured): number => n / seconds;
/** What the cores would do with nothing else on them. */
const ofCores = (n: number, { cpuSeconds }: Measured, cores: number): number | null =>
  cpuSeconds === null || cpuSeconds === 0 ? null : (n * cores) / cpuSeconds;

function summary(parts: readonly Part[], parsed: Bound, copied: Bound, cores: number) {
  const imports = parts.filter((p) => p.what === 'import');
  const last = imports[imports.length - 1];
  const first = imports[0];
  const again = parts.find((p) => p.what === 're-import');
  if (last === undefined || first === undefined || again === undefined) throw new Error('nothing was measured');
  const cpu = ({ cpuSeconds, histories }: Measured & { histories: number }) => (cpuSeconds ?? Number.NaN) / histories;
  return {
    name: 'ingest',
    what: 'summary',
    historiesPerSecond: perSecond(last.histories, last),
    resourcesPerSecond: perSecond(last.resources, last),
    historiesPerSecondOfCpu: ofCores(last.histories, last, cores),
    ofBareParse: perSecond(last.histories, last) / perSecond(parsed.histories, parsed),
    ofBareParseByCpu: cpu(parsed) / cpu(last),
    ofBareCopy: perSecond(last.histories, last) / perSecond(copied.histories, copied),
    lastOverFirstByCpu: cpu(last) / cpu(first),
    reimportOverImportByCpu: cpu(again) / cpu(last),
    aim: AIM,
  };
}

function table(parts: readonly Part[], parsed: Bound, copied: Bound, cores: number): string {
  const number = (n: number | null, digits = 0): string =>
    (n === null
      ? '-'
      : n.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    ).padStart(12);
  const row = (name: string, histories: number, m: Measured, resources: number | null): string =>
    `  ${name.padEnd(30)}${number(perSecond(histories, m))}${number(resources === null ? null : perSecond(resources, m))}` +
    `${number(ofCores(histories, m, cores))}${number(m.cpuSeconds === null ? null : (1000 * m.cpuSeconds) / histories, 3)}` +
    `${number(m.databaseCpuSeconds === null ? null : (1000 * m.databaseCpuSeconds) / histories, 3)}`;
  const s = summary(parts, parsed, copied, cores);
  return [
    `  ${''.padEnd(30)}${['histories/s', 'resources/s', 'of cpu/s', 'cpu ms each', 'of it in db'].map((t) => t.padStart(12)).join('')}`,
    ...parts.map((p) =>
      row(p.what === 'import' ? `import ${p.from} to ${p.to}` : `the last part again`, p.histories, p, p.resources),
    ),
    row('bare JSON.parse (bound)', parsed.histories, parsed, null),
    row('bare COPY (bound)', copied.histories, copied, null),
    `  "of cpu/s": what ${cores} cores do with nothing else on them. Aim ${AIM} histories a second.`,
    `  share of bare JSON.parse ${(100 * s.ofBareParse).toFixed(0)} % (by CPU ${(100 * s.ofBareParseByCpu).toFixed(0)} %), of bare COPY ${(100 * s.ofBareCopy).toFixed(0)} %;` +
      ` last part over first ${s.lastOverFirstByCpu.toFixed(2)}, again over new ${s.reimportOverImportByCpu.toFixed(2)} (CPU each)`,
    '',
  ].join('\n');
}

await main();
