// Dates of year, month or day precision: what they may mean, and no more.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageInYears, compareDates, dayRange, daysBetween, parsePartialDate } from '../../src/domain/partial-date.js';

describe('parsePartialDate', () => {
  test.each([
    ['2024', '2024'],
    ['2024-05', '2024-05'],
    ['2024-02-29', '2024-02-29'],
    ['2024-05-17T10:00:00+05:00', '2024-05-17'],
  ])('reads %s', (text, date) => expect(parsePartialDate(text)).toBe(date));

  test.each([
    '2023-02-29',
    '2024-13',
    '2024-00-10',
    '24-01-01',
    '2024-1-1',
    'yesterday',
    '',
    '2023-02-29T10:00:00Z',
    '2024-05-17T10:00\n',
    '2024-05-17 10:00',
  ])('refuses "%s", and again when asked again', (text) => {
    expect(parsePartialDate(text)).toBeUndefined();
    expect(parsePartialDate(text)).toBeUndefined();
  });
});

describe('what a date may mean', () => {
  test('spans the year or the month', () => {
    const year = dayRange('2024');
    expect(year.last - year.first).toBe(365);
    expect(dayRange('2023-02').last - dayRange('2023-02').first).toBe(27);
  });

  test('counts days between the middles', () => {
    expect(daysBetween('2024-01-01', '2024-03-01')).toBe(60);
    expect(daysBetween('2024-03-01', '2024-01-01')).toBe(-60);
  });

  test('gives the younger age when the birth date is a year', () => {
    expect(ageInYears('1960-06-15', '2026-06-14')).toBe(65);
    expect(ageInYears('1960-06-15', '2026-06-15')).toBe(66);
    expect(ageInYears('1960', '2026-06-15')).toBe(65);
  });

  const day = fc
    .date({ min: new Date('1930-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10));

  test('orders days as text does, and turns round when swapped', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(Math.sign(compareDates(a, b))).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(Math.sign(compareDates(a, b)) + Math.sign(compareDates(b, a))).toBe(0);
      }),
    );
  });
});
