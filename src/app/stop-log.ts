// The kill switch as an append-only log: each entry stops or lifts one indication or model. What holds is the last word on each.
import { z } from 'zod';
import type { Stop } from '../domain/stop.js';

export const StopEntry = z
  .object({
    action: z.enum(['stop', 'lift']),
    kind: z.enum(['indication', 'model']),
    id: z.string().min(1),
    by: z.string().min(1),
    why: z.string().min(1),
    at: z.string(),
  })
  .strict();
export type StopEntry = z.infer<typeof StopEntry>;

/** What is stopped now, by kind and id. Entries of two sources may stand in any order: the time of each decides. */
export function stopsOf(entries: readonly StopEntry[]): readonly Stop[] {
  const last = new Map<string, StopEntry>();
  for (const entry of [...entries].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)))
    last.set(`${entry.kind} ${entry.id}`, entry);
  return [...last.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { action, ...stop }]) => (action === 'stop' ? [stop] : []));
}

/** @throws Error with the line that is no entry: a broken kill switch must be seen, never read as "nothing is stopped". */
export const readStopLog = (text: string, name: string): readonly StopEntry[] =>
  text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [StopEntry.parse(JSON.parse(line))];
    } catch (cause) {
      throw new Error(`${name}, line ${i + 1}: is not an entry of the kill switch`, { cause });
    }
  });
