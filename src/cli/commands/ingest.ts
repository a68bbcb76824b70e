// `shipa ingest`: histories of files and folders into the store; resumable, idempotent, faults listed with file and line.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { historyFiles } from '../../adapters/files/history-files.js';
import { planIngest } from '../../app/ingest.js';
import { grouped } from '../../app/progress.js';
import { runPhase } from '../../app/run-pilot.js';
import { DEFAULT_DATA, DEFAULT_WORKERS, openRunServices, phaseBasics, untilInterrupted } from '../run-services.js';
import { progressDisplay } from '../show-progress.js';
import { stopped } from '../stopped.js';
import { whole } from '../whole.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
histories of files and folders into the store

shipa ingest PATH... [--data DIR] [--workers W]
  PATH           FHIR R4 Bundles: .json (one each), .ndjson (one a line), or a folder of them
  --data DIR     embedded services (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead
  --workers W    worker processes to start here (default ${DEFAULT_WORKERS}; 0 in a cluster, which has its own)

A history that is there already changes nothing; a newer one supersedes the older, which is kept. What cannot be read is
listed with file, line and place, and stops nothing. Exit status 1 when there was any. Ctrl-C stops; the same command goes on.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { data: { type: 'string', default: DEFAULT_DATA }, workers: { type: 'string' } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new WrongUse('name at least one PATH');
  const files = historyFiles();
  const found = await files.list(positionals);
  if (found.length === 0) throw new WrongUse(`no .json or .ndjson file in ${positionals.join(', ')}`);
  const { signal, fail } = untilInterrupted();
  const running = await openRunServices({ data: values.data, visit: true, fail });
  try {
    const { store, services } = running;
    const workers = values.workers ?? String(services.mode === 'embedded' ? DEFAULT_WORKERS : 0);
    running.startWorkers(whole(workers, '--workers', 0, 64));
    // The same files, unchanged, are the same run: begun again it goes on, done it is done.
    const id = `ingest-${createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 12)}`;
    await store.openRun({ id, kind: 'ingest', params: { files: found.length } });
    const display = progressDisplay();
    const { counts } = await runPhase({ ...phaseBasics(running, signal), report: display.report }, id, 'ingest', () =>
      planIngest(
        files,
        found.map((f) => f.file),
      ),
    );
    const failures = await store.failures(id);
    await store.endRun(id, failures.length === 0 ? 'done' : 'failed');
    const faults = await store.faults(id, 1_000);
    for (const fault of faults.first) process.stderr.write(`${fault.place}: ${fault.message}\n`);
    if (faults.total > faults.first.length)
      process.stderr.write(`and ${grouped(faults.total - faults.first.length)} more faults\n`);
    for (const failure of failures) process.stderr.write(`FAILED chunk ${failure.ordinal}: ${failure.error}\n`);
    const n = (name: string): string => grouped(counts[name] ?? 0);
    process.stdout.write(
      `ingested ${n('ingested')} histories (${n('superseding')} newer or older versions of known patients), ` +
        `${n('unchanged')} unchanged, ${n('faulty')} documents with faults\n`,
    );
    return faults.total + failures.length > 0 ? 1 : 0;
  } catch (error) {
    return await stopped(error, signal, running);
  } finally {
    await running.stop();
  }
}
