// Units as printed -> one folded spelling, so that "x10^9/L", "10*9/L", "×10⁹/л" and "10e9/l" compare equal.
// UCUM: ucum.org/ucum; Russian spellings by the alphabet of units (ГОСТ 8.417).
import { rememberedText } from './remembered.js';

const CYRILLIC: readonly (readonly [RegExp, string])[] = [
  [/мкмоль/g, 'umol'],
  [/ммоль/g, 'mmol'],
  [/моль/g, 'mol'],
  [/мкл/g, 'ul'],
  [/мкг/g, 'ug'],
  [/мкм/g, 'um'],
  [/мин/g, 'min'],
  [/мл/g, 'ml'],
  [/дл/g, 'dl'],
  [/мг/g, 'mg'],
  [/кг/g, 'kg'],
  [/см/g, 'cm'],
  [/мм/g, 'mm'],
  [/мс/g, 'ms'],
  [/ед|ме/g, 'u'],
  [/сут(ки)?/g, 'd'],
  [/л/g, 'l'],
  [/г/g, 'g'],
  [/м/g, 'm'],
];
const SUPERSCRIPT: Readonly<Record<string, string>> = { '²': '2', '³': '3', '⁶': '6', '⁹': '9', '¹': '1', '⁰': '0' };

/** A unit in folded spelling; the empty unit and pure annotations fold to "1". */
export const foldUnit = (unit: string | undefined): string => (unit === undefined ? '' : folded(unit));

const folded = rememberedText((unit) => {
  let folded = unit
    .trim()
    .replace(/10([⁰¹²³⁶⁹]+)/g, '10*$1')
    .replace(/[⁰¹²³⁶⁹]/g, (c) => SUPERSCRIPT[c] ?? c)
    .toLowerCase()
    .replace(/[µμ]/g, 'u')
    .replace(/\s+/g, '')
    .replace(/тыс\.?/g, 'тыс');
  const thousand = folded.startsWith('тыс');
  if (thousand) folded = folded.slice(3);
  for (const [pattern, latin] of CYRILLIC) folded = folded.replace(pattern, latin);
  if (thousand) folded = `тыс${folded}`;
  folded = folded
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[iu\]/g, 'iu')
    .replace(/^[x×*·]?10(?:\*\*|\^|\*|e|\+)?(\d{1,2})(?=\/|$)/, '10*$1')
    .replace(/\^/g, '')
    .replace(/mcg/g, 'ug')
    .replace(/mcl/g, 'ul')
    .replace(/mcmol/g, 'umol')
    .replace(/percent|pct|проц\w*/g, '%')
    .replace(/[./]+$/, '');
  return folded === '' ? '1' : folded;
});
