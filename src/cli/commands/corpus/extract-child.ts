// A process that reads documents for `corpus extract`: groups of documents in, their lines out. It may be killed at any time.
import { watchChild } from '../../../adapters/process/watch-child.js';
import type { LiteratureDocument } from '../../../domain/literature.js';
import { documentLines, type LineFormat } from './extract-line.js';
import { openReaders, type ReadersWanted } from './extract-readers.js';

export interface ChildTask {
  readonly wanted: ReadersWanted;
  readonly format: LineFormat;
}

export interface ReadGroup {
  readonly id: number;
  readonly documents: readonly LiteratureDocument[];
}

export type ChildSays =
  | { readonly id: number; readonly lines: readonly string[] }
  /** Why there is no triage. */
  | { readonly tell: string };

watchChild();
const task = JSON.parse(process.argv[2] ?? '') as ChildTask;
const say = (message: ChildSays): void => {
  process.send?.(message);
};
const readers = openReaders(task.wanted, (tell) => say({ tell }));
process.on('message', async ({ id, documents }: ReadGroup) => {
  const lines = await documentLines(documents, await readers, task.format);
  say({ id, lines });
});
process.on('disconnect', () => process.exit(0));
