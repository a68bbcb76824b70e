// Names made comparable over alphabets: Cyrillic (Russian, Kazakh), the Latin of passports and that of 2021, with what writers vary folded.
// A hint only: two people may share it, and one person may be written in a way that it misses.

/** Russian and Kazakh letters; sounds that Latin writes in several ways become one sign: 3 ts, 4 ch, 5 zh, 6 sh. */
const CYRILLIC = new Map(
  Object.entries({
    ...{
      а: 'a',
      ә: 'a',
      б: 'b',
      в: 'v',
      г: 'g',
      ғ: 'g',
      д: 'd',
      е: 'e',
      ё: 'e',
      ж: '5',
      з: 'z',
      и: 'i',
      й: 'i',
      і: 'i',
    },
    ...{
      к: 'k',
      қ: 'k',
      л: 'l',
      м: 'm',
      н: 'n',
      ң: 'n',
      о: 'o',
      ө: 'o',
      п: 'p',
      р: 'r',
      с: 's',
      т: 't',
      у: 'u',
      ұ: 'u',
    },
    ...{
      ү: 'u',
      ф: 'f',
      х: 'h',
      һ: 'h',
      ц: '3',
      ч: '4',
      ш: '6',
      щ: '6',
      ъ: '',
      ы: 'i',
      ь: '',
      э: 'e',
      ю: 'u',
      я: 'ia',
    },
  }),
);

/** In this order: longer spellings first. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/shch|sch|sh|ş|š/g, '6'],
  [/dzh|dj|d5|zh|j|ž/g, '5'],
  [/kh/g, 'h'],
  [/gh|ğ/g, 'g'],
  [/ch|ç|č/g, '4'],
  [/ts|tz/g, '3'],
  [/ng|ñ|ŋ/g, 'n'],
  [/ph/g, 'f'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/[qc]/g, 'k'],
  [/[yı]/g, 'i'],
  // "Yerlan" is "Erlan", "Mariya" is "Maria": the glide before a vowel is written or not.
  [/i+(?=[aeou])/g, ''],
];

/** One word of a name in folded Latin: "Айгерім", "Aigerim" and "Aygerim" give the same. */
export function foldName(word: string): string {
  const latin = [...word.toLowerCase().normalize('NFC')].map((letter) => CYRILLIC.get(letter) ?? letter).join('');
  return FOLDS.reduce((text, [from, to]) => text.replace(from, to), latin)
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '')
    .replace(/(.)\1+/g, '$1');
}

/** The first letter and the consonants: vowels are what transliterations differ in most. */
export const skeleton = (folded: string): string => folded.slice(0, 1) + folded.slice(1).replace(/[aeiou]/g, '');

/** The words of all names, folded, each once, in order; one letter is an initial and tells too little. */
export function nameWords(names: readonly string[]): readonly string[] {
  const words = names.flatMap((name) => name.split(/[\s.,]+/u)).map(foldName);
  return [...new Set(words.filter((word) => word.length > 1))].sort();
}

/** The same skeleton, or one letter of difference in a word of five or more. */
export const similar = (a: string, b: string): boolean =>
  skeleton(a) === skeleton(b) || (Math.min(a.length, b.length) >= 5 && withinOneEdit(a, b));

function withinOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = short.length === long.length ? short.slice(at + 1) : short.slice(at);
  return rest === long.slice(at + 1);
}

/** Words of a that have their like in b. */
export const sharedWords = (a: readonly string[], b: readonly string[]): number =>
  a.filter((word) => b.some((other) => similar(word, other))).length;
