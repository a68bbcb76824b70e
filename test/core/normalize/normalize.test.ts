import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBundle } from '../../../src/adapters/fhir/read-bundle.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import type { Entry, History, RawValue } from '../../../src/domain/history.js';
import type { Patient } from '../../../src/domain/patient.js';
import { terms } from './record.js';

const data = join(process.env.SHIPA_DATA ?? '../shared/data', 'mcode');
const present = existsSync(data);
const files = present
  ? ['ig', 'ctms', 'synthea'].flatMap((folder) =>
      readdirSync(join(data, folder))
        .filter((f) => f.endsWith('.json'))
        .map((f) => join(data, folder, f)),
    )
  : [];
const histories: readonly History[] = files.flatMap((file) => {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return readBundle(json, { id: file }).histories;
});
const asOf = '2026-06-01';

/** A patient without where things were read: sources and places differ when entries are moved. */
const content = (patient: Patient): unknown =>
  JSON.parse(
    JSON.stringify(patient, (key, value: unknown) =>
      key === 'source' || key === 'sources' || key === 'place' ? undefined : value,
    ),
  );

const withEntries = (history: History, entries: readonly Entry[]): History => ({ ...history, entries });

const renamed = (history: History): History => {
  const rename = (id: string): string => `renamed/${id}`;
  return withEntries(
    history,
    history.entries.map((e) => ({
      ...e,
      ...(e.id === undefined ? {} : { id: rename(e.id) }),
      ...(e.about === undefined ? {} : { about: e.about.map(rename) }),
    })),
  );
};

/** The same quantities in other units. */
const UNITS: Readonly<Record<string, readonly [string, number]>> = {
  '[lb_av]': ['kg', 0.45359237],
  '[in_i]': ['cm', 2.54],
  'g/dL': ['g/L', 10],
  'g/dl': ['g/L', 10],
  cm: ['mm', 10],
  '10*3/uL': ['/uL', 1000],
};
const converted = (value: RawValue | undefined): RawValue | undefined => {
  if (value?.kind !== 'quantity') return value;
  const unit = UNITS[value.quantity.unit ?? ''];
  return unit === undefined
    ? value
    : { kind: 'quantity', quantity: { ...value.quantity, value: value.quantity.value * unit[1], unit: unit[0] } };
};
const inOtherUnits = (history: History): History =>
  withEntries(
    history,
    history.entries.map((e) => {
      if (e.kind !== 'observation') return e;
      const value = converted(e.value);
      const components = e.components.map((c) => {
        const own = converted(c.value);
        return { ...c, ...(own === undefined ? {} : { value: own }) };
      });
      return { ...e, components, ...(value === undefined ? {} : { value }) };
    }),
  );

/** What is said of an unusable value repeats it as recorded; the facts are compared. */
const facts = (patient: Patient): unknown => {
  const { remarks: _remarks, notUnderstood: _unread, ...rest } = patient;
  return JSON.parse(
    JSON.stringify(content(rest as Patient), (key, value: unknown) => (key === 'detail' ? undefined : value)),
  );
};

describe.skipIf(!present)(`normalize on the public bundles (${data})`, () => {
  it('reads every patient without throwing', () => {
    expect(histories.length).toBeGreaterThan(50);
    for (const history of histories) expect(() => normalize(history, terms, asOf)).not.toThrow();
  });

  it('gives the same patient whatever the order of entries', () => {
    fc.assert(
      fc.property(fc.constantFrom(...histories), fc.infiniteStream(fc.nat()), (history, keys) => {
        const shuffled = history.entries
          .map((e) => ({ e, k: keys.next().value ?? 0 }))
          .sort((a, b) => a.k - b.k)
          .map((x) => x.e);
        expect(content(normalize(withEntries(history, shuffled), terms, asOf))).toEqual(
          content(normalize(history, terms, asOf)),
        );
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('gives the same patient whatever the ids', () => {
    for (const history of histories)
      expect(content(normalize(renamed(history), terms, asOf))).toEqual(content(normalize(history, terms, asOf)));
  });

  it('gives the same facts in other units', () => {
    for (const history of histories)
      expect(facts(normalize(inOtherUnits(history), terms, asOf))).toEqual(facts(normalize(history, terms, asOf)));
  });

  it('knows nothing of what comes later', () => {
    for (const history of histories) {
      const early = normalize(history, terms, '1900-01-01');
      expect(early.cases.flatMap((c) => c.courses).filter((c) => c.start !== undefined)).toEqual([]);
    }
  });
});
