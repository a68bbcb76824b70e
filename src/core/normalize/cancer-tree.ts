// The OncoTree as a tree: ancestry, the organ of a code, and which term a morphology means at an organ.
import type { CancerTerm, Vocabulary } from '../../domain/corpus/vocabulary.js';

export interface CancerTree {
  readonly term: (code: string) => CancerTerm | undefined;
  /** True when `code` is `ancestor` or below it. */
  readonly isA: (code: string, ancestor: string) => boolean;
  /** The top node that a code belongs to: BREAST, LUNG, OTHER (unknown primary) ... */
  readonly organ: (code: string) => string;
  /** Lowest node above both. */
  readonly common: (a: string, b: string) => string | undefined;
  readonly depth: (code: string) => number;
  /** A disease of blood or lymph: the term or one above it says so. */
  readonly isSystemic: (code: string) => boolean;
  /**
   * Terms of an organ that list an ICD-O-3 morphology ("8140/3"), in the order of the file; where recorded places ("C15.5") tell them
   * apart, those of the place first (8140/3 at C15 is the oesophagus, at C16 the stomach).
   */
  readonly withMorphology: (morphology: string, organ: string, places?: readonly string[]) => readonly CancerTerm[];
  /** Length of the longest topography of a term that covers one of the places ("C15" covers "C15.5"); 0 when none does. */
  readonly placed: (term: CancerTerm, places: readonly string[]) => number;
  /** The organ of an ICD-O-3 or ICD-10 topography ("C34.1"). */
  readonly organAt: (topography: string) => string | undefined;
  /** What a malignant tumour of an organ is called when nothing else is known: BRCA for BREAST, LUNG for LUNG. */
  readonly malignant: (organ: string) => CancerTerm | undefined;
}

const trees = new WeakMap<Vocabulary, CancerTree>();

export function cancerTree(vocabulary: Vocabulary): CancerTree {
  const known = trees.get(vocabulary);
  if (known !== undefined) return known;
  const tree = build(vocabulary);
  trees.set(vocabulary, tree);
  return tree;
}

function build(vocabulary: Vocabulary): CancerTree {
  const byCode = new Map(vocabulary.cancers.map((term) => [term.oncotree, term]));
  const paths = new Map(vocabulary.cancers.map((term) => [term.oncotree, pathUp(term.oncotree, byCode)]));
  const path = (code: string): readonly string[] => paths.get(code) ?? [code];
  const organ = (code: string): string => path(code).at(-1) ?? code;
  const sites = vocabulary.cancers.flatMap((term) => (term.codes.topography ?? []).map((site) => ({ site, term })));
  const organAt = (topography: string): string | undefined => {
    const code = topography.replace('.', '');
    const best = sites
      .filter(({ site }) => code.startsWith(site.replace('.', '')))
      .sort((a, b) => b.site.length - a.site.length)[0];
    return best && organ(best.term.oncotree);
  };
  const byMorphology = new Map<string, CancerTerm[]>();
  for (const term of vocabulary.cancers) {
    for (const morphology of new Set(term.codes.icdo3)) {
      const key = `${organ(term.oncotree)} ${morphology}`;
      byMorphology.set(key, [...(byMorphology.get(key) ?? []), term]);
    }
  }
  const organs = new Set(vocabulary.cancers.flatMap(({ oncotree }) => [oncotree, organ(oncotree)]));
  const malignants = new Map([...organs].map((of) => [of, malignantTerm(of, sites, organ) ?? byCode.get(of)]));
  return {
    term: (code) => byCode.get(code),
    isA: (code, ancestor) => path(code).includes(ancestor),
    organ,
    common: (a, b) => path(a).find((code) => path(b).includes(code)),
    depth: (code) => path(code).length,
    isSystemic: (code) => path(code).some((above) => byCode.get(above)?.systemic === true),
    withMorphology: (morphology, of, places = []) => {
      const terms = byMorphology.get(`${of} ${morphology}`) ?? [];
      if (terms.length < 2 || places.length === 0) return terms;
      return terms
        .map((term) => ({ term, at: placed(term, places) }))
        .sort((a, b) => b.at - a.at)
        .map(({ term }) => term);
    },
    placed,
    organAt,
    malignant: (of) => malignants.get(of),
  };
}

const placed = (term: CancerTerm, places: readonly string[]): number =>
  Math.max(
    0,
    ...(term.codes.topography ?? [])
      .filter((site) => places.some((place) => place.replace('.', '').startsWith(site.replace('.', ''))))
      .map((site) => site.length),
  );

function pathUp(code: string, byCode: ReadonlyMap<string, CancerTerm>): readonly string[] {
  const path: string[] = [];
  for (let at: string | null = code; at !== null && !path.includes(at); at = byCode.get(at)?.parent ?? null)
    path.push(at);
  return path;
}

/** The term of the organ that owns its bare ICD-10 category and says no histology. */
function malignantTerm(
  of: string,
  sites: readonly { readonly site: string; readonly term: CancerTerm }[],
  organ: (code: string) => string,
): CancerTerm | undefined {
  return sites
    .filter(({ site, term }) => organ(term.oncotree) === of && (term.codes.icd10 ?? []).includes(site))
    .sort(
      (a, b) => a.site.length - b.site.length || (a.term.codes.icdo3 ?? []).length - (b.term.codes.icdo3 ?? []).length,
    )[0]?.term;
}
