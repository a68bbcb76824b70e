// corpus/curation/: one NDJSON log a document, only ever appended to; and beside it, out of the repository, the texts under review
// (publishers' texts stay on the machine that read them).
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CurationStore } from '../../app/curation-ports.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { CurationEvent } from '../../evidence/curate/event.js';

export function curationFiles(corpus: string): CurationStore {
  const folder = join(corpus, 'curation');
  const texts = join(folder, '.texts');
  const log = (id: string): string => join(folder, `${id}.ndjson`);
  return {
    ids() {
      if (!existsSync(folder)) return [];
      return readdirSync(folder)
        .filter((name) => name.endsWith('.ndjson'))
        .map((name) => name.slice(0, -'.ndjson'.length))
        .sort();
    },
    events(id) {
      return existsSync(log(id)) ? readLog(log(id), `corpus/curation/${id}.ndjson`) : [];
    },
    append(id, events) {
      mkdirSync(folder, { recursive: true });
      appendFileSync(log(id), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    },
    keepText(text) {
      const hash = hashOf(text);
      mkdirSync(texts, { recursive: true });
      writeFileSync(join(texts, '.gitignore'), '*\n');
      writeFileSync(join(texts, `${hash}.txt`), text);
      return hash;
    },
    text(hash) {
      const path = join(texts, `${hash}.txt`);
      if (!existsSync(path)) return undefined;
      const text = readFileSync(path, 'utf8');
      // A text that was changed would show its spans at the wrong places.
      return hashOf(text) === hash ? text : undefined;
    },
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @throws FaultyInput with every line that is no event */
function readLog(path: string, shown: string): CurationEvent[] {
  const faults: Fault[] = [];
  const events = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, i): CurationEvent[] => {
      if (line.trim() === '') return [];
      const place = `${shown}:${i + 1}`;
      let json: unknown;
      try {
        json = JSON.parse(line);
      } catch {
        faults.push({ place, message: 'is not JSON: the log was edited or cut short' });
        return [];
      }
      const event = CurationEvent.safeParse(json);
      if (event.success) return [event.data];
      for (const issue of event.error.issues)
        faults.push({ place, message: `${issue.path.join('.')}: ${issue.message}` });
      return [];
    });
  if (faults.length > 0) throw new FaultyInput(faults);
  return events;
}
