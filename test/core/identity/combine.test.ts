// Persons and their combined histories: the laws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, type Link } from '../../../src/adapters/postgres/person-groups.js';
import { combineHistories } from '../../../src/core/identity/combine-histories.js';
import type { Entry, History } from '../../../src/domain/history.js';

const source = { kind: 'resource', place: 'entry[0]' } as const;
const dose = (id: string, date: string, about?: readonly string[]): Entry => ({
  kind: 'medication',
  event: 'administration',
  given: true,
  code: { codings: [], text: 'doxorubicin' },
  reasons: [],
  source,
  id,
  date,
  ...(about === undefined ? {} : { about }),
});
const history = (entries: readonly Entry[], person: Partial<History['person']> = {}, asOf = '2026-01-01'): History => ({
  id: 'case',
  asOf,
  person: { id: 'p', deceased: false, source, ...person },
  entries,
  warnings: [],
});
const days = (h: History): readonly (string | undefined)[] => h.entries.map((e) => e.date).sort();
const two = (a: History, b: History): History =>
  combineHistories([
    { record: 'A', history: a },
    { record: 'B', history: b },
  ]);

describe('combined histories', () => {
  it('count a statement of both records once, and a second dose within one record twice', () => {
    const a = history([dose('1', '2026-01-01'), dose('2', '2026-01-01'), dose('3', '2026-02-01')]);
    const b = history([dose('9', '2026-01-01'), dose('8', '2026-03-01')]);
    expect(days(two(a, b))).toEqual(['2026-01-01', '2026-01-01', '2026-02-01', '2026-03-01']);
  });

  it('keep ids of two records apart, and lead a reference to a twin to the one that is kept', () => {
    const a = history([dose('1', '2026-01-01'), dose('2', '2026-02-01', ['1'])]);
    const b = history([dose('1', '2026-03-01'), dose('5', '2026-01-01'), dose('2', '2026-04-01', ['5'])]);
    const combined = two(a, b);
    const ids = combined.entries.map((e) => e.id);
    expect(new Set(ids).size).toBe(ids.length);
    const idOf = (date: string) => combined.entries.find((e) => e.date === date)?.id;
    const aboutOf = (date: string) => combined.entries.find((e) => e.date === date)?.about;
    expect(aboutOf('2026-02-01')).toEqual([idOf('2026-01-01')]);
    expect(aboutOf('2026-04-01')).toEqual([idOf('2026-01-01')]);
  });

  it('take each field of the person from the newest record that has it, say where they differ, and let a death stand', () => {
    const a = history([], { sex: 'female', birthDate: '1960-01-01', deceased: { date: '2026-05-05' } }, '2026-05-05');
    const b = history([], { sex: 'male' }, '2026-06-01');
    const { person, warnings, asOf } = two(a, b);
    expect(person).toMatchObject({ sex: 'male', birthDate: '1960-01-01', deceased: { date: '2026-05-05' } });
    expect(asOf).toBe('2026-06-01');
    const said = warnings.map((w) => w.message).join('\n');
    expect(said).toContain('differ in sex');
    expect(said).toContain('is it one person?');
    expect(said).toContain('the death stands');
    expect(said).not.toContain('birth date');
  });

  it('hold every statement of every record, in whatever order the records come', () => {
    const entries = fc.array(
      fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01').map((d) => dose('x', d)),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(entries, entries, entries, (x, y, z) => {
        const records = [x, y, z].map((e, i) => ({ record: `R${i}`, history: history(e) }));
        const [a, b, c] = records;
        if (a === undefined || b === undefined || c === undefined) return false;
        const most = ['2026-01-01', '2026-02-01', '2026-03-01'].flatMap((day) =>
          Array(Math.max(...[x, y, z].map((e) => e.filter((one) => one.date === day).length))).fill(day),
        );
        const orders = [
          [a, b, c],
          [c, a, b],
          [b, c, a],
        ] as const;
        return orders.every((order) => JSON.stringify(days(combineHistories([...order]))) === JSON.stringify(most));
      }),
    );
  });
});

describe('persons', () => {
  const links = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).map(([a, b]): Link => ({ a, b })),
    { maxLength: 12 },
  );
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];

  it('do not depend on the order of the merges', () => {
    fc.assert(
      fc.property(links, (all) => {
        const turned = [...all].reverse().map(({ a, b }) => ({ a: b, b: a }));
        return JSON.stringify(groupsOf(ids, all)) === JSON.stringify(groupsOf([...ids].reverse(), turned));
      }),
    );
  });

  it('hold each record once, led by the one known longest, and join exactly what is linked', () => {
    fc.assert(
      fc.property(links, (all) => {
        const groups = groupsOf(ids, all);
        expect(groups.flat().sort()).toEqual(ids);
        for (const group of groups) expect(group).toEqual([...group].sort((a, b) => a - b));
        const groupOf = (id: number) => groups.findIndex((group) => group.includes(id));
        for (const { a, b } of all) expect(groupOf(a)).toBe(groupOf(b));
        // One group less for each link that joins two: no two are joined without one.
        expect(groups.length).toBeGreaterThanOrEqual(ids.length - all.length);
      }),
    );
  });
});
