// The cohort as a file, with poisoned lines among its own.
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seededRandom } from '../../src/stats/random.js';

/** Lines that are no JSON: the simulated hospital's transfers break now and then, and such a line is a fault and no patient. */
export async function brokenLines(cohort: string): Promise<number> {
  let broken = 0;
  for await (const line of createInterface({ input: createReadStream(cohort) })) if (!isJson(line)) broken++;
  return broken;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

export async function withPoison(
  cohort: string,
  patients: number,
  poison: readonly string[],
  to: string,
  seed: number,
): Promise<void> {
  const random = seededRandom(seed);
  const at = new Map<number, string[]>();
  for (const line of poison) {
    const place = random.below(patients);
    at.set(place, [...(at.get(place) ?? []), line]);
  }
  async function* lines(): AsyncGenerator<string> {
    let index = 0;
    for await (const line of createInterface({ input: createReadStream(cohort) })) {
      for (const bad of at.get(index++) ?? []) yield `${bad}\n`;
      yield `${line}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(to));
}
