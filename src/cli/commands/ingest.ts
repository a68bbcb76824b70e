// `shipa ingest`: histories of files, folders, exports and standard input into the store; resumable, idempotent, faults listed.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isAlive } from '../../adapters/embedded/process-table.js';
import { readHints } from '../../adapters/fhir/read-hints.js';
import { historyFiles } from '../../adapters/files/history-files.js';
import { isAddress } from '../../adapters/files/sources/bulk-manifest.js';
import {
  copiesAreThere,
  dropCopies,
  findSources,
  type HistorySource,
  identityOf,
  OUTPUT,
  openSources,
} from '../../adapters/files/sources/history-sources.js';
import { sweepSpool } from '../../adapters/files/sources/spool.js';
import { scanIdentities } from '../../app/identity.js';
import { planIngest } from '../../app/ingest.js';
import { grouped } from '../../app/progress.js';
import { runPhase } from '../../app/run-pilot.js';
import type { PhaseProgress } from '../../app/store-ports.js';
import { tellScan } from '../identity-words.js';
import { reportIngestion } from '../ingest-report.js';
import { leading, runLease } from '../leading.js';
import {
  DEFAULT_DATA,
  DEFAULT_WORKERS,
  openRunServices,
  phaseBasics,
  type RunServices,
  untilInterrupted,
} from '../run-services.js';
import { progressDisplay } from '../show-progress.js';
import { stopped } from '../stopped.js';
import { whole } from '../whole.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
histories of files, folders, exports and standard input into the store

shipa ingest PATH... [--identity] [--report FILE] [--spool DIR] [--data DIR] [--workers W]
  PATH           FHIR R4 Bundles: .json (one each), .ndjson (one a line), either with .gz, or a folder of them;
                 notes: .txt, .md or .pdf named one by one, or lines {"id","text"} of .ndjson;
                 the manifest of a FHIR Bulk Data export (a file, or its http(s) address); - for standard input
  --identity     then looks who is whom ("shipa identity scan"): an equal valid national number merges two records before they are scored
  --report FILE  every fault as NDJSON {"file","line","path","reason"} (default DIR/reports/RUN.ndjson)
  --spool DIR    where gzip, exports and standard input are copied to meanwhile (default DIR/spool); workers must see it
  --data DIR     embedded services (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead
  --workers W    worker processes to start here (default ${DEFAULT_WORKERS}; 0 in a cluster, which has its own)

A history that is there already changes nothing; a newer one supersedes the older, which is kept. What cannot be read is
listed with file, line and place, and stops nothing. Exit status 1 when there was any. Ctrl-C stops; the same command goes on.
SHIPA_BULK_TOKEN is sent to an export that asks for a token. Codes that no mapping knows: shipa codes unknown.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: DEFAULT_DATA },
      workers: { type: 'string' },
      identity: { type: 'boolean', default: false },
      report: { type: 'string' },
      spool: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new WrongUse('name at least one PATH');
  const files = historyFiles();
  const local = positionals.filter((path) => path !== '-' && !isAddress(path));
  // Before anything is started: a path that is not there.
  const listed = await files.list(local);
  if (listed.length === 0 && local.length === positionals.length)
    throw new WrongUse(`no .json or .ndjson file in ${positionals.join(', ')}`);
  const { signal, fail } = untilInterrupted();
  const running = await openRunServices({ data: values.data, visit: true, fail, over: () => signal.aborted });
  try {
    const { lasting: store, services } = running;
    const workers = values.workers ?? String(services.mode === 'embedded' ? DEFAULT_WORKERS : 0);
    running.startWorkers(whole(workers, '--workers', 0, 64));
    const spool = values.spool ?? join(services.dir.root, 'spool');
    // In a cluster the folder may be shared with another machine, whose processes are not seen from here.
    if (services.mode !== 'cluster') await sweepSpool(spool, isAlive);
    const sources = await findSources(positionals, files, spool);
    // The same files, unchanged, are the same run: begun again it goes on, done it is done.
    const id = `ingest-${identityOf(sources)}`;
    const display = progressDisplay();
    const open = async () => {
      const opened = await openSources(sources, spool);
      for (const remark of opened.remarks) process.stderr.write(`${remark}\n`);
      return opened;
    };
    const work = async (): Promise<PhaseProgress> => {
      await store.openRun({ id, kind: 'ingest', params: { files: sources.length } });
      if (await missedSome(store, id, sources)) await store.forgetPhase(id, 'ingest');
      if (await wantsCopies(store, id, sources, spool)) await open();
      return runPhase({ ...phaseBasics(running, signal), report: display.report }, id, 'ingest', async () => {
        const opened = await open();
        return planIngest(files, opened.files, opened.faults);
      });
    };
    const { counts } = await leading(running, signal, runLease(id), work, { run: id, display });
    const failures = await store.failures(id);
    await store.endRun(id, failures.length === 0 ? 'done' : 'failed');
    if (failures.length === 0) await dropCopies(sources, spool);
    const report = values.report ?? join(services.dir.root, 'reports', `${id}.ndjson`);
    const code = await reportIngestion({ store, id, counts, failures, report, always: values.report !== undefined });
    await lookWhoIsWhom(running, signal, values.identity);
    return code;
  } catch (error) {
    return await stopped(error, signal, running);
  } finally {
    await running.stop();
  }
}

/** Names and numbers are read when somebody asks for it (docs/decisions/0008); else it is told that nobody has. */
async function lookWhoIsWhom(running: RunServices, signal: AbortSignal, asked: boolean): Promise<void> {
  const { lasting: store } = running;
  if (asked) return tellScan(await leading(running, signal, 'identity', () => scanIdentities({ store, readHints })));
  const unread = await store.unreadCount();
  if (unread > 0)
    process.stderr.write(
      `${grouped(unread)} records were not yet compared with others: a person from two hospitals would be scored twice, by half ` +
        'a history each. "shipa identity scan" looks, or "ingest --identity".\n',
    );
}

/** True when an earlier command planned the run, something of it is left to do, and its copies are gone. */
async function wantsCopies(
  store: Awaited<ReturnType<typeof openRunServices>>['store'],
  id: string,
  sources: readonly HistorySource[],
  spool: string,
): Promise<boolean> {
  if (!(await store.isPlanned(id, 'ingest'))) return false;
  const { chunks } = await store.progress(id, 'ingest');
  return chunks.done < chunks.total && !(await copiesAreThere(sources, spool));
}

/** True when the run is over and a file of an export could not be had then: the server may have it now, and its manifest is the same. */
async function missedSome(
  store: Awaited<ReturnType<typeof openRunServices>>['store'],
  id: string,
  sources: readonly HistorySource[],
): Promise<boolean> {
  if (!sources.some(({ kind }) => kind === 'export') || !(await store.isPlanned(id, 'ingest'))) return false;
  const { chunks } = await store.progress(id, 'ingest');
  if (chunks.done < chunks.total) return false;
  for await (const { path } of store.inputFaults(id)) if (path.startsWith(`${OUTPUT}[`)) return true;
  return false;
}
