// Diagnosis code + histology + body site -> the most specific OncoTree code that they support together.
//
//   C34.1 + 8140/3            -> LUAD      site and morphology
//   254837009 + 82711006      -> IDC       a morphology of that organ
//   C50.9 + nothing           -> BRCA      the organ's malignant tumour, no histology
//   408643008 + 8520/3        -> BRCA      two histologies that exclude each other: what they share, with a remark
import type { CancerTerm } from '../../domain/corpus/vocabulary.js';
import type { Concept } from '../../domain/history.js';
import { type CancerTree, cancerTree } from './cancer-tree.js';
import { icdCodes, saysInSitu, saysMalignant, withoutPlace, wordsOf } from './cancer-words.js';
import { codeSystem } from './code-system.js';
import type { Terminology } from './terminology.js';

/** As Terminology's match, for a cancer. */
interface Match {
  readonly term: CancerTerm;
  readonly precision: CancerName['precision'];
  readonly by: string;
}

export interface CancerName {
  readonly oncotree: string;
  readonly name: string;
  readonly precision: 'exact' | 'broader' | 'text';
}

export interface Identified {
  readonly cancer?: CancerName;
  readonly remarks: readonly string[];
}

/** @param histologies latest first; the first that fits the organ holds, unless a later one of the list says it more finely. */
export function identifyCancer(
  code: Concept,
  histologies: readonly Concept[],
  bodySites: readonly Concept[],
  terms: Terminology,
): Identified {
  const tree = cancerTree(terms.vocabulary);
  const coded = named(code, terms, tree);
  const organ = organOf(coded?.term, [code, ...bodySites], terms, tree);
  // The words of the diagnosis may say the histology that its code cannot ("C34.1 Adenocarcinoma of upper lobe").
  const inWords: Concept = { codings: [], text: wordsOf(code) };
  const places = [...bodySites, code].flatMap((c) => c.codings.flatMap((x) => x.code ?? [])).filter(isTopography);
  const found = [...histologies, code, inWords].flatMap((h) => histologyTerm(h, organ, places, terms, tree) ?? []);
  const histology = most(found, tree);
  const site = coded !== undefined && !isGeneric(coded.term, tree) ? coded : siteMatch(coded, organ, tree);
  return combine(site, histology, histologies, tree);
}

/** Finer; or with a histology where the other has none; or a special type of the common one (inflammatory is ductal too). */
function saysMore(next: CancerTerm, best: CancerTerm, tree: CancerTree): boolean {
  const [of, common] = [next.codes.icdo3 ?? [], best.codes.icdo3 ?? []];
  if (next.oncotree === best.oncotree) return false;
  if (tree.isA(next.oncotree, best.oncotree) || (common.length === 0 && of.length > 0)) return true;
  return of.indexOf(common[0] ?? '') > 0;
}

/** The best term of the diagnosis code itself: by code, else by its words, the deepest of the first organ that they name. */
function named(code: Concept, terms: Terminology, tree: CancerTree): Match | undefined {
  const coded = byCode(code, terms);
  const found = coded.length > 0 ? coded : inWords(code, terms, tree);
  const specific = found.filter((match) => !isGeneric(match.term, tree));
  const organ = specific[0] && tree.organ(specific[0].term.oncotree);
  const same = specific.filter((match) => tree.organ(match.term.oncotree) === organ);
  return best(same, tree) ?? found[0];
}

/** Terms of the codes. Where one code is of several (C91.0: B-cell and T-cell) the words say which, when they do. */
function byCode(concept: Concept, terms: Terminology): readonly Match[] {
  const coded = terms.findAll('cancer', concept).filter((match) => match.precision !== 'text');
  if (coded.length < 2) return coded;
  const [said] = terms.inText('cancer', withoutPlace(wordsOf(concept)));
  const chosen = coded.filter((match) => match.precision === 'exact' && match.term.oncotree === said?.term.oncotree);
  return chosen.length > 0 ? chosen : coded;
}

/** By code: the deepest, and of equals the first in the file, for a morphology may be listed by several. By words: what says most. */
const best = (matches: readonly Match[], tree: CancerTree): Match | undefined =>
  matches[0]?.precision === 'text'
    ? most(matches, tree)
    : [...matches].sort((a, b) => tree.depth(b.term.oncotree) - tree.depth(a.term.oncotree))[0];

const most = (matches: readonly Match[], tree: CancerTree): Match | undefined =>
  matches.reduce<Match | undefined>(
    (best, next) =>
      best === undefined || saysMore(next.term, best.term, tree) || saysHistology(next, best, tree) ? next : best,
    undefined,
  );

/** An ICD-10 code of a place names its usual tumour (C40 osteosarcoma, C49 sarcoma); a histology in words is another one. */
const saysHistology = (next: Match, best: Match, tree: CancerTree): boolean =>
  next.precision === 'text' &&
  isPlaceCode(best) &&
  (next.term.codes.icdo3 ?? []).length > 0 &&
  !tree.isA(best.term.oncotree, next.term.oncotree);

const isPlaceCode = ({ term, precision, by }: Match): boolean =>
  precision !== 'text' && /^[A-Z]\d\d/.test(by) && (term.codes.topography ?? []).length > 0;

/** Cancers named in the words; the bare name of an organ counts only when no cancer is named and the words say malignant. */
function inWords(code: Concept, terms: Terminology, tree: CancerTree): readonly Match[] {
  const words = wordsOf(code);
  const hits = terms.inText('cancer', withoutPlace(words)).map(({ term, phrase }) => ({
    match: { term, precision: 'text' as const, by: words },
    bare: isBareOrgan(term, phrase),
  }));
  // A benign tumour says nothing beside a cancer ("melanoma in a nevus"), and that the organ is not meant as one ("fibroadenoma of the breast").
  const benign = hits.filter((hit) => hit.match.term.benign === true);
  const named = hits.filter((hit) => !hit.bare && !benign.includes(hit)).map((hit) => hit.match);
  // "Acute leukaemia: acute lymphoblastic leukaemia": the closer name.
  const firm = named.filter((match) => match.term.vague !== true);
  const cancers = firm.some((match) => tree.isSystemic(match.term.oncotree)) ? firm : named;
  if (cancers.length === 0 && benign.length > 0) return benign.map((hit) => hit.match);
  if (cancers.some((match) => !isGeneric(match.term, tree))) return cancers;
  return [...cancers, ...hits.filter((hit) => hit.bare).map((hit) => lift(hit.match, tree, words))];
}

/** "lung", "молочной железы": where, without saying that it is a tumour. */
export const isBareOrgan = (term: CancerTerm, phrase: string): boolean =>
  term.parent === null && !saysMalignant(phrase);

/** An organ's name in a malignant diagnosis ("malignant neoplasm of ... breast") means its malignant tumour. */
function lift(match: Match, tree: CancerTree, words: string): Match {
  if (!saysMalignant(words)) return match;
  const { oncotree } = match.term;
  const term = saysInSitu(words) ? inSituTerm(oncotree, tree) : tree.malignant(oncotree);
  return term === undefined ? match : { ...match, term };
}

const inSituTerm = (organ: string, tree: CancerTree): CancerTerm | undefined =>
  ['8500/2', '8140/2', '8010/2'].flatMap((m) => tree.withMorphology(m, organ))[0];

/** Histologies without an organ are kept under OTHER (unknown primary) in OncoTree. */
const isGeneric = (term: CancerTerm, tree: CancerTree): boolean => tree.organ(term.oncotree) === 'OTHER';

function organOf(
  coded: CancerTerm | undefined,
  places: readonly Concept[],
  terms: Terminology,
  tree: CancerTree,
): string | undefined {
  if (coded !== undefined && !isGeneric(coded, tree) && coded.benign !== true) return tree.organ(coded.oncotree);
  for (const place of places) {
    const topography = place.codings.find((c) => /^C\d\d(\.\d)?$/.test(c.code ?? ''))?.code;
    const organ = topography === undefined ? undefined : tree.organAt(topography);
    if (organ !== undefined && organ !== 'OTHER') return organ;
    const match = terms.findAll('cancer', place).find((m) => !isGeneric(m.term, tree) && m.term.benign !== true);
    if (match !== undefined) return tree.organ(match.term.oncotree);
  }
  return undefined;
}

const isTopography = (code: string): boolean => /^[CD]\d\d(?:\.\w+)?$/.test(code);

function siteMatch(coded: Match | undefined, organ: string | undefined, tree: CancerTree): Match | undefined {
  const term = organ === undefined ? undefined : tree.malignant(organ);
  return term === undefined ? coded : { term, precision: 'broader', by: coded?.by ?? term.name.en };
}

/** The term that a histology means at the organ; without an organ, what it means by itself. */
function histologyTerm(
  histology: Concept,
  organ: string | undefined,
  places: readonly string[],
  terms: Terminology,
  tree: CancerTree,
): Match | undefined {
  const matches = histologyMatches(histology, terms);
  if (organ === undefined) return matches[0];
  const ofOrgan = matches.filter((m) => tree.organ(m.term.oncotree) === organ && m.term.parent !== null);
  const direct = best(nearest(ofOrgan, places, tree), tree);
  if (direct !== undefined) return direct;
  const written = morphologies(histology).map((code) => ({ code, precision: 'exact' as const }));
  const pivoted = matches.flatMap((m) =>
    (m.term.codes.icdo3 ?? []).slice(0, 1).map((code) => ({ code, precision: m.precision })),
  );
  for (const { code, precision } of [...written, ...pivoted]) {
    const [term] = tree.withMorphology(code, organ, places);
    if (term !== undefined) return { term, precision, by: code };
  }
  return matches.find((m) => m.term.anyOrgan === true);
}

/** One morphology at several places of an organ (8240/3 of small bowel, appendix, rectum): the terms of the very place. */
function nearest(matches: readonly Match[], places: readonly string[], tree: CancerTree): readonly Match[] {
  const most = Math.max(0, ...matches.map((m) => tree.placed(m.term, places)));
  return matches.filter((m) => tree.placed(m.term, places) === most);
}

function histologyMatches(histology: Concept, terms: Terminology): readonly Match[] {
  const coded = byCode(histology, terms);
  if (coded.length > 0) return coded;
  const words = wordsOf(histology);
  return terms
    .inText('cancer', withoutPlace(words))
    .filter(({ term, phrase }) => !isBareOrgan(term, phrase) && term.benign !== true)
    .map(({ term }) => ({ term, precision: 'text', by: words }));
}

/** ICD-O-3 morphologies written in a concept: "8140/3", "M8140/3", "8140" (malignant where unsaid); a metastasis (/6) has that of its primary. */
export const morphologies = (concept: Concept): readonly string[] =>
  writtenMorphologies(concept).map((code) => code.replace(/\/6$/, '/3'));

/** The same with the behaviour as written: /0 benign, /1 uncertain, /2 in situ, /3 malignant, /6 metastatic. */
export const writtenMorphologies = (concept: Concept): readonly string[] =>
  concept.codings.flatMap(({ system, code }) => {
    const parts = /^M?-?(\d{4})(?:\/(\d))?$/.exec(code?.trim() ?? '');
    if (parts === null) return [];
    const known = codeSystem(system);
    if (parts[2] === undefined && known !== 'icdo3') return [];
    return known === 'icdo3' || known === 'other' ? [`${parts[1]}/${parts[2] ?? '3'}`] : [];
  });

/** Adenocarcinoma, squamous, adenosquamous, poorly differentiated and undifferentiated carcinoma, without an organ. */
const OF_NO_ORGAN = /^(?:ADNOS|SCCNOS|ADSQNOS|PDC|UDMN)$/;

function combine(
  site: Match | undefined,
  histology: Match | undefined,
  histologies: readonly Concept[],
  tree: CancerTree,
): Identified {
  if (site === undefined || histology === undefined) {
    const only = site ?? histology;
    return only === undefined ? { remarks: [] } : { cancer: name(only), remarks: [] };
  }
  const [a, b] = [site.term, histology.term];
  // "Neoplasm of uncertain behaviour" is said of what the morphology names (8821/1 desmoid).
  if (a.benign === true && histology.precision === 'exact') return { cancer: name(histology), remarks: [] };
  // C80: the primary was looked for and not found. A histology of no organ does not take that back.
  if (a.oncotree === 'CUPNOS' && OF_NO_ORGAN.test(b.oncotree)) return { cancer: name(site), remarks: [] };
  if (tree.isA(a.oncotree, b.oncotree)) return { cancer: name(site), remarks: [] };
  if (tree.isA(b.oncotree, a.oncotree)) return { cancer: name(histology), remarks: [] };
  if (tree.organ(a.oncotree) !== tree.organ(b.oncotree))
    return { cancer: name(b.anyOrgan === true ? histology : site), remarks: [] };
  const listed = [...(b.codes.icdo3 ?? []).slice(0, 1), ...histologies.flatMap(morphologies)];
  if (listed.some((code) => a.codes.icdo3?.includes(code) === true)) return { cancer: name(site), remarks: [] };
  // The organ's tumour without a histology of its own gives way to any histology (breast: metaplastic, in situ, Paget).
  if ((a.codes.icdo3 ?? []).length === 0) return { cancer: name(histology), remarks: [] };
  // An ICD-10 code of an organ's malignant tumour says the place (C17, C25); what grows there is the histology's to say.
  if (isPlaceCode(site)) return { cancer: name(histology), remarks: [] };
  // A code that is of both (C91.0) leaves the choice to the histology.
  if (site.precision !== 'text' && b.codes.icd10?.includes(site.by) === true)
    return { cancer: name(histology), remarks: [] };
  const shared = tree.common(a.oncotree, b.oncotree);
  const term = (shared === undefined ? undefined : tree.term(shared)) ?? a;
  const cancer: CancerName = { oncotree: term.oncotree, name: term.name.en, precision: 'broader' };
  return {
    cancer,
    remarks: [`The diagnosis code says ${a.name.en}, the histology ${b.name.en}; only ${term.name.en} is taken`],
  };
}

const name = ({ term, precision }: Match): CancerName => ({
  oncotree: term.oncotree,
  name: term.name.en,
  precision,
});

/** ICD-10 code beyond the category ("C50.4" but not "C50.9"): a place within the organ. */
export const subsite = (code: Concept): string | undefined =>
  icdCodes(code)
    .map((c) => /^[CD]\d\d\.?(\d)/.exec(c))
    .flatMap((m) => (m?.[1] === undefined || m[1] === '9' || m[1] === '8' ? [] : [m[0].replace('.', '')]))[0];
