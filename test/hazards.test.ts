// docs/hazards.md: what it names as evidence exists. A hazard whose test was renamed away is a hazard without a control.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs/hazards.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| H\d+ /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const rules = readdirSync(join(root, 'corpus/safety'))
  .map((file) => readFileSync(join(root, 'corpus/safety', file), 'utf8'))
  .join('\n');

interface Evidence {
  readonly file: string;
  readonly title: string;
}
const testsOf = (cell: string): readonly Evidence[] =>
  [...cell.matchAll(/`(test\/[^`]+\.ts)`(?: "(.*?)"(?=;| *$))?/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));
const rulesOf = (cell: string): readonly string[] => [...cell.matchAll(/rule:([a-z0-9-]+)/g)].map(([, id = '']) => id);

describe('the hazard log', () => {
  it('has its ids once, in order, with severity, probability and a control each', () => {
    expect(rows.map((r) => r[1])).toEqual(rows.map((_, i) => `H${String(i + 1).padStart(2, '0')}`));
    for (const row of rows) {
      expect(row).toHaveLength(10);
      expect(row[4]).toMatch(/^S[1-4]$/);
      expect(row[5]).toMatch(/^P[1-3]$/);
      expect(row[8]).toMatch(/^P[1-3]/);
      expect(row[6]?.length).toBeGreaterThan(5);
    }
  });
  it.each(rows.map((row) => [row[1] ?? '', row[7] ?? ''] as const))(
    '%s names tests and rules that exist',
    (_id, cell) => {
      const [tests, ids] = [testsOf(cell), rulesOf(cell)];
      expect(tests.length + ids.length).toBeGreaterThan(0);
      for (const { file, title } of tests) {
        expect(existsSync(join(root, file)), file).toBe(true);
        expect(title, `${file} without the name of a test`).not.toBe('');
        expect(readFileSync(join(root, file), 'utf8'), file).toContain(title);
      }
      for (const id of ids) expect(rules, id).toMatch(new RegExp(`^- id: ${id}$|^  id: ${id}$`, 'm'));
    },
  );
});
