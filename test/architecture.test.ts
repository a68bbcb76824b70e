// The layer rules of docs/design: who may import whom, and what a pure layer must not touch. A change here is a decision.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Own layers and outside packages that each layer may import. `node:` modules are listed by name; "*" is any. */
const RULES: Readonly<Record<string, { readonly layers: readonly string[]; readonly packages: readonly string[] }>> = {
  'src/domain': { layers: [], packages: ['zod'] },
  'src/stats': { layers: [], packages: [] },
  'src/core': { layers: ['src/domain', 'src/stats'], packages: [] },
  'src/evidence': { layers: ['src/domain', 'src/stats', 'src/core'], packages: ['natural', 'protobufjs', 'zod'] },
  'src/cohort': { layers: ['src/domain', 'src/stats'], packages: [] },
  'src/simulation': { layers: ['src/domain', 'src/stats'], packages: ['zod'] },
  'src/app': {
    layers: ['src/domain', 'src/stats', 'src/core', 'src/evidence', 'src/cohort', 'src/simulation'],
    packages: ['node:crypto', 'node:zlib', 'zod'],
  },
  'src/adapters': {
    layers: [
      'src/domain',
      'src/app',
      'src/core/normalize',
      'src/core/identity',
      'src/evidence/compile',
      'src/evidence/triage',
      'src/evidence/curate',
    ],
    packages: ['*'],
  },
  'src/report': { layers: ['src/domain'], packages: [] },
  'src/web': { layers: ['src/domain', 'src/report', 'src/app'], packages: [] },
};

const PURE = ['src/domain', 'src/stats', 'src/core', 'src/evidence', 'src/cohort', 'src/simulation', 'src/report'];

function files(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return files(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

const sources = files('src').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const imports = (text: string): string[] =>
  [...text.matchAll(/(?:^|\n)\s*(?:import|export)[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );

function breaches(path: string, text: string): string[] {
  const layer = Object.keys(RULES).find((name) => path.startsWith(`${name}/`));
  const rule = layer === undefined ? undefined : RULES[layer];
  if (layer === undefined || rule === undefined) return [];
  return imports(text).flatMap((target) => {
    if (!target.startsWith('.')) {
      const allowed =
        rule.packages.includes('*') || rule.packages.some((p) => target === p || target.startsWith(`${p}/`));
      return allowed ? [] : [`${path} imports ${target}`];
    }
    const file = relative(root, resolve(root, dirname(path), target));
    return [layer, ...rule.layers].some((name) => file.startsWith(`${name}/`)) ? [] : [`${path} imports ${file}`];
  });
}

describe('architecture', () => {
  test('a layer imports only what it may', () => {
    expect(sources.flatMap(({ path, text }) => breaches(path, text))).toEqual([]);
  });

  test('pure layers know no clock, chance, environment or waiting', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\basync\b|\bawait\b|\bsetTimeout\(/;
    const found = sources
      .filter(({ path }) => PURE.some((layer) => path.startsWith(`${layer}/`)))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => {
          const code = line.replace(/\/\/.*$|^\s*\*.*$|^\s*\/\*\*.*$/, '');
          return impure.test(code) ? [`${path}:${index + 1}: ${line.trim()}`] : [];
        }),
      );
    expect(found).toEqual([]);
  });

  test('no file of the sources grows past 300 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  test('no type is given up', () => {
    const given = sources.filter(({ text }) =>
      /:\s*any\s*[;,)=\]|>]|\bas any\b|@ts-ignore|@ts-expect-error|@ts-nocheck/.test(text),
    );
    expect(given.map(({ path }) => path)).toEqual([]);
  });
});
