// The words of the settled diagnosis, as normalize reads them: each wording once, the kind that a marker makes, the primary not found.
import { cancerTree } from '../normalize/cancer-tree.js';
import type { Terminology } from '../normalize/terminology.js';
import type { CancerSaid } from './diagnosis.js';
import type { Sentence } from './sentence.js';

/** The diagnosis in its own words, each wording once; a bare organ with what makes it a cancer. */
export function diagnosisWords(cancers: readonly CancerSaid[]): string {
  // The search for the primary decides over the histology that it left.
  if (
    cancers.some((c) => c.oncotree === 'CUPNOS') &&
    !cancers.some((c) => /NEUROENDOCRINE|^(?:SCUP|NETNOS|NECNOS)$/.test(c.oncotree))
  )
    return 'cancer of unknown primary';
  // "Primary CNS lymphoma (DLBCL)": the histology does not take the place away, which decides the treatment.
  if (cancers.some((c) => c.oncotree === 'PCNSL' && !c.suspected)) return 'primary cns lymphoma';
  const told = cancers.filter((c) => c.codings.length === 0 || c.placed);
  const parts = told
    .map((c) => (c.words.length <= 140 ? c.words : c.phrase))
    .map((w, i) => (told[i]?.bare === true && !MALIGNANT.test(w) ? bareAsCancer(told[i]?.phrase ?? w) : w));
  return [...new Set(parts)].slice(0, 4).join('; ');
}
const MALIGNANT =
  /cancer|carcinom|sarcom|tumou?r|neoplas|malign|lymphom|leuk|melanom|myelom|(?<!\p{L})рак|карцином|опухол|новообраз|лимфом|лейкоз|обыр/u;
const bareAsCancer = (phrase: string): string =>
  /[а-я]/u.test(phrase) ? `рак ${phrase}` : `malignant neoplasm of ${phrase}`;

/** "ALCL, ALK negative": the kind that a marker beside the name makes. */
export const byMarker = (sentences: readonly Sentence[], cancers: readonly CancerSaid[]): readonly string[] => {
  if (!cancers.some((c) => c.oncotree === 'ALCL')) return [];
  const told = sentences
    .map((s) => /\balk[ :-]{0,3}(\+|-|pos|neg|полож|отр)/u.exec(s.plain)?.[1])
    .find((m) => m !== undefined);
  if (told === undefined) return [];
  return [`anaplastic large cell lymphoma ALK ${/^(?:\+|pos|полож)/u.test(told) ? 'positive' : 'negative'}`];
};

/** Neoplasia after a mole is what is treated, not the mole. */
export const withoutMole = (cancers: readonly CancerSaid[]): readonly CancerSaid[] =>
  cancers.some((c) => c.oncotree === 'GTD') ? cancers.filter((c) => !/^(?:MP|CHM|PHM|IHM)$/.test(c.oncotree)) : cancers;

/** "Acute leukaemia", where another word says which. */
export function withoutVague(cancers: readonly CancerSaid[], terms: Terminology): readonly CancerSaid[] {
  const tree = cancerTree(terms.vocabulary);
  const firm = cancers.filter((c) => tree.term(c.oncotree)?.vague !== true);
  return firm.some((c) => tree.isSystemic(c.oncotree)) ? firm : cancers;
}
