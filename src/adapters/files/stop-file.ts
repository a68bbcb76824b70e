// models/stops.jsonl: the kill switch of every process that sees this folder, `recommend` without server or database included.
import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readStopLog, type StopEntry, stopsOf } from '../../app/stop-log.js';
import type { Stop } from '../../domain/stop.js';

const pathOf = (models: string): string => join(models, 'stops.jsonl');

export interface StopSwitch {
  /** What is stopped now. The same array as long as nothing changed; the file is looked at on every call. */
  readonly now: () => readonly Stop[];
  /** Entries from elsewhere (the database of a cluster), which replace those given before. */
  readonly hear: (entries: readonly StopEntry[]) => void;
}

export function stopSwitch(models: string): StopSwitch {
  let [stamp, shown] = ['', ''];
  let [own, heard]: [readonly StopEntry[], readonly StopEntry[]] = [[], []];
  let stops: readonly Stop[] = [];
  const tell = (): void => {
    const next = stopsOf([...own, ...heard]);
    const text = JSON.stringify(next);
    if (text !== shown) stops = next;
    shown = text;
  };
  return {
    now: () => {
      const seen = stampOf(pathOf(models));
      if (seen !== stamp) {
        own = readStops(models);
        stamp = seen;
        tell();
      }
      return stops;
    },
    hear: (entries) => {
      heard = entries;
      tell();
    },
  };
}

export const readStops = (models: string): readonly StopEntry[] =>
  existsSync(pathOf(models)) ? readStopLog(readFileSync(pathOf(models), 'utf8'), pathOf(models)) : [];

export const appendStop = (models: string, entry: StopEntry): void =>
  appendFileSync(pathOf(models), `${JSON.stringify(entry)}\n`, { flush: true });

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.mtimeNs} ${stat.size}`;
}
