// A researcher's typing slips are answered with file and line, all at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readRecord, readRecords } from '../../../src/adapters/files/yaml-records.js';
import { Criterion } from '../../../src/domain/corpus/criterion.js';
import type { Fault } from '../../../src/domain/faults.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-yaml-'));
afterAll(() => rmSync(folder, { recursive: true }));

const Item = z.object({ id: z.string(), n: z.number(), criteria: Criterion.optional() }).strict();

function read(text: string): { ids: string[]; places: string[]; faults: Fault[] } {
  const path = join(folder, 'items.yaml');
  writeFileSync(path, text);
  const faults: Fault[] = [];
  const records = readRecords(path, 'corpus/items.yaml', Item, faults);
  return { ids: records.map((r) => r.value.id), places: records.map((r) => r.place), faults };
}

describe('readRecords', () => {
  test('keeps the good records and names line and field of every fault of the others', () => {
    const { ids, places, faults } = read('- id: a\n  n: 1\n- id: b\n  n: two\n  extra: 3\n- id: c\n  n: 3\n');
    expect(ids).toEqual(['a', 'c']);
    expect(places).toEqual(['corpus/items.yaml:1', 'corpus/items.yaml:6']);
    expect(faults.map((f) => f.place)).toContain('corpus/items.yaml:4');
    expect(faults.some((f) => f.message.includes('b:') && f.message.includes('extra'))).toBe(true);
  });

  test('finds the line of a fault deep inside a criterion', () => {
    const { faults } = read(
      '- id: a\n  n: 1\n  criteria:\n    all:\n      - stage: [II]\n      - prior:\n          drugs: letrozole\n',
    );
    expect(faults).toHaveLength(1);
    expect(faults[0]?.place).toMatch(/^corpus\/items\.yaml:[67]$/);
  });

  test('tells a file that is not YAML, a repeated key and a file that is no list', () => {
    expect(read('- id: [a\n').faults.length).toBeGreaterThan(0);
    expect(read('- id: a\n  id: b\n  n: 1\n').faults[0]?.place).toBe('corpus/items.yaml:2');
    expect(read('id: a\n').faults[0]?.message).toContain('list of records');
  });

  test('reads an empty file as no records', () => {
    expect(read('# nothing yet\n')).toEqual({ ids: [], places: [], faults: [] });
  });
});

describe('readRecord', () => {
  test('reads a file that is one record', () => {
    const path = join(folder, 'one.yaml');
    writeFileSync(path, 'id: only\nn: 1\n');
    const faults: Fault[] = [];
    expect(readRecord(path, 'one.yaml', Item, faults)?.value.id).toBe('only');
    expect(faults).toEqual([]);
  });
});
