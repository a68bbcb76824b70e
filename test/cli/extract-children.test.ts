// Documents read by child processes: in order, and one that hangs or kills its process costs only itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plainDocument } from '../../src/adapters/pubmed/plain-text.js';
import { startChildren } from '../../src/cli/commands/corpus/extract-children.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-children-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Answers each text with itself; "hang" never comes back, "die" ends the process. */
const child = join(folder, 'child.mjs');
writeFileSync(
  child,
  `process.on('message', ({ id, documents }) => {
    for (const { text } of documents) { if (text === 'hang') for (;;); if (text === 'die') process.exit(7); }
    process.send({ tell: 'no triage' });
    process.send({ id, lines: documents.map((d) => d.text) });
  });
  process.on('disconnect', () => process.exit(0));`,
);
const task = { wanted: { corpus: folder, triage: true }, format: { format: 'ndjson', printText: false } } as const;
const documents = (...texts: string[]) => texts.map((text) => plainDocument(text, text));

test('gives the lines in order, and says once what the processes say', async () => {
  const told: string[] = [];
  const children = startChildren(2, task, (why) => told.push(why), { memoryMb: 64, milliseconds: 20_000 }, child);
  const groups = await Promise.all([documents('a', 'b'), documents('c'), documents('d', 'e')].map(children.read));
  children.close();
  expect(groups.flat()).toEqual(['a', 'b', 'c', 'd', 'e'].map((line) => ({ line })));
  expect(told).toEqual(['no triage']);
});

test('loses only the document that hangs or ends its process', async () => {
  const children = startChildren(1, task, () => {}, { memoryMb: 64, milliseconds: 1500 }, child);
  const [first, second, third] = await Promise.all([
    children.read(documents('a', 'hang', 'b')),
    children.read(documents('c', 'die')),
    children.read(documents('d')),
  ]);
  children.close();
  expect(first).toEqual([{ line: 'a' }, { lost: 'was not read within 1.5 s' }, { line: 'b' }]);
  expect(second[0]).toEqual({ line: 'c' });
  expect(second[1]).toEqual({ lost: expect.stringContaining('exit code 7') });
  expect(third).toEqual([{ line: 'd' }]);
});
