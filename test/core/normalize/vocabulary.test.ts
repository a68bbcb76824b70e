// Laws of the code tables: a typed slip fails its check digit, a code means one term, ICD-10 prefixes exist; and the codes that
// were once filed under a neighbour's meaning.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Codes } from '../../../src/domain/corpus/vocabulary.js';
import type { Entry } from '../../../src/domain/history.js';
import { coded, loinc, observation, quantity, read, said, snomed, terms, value } from './record.js';

const { vocabulary } = terms;
interface Row {
  readonly kind: string;
  readonly id: string;
  readonly codes: Codes;
  readonly parents: readonly string[];
}
const rows: readonly Row[] = [
  ...vocabulary.facts.flatMap((t) => [
    { kind: 'fact', id: t.id, codes: t.codes, parents: [] },
    ...Object.entries(t.words).map(([word, w]) => ({ kind: `word of ${t.id}`, id: word, codes: w.codes, parents: [] })),
  ]),
  ...vocabulary.biomarkers.map((t) => ({ kind: 'biomarker', id: t.name, codes: t.codes, parents: [] })),
  ...vocabulary.conditions.map((t) => ({ kind: 'condition', id: t.id, codes: t.codes, parents: t.parents })),
  ...vocabulary.procedures.map((t) => ({ kind: 'procedure', id: t.id, codes: t.codes, parents: t.parents })),
  ...vocabulary.sites.map((t) => ({ kind: 'site', id: t.id, codes: t.codes, parents: [] })),
  ...vocabulary.cancers.map((t) => ({
    kind: 'cancer',
    id: t.oncotree,
    codes: t.codes,
    parents: t.parent === null ? [] : [t.parent],
  })),
];

/** LOINC: the last digit is modulus 10 of the digits before (LOINC Users' Guide, "Check digits"). */
function isLoinc(code: string): boolean {
  const [base = '', digit] = code.split('-');
  const sum = [...base]
    .reverse()
    .map((c, i) => (i % 2 === 0 ? Number(c) * 2 : Number(c)))
    .reduce((total, n) => total + (n > 9 ? n - 9 : n), 0);
  return /^\d+$/.test(base) && String((10 - (sum % 10)) % 10) === digit;
}

/** SNOMED CT: Verhoeff's dihedral check (SNOMED CT Release File Specification, "SCTID"). */
const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
function isSnomed(code: string): boolean {
  const multiply = (a: number, b: number): number =>
    a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5;
  let check = 0;
  [...code].reverse().forEach((digit, place) => {
    let turned = Number(digit);
    for (let k = 0; k < place % 8; k++) turned = PERMUTATION[turned] ?? Number.NaN;
    check = multiply(check, turned);
  });
  return /^\d{6,18}$/.test(code) && check === 0;
}

describe('codes of the vocabulary', () => {
  it.each([
    ['loinc', (code: string) => code.startsWith('LA') || isLoinc(code)],
    ['snomed', isSnomed],
  ] as const)('%s: every code has its own check digit', (field, valid) => {
    const wrong = rows.flatMap((r) => (r.codes[field] ?? []).filter((c) => !valid(c)).map((c) => `${r.id}: ${c}`));
    expect(wrong).toEqual([]);
  });

  it('puts no LOINC, SNOMED CT or HGNC code under two terms of a kind unless one is under the other', () => {
    const parents = new Map(rows.map((r) => [`${r.kind} ${r.id}`, r.parents]));
    const under = (kind: string, id: string, other: string): boolean =>
      (parents.get(`${kind} ${id}`) ?? []).some((p) => p === other || under(kind, p, other));
    const clashes: string[] = [];
    const seen = new Map<string, string[]>();
    for (const { kind, id, codes } of rows)
      for (const field of ['loinc', 'snomed', 'hgnc'] as const)
        for (const code of codes[field] ?? []) {
          const key = `${kind} ${field} ${code}`;
          for (const other of seen.get(key) ?? [])
            if (!under(kind, id, other) && !under(kind, other, id)) clashes.push(`${key}: ${other}, ${id}`);
          seen.set(key, [...(seen.get(key) ?? []), id]);
        }
    expect(clashes).toEqual([]);
  });
});

const list = join(process.env.SHIPA_DATA ?? '../shared/data', 'vocab/icd-ru/icd10-c00-d48.csv');
describe.skipIf(!existsSync(list))('ICD-10 of cancers (skipped without SHIPA_DATA)', () => {
  it('knows every prefix that is not of ICD-10-CM alone', () => {
    const known = new Set(
      readFileSync(list, 'utf8')
        .split('\n')
        .map((line) => line.split(',')[2]),
    );
    // WHO's C80.1 and the ICD-10-CM subdivisions are not in the Russian edition; Z85, O01 and E85 are outside the chapter.
    const elsewhere = new Set(['C80.1', 'Z85.1', 'Z85.3', 'O01', 'E85.81', 'D76.0', 'D76.3', 'D17.71']);
    const american = /^(?:C7A|C4A|C49\.A|D47\.Z|C96\.A)/;
    const missing = vocabulary.cancers
      .flatMap((t) => t.codes.icd10 ?? [])
      .filter((c) => !known.has(c) && !elsewhere.has(c) && !american.test(c));
    expect(missing).toEqual([]);
  });
});

describe('codes that stand next to another meaning', () => {
  const day = '2025-06-01';
  const patient = (entries: readonly Entry[]) => read({ stage: 'IIA' }, entries, '2025-07-01');
  const marker = (entries: readonly Entry[], name: string): unknown => {
    const result = patient(entries).biomarkers.find((b) => b.name === name)?.result;
    return result?.known ? result.value : undefined;
  };
  it.each([
    ['85329-1', 'er-percent'],
    ['14228-1', 'er-percent'],
    ['85325-9', 'pr-percent'],
    ['14230-7', 'pr-percent'],
    ['85330-9', 'ki-67'],
  ])('reads LOINC %s as %s alone', (code, fact) => {
    const found = patient([observation(loinc(code), quantity(40, '%'), day)]);
    expect(['er-percent', 'pr-percent', 'ki-67'].filter((id) => value(found, id) === 40)).toEqual([fact]);
  });
  it.each([
    ['LA28366-5', 'CR'],
    ['LA28369-9', 'PR'],
    ['LA28370-7', 'PD'],
    ['LA28371-5', 'SD'],
  ])('reads the answer %s as %s', (code, word) => {
    expect(terms.word('disease-status', loinc(code))).toBe(word);
  });
  it.each([
    ['441614007', 'low'],
    ['441517005', 'equivocal'],
    ['441521003', 'positive'],
  ])('reads the HER2 stain grade %s as %s', (code, expected) => {
    expect(marker([observation(loinc('85319-2'), coded(snomed(code)), day)], 'HER2')).toBe(expected);
  });
  it.each([
    [3, 'negative'],
    [5, 'equivocal'],
    [7, 'positive'],
  ])('reads %s HER2 copies a nucleus as %s, not as a ratio', (copies, expected) => {
    expect(marker([observation(loinc('74860-8'), quantity(copies), day)], 'HER2')).toBe(expected);
  });
  it('reads a number of nodes as nodes, never as the size of the tumour', () => {
    const found = patient([observation(snomed('443527007'), quantity(5), day)]);
    expect([value(found, 'nodes-positive'), value(found, 'tumour-size')]).toEqual([5, undefined]);
  });
  it('takes no amplification from the depth of reading', () => {
    const component = (code: string, v: ReturnType<typeof quantity>) => ({
      code: loinc(code),
      value: v,
      interpretations: [],
    });
    const entry = observation(loinc('69548-6'), coded(loinc('LA9633-4', 'Present')), day, {
      components: [
        {
          code: loinc('48018-6'),
          value: coded({ codings: [{ system: 'http://www.genenames.org', code: 'HGNC:7029' }] }),
          interpretations: [],
        },
        component('82121-5', quantity(412)),
      ],
    });
    const kinds = patient([entry])
      .biomarkers.find((b) => b.name === 'MET')
      ?.alterations.map((a) => a.kind);
    expect(kinds).toEqual(['unspecified']);
  });
  it('takes no finding from the list of mutations that were tested for', () => {
    const entry = observation(
      loinc('38531-0', 'BRCA2 gene mutations tested for in Blood or Tissue'),
      said('c.5946delT; c.6174delT'),
      day,
    );
    expect(marker([entry], 'BRCA2')).not.toBe('positive');
  });
  it.each([
    ['fact', '315640000'], // influenza vaccination declined
    ['fact', '116859006'], // transfusion of blood product
    ['condition', '439470001'], // arteriovenous fistula
    ['site', '69930009'], // pancreatic duct
  ] as const)('%s: SNOMED CT %s is none of ours', (kind, code) => {
    expect(terms.find(kind, snomed(code))).toBeUndefined();
  });
});
