// The drug tables: every record parses, names are unique, classes and properties exist.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createDrugLexicon } from '../../src/core/normalize/drug-lexicon.js';
import { Drug, DrugClass } from '../../src/domain/corpus/drug.js';

const DIR = new URL('../../corpus/drugs/', import.meta.url).pathname;
const read = (name: string): unknown => parse(readFileSync(join(DIR, name), 'utf8'));
const classes = z.array(DrugClass).parse(read('classes.yaml'));
const drugs = readdirSync(DIR)
  .filter((name) => name.endsWith('.yaml') && name !== 'classes.yaml')
  .flatMap((name) => z.array(Drug).parse(read(name)));

const duplicates = (words: readonly string[]): string[] => words.filter((w, i) => words.indexOf(w) !== i);

describe('drug classes', () => {
  it('has each id once', () => expect(duplicates(classes.map((c) => c.id))).toEqual([]));
  it('has parents that exist and are of the same kind, without a cycle', () => {
    const byId = new Map(classes.map((c) => [c.id, c]));
    for (const start of classes) {
      const open = [...start.parents];
      for (let steps = 0; open.length > 0; steps++) {
        expect(steps, `cycle at ${start.id}`).toBeLessThan(50);
        const parent = byId.get(open.pop() ?? '');
        expect(parent?.kind, start.id).toBe(start.kind);
        open.push(...(parent?.parents ?? []));
      }
    }
  });
});

const FIXED_COMBINATIONS = [
  'phesgo',
  'фесго',
  'opdualag',
  'nivolumab relatlimab',
  'nivolumab relatlimab-rmbw',
  'kisqali femara co-pack',
];

describe('drugs', () => {
  it('holds at least 200 antineoplastic drugs', () =>
    expect(drugs.filter((d) => d.antineoplastic).length).toBeGreaterThanOrEqual(200));
  it('has each INN once', () => expect(duplicates(drugs.map((d) => d.inn))).toEqual([]));
  it('gives no name to two drugs', () => {
    const names = drugs.flatMap((d) => [
      ...new Set([d.inn, ...d.brands, ...d.synonyms, ...(d.name?.ru ? [d.name.ru] : [])].map((n) => n.toLowerCase())),
    ]);
    // A fixed combination is named with each of its drugs, so that its name gives all of them.
    expect(duplicates(names).filter((name) => !FIXED_COMBINATIONS.includes(name))).toEqual([]);
  });
  it('gives no RxNorm code to two drugs', () => expect(duplicates(drugs.flatMap((d) => d.rxnorm))).toEqual([]));
  it('has classes and properties that exist, each of its kind', () => {
    const kinds = new Map(classes.map((c) => [c.id, c.kind]));
    for (const drug of drugs) {
      for (const id of drug.classes) expect(kinds.get(id), `${drug.inn}: ${id}`).toBe('class');
      for (const id of drug.properties) expect(kinds.get(id), `${drug.inn}: ${id}`).toBe('property');
    }
  });
  it('puts every antineoplastic drug in a class', () =>
    expect(drugs.filter((d) => d.antineoplastic && d.classes.length === 0).map((d) => d.inn)).toEqual([]));
  it('names every antineoplastic drug in Russian', () =>
    expect(drugs.filter((d) => d.antineoplastic && d.name?.ru === undefined).map((d) => d.inn)).toEqual([]));
  it.each([
    ['Phesgo', ['pertuzumab', 'trastuzumab']],
    ['pertuzumab/trastuzumab/hyaluronidase-zzxf', ['pertuzumab', 'trastuzumab']],
    ['Opdualag', ['nivolumab', 'relatlimab']],
    ['nivolumab and relatlimab-rmbw', ['nivolumab', 'relatlimab']],
    ['nivolumab/relatlimab', ['nivolumab', 'relatlimab']],
    ['Kisqali Femara Co-Pack', ['letrozole', 'ribociclib']],
  ])('reads %s as each of its drugs', (name, inns) =>
    expect(
      createDrugLexicon(drugs, classes)
        .inText(name)
        .map((m) => m.drug.inn)
        .sort(),
    ).toEqual(inns),
  );
});
