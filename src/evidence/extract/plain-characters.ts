// One way of writing for each sign, without moving an offset: every UTF-16 unit becomes exactly one.

const CLASSES: readonly (readonly [string, string])[] = [
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\uFE58\uFE63\uFF0D\u00AD'],
  [
    ' ',
    '\t\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u202F\u205F\u2060\u3000\uFEFF\u00A3\u20AC$',
  ],
  ["'", '\u2018\u2019\u201B\u2032'],
  ['"', '\u201C\u201D\u201F\u2033'],
  ['\u2264', '\u2A7D\u2266\u2272'],
  ['\u2265', '\u2A7E\u2267\u2273'],
  ['~', '\u223C\u2248\u2243\uFF5E'],
  ['=', '\uFF1D'],
  ['<', '\uFF1C'],
  ['>', '\uFF1E'],
  ['(', '\uFF08'],
  [')', '\uFF09'],
  [',', '\uFF0C'],
  [';', '\uFF1B'],
  [':', '\uFF1A'],
  ['%', '\uFF05'],
];
const PLAIN: ReadonlyMap<string, string> = new Map(
  CLASSES.flatMap(([to, from]) => [...from].map((c) => [c, to] as const)),
);
const ODD = new RegExp(`[${CLASSES.map(([, from]) => from).join('')}]`, 'g');

/** The Lancet's raised dot, bullets and the like between or before digits. */
const RAISED_DOT = /(?<=\d|[\s([=:,<>-])[\u00B7\u2219\u22C5\u2022\u2027\u0387](?=\d)/g;
/** What an unpacked web page leaves behind. */
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&lt;/g, '<   '],
  [/&gt;/g, '>   '],
  [/&nbsp;/g, '      '],
  [/&amp;/g, '&    '],
];

/** @returns text of the same length, so that offsets hold in both */
export function plainCharacters(text: string): string {
  let plain = text.replace(ODD, (c) => PLAIN.get(c) ?? c).replace(RAISED_DOT, '.');
  // Letters of formulas ("\u{1D443} < 0.001") take two units each: the letter, and a blank.
  if (plain.includes('\uD835')) plain = plain.replace(/[\u{1D400}-\u{1D7FF}]/gu, (c) => `${c.normalize('NFKC')} `);
  if (plain.includes('&')) for (const [entity, sign] of ENTITIES) plain = plain.replace(entity, sign);
  return usesDecimalComma(plain) ? plain.replace(/(?<=\b\d{1,3}),(?=\d{1,3}(?!\d))/g, '.') : plain;
}

/** "HR 0,57 (0,44-0,75)": no decimal point anywhere, and zeros before commas. */
const usesDecimalComma = (text: string): boolean => !/\d\.\d/.test(text) && /(?:^|[^\d.])0,\d/.test(text);
