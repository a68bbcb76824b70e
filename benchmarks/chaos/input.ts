// The cohort as a file, with poisoned lines among its own.
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seededRandom } from '../../src/stats/random.js';

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
