// Where no reference tells which of several cancers an entry is about: by the organ that a marker, an operation or a drug
// belongs to; else the only active cancer; systemic treatment of two cancers of one organ belongs to both.
import type { Entry } from '../../domain/history.js';
import type { CaseDraft } from './case-draft.js';
import { procedureTerms } from './local-treatment.js';
import type { Terminology } from './terminology.js';

/** OncoTree tissue of markers, procedures and drug classes that are practically of one organ. */
const MARKERS: Readonly<Record<string, string>> = { ER: 'BREAST', PR: 'BREAST', 'ER+PR': 'BREAST' };
const PROCEDURES: Readonly<Record<string, string>> = {
  mastectomy: 'BREAST',
  'bilateral-mastectomy': 'BREAST',
  'breast-conserving-surgery': 'BREAST',
  'axillary-dissection': 'BREAST',
  'breast-radiotherapy': 'BREAST',
  lobectomy: 'LUNG',
  pneumonectomy: 'LUNG',
  segmentectomy: 'LUNG',
  'wedge-resection': 'LUNG',
  'sleeve-resection': 'LUNG',
  'thoracic-radiotherapy': 'LUNG',
  'radical-prostatectomy': 'PROSTATE',
  colectomy: 'BOWEL',
  'rectal-resection': 'BOWEL',
  nephrectomy: 'KIDNEY',
  cystectomy: 'BLADDER',
  thyroidectomy: 'THYROID',
  gastrectomy: 'STOMACH',
};
const CLASSES: Readonly<Record<string, string>> = {
  'aromatase-inhibitor': 'BREAST',
  SERM: 'BREAST',
  SERD: 'BREAST',
  'CDK4-6-inhibitor': 'BREAST',
  'EGFR-TKI': 'LUNG',
  'ALK-TKI': 'LUNG',
  ARPI: 'PROSTATE',
  antiandrogen: 'PROSTATE',
};
const FACTS: Readonly<Record<string, string>> = { 'oncotype-rs': 'BREAST', 'genomic-risk': 'BREAST' };

/** Ids of the cases that the entry may well be about. */
export function plausibleCases(entry: Entry, cases: readonly CaseDraft[], terms: Terminology): readonly string[] {
  const tissue = tissueOf(entry, terms);
  const fitting = tissue === undefined ? [] : cases.filter((c) => isIn(c, tissue, terms));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return [only.id];
  const pool = fitting.length > 0 ? fitting : cases;
  const active = pool.filter((c) => c.status.known && c.status.value === 'active');
  if (active.length === 1) return active.map((c) => c.id);
  const organs = new Set(pool.map((c) => organOf(c, terms)));
  return entry.kind === 'medication' && organs.size === 1 ? pool.map((c) => c.id) : [];
}

function tissueOf(entry: Entry, terms: Terminology): string | undefined {
  switch (entry.kind) {
    case 'observation': {
      const marker = terms.find('biomarker', entry.code)?.term.name;
      const fact = terms.find('fact', entry.code)?.term.id;
      return MARKERS[marker ?? ''] ?? FACTS[fact ?? ''];
    }
    case 'procedure':
      return procedureTerms(entry, terms)
        .map((t) => PROCEDURES[t.id])
        .find((t) => t !== undefined);
    case 'medication':
      return terms
        .drugs(entry.code)
        .flatMap(({ drug }) => [...terms.classesOf(drug.inn)])
        .map((id) => CLASSES[id])
        .find((t) => t !== undefined);
    default:
      return undefined;
  }
}

function isIn(draft: CaseDraft, tissue: string, terms: Terminology): boolean {
  return draft.cancer.known && ancestors(draft.cancer.value.oncotree, terms).includes(tissue);
}

/** The node below the root: the organ. */
const organOf = (draft: CaseDraft, terms: Terminology): string =>
  draft.cancer.known
    ? (ancestors(draft.cancer.value.oncotree, terms)
        .filter((c) => c !== 'TISSUE')
        .at(-1) ?? '')
    : '';

function ancestors(code: string, terms: Terminology): readonly string[] {
  const path: string[] = [];
  for (
    let at: string | null | undefined = code;
    at != null && !path.includes(at);
    at = terms.term('cancer', at)?.parent
  )
    path.push(at);
  return path;
}
