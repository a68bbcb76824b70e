// What is remembered of a statement must not depend on whose it was first, and must be told apart from every other statement.
import { describe, expect, test } from 'vitest';
import { inEntryOrder } from '../../../src/core/normalize/entry-order.js';
import { rememberedSaid } from '../../../src/core/normalize/said.js';
import type { Entry, ObservationEntry } from '../../../src/domain/history.js';

const observation = (parts: Partial<ObservationEntry> = {}): ObservationEntry => ({
  kind: 'observation',
  source: { kind: 'resource', place: 'entry[1].resource' },
  id: 'Observation/1',
  status: 'final',
  date: '2024-05-17',
  code: { codings: [{ system: 'http://loinc.org', code: '85319-2' }] },
  value: { kind: 'text', text: '2+' },
  interpretations: [],
  components: [],
  ...parts,
});

/** A reading that tells everything it saw, and counts how often it was made. */
function seen() {
  let made = 0;
  const read = rememberedSaid(
    (entry: ObservationEntry, _terms: object, beside) => {
      made++;
      return { saw: JSON.stringify([entry, beside]), date: undefined as string | undefined };
    },
    (answer, entry) => ({ ...answer, date: entry.date }),
  );
  return { read, times: () => made };
}

const TERMS = {};

describe('rememberedSaid', () => {
  test('reads once what two patients have, and dates it by the entry that was asked about', () => {
    const { read, times } = seen();
    const [a, b] = [observation(), observation({ id: 'Observation/2', date: '2025-01-01', about: ['Condition/9'] })];
    expect(read(a, TERMS).date).toBe('2024-05-17');
    expect(read(b, TERMS).date).toBe('2025-01-01');
    expect(read(a, TERMS).saw).toBe(read(b, TERMS).saw);
    expect(times()).toBe(1);
  });

  test('shows the reading neither days nor ids nor places of the entry', () => {
    const { saw } = seen().read(observation({ end: '2024-06-01' }), TERMS);
    for (const word of ['2024', 'Observation/1', 'entry[1]']) expect(saw).not.toContain(word);
    expect(saw).toContain('"end"');
  });

  test.each<[string, Partial<ObservationEntry>]>([
    ['status', { status: 'preliminary' }],
    ['code', { code: { codings: [{ code: '85319-2' }] } }],
    ['text of the code', { code: { codings: [{ system: 'http://loinc.org', code: '85319-2' }], text: 'HER2' } }],
    ['value', { value: { kind: 'text', text: '3+' } }],
    ['kind of value', { value: { kind: 'concept', concept: { codings: [], text: '2+' } } }],
    ['number', { value: { kind: 'quantity', quantity: { value: 2 } } }],
    ['unit', { value: { kind: 'quantity', quantity: { value: 2, unit: '%' } } }],
    ['comparator', { value: { kind: 'quantity', quantity: { value: 2, comparator: '<' } } }],
    ['reason of absence', { absent: 'unknown' }],
    ['interpretation', { interpretations: [{ codings: [{ code: 'POS' }] }] }],
    ['component', { components: [{ code: { codings: [], text: 'score' }, interpretations: [] }] }],
    ['method', { method: { codings: [], text: 'FISH' } }],
    ['specimen', { specimen: { codings: [], text: 'plasma' } }],
    ['limit of normal', { referenceRange: { high: { value: 40 } } }],
    ['note', { notes: ['weak stain'] }],
    ['notes that run together', { notes: ['weak', 'stain'] }],
    ['an end', { end: '2024-06-01' }],
  ])('tells statements of another %s apart', (_what, other) => {
    const { read, times } = seen();
    const plain = read(observation(), TERMS).saw;
    expect(read(observation(other), TERMS).saw).not.toBe(plain);
    expect(times()).toBe(2);
  });

  test('takes no text for another one with marks of the key in it', () => {
    const { read, times } = seen();
    const texts = [
      { notes: ['a', 'b'] },
      { notes: ['a,1"b'] },
      { notes: ['a];status=5"final'] },
      { status: 'final;notes=[1"a' },
    ];
    for (const parts of texts) read(observation(parts), TERMS);
    expect(times()).toBe(texts.length);
  });

  test('reads anew with another terminology and beside other concepts', () => {
    const { read, times } = seen();
    const entry = observation();
    const histology = { codings: [], text: 'ductal' };
    read(entry, TERMS);
    read(entry, {});
    read(entry, TERMS, [histology]);
    read(entry, TERMS, [histology, { codings: [], text: 'lobular' }]);
    read(observation({ date: '2020' }), TERMS, [{ codings: [], text: 'ductal' }]);
    expect(times()).toBe(4);
  });

  test('remembers a long note under no statement but reads it right', () => {
    const { read } = seen();
    const [a, b] = ['a', 'b'].map((end) => observation({ notes: [`${'x'.repeat(600)}${end}`] }));
    if (a === undefined || b === undefined) throw new Error('two entries');
    expect(read(a, TERMS).saw).toContain('xa"');
    expect(read(b, TERMS).saw).toContain('xb"');
  });
});

describe('inEntryOrder', () => {
  const { source: _s, id: _i, about: _a, ...rest } = observation();
  const contentOf = ({ source: _source, id: _id, about: _about, ...content }: Entry): string => JSON.stringify(content);
  const asText = (a: Entry, b: Entry): number => {
    const [x, y] = [`${a.date ?? ''}|`, `${b.date ?? ''}|`];
    const [p, q] = x === y ? [contentOf(a), contentOf(b)] : [x, y];
    return p < q ? -1 : p > q ? 1 : 0;
  };
  const entries: readonly Entry[] = [
    observation(),
    observation({ id: 'another', about: ['Condition/1'] }),
    observation({ date: '2024-05' }),
    observation({ date: '2024' }),
    { ...rest, source: { kind: 'derived', from: 'x' }, code: { codings: [], text: 'a' } },
    ...['a', 'ab', 'a b', 'a!', 'a"', 'ä', ''].map((text) => observation({ code: { codings: [], text } })),
    ...['final', 'finalised', 'a'].map((status) => observation({ status })),
    ...[1, 12, 1.5, -1].map((value) => observation({ value: { kind: 'quantity', quantity: { value } } })),
    observation({ value: { kind: 'boolean', value: true } }),
    observation({ absent: 'unknown' }),
    observation({ end: '2024-05-18' }),
    observation({ notes: ['a'] }),
    observation({ notes: ['a', 'b'] }),
    {
      kind: 'report',
      source: { kind: 'derived', from: 'x' },
      date: '2024-05-17',
      code: { codings: [] },
      conclusions: [],
    },
  ];

  test('orders any two entries as their days and JSON texts do', () => {
    for (const a of entries)
      for (const b of entries) expect(inEntryOrder([a, b])).toEqual(asText(a, b) <= 0 ? [a, b] : [b, a]);
    expect(inEntryOrder(entries)).toEqual([...entries].sort(asText));
  });
});
