// Kazakhstan's individual identification number (IIN, ЖСН): YYMMDD, a digit of sex and century, four of a serial number, a check digit.
// Rules of forming the identification number, Government Resolution No. 406 of 22 May 2007 (adilet.zan.kz/rus/docs/P070000406_), as
// described in yvision.kz/post/114938 and implemented in github.com/valery1707/kaz-person-id and ZhymabekRoman/kz-iin-validator.
import { type PartialDate, parsePartialDate } from '../../domain/partial-date.js';

export interface Iin {
  readonly value: string;
  readonly birthDate: PartialDate;
  readonly sex: 'female' | 'male';
}

/** Seventh digit: odd for men, even for women; 1-2 the 19th century, 3-4 the 20th, 5-6 the 21st. */
const CENTURY = ['18', '18', '19', '19', '20', '20'];
/** The eleventh weight counts for nothing modulo 11: a slip in that digit mostly goes unnoticed, so other evidence is asked too. */
const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** Used when the first sum leaves 10; a number that leaves 10 again is not given out. */
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/** The number taken apart, or undefined when it is no IIN: 12 digits, a real date, a known seventh digit, the right check digit. */
export function parseIin(text: string): Iin | undefined {
  const value = text.replace(/[\s-]/g, '');
  if (!/^\d{12}$/.test(value)) return undefined;
  const seventh = Number(value[6]);
  const century = CENTURY[seventh - 1];
  if (century === undefined) return undefined;
  const birthDate = parsePartialDate(`${century}${value.slice(0, 2)}-${value.slice(2, 4)}-${value.slice(4, 6)}`);
  if (birthDate === undefined || checkDigit(value) !== Number(value[11])) return undefined;
  return { value, birthDate, sex: seventh % 2 === 1 ? 'male' : 'female' };
}

/** Of the first eleven digits; 10 when there is none. */
function checkDigit(value: string): number {
  const sum = (weights: readonly number[]): number =>
    weights.reduce((total, weight, i) => total + weight * Number(value[i]), 0) % 11;
  const first = sum(FIRST_WEIGHTS);
  return first < 10 ? first : sum(SECOND_WEIGHTS);
}
