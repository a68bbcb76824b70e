// Who is who: the national number, names over alphabets, and what may merge by itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHints } from '../../../src/adapters/fhir/read-hints.js';
import { compareIdentity } from '../../../src/core/identity/compare-identity.js';
import { identityKeys } from '../../../src/core/identity/identity-keys.js';
import { parseIin } from '../../../src/core/identity/iin.js';
import { foldName, similar } from '../../../src/core/identity/name.js';
import type { IdentityHints } from '../../../src/domain/identity.js';

describe('IIN', () => {
  it('is taken apart: birth date, sex, check digit of the first and of the second pass', () => {
    // Examples of the READMEs of tlgtaa/py-kz-validators and ZhymabekRoman/kz-iin-validator; the second needs the second weights.
    expect(parseIin('791028302728')).toEqual({ value: '791028302728', birthDate: '1979-10-28', sex: 'male' });
    expect(parseIin('061211600012')).toEqual({ value: '061211600012', birthDate: '2006-12-11', sex: 'female' });
    expect(parseIin('791028 302 728')?.value).toBe('791028302728');
  });

  it('is refused with a wrong check digit, an impossible day, an unknown seventh digit or another length', () => {
    for (const bad of [
      '791028302729',
      '791328302728',
      '790230302728',
      '791028902728',
      '79102830272',
      '000000000000',
      '',
    ])
      expect(parseIin(bad)).toBeUndefined();
  });

  it('notices a wrong digit, but for the eleventh, whose weight of 11 counts for nothing, and where the second pass falls in by chance', () => {
    const missed = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].flatMap((at) =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((by) => {
        const digits = [...'791028302728'].map(Number);
        digits[at] = ((digits[at] ?? 0) + by) % 10;
        return parseIin(digits.join('')) === undefined ? [] : [at];
      }),
    );
    expect(missed.filter((at) => at !== 10).length).toBeLessThanOrEqual(1);
  });
});

describe('names', () => {
  it.each([
    ['Айгерім', 'Aigerim', 'Aygerim', 'Айгерим'],
    ['Жанар', 'Zhanar', 'Janar'],
    ['Қуаныш', 'Kuanysh', 'Quanyş', 'Куаныш'],
    ['Ахметова', 'Akhmetova', 'Ahmetova'],
    ['Цой', 'Tsoi', 'Tsoy'],
    ['Наталья', 'Natalya', 'Natalia', 'Nataliya'],
    ['Ерлан', 'Yerlan', 'Erlan'],
    ['Щербакова', 'Shcherbakova'],
    ['Джамиля', 'Жамиля', 'Jamilya', 'Dzhamilya'],
    ['Александр', 'Alexander', 'Aleksandr'],
  ])('are alike however they are written: %s', (...forms) => {
    for (const a of forms)
      for (const b of forms) expect([a, b, similar(foldName(a), foldName(b))]).toEqual([a, b, true]);
  });

  it.each([
    ['Айгерім', 'Айнур'],
    ['Ахметова', 'Асанова'],
    ['Жанар', 'Шолпан'],
  ])('stay apart when they are others: %s and %s', (a, b) => {
    expect(similar(foldName(a), foldName(b))).toBe(false);
  });
});

const iin = { kind: 'iin', system: 'urn:kz:iin', value: '791028302728' } as const;
const man: IdentityHints = { identifiers: [iin], names: ['Ахметов Ерлан'], birthDate: '1979-10-28', sex: 'male' };

describe('comparing two records', () => {
  it('says the same with an equal valid number and nothing against it, also where day, sex or name are not recorded', () => {
    expect(compareIdentity(man, { ...man, names: ['Yerlan Akhmetov'] }).verdict).toBe('same');
    expect(compareIdentity(man, { identifiers: [iin], names: [] }).verdict).toBe('same');
  });

  it.each([
    ['another birth date', { birthDate: '1980-10-28' }],
    ['another sex', { sex: 'female' as const }],
    ['another name', { names: ['Сулейменова Айгуль'] }],
  ])('leaves it to a person when an equal number comes with %s', (_what, change) => {
    const { verdict, evidence } = compareIdentity(man, { ...man, ...change });
    expect(verdict).toBe('candidate');
    expect(evidence.some((e) => !e.agrees)).toBe(true);
  });

  it('leaves it to a person when both records contradict the number that they share', () => {
    const child: IdentityHints = { ...man, birthDate: '2010-05-05' };
    expect(compareIdentity(child, child).verdict).toBe('candidate');
  });

  it('never merges by a hint alone, and makes a candidate of name and birth date over alphabets', () => {
    const { identifiers: _none, ...hints } = man;
    const a: IdentityHints = { ...hints, identifiers: [] };
    expect(compareIdentity(a, { ...a, names: ['Akhmetov Yerlan'] }).verdict).toBe('candidate');
    expect(compareIdentity(a, { ...a, birthDate: '1979-10-29' }).verdict).toBe('candidate');
    expect(compareIdentity(a, { ...a, names: ['Akhmetov Daniyar'] }).verdict).toBe('different');
    expect(compareIdentity(a, { ...a, birthDate: '1951-02-03' }).verdict).toBe('different');
  });

  it('keeps apart namesakes with different valid numbers', () => {
    const twin = { ...man, identifiers: [{ ...iin, value: '061211600012' }] };
    expect(compareIdentity(man, twin).verdict).toBe('different');
  });

  it('does not depend on which record comes first', () => {
    const hints = fc.record({
      identifiers: fc.subarray([
        iin,
        { ...iin, value: '061211600012' },
        { kind: 'local', system: 'mrn', value: '7' },
      ] as const),
      names: fc.subarray(['Ахметов Ерлан', 'Akhmetov Yerlan', 'Ким Анна']),
      birthDate: fc.constantFrom('1979-10-28', '1979', '1980-10-28'),
      sex: fc.constantFrom('male' as const, 'female' as const),
    });
    fc.assert(fc.property(hints, hints, (a, b) => compareIdentity(a, b).verdict === compareIdentity(b, a).verdict));
  });

  it('finds by keys every pair that it would call the same or, by number or day and name, a candidate', () => {
    const shares = (a: IdentityHints, b: IdentityHints) => identityKeys(a).some((key) => identityKeys(b).includes(key));
    expect(shares(man, { identifiers: [iin], names: [] })).toBe(true);
    expect(shares({ ...man, identifiers: [] }, { ...man, identifiers: [], names: ['Yerlan Akhmetov'] })).toBe(true);
    expect(shares({ ...man, identifiers: [] }, { ...man, identifiers: [], birthDate: '1979-10-29' })).toBe(true);
    expect(shares(man, { identifiers: [], names: ['Ким Анна'], birthDate: '1979-10-28' })).toBe(false);
  });
});

describe('reading hints of a FHIR Patient', () => {
  const bundle = (patient: object): string =>
    JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Patient', id: 'p', ...patient } }] });
  const numbers = (patient: object) => readHints(bundle(patient), 'p').identifiers.map((i) => i.kind);

  it('knows the IIN by its type, by its system, and by the day and sex that it tells', () => {
    const value = '791028302728';
    expect(numbers({ identifier: [{ system: 'urn:x', value, type: { coding: [{ code: 'NI' }] } }] })).toEqual(['iin']);
    expect(numbers({ identifier: [{ system: 'https://example.kz/id/iin', value }] })).toEqual(['iin']);
    expect(numbers({ identifier: [{ system: 'urn:x', value }], birthDate: '1979-10-28', gender: 'male' })).toEqual([
      'iin',
    ]);
    expect(numbers({ identifier: [{ system: 'urn:x', value }], birthDate: '1979-10-27', gender: 'male' })).toEqual([
      'local',
    ]);
  });

  it("takes one with a wrong checksum, another country's and an old one for what they are", () => {
    expect(numbers({ identifier: [{ system: 'urn:kz:iin', value: '791028302729' }] })).toEqual(['national']);
    expect(numbers({ identifier: [{ value: '791028302728', type: { coding: [{ code: 'NNRUS' }] } }] })).toEqual([
      'national',
    ]);
    expect(numbers({ identifier: [{ use: 'old', system: 'urn:kz:iin', value: '791028302728' }] })).toEqual([]);
    expect(numbers({ identifier: [{ system: 'urn:combining', value: '12' }] })).toEqual(['local']);
  });

  it('reads names in parts or as text, and nothing from what is malformed', () => {
    expect(readHints(bundle({ name: [{ family: 'Ким', given: ['Анна', 'Ивановна'] }] }), 'p').names).toEqual([
      'Ким Анна Ивановна',
    ]);
    expect(readHints(bundle({ name: [{ text: 'Kim Anna' }] }), 'p').names).toEqual(['Kim Anna']);
    expect(readHints(bundle({ name: 7, identifier: 'x', birthDate: 'soon' }), 'p')).toEqual({
      identifiers: [],
      names: [],
    });
  });
});
