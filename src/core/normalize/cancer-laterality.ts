// Left or right, from wherever a source says it: the laterality element, a body site, a code that holds the side, the words.
import type { Concept, ConditionEntry } from '../../domain/history.js';
import { icdCodes, wordsOf } from './cancer-words.js';
import { rememberedWith } from './remembered.js';
import type { Terminology } from './terminology.js';

export type Side = 'left' | 'right' | 'bilateral';

export function conditionSide(entry: ConditionEntry, terms: Terminology): Side | undefined {
  const own = entry.laterality === undefined ? undefined : sideOf(entry.laterality, terms);
  return own ?? together([...entry.bodySites, entry.code].map((c) => sideOf(c, terms)));
}

/** Both sides said of one tumour mean bilateral. */
export function together(sides: readonly (Side | undefined)[]): Side | undefined {
  const said = new Set(sides.filter((side) => side !== undefined));
  if (said.size <= 1) return [...said][0];
  return said.has('left') && said.has('right') ? 'bilateral' : [...said].find((side) => side !== 'bilateral');
}

export const sideOf = rememberedWith((concept: Concept, terms: Terminology): Side | undefined => {
  const codes = terms.vocabulary.stageCodes.categories;
  for (const { code } of concept.codings) {
    const word = code === undefined ? undefined : codes[code];
    if (word === 'left' || word === 'right' || word === 'bilateral') return word;
  }
  return icdSide(concept) ?? wordSide(wordsOf(concept));
});

/** ICD-10-CM has the side in its last digits: C50.x1y right breast, C50.x2y left... */
function icdSide(concept: Concept): Side | undefined {
  for (const code of icdCodes(concept)) {
    // C50.411: fifth character sex (1 female, 2 male), sixth side; C34.11, D05.11: fifth character side.
    const digit = /^C50\.?\d[12]([12])$/.exec(code)?.[1] ?? /^(?:C34\.?\d|D05\.?\d)([12])$/.exec(code)?.[1];
    if (digit !== undefined) return digit === '1' ? 'right' : 'left';
  }
  return undefined;
}

function wordSide(words: string): Side | undefined {
  if (
    /\bbilateral\b|both sides|both breasts|right and left|left and right|(?<!\p{L})(?:двусторонн|двухсторонн|билатеральн|обеих молочных)/u.test(
      words,
    )
  ) {
    return 'bilateral';
  }
  const left = /\bleft\b|\bl breast\b|(?<!\p{L})(?:лев|слева|сол жақ)/u.test(words);
  const right = /\bright\b|\br breast\b|(?<!\p{L})(?:прав|справа|оң жақ)/u.test(words);
  return left === right ? undefined : left ? 'left' : 'right';
}
