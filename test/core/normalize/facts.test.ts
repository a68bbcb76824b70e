import { describe, expect, it } from 'vitest';
import { addDerived, type Values } from '../../../src/core/normalize/derived-facts.js';
import { factReadings } from '../../../src/core/normalize/facts.js';
import { settleFact } from '../../../src/core/normalize/settled-facts.js';
import { foldUnit } from '../../../src/core/normalize/unit.js';
import type { Entry } from '../../../src/domain/history.js';
import { coded, condition, loinc, observation, quantity, said, silent, snomed, source, terms, text } from './record.js';

function settle(id: string, entries: readonly Entry[], asOf = '2026-01-10') {
  const term = terms.term('fact', id);
  if (term === undefined) throw new Error(id);
  return settleFact(
    term,
    entries.flatMap((e) => factReadings(e, terms)).filter((r) => r.fact === id),
    asOf,
    silent,
  );
}
const reads = (id: string, ...entries: Entry[]): unknown => {
  const fact = settle(id, entries);
  return fact?.known ? fact.value : fact && `?${fact.reason}`;
};
const day = '2026-01-08';

describe('units', () => {
  it.each([
    ['10*3/uL', 'x10^3/µL'],
    ['10*9/L', '×10⁹/л'],
    ['10*9/L', '10e9/L'],
    ['umol/L', 'мкмоль/л'],
    ['g/dL', 'г/дл'],
    ['mL/min', 'мл/мин'],
  ])('%s is %s', (a, b) => {
    expect(foldUnit(a)).toBe(foldUnit(b));
  });
  it.each([
    ['creatinine', '2160-0', 1, 'mg/dL', 88.402],
    ['creatinine', '14682-9', 88.402, 'umol/L', 88.402],
    ['haemoglobin', '718-7', 13.5, 'g/dL', 135],
    ['haemoglobin', '718-7', 13.5, undefined, 135],
    ['neutrophils', '26499-4', 3.1, 'K/uL', 3.1],
    ['neutrophils', '26499-4', 3100, '/uL', 3.1],
    ['neutrophils', '26499-4', 3000, '10*3/uL', '?not-interpretable'],
    ['bilirubin', '1975-2', 1, 'mg/dL', 17.104],
    ['weight', '29463-7', 150, '[lb_av]', 68.0389],
    ['height', '8302-2', 65, '[in_i]', 165.1],
    ['calcium', '17861-6', 9.6, 'mg/dL', 2.3953],
    ['creatinine', '2160-0', 1, 'furlong', '?not-interpretable'],
  ])('%s (%s) %s %s is %s', (id, code, n, unit, expected) => {
    expect(reads(id, observation(loinc(code), quantity(n, unit), day))).toBe(expected);
  });
});

describe('performance status', () => {
  it.each([
    [coded(loinc('LA9624-3')), 2],
    [coded(snomed('422512005')), 1],
    [quantity(3), 3],
    [said('ECOG 1'), 1],
    [said('2'), 2],
    [quantity(-1), '?not-interpretable'],
    [quantity(6), '?not-interpretable'],
  ])('%o is %s', (value, expected) => {
    expect(reads('ecog', observation(loinc('89247-1'), value, day))).toBe(expected);
  });
  it.each([
    [100, 0],
    [90, 0],
    [80, 1],
    [70, 1],
    [60, 2],
    [50, 2],
    [40, 3],
    [10, 4],
  ])('Karnofsky %i is ECOG %i', (karnofsky, ecog) => {
    const values: Values = {};
    const fact = settle('karnofsky', [observation(loinc('89243-0'), quantity(karnofsky), day)]);
    if (fact) values.karnofsky = fact;
    addDerived(values, [], { age: 50, sex: 'female', oophorectomy: undefined }, terms);
    expect(values.ecog).toMatchObject({ value: ecog });
  });
});

describe('settling', () => {
  const ecog = (n: number, date: string, more = {}) => observation(loinc('89247-1'), quantity(n), date, more);
  it('takes the later value', () => expect(reads('ecog', ecog(2, '2026-01-01'), ecog(0, day))).toBe(0));
  it('leaves a disagreement of one day unknown', () =>
    expect(reads('ecog', ecog(2, day), ecog(0, day))).toBe('?conflict'));
  it('takes the corrected result of one day', () =>
    expect(reads('ecog', ecog(2, day), ecog(0, day, { status: 'corrected' }))).toBe(0));
  it('flags an old value and keeps it', () => {
    expect(settle('ecog', [ecog(1, '2025-01-01')])).toMatchObject({
      known: true,
      note: expect.stringContaining('older than 90'),
    });
  });
  it('does not believe a pregnancy of two years ago', () => {
    expect(settle('pregnant', [observation(loinc('82810-3'), coded(loinc('LA15173-0')), '2024-01-01')])).toMatchObject({
      reason: 'too-old',
    });
  });
  it('says who refused', () =>
    expect(settle('hiv', [observation(loinc('56888-1'), undefined, day, { absent: 'asked-declined' })])).toMatchObject({
      reason: 'refused',
    }));
});

describe('words', () => {
  it.each([
    ['hbsag', loinc('5195-3'), coded(snomed('260385009')), 'negative'],
    ['hbsag', text('HBsAg'), said('не обнаружен'), 'negative'],
    ['hbsag', text('HBsAg'), said('обнаружен'), 'positive'],
    ['dpyd', text('DPYD genotype'), said('*1/*2A'), 'intermediate'],
    ['dpyd', text('DPYD'), said('Poor metabolizer'), 'poor'],
    ['ugt1a1', text('UGT1A1 genotype'), said('*28/*28'), 'poor'],
    ['smoking', loinc('72166-2'), coded(snomed('266919005')), 'never'],
    ['menopause', text('Menopausal status'), said('Postmenopausal'), 'post'],
    ['menopause', text('Менопаузальный статус'), said('пременопауза'), 'pre'],
  ])('%s', (id, code, value, expected) => {
    expect(reads(id, observation(code, value, day))).toBe(expected);
  });
  it('reads a finding whose code is the answer', () => {
    expect(reads('menopause', condition(snomed('76498008', 'Postmenopausal state')))).toBe('post');
    expect(reads('refuses-chemotherapy', condition('Patient refuses chemotherapy'))).toBe('yes');
  });
  it('does not take another measurement for the asked one', () => {
    expect(
      reads(
        'creatinine',
        observation(loinc('2161-8', 'Creatinine [Mass/volume] in Urine'), quantity(100, 'mg/dL'), day),
      ),
    ).toBeUndefined();
    expect(reads('bilirubin', observation('Direct bilirubin', quantity(1, 'mg/dL'), day))).toBeUndefined();
  });
});

describe('computed facts', () => {
  const person = { age: 60, sex: 'female' as const, oophorectomy: undefined };
  const values = (...entries: Entry[]): Values => {
    const readings = entries.flatMap((e) => factReadings(e, terms));
    const all: Values = {};
    for (const id of new Set(readings.map((r) => r.fact))) {
      const fact = settle(id, entries);
      if (fact) all[id] = fact;
    }
    addDerived(all, readings, person, terms);
    return all;
  };
  const body = [
    observation(loinc('29463-7'), quantity(70, 'kg'), day),
    observation(loinc('8302-2'), quantity(165, 'cm'), day),
  ];
  it('computes creatinine clearance by Cockcroft-Gault, the same from either unit', () => {
    // (140 - 60) * 70 * 0.85 / (72 * 1.0) = 66.1
    for (const creatinine of [quantity(1, 'mg/dL'), quantity(88.402, 'umol/L')])
      expect(values(...body, observation(loinc('2160-0'), creatinine, day))['creatinine-clearance']).toMatchObject({
        value: 66.1,
      });
  });
  it('estimates filtration by CKD-EPI 2021 without a weight', () => {
    // 142 * (1 / 0.7) ^ -1.2 * 0.9938 ^ 60 * 1.012 = 64.5; the clearance needs a weight and stays unknown
    const unweighed = values(observation(loinc('2160-0'), quantity(1, 'mg/dL'), day));
    expect(unweighed.egfr).toMatchObject({ value: 64.5 });
    expect(unweighed['creatinine-clearance']).toBeUndefined();
    expect(values(observation(loinc('2160-0'), quantity(520, 'umol/L'), day)).egfr).toMatchObject({ value: 7.7 });
  });
  it('computes BSA by Mosteller', () => expect(values(...body).bsa).toMatchObject({ value: 1.79 }));
  it('uses the upper limit of the laboratory', () => {
    const own = observation(loinc('1742-6'), quantity(90, 'U/L'), day, {
      referenceRange: { high: { value: 30, unit: 'U/L' } },
    });
    expect(values(own)['alt-uln']).toMatchObject({ value: 3 });
    expect(values(observation(loinc('1742-6'), quantity(90, 'U/L'), day))['alt-uln']).toMatchObject({ value: 2.25 });
  });
  it.each([
    [59, 'female', undefined, undefined],
    [60, 'female', undefined, 'post'],
    [40, 'female', '2025-01-01', 'post'],
    [70, 'male', undefined, undefined],
  ] as const)('menopause at %i in a %s (ovaries removed %s) is %s', (age, sex, oophorectomy, expected) => {
    const all: Values = {};
    addDerived(all, [], { age, sex, oophorectomy }, terms);
    expect(all.menopause?.known ? all.menopause.value : undefined).toBe(expected);
  });
  it('knows the source', () => expect(source.kind).toBe('resource'));
});

it('reads the grade that a diagnosis names', () => {
  expect(reads('neuropathy-grade', condition(text('Peripheral neuropathy grade 3')))).toBe(3);
  expect(reads('neuropathy-grade', condition(text('Diabetic neuropathy')))).toBeUndefined();
});

describe('what a comment, a preference or a goal says', () => {
  it.each([
    ['refuses-chemotherapy', 'Patient preference', 'Refuses chemotherapy', 'yes'],
    ['goals-of-care', 'Goal', 'Comfort care only', 'comfort'],
    ['operable', 'Operability assessment', 'Medically inoperable (FEV1 31 %)', 'no'],
    ['refuses-chemotherapy', 'Patient preference', 'Does not refuse chemotherapy', undefined],
    ['inflammatory', 'Pathology comment', 'Inflammatory infiltrate', undefined],
  ])('reads %s from "%s: %s" as %s', (fact, name, value, expected) => {
    expect(reads(fact, observation(name, said(value), day))).toBe(expected);
  });
});
