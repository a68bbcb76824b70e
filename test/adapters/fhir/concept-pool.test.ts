// Sharing may never change what a concept says, and may never grow without end.
import { expect, test } from 'vitest';
import { pooled } from '../../../src/adapters/fhir/concept-pool.js';
import { readBundle } from '../../../src/adapters/fhir/read-bundle.js';

const SCT = 'http://snomed.info/sct';

test('gives one frozen object for equal concepts and others for any difference', () => {
  const once = pooled([{ system: SCT, code: '254837009', display: 'Breast cancer' }], 'left');
  expect(pooled([{ system: SCT, code: '254837009', display: 'Breast cancer' }], 'left')).toBe(once);
  const others = [
    pooled([{ system: SCT, code: '254837009', display: 'Breast cancer' }], undefined),
    pooled([{ system: SCT, code: '254837009', display: 'Breast cancer' }], 'right'),
    pooled([{ system: SCT, code: '254837009' }], 'left'),
    pooled([{ code: '254837009', display: 'Breast cancer' }], 'left'),
    pooled([{ system: SCT, code: '254837009', display: 'Breast cancer' }, { code: 'C50' }], 'left'),
    pooled([], '254837009'),
  ];
  expect(new Set([once, ...others]).size).toBe(others.length + 1);
  expect(Object.isFrozen(once) && Object.isFrozen(once.codings) && Object.isFrozen(once.codings[0])).toBe(true);
});

test('says the same after more distinct concepts than it keeps', () => {
  const first = pooled([{ code: 'kept-first' }], 'a');
  for (let i = 0; i < 25_000; i++) expect(pooled([{ code: `c${i}` }], 'x').codings[0]?.code).toBe(`c${i}`);
  expect(pooled([{ code: 'kept-first' }], 'a')).toEqual(first);
  for (let i = 0; i < 100; i++) expect(pooled([{ code: 'one-code' }], `words ${i}`).text).toBe(`words ${i}`);
});

test('shares the concept of two histories and keeps what each says of it', () => {
  const bundle = (value: string) => ({
    resourceType: 'Bundle',
    entry: [
      { resource: { resourceType: 'Patient', id: 'p' } },
      {
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { coding: [{ system: 'http://loinc.org', code: '85337-4', display: ' ER ' }] },
          valueString: value,
        },
      },
    ],
  });
  const [a, b] = ['positive', 'negative'].map(
    (value) => readBundle(bundle(value), { id: value }).histories[0]?.entries[0],
  );
  expect(a?.code).toBe(b?.code);
  expect(a?.code.codings[0]?.display).toBe('ER');
  expect([a, b].map((e) => e?.kind === 'observation' && e.value?.kind === 'text' && e.value.text)).toEqual([
    'positive',
    'negative',
  ]);
});
