// The golden patients of a checkout (test/cases/<cancer>/<slug>/{history,expected}.json), as data.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GoldenFile {
  readonly name: string;
  readonly history: string;
  readonly expected: unknown;
}

export function readGoldenFiles(folder: string): readonly GoldenFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('/expected.json'))
    .map((path) => path.slice(0, -'/expected.json'.length))
    .filter((name) => existsSync(join(folder, name, 'history.json')))
    .sort()
    .map((name) => ({
      name,
      history: readFileSync(join(folder, name, 'history.json'), 'utf8'),
      expected: JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as unknown,
    }));
}
