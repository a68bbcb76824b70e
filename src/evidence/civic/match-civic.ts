// Is what CIViC knows also known here? Each predictive item is held against the indications and resistance rules of the corpus, with the
// criteria's own answer to whether a variant is meant; what does not match is said with its reason.

import { z } from 'zod';
import type { CorpusIndex } from '../../core/corpus-index.js';
import { alterationIs } from '../../core/criteria/alteration.js';
import type { Terminology } from '../../core/normalize/terminology.js';
import type { Criterion } from '../../domain/corpus/criterion.js';
import type { SafetyRule } from '../../domain/corpus/drug.js';
import type { Indication } from '../../domain/corpus/indication.js';
import { type CivicMarker, civicMarkers } from './civic-marker.js';
import type { CivicItem } from './read-civic.js';

export type CivicStatus =
  | 'matched'
  /** The drug stands for this cancer, whatever the marker: the disease is defined by it, or it is not asked. */
  | 'matched-unselected'
  | 'cancer-not-covered'
  | 'drug-unknown'
  /** The corpus has the drug, but no indication for it in this cancer. */
  | 'no-indication'
  /** An indication, but for other variants or without the marker. */
  | 'marker-not-used'
  | 'explained';

export interface CivicMatch {
  readonly item: CivicItem;
  readonly status: CivicStatus;
  /** Ids of the records that match, or why none does. */
  readonly by: readonly string[];
}

/** A reason that a person wrote down for items without a match: a row of corpus/civic.yaml. */
export const CivicReason = z
  .object({
    /** Every item of the drug, by its name in CIViC, lower case ... */
    drug: z.string().optional(),
    /** ... or these items. */
    items: z.array(z.string().regex(/^EID\d+$/)).optional(),
    reason: z.string().min(10),
    source: z.string().min(3),
  })
  .strict()
  .refine((r) => (r.drug === undefined) !== (r.items === undefined), 'a reason is about a drug or about items');
export type CivicReason = z.infer<typeof CivicReason>;

/** Diseases whose CIViC name is wider than any cancer: asked of every folder. */
const ANY_CANCER = /^(?:cancer|solid tumou?r|malignant glioma|leukemia|sarcoma)$/i;

export function createCivicMatcher(index: CorpusIndex, terms: Terminology, reasons: readonly CivicReason[]) {
  const claims = index.corpus.cancers.flatMap((folder) =>
    folder.indications.flatMap((indication) => {
      const regimen = index.regimen(indication.regimen);
      return regimen === undefined ? [] : [{ folder, indication, drugs: regimen.components.map((c) => c.drug) }];
    }),
  );

  return (item: CivicItem): CivicMatch => {
    const why = (status: CivicStatus, ...by: readonly string[]): CivicMatch => {
      const known = reasons.find(
        (r) =>
          r.items?.includes(item.id) ||
          (r.drug !== undefined && item.therapies.some((t) => t.toLowerCase() === r.drug)),
      );
      return known === undefined ? { item, status, by } : { item, status: 'explained', by: [known.reason] };
    };
    const codes = cancersOf(item.disease);
    if (codes.length === 0) return why('cancer-not-covered', item.disease);
    const drugs = item.therapies.map((name) => drugNamed(name));
    const unknown = item.therapies.filter((_, i) => drugs[i] === undefined);
    if (unknown.length > 0 && (item.interaction === 'Combination' || unknown.length === drugs.length))
      return why('drug-unknown', ...unknown);
    const named = drugs.filter((d) => d !== undefined);
    const all = item.interaction === 'Combination';
    const holds = (given: readonly string[]) => {
      const has = (wanted: string) => given.includes(wanted) || given.some((g) => index.classesOf(g).has(wanted));
      return all ? named.every(has) : named.some(has);
    };
    const markers = civicMarkers(item.profile, terms);
    const here = claims.filter(({ folder, drugs: given }) => covers(folder.profile.oncotree, codes) && holds(given));
    return item.supports === (item.significance === 'Sensitivity/Response')
      ? forIt(here, markers, why, item)
      : againstIt(here, named, markers, codes, why, item);
  };

  function forIt(here: typeof claims, markers: readonly CivicMarker[], why: Why, item: CivicItem): CivicMatch {
    const inFavour = here.filter(({ indication }) => indication.strength.endsWith('for'));
    if (inFavour.length === 0) {
      const against = here.map(({ indication }) => indication.id);
      return against.length > 0
        ? why('no-indication', `only advised against: ${against.join(', ')}`)
        : why('no-indication');
    }
    const asking = inFavour.filter(({ indication: { criteria } }) =>
      markers.some((m) => asks(criteria, m, true) && !excludes(criteria, m)),
    );
    if (asking.length > 0) return { item, status: 'matched', by: ids(asking) };
    const silent = inFavour.filter(({ indication }) => markers.every((m) => !mentions(indication.criteria, m)));
    return silent.length > 0
      ? { item, status: 'matched-unselected', by: ids(silent) }
      : why('marker-not-used', ...ids(inFavour));
  }

  /** Resistance, adverse response, and "does not support sensitivity": a rule or an exclusion says so, or nothing claims a benefit. */
  function againstIt(
    here: typeof claims,
    drugs: readonly string[],
    markers: readonly CivicMarker[],
    codes: readonly string[],
    why: Why,
    item: CivicItem,
  ): CivicMatch {
    const rules = index.corpus.safety.filter((r) => speaksOf(r, drugs) && markers.some((m) => ruleAsks(r, m)));
    const excluded = here.filter(
      ({ indication: i }) =>
        markers.some((m) => asks(i.criteria, m, false)) ||
        (i.strength.endsWith('against') && markers.some((m) => asks(i.criteria, m, true))),
    );
    if (rules.length + excluded.length > 0)
      return { item, status: 'matched', by: [...rules.map((r) => `safety ${r.id}`), ...ids(excluded)] };
    const claimed = here.filter(
      ({ indication: i }) => i.strength.endsWith('for') && markers.some((m) => asks(i.criteria, m, true)),
    );
    if (claimed.length === 0 && !(item.supports && item.significance === 'Resistance' && here.length > 0))
      return { item, status: 'matched-unselected', by: [`no indication claims a benefit in ${codes.join(', ')}`] };
    return claimed.length > 0 ? why('marker-not-used', ...ids(claimed)) : why('marker-not-used', ...ids(here));
  }

  function speaksOf({ applies }: SafetyRule, drugs: readonly string[]): boolean {
    return drugs.some(
      (d) =>
        applies.drugs?.includes(d) ||
        applies.classes?.some((c) => index.classesOf(d).has(c)) ||
        applies.properties?.some((p) => index.propertiesOf(d).has(p)),
    );
  }

  function cancersOf(disease: string): readonly string[] {
    if (ANY_CANCER.test(disease)) return index.corpus.cancers.flatMap((c) => c.profile.oncotree);
    const found = [disease, disease.replace(/carcinoma/i, 'cancer'), withoutReceptors(disease)]
      .flatMap((text) => terms.findAll('cancer', { codings: [], text }))
      .map((m) => m.term.oncotree);
    return [...new Set(found)].filter((code) =>
      claims.some(
        ({ folder }) => covers(folder.profile.oncotree, [code]) && !folder.profile.oncotree.includes('TISSUE'),
      ),
    );
  }

  /** The folder covers the cancer, or part of it, or every tumour. */
  function covers(oncotree: readonly string[], codes: readonly string[]): boolean {
    return codes.some((code) => oncotree.some((own) => index.isCancer(code, own) || index.isCancer(own, code)));
  }

  function drugNamed(name: string): string | undefined {
    const plain = name.replace(/-[a-z]{4}$/i, '').replace(/\s+regimen$/i, '');
    return terms.drugsInText(plain)[0]?.drug.inn ?? terms.drugClass(plain);
  }

  function mentions(criterion: Criterion, { names }: CivicMarker): boolean {
    return leaves(criterion, true).some(({ atom }) => atom.op === 'biomarker' && names.includes(atom.name));
  }

  /** Does the criterion ask for the marker (`wanted`), or exclude it? */
  function asks(criterion: Criterion, marker: CivicMarker, wanted: boolean): boolean {
    return leaves(criterion, true).some(({ atom, positive }) => {
      if (atom.op === 'value') return positive === wanted && factOf(marker, atom.name);
      if (atom.op !== 'biomarker' || !marker.names.includes(atom.name)) return false;
      const negative = atom.is.every((word) => word === 'negative');
      const forIt = positive !== negative;
      return (marker.finding === 'wild-type' ? !forIt : forIt) === wanted && meansIt(atom.is, marker);
    });
  }

  /** "EGFR positive, but not an exon 20 insertion": the very variant is shut out, and no selector names it. */
  function excludes(criterion: Criterion, { names, alterations }: CivicMarker): boolean {
    const about = leaves(criterion, true).flatMap(({ atom, positive }) =>
      atom.op === 'biomarker' && names.includes(atom.name)
        ? atom.is.filter((s) => !RESULTS.includes(s)).map((selector) => ({ selector, positive }))
        : [],
    );
    const named = (wanted: boolean) =>
      about.some(
        ({ selector, positive }) => positive === wanted && alterations.some((a) => alterationIs(a, selector) === 'met'),
      );
    return alterations.length > 0 && named(false) && !named(true);
  }

  function ruleAsks(rule: SafetyRule, marker: CivicMarker): boolean {
    return rule.when !== undefined && (asks(rule.when, marker, true) || asks(rule.when, marker, false));
  }

  /** Numbers of a marker that a criterion asks ("pd-l1-tps at least 50"), and pharmacogenes asked as facts (dpyd). */
  function factOf(marker: CivicMarker, fact: string): boolean {
    return marker.names.some(
      (name) =>
        terms.term('biomarker', name)?.fact === fact ||
        name.toLowerCase() === fact ||
        (name === 'PD-L1' && fact.startsWith('pd-l1')),
    );
  }
}

type Why = (status: CivicStatus, ...by: readonly string[]) => CivicMatch;

const ids = (claims: readonly { readonly indication: Indication }[]): readonly string[] =>
  claims.map(({ indication }) => indication.id);

const RESULTS = ['positive', 'negative', 'low', 'ultralow', 'zero', 'equivocal'];

/** A result word means any finding; a variant must be able to answer to the selector. */
function meansIt(selectors: readonly string[], { alterations }: CivicMarker): boolean {
  if (alterations.length === 0 || selectors.some((s) => RESULTS.includes(s))) return true;
  return alterations.some((a) => selectors.some((s) => alterationIs(a, s) !== 'not-met'));
}

type Leaf = Exclude<Criterion, { readonly op: 'all' | 'any' | 'not' | 'unless' }>;

/** Every leaf with the sign under which it stands. */
function leaves(
  criterion: Criterion,
  positive: boolean,
): readonly { readonly atom: Leaf; readonly positive: boolean }[] {
  switch (criterion.op) {
    case 'all':
    case 'any':
      return criterion.parts.flatMap((part) => leaves(part, positive));
    case 'not':
    case 'unless':
      return leaves(criterion.part, !positive);
    default:
      return [{ atom: criterion, positive }];
  }
}

const withoutReceptors = (disease: string): string =>
  disease
    .replace(/^(?:her2|estrogen|progesterone|triple)[\w-]*\s+(?:positive|negative)\s+/i, '')
    .replace(/^(?:castration-resistant|childhood|congenital|recurrent)\s+/i, '');
