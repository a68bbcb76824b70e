// Values as a reviewer reads and writes them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueFault } from '../../../src/evidence/curate/check-value.js';
import { parseField } from '../../../src/evidence/curate/field.js';
import { effectText, figureText, parseEffect, parseFigure } from '../../../src/evidence/curate/value-text.js';

const hundredths = (low: number, high: number) => fc.integer({ min: low * 100, max: high * 100 }).map((n) => n / 100);

describe('effects', () => {
  test('are read in the usual ways of writing', () => {
    expect(parseEffect('HR 0.57 (0.44 to 0.75) p <0.001')).toEqual({
      measure: 'HR',
      value: 0.57,
      low: 0.44,
      high: 0.75,
      p: '<0.001',
    });
    expect(parseEffect('hr 0.57 (0.44-0.75), p=0.03')).toEqual({
      measure: 'HR',
      value: 0.57,
      low: 0.44,
      high: 0.75,
      p: '0.03',
    });
    expect(parseEffect('HR 0.57 (99% 0.40 to 0.80)')).toMatchObject({ level: 0.99 });
    expect(parseEffect('MD -1.2 (-2 to -0.4)')).toMatchObject({ value: -1.2, low: -2, high: -0.4 });
  });

  test('are refused when they contradict themselves or are no effect', () => {
    expect(parseEffect('0.57')).toMatch(/write it as/);
    expect(parseEffect('HR 0.9 (0.4 to 0.8)')).toMatch(/outside its own interval/);
    expect(parseEffect('HR 0')).toMatch(/greater than 0/);
  });

  test('written and read again are the same', () => {
    fc.assert(
      fc.property(hundredths(0.1, 3), hundredths(0, 0.09), hundredths(0, 2), (value, below, above) => {
        const effect = {
          measure: 'HR' as const,
          value,
          low: Math.round((value - below) * 100) / 100,
          high: Math.round((value + above) * 100) / 100,
          p: '0.04',
        };
        expect(parseEffect(effectText(effect))).toEqual(effect);
      }),
    );
  });
});

describe('figures', () => {
  test('are months or percentages with their limits', () => {
    expect(parseFigure('18.9 (15.2 to 21.4)', 'months')).toEqual({ value: 18.9, low: 15.2, high: 21.4 });
    expect(parseFigure('not reached (28 to )', 'months')).toEqual({ value: null, low: 28 });
    expect(parseFigure('34% (30-38%)', '%')).toEqual({ value: 34, low: 30, high: 38 });
    expect(parseFigure(figureText({ value: 34, low: 30, high: 38 }, true), '%')).toEqual({
      value: 34,
      low: 30,
      high: 38,
    });
  });

  test('are refused out of range', () => {
    expect(parseFigure('134%', '%')).toMatch(/0 to 100/);
    expect(parseFigure('not reached', '%')).toMatch(/percentage/);
    expect(parseFigure('0', 'months')).toMatch(/greater than 0/);
    expect(parseFigure('many', 'months')).toMatch(/write it as/);
  });
});

describe('fields', () => {
  test('name an outcome, a subgroup, a time and an arm', () => {
    expect(parseField('iDFS/PD-L1 >= 50 %.effect')).toEqual({
      kind: 'result',
      outcome: 'IDFS',
      population: 'PD-L1 >= 50 %',
      part: 'effect',
    });
    expect(parseField('OS.at.24.b')).toEqual({
      kind: 'result',
      outcome: 'OS',
      population: undefined,
      part: 'at',
      months: 24,
      arm: 'b',
    });
    expect(parseField('arm.c.regimen')).toEqual({ kind: 'arm', arm: 'c', name: 'regimen' });
    expect(parseField('harm.b')).toEqual({ kind: 'harm', arm: 'b' });
  });

  test('that are none are told apart, and values are checked by their field', () => {
    const names = { cancers: new Set(['nsclc']), regimens: new Set(['osimertinib']), studies: new Set(['flaura']) };
    const fault = (field: string, value: string) => valueFault(field, value, names);
    expect(parseField('happiness.effect')).toBeUndefined();
    expect(fault('happiness.effect', '1')).toMatch(/no field/);
    expect(fault('year', '20')).toMatch(/no year/);
    expect(fault('nct', 'NCT1')).toMatch(/no nct/);
    expect(fault('cancer', 'moon')).toMatch(/no folder/);
    expect(fault('study', 'flaura9')).toMatch(/no study/);
    expect(fault('arm.a.regimen', 'x')).toMatch(/no regimen/);
    expect(fault('arm.a.n', '0')).toMatch(/no number of patients/);
    expect(fault('design', 'guess')).toMatch(/no design/);
    expect(fault('blinded', 'yes')).toBeUndefined();
    expect(fault('OS.at.24.a', '71%')).toBeUndefined();
    expect(fault('name', ' ')).toMatch(/empty/);
  });
});
