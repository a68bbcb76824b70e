// Changes of a corpus file that leave every other line alone.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addKey, addToList, appendRecord, CannotEdit, supersede } from '../../../src/adapters/files/yaml-edit.js';
import { corpusDirectory } from '../../../src/cli/project.js';

const FILE = `# Head.
- id: one
  name: One   # a remark
  studies: [a, b]
  results:
    - outcome: OS
      arms: [x, y]
    - {outcome: PFS, arms: [x, y]}

# Between.
- id: two
  name: 'Two'
  list:
    - 1
`;
const added = (before: string, after: string): string[] => {
  const old = before.split('\n');
  return after.split('\n').filter((line) => !old.includes(line));
};

describe('yaml edit', () => {
  test('adds a key at the end of its record', () => {
    const after = addKey(FILE, 'one', 'retracted', { on: '2026-01-01', why: 'because' });
    expect(added(FILE, after)).toEqual(['  retracted:', '    on: 2026-01-01', '    why: because']);
    expect(parse(after)[0].retracted).toEqual({ on: '2026-01-01', why: 'because' });
    expect(after).toContain('# a remark');
    expect(after.indexOf('retracted')).toBeLessThan(after.indexOf('# Between'));
  });

  test('adds to a list in the style that the list has', () => {
    expect(added(FILE, addToList(FILE, 'one', 'studies', 'c'))).toEqual(['  studies: [a, b, c]']);
    expect(added(FILE, addToList(FILE, 'two', 'list', 2))).toEqual(['    - 2']);
    expect(parse(addToList(FILE, 'one', 'results', { outcome: 'EFS', arms: ['x', 'y'] }))[0].results).toHaveLength(3);
    expect(parse(addToList(FILE, 'two', 'studies', 'c'))[1].studies).toEqual(['c']);
  });

  test('supersedes a result written as a block or in braces', () => {
    expect(parse(supersede(FILE, 'one', 0))[0].results[0].state).toBe('superseded');
    expect(added(FILE, supersede(FILE, 'one', 1))).toEqual(['    - {outcome: PFS, arms: [x, y], state: superseded}']);
  });

  test('appends a record, and begins a file that is not there', () => {
    expect(parse(appendRecord(FILE, { id: 'three' }, '# x')).map((r: { id: string }) => r.id)).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(appendRecord(undefined, { id: 'three' }, '# x')).toBe('# x\n- id: three\n');
  });

  test('refuses what it cannot do, and never half does it', () => {
    expect(() => addKey(FILE, 'nine', 'a', 1)).toThrow(CannotEdit);
    expect(() => addKey(FILE, 'one', 'name', 1)).toThrow(/already/);
    expect(() => addToList(FILE, 'one', 'name', 1)).toThrow(/no list/);
    expect(() => supersede(FILE, 'one', 7)).toThrow(/no result 7/);
    expect(() => addKey('- {id: one}\n', 'one', 'a', 1)).toThrow(CannotEdit);
  });

  test('retracts, extends and supersedes every study of a real folder, each proved to change nothing else', () => {
    const folder = join(corpusDirectory, 'nsclc/studies');
    let studies = 0;
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const { id, results = [] } of parse(text) as { id: string; results?: { state?: string }[] }[]) {
        studies++;
        addKey(text, id, 'retracted', { on: '2026-01-01', why: 'test' });
        addToList(text, id, 'results', { outcome: 'OS', arms: ['a'], medians: { a: { months: 1 } } });
        for (const [i, { state }] of results.entries()) if (state === undefined) supersede(text, id, i);
      }
    }
    expect(studies).toBeGreaterThan(20);
  });
});
