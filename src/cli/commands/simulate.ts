// `shipa simulate`: synthetic oncology histories as NDJSON of mCODE Bundles, streamed.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readRecord } from '../../adapters/files/yaml-records.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { Registry } from '../../simulation/registry.js';
import { simulateLine } from '../../simulation/simulate.js';
import { corpusDirectory } from '../project.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
synthetic oncology histories (NDJSON of mCODE Bundles)

shipa simulate --patients N [--seed S] [--out PATH] [--from INDEX]
  --patients N   how many
  --seed S       the same seed gives the same histories (default 1)
  --out PATH     file to write (default: standard output)
  --from INDEX   start at this patient of the cohort (default 0)
`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      patients: { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      from: { type: 'string', default: '0' },
    },
  });
  const patients = whole(values.patients, '--patients');
  await simulateTo(values.out, patients, whole(values.seed, '--seed'), whole(values.from, '--from'));
  return 0;
}

/** Writes patients `from` to `from + patients - 1` of the cohort, never faster than the file takes them. */
export async function simulateTo(path: string | undefined, patients: number, seed: number, from = 0): Promise<void> {
  const registry = loadRegistry();
  const out = path === undefined ? process.stdout : createWriteStream(path);
  for (let index = from; index < from + patients; index++)
    if (!out.write(`${simulateLine(registry, seed, index)}\n`)) await once(out, 'drain');
  if (path !== undefined) {
    out.end();
    await finished(out);
  }
}

export function loadRegistry(): Registry {
  const faults: Fault[] = [];
  const file = 'registry/kazakhstan.yaml';
  const registry = readRecord(join(corpusDirectory, file), `corpus/${file}`, Registry, faults);
  if (registry === undefined || faults.length > 0) throw new FaultyInput(faults);
  return registry.value;
}

function whole(text: string | undefined, option: string): number {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value) || value < 0) throw new WrongUse(`${option} wants a whole number`);
  return value;
}
