// `shipa kill` and `shipa unkill`: stops one indication or one model at once, with a reason, for every process.
import { parseArgs } from 'node:util';
import { readRelease } from '../../adapters/files/release.js';
import { findModel } from '../../adapters/files/release-files.js';
import { appendStop, readStops } from '../../adapters/files/stop-file.js';
import { openStore } from '../../adapters/postgres/store.js';
import { signatureFaults } from '../../app/release-log.js';
import { type StopEntry, stopsOf } from '../../app/stop-log.js';
import { modelsDirectory } from '../project.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
stop one indication or one model at once, with a reason

shipa kill indication ID --by NAME --why TEXT
shipa kill model ID@VERSION --by NAME --why TEXT
shipa kill list [--format text|json]
shipa unkill indication|model ID --by NAME --why TEXT

A stopped indication is left out and said so in "excluded" and in the notes; a stopped model gives no numbers, and the record says so.
Written to models/stops.jsonl, which every process looks at before each answer, and with DATABASE_URL to the store of the cluster, which
its processes ask every two seconds. Records made meanwhile name it in "versions".
`;

export const run = (args: string[]): Promise<number> => act('stop', args);

export async function act(action: StopEntry['action'], args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      by: { type: 'string', default: '' },
      why: { type: 'string', default: '' },
      format: { type: 'string', default: 'text' },
    },
  });
  const [kind, id] = positionals;
  if (action === 'stop' && kind === 'list' && id === undefined) return list(values.format);
  if ((kind !== 'indication' && kind !== 'model') || id === undefined || positionals.length > 2)
    throw new WrongUse('say "indication ID" or "model ID@VERSION"; "shipa kill --help" tells more');
  const faults = signatureFaults({ by: values.by, role: 'operator', why: values.why });
  if (faults.length > 0) throw new WrongUse(faults.join('; '));
  if (action === 'stop') requireKnown(kind, id);
  else if (!(await stopped()).some((s) => s.kind === kind && s.id === id))
    throw new Error(`${kind} ${id} is not stopped`);
  const entry: StopEntry = {
    action,
    kind,
    id,
    by: values.by.trim(),
    why: values.why.trim(),
    at: new Date().toISOString(),
  };
  const { DATABASE_URL: url } = process.env;
  if (url !== undefined && url !== '') {
    const store = await openStore(url, { connections: 1 });
    await store.addStop(entry).finally(() => store.close());
  }
  appendStop(modelsDirectory, entry);
  process.stdout.write(
    `${kind} ${id} ${action === 'stop' ? 'stopped' : 'lifted'} by ${entry.by} at ${entry.at}: ${entry.why}\n`,
  );
  return 0;
}

async function stopped() {
  const { DATABASE_URL: url } = process.env;
  if (url === undefined || url === '') return stopsOf(readStops(modelsDirectory));
  const store = await openStore(url, { connections: 1 });
  const entries = await store.stopEntries().finally(() => store.close());
  return stopsOf([...readStops(modelsDirectory), ...entries]);
}

async function list(format: string): Promise<number> {
  const all = await stopped();
  if (format === 'json') process.stdout.write(`${JSON.stringify(all)}\n`);
  else if (all.length === 0) process.stdout.write('nothing is stopped\n');
  else for (const s of all) process.stdout.write(`${s.kind} ${s.id}: stopped ${s.at} by ${s.by}: ${s.why}\n`);
  return 0;
}

function requireKnown(kind: 'indication' | 'model', id: string): void {
  if (kind === 'model') return void findModel(modelsDirectory, id);
  const known = readRelease(modelsDirectory).corpus.cancers.some((c) => c.indications.some((i) => i.id === id));
  if (!known) throw new Error(`the released corpus has no indication "${id}"`);
}
