// The logs of curation on disk: only ever appended to, faults with their line, texts outside the repository.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { curationFiles } from '../../../src/adapters/files/curation-files.js';
import type { CurationEvent } from '../../../src/evidence/curate/event.js';

const who = { at: '2026-11-29T07:00:00Z', by: 'A', why: 'w' };
const found: CurationEvent = { event: 'found', ...who, document: 'x', pmid: null, text: 'h', triage: {} };

describe('curation files', () => {
  test('append keeps every earlier byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'curation-'));
    const store = curationFiles(folder);
    store.append('one', [found]);
    const before = readFileSync(join(folder, 'curation/one.ndjson'), 'utf8');
    store.append('one', [{ event: 'excluded', ...who }]);
    expect(readFileSync(join(folder, 'curation/one.ndjson'), 'utf8').startsWith(before)).toBe(true);
    expect(store.events('one').map(({ event }) => event)).toEqual(['found', 'excluded']);
    expect(store.ids()).toEqual(['one']);
    expect(store.events('two')).toEqual([]);
  });

  test('an edited or cut log is a fault with its line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'curation-'));
    const store = curationFiles(folder);
    store.append('one', [found]);
    appendFileSync(join(folder, 'curation/one.ndjson'), '{"event":"accepted","at":"x"}\n{"event"');
    expect(() => store.events('one')).toThrow(/one\.ndjson:2: [\s\S]*one\.ndjson:3: is not JSON/);
  });

  test('a text stays out of git, and one that was changed is not shown', () => {
    const folder = mkdtempSync(join(tmpdir(), 'curation-'));
    const store = curationFiles(folder);
    const hash = store.keepText('A text.');
    expect(store.text(hash)).toBe('A text.');
    expect(readFileSync(join(folder, 'curation/.texts/.gitignore'), 'utf8')).toBe('*\n');
    expect(store.ids()).toEqual([]);
    const [name = ''] = readdirSync(join(folder, 'curation/.texts')).filter((n) => n.endsWith('.txt'));
    writeFileSync(join(folder, 'curation/.texts', name), 'Another.');
    expect(store.text(hash)).toBeUndefined();
  });
});
