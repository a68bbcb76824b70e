// A histology told beside the cancer's name and not in it: "(squamous)", "рак эндометрия IA, G1, эндометриоидный", "Hodgkin lymphoma,
// nodular sclerosis". A piece of the text between stops that only one kind of the cancer bears in its name says which kind it is.
import type { CancerTerm } from '../../domain/corpus/vocabulary.js';
import { cancerTree } from '../normalize/cancer-tree.js';
import { saysMalignant } from '../normalize/cancer-words.js';
import type { Terminology } from '../normalize/terminology.js';
import type { CancerSaid } from './diagnosis.js';
import type { Sentence } from './sentence.js';

/** @returns names of the kinds of the cancer that the pieces tell; normalize takes the finest of all that is named */
export function histologyBeside(
  sentences: readonly Sentence[],
  cancers: readonly CancerSaid[],
  terms: Terminology,
): readonly string[] {
  const tree = cancerTree(terms.vocabulary);
  const told = cancers.filter((c) => !c.generic && c.oncotree !== '').map((c) => c.oncotree);
  const main = told.reduce<string | undefined>((a, b) => (a === undefined || tree.isA(b, a) ? b : a), undefined);
  if (main === undefined) return [];
  const kinds = terms.vocabulary.cancers.filter((t) => t.oncotree !== main && tree.isA(t.oncotree, main));
  if (kinds.length === 0) return [];
  // Every name that the cancer itself bears: "polycythaemia vera" is no word of its myelofibrosis, nor "chronic" of one phase of CML.
  const names = terms.vocabulary.cancers.filter((t) => t.oncotree === main).flatMap(namesOf);
  const own = new Set([...cancers.filter((c) => !c.generic).map((c) => c.phrase), ...names].flatMap(stems));
  const found = sentences
    .filter((s) => s.section !== 'family' && s.section !== 'comorbidity' && !/\?/.test(s.plain))
    .flatMap((s) => s.plain.split(/[,;:()]|\.(?=\s|$)/))
    .filter((piece) => !saysMalignant(piece))
    .flatMap((piece) => kindOf(stems(piece.replace(STAGE, ' ')), own, kinds, tree) ?? []);
  // Two kinds that exclude each other say nothing together.
  const [first, ...rest] = found;
  return first !== undefined && rest.every((f) => f.oncotree === first.oncotree) ? [first.name.en] : [];
}

/** "stage", numerals, TNM and grade tell no histology. */
const STAGE =
  /(?<![\p{L}\d])(?:stage|histolog\p{L}*|гистолог\p{L}*|histotype|subtype|type|variant|подтип|вариант|тип|стади\p{L}*|(?:iv|i{1,3})[abcавс]?\d?|g[1-4]|[cpyr]*t\d\p{L}?|[cpyr]*n\d\p{L}?|[cpyr]*m\d\p{L}?)(?![\p{L}\d])/gu;
/** Words that kinds bear in their names and that say a state, a place or a degree of any tumour. */
const COMMON =
  /^(?:high|low|grade|phases?|chronic|acute|фаз\p{L}*|хронич\p{L}*|остр\p{L}*|well|poorly|moderate\w*|different\w*|metasta\w*|invasive|primary|adult|childhood|cell|type|large|small|left|right|upper|lower|other|malignant|early|advanced|mixed|unknown|positive|negative|with|без|высок\p{L}*|низк\p{L}*|метаста\p{L}*|первичн\p{L}*|инвазивн\p{L}*|злокачественн\p{L}*|смешанн\p{L}*|крупн\p{L}*|мелк\p{L}*)$/u;

function kindOf(
  piece: readonly string[],
  own: ReadonlySet<string>,
  kinds: readonly CancerTerm[],
  tree: ReturnType<typeof cancerTree>,
): CancerTerm | undefined {
  const words = piece.filter((w) => !own.has(w));
  if (piece.length > 3 || words.length === 0 || !words.some((w) => w.length >= 5 && !COMMON.test(w))) return undefined;
  const bears = (name: string | undefined): boolean => {
    const inName = stems(name ?? '');
    return words.every((w) => inName.includes(w));
  };
  // "BCR-ABL1" is not "BCR-ABL1 like".
  const alike = /like|подобн/u.test(piece.join(' '));
  const bearing = kinds.filter(
    (k) =>
      (bears(k.name.en) || bears(k.name.ru)) && (alike || !/\blike\b|подобн/iu.test(`${k.name.en} ${k.name.ru ?? ''}`)),
  );
  const tops = bearing.filter((k) => !bearing.some((o) => o !== k && tree.isA(k.oncotree, o.oncotree)));
  // The name with the fewest words is the kind itself; longer ones are mixed or special varieties.
  const length = (k: CancerTerm): number =>
    Math.min(...[k.name.en, k.name.ru].flatMap((n) => (bears(n) ? [stems(n ?? '').length] : [])));
  const [plainest, next] = [...tops].sort((x, y) => length(x) - length(y));
  return plainest !== undefined && (next === undefined || length(plainest) < length(next)) ? plainest : undefined;
}

const namesOf = ({ name, words }: CancerTerm): readonly string[] => [name.en, name.ru ?? '', ...words];

/** Words in lower case, Russian adjectives without their ending. */
const stems = (text: string): readonly string[] =>
  (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\d-]+/gu) ?? []
  ).map((w) => (w.length > 6 ? w.replace(/(?:ый|ий|ая|ое|ого|ой|ому|ую|ым|ом)$/u, '') : w));
