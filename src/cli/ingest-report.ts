// What an ingestion came to: every fault as NDJSON in a file, the first ones and the counts for the person.
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { InputFault } from '../app/ingest-ports.js';
import { grouped } from '../app/progress.js';
import type { Counts, Store } from '../app/store-ports.js';

export interface Ingestion {
  readonly store: Pick<Store, 'inputFaults' | 'unknownCodes'>;
  readonly id: string;
  readonly counts: Counts;
  readonly failures: readonly { readonly ordinal: number; readonly error: string }[];
  /** The file of the faults, written when there are any. */
  readonly report: string;
  /** Written even when there are none, as it was asked for by name. */
  readonly always: boolean;
}

const SHOWN = 20;
const CODES_SHOWN = 5;

/** Exit status: 1 when anything could not be read. */
export async function reportIngestion({ store, id, counts, failures, report, always }: Ingestion): Promise<number> {
  const total = await writeFaults(store.inputFaults(id), report, always, (fault) =>
    process.stderr.write(`${fault.place}: ${fault.message}\n`),
  );
  if (total > SHOWN) process.stderr.write(`and ${grouped(total - SHOWN)} more faults\n`);
  if (total > 0) process.stderr.write(`every fault: ${resolve(report)}\n`);
  for (const failure of failures) process.stderr.write(`FAILED chunk ${failure.ordinal}: ${failure.error}\n`);
  await showCodes(store, id);
  const n = (name: string): string => grouped(counts[name] ?? 0);
  process.stdout.write(
    `ingested ${n('ingested')} histories (${n('superseding')} newer or older versions of known patients), ` +
      `${n('unchanged')} unchanged, ${n('faulty')} documents with faults\n`,
  );
  return total + failures.length > 0 ? 1 : 0;
}

/** The number of faults; the file appears when there are any, or `always`. */
export async function writeFaults(
  faults: AsyncIterable<InputFault>,
  file: string,
  always: boolean,
  show: (fault: InputFault) => void,
): Promise<number> {
  let total = 0;
  let lines: string[] = [];
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  const beside = `${file}.${process.pid}.part`;
  const flush = async (): Promise<void> => {
    if (handle === undefined) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      handle = await open(beside, 'w', 0o600);
    }
    if (lines.length > 0) await handle.write(`${lines.join('\n')}\n`);
    lines = [];
  };
  try {
    for await (const fault of faults) {
      if (++total <= SHOWN) show(fault);
      lines.push(JSON.stringify({ file: fault.file, line: fault.line, path: fault.path, reason: fault.message }));
      if (lines.length === 1_000) await flush();
    }
    if (lines.length > 0 || always) await flush();
  } finally {
    await handle?.close();
  }
  if (handle !== undefined) await rename(beside, file);
  return total;
}

async function showCodes(store: Ingestion['store'], id: string): Promise<void> {
  const codes = await store.unknownCodes(id);
  if (codes.length === 0) return;
  const lost = codes.filter((code) => !code.byWords);
  const times = codes.reduce((sum, code) => sum + code.n, 0);
  process.stderr.write(
    `${grouped(codes.length)} codes that no mapping knows, met ${grouped(times)} times` +
      `${lost.length === 0 ? ', all understood by the words beside them' : `; nothing was understood of ${grouped(lost.length)} of them`}` +
      `: shipa codes unknown --run ${id}\n`,
  );
  for (const { place, system, code, n } of lost.slice(0, CODES_SHOWN))
    process.stderr.write(`  ${grouped(n).padStart(7)}  ${place}  ${system}|${code}\n`);
}
