// A molecular profile of CIViC -> markers of ours: "EGFR L858R OR EGFR Exon 19 Deletion", "v::ALK Fusion", "BCR::ABL1 Fusion AND ABL1 T315I".
import { parseAlterations } from '../../core/normalize/alteration.js';
import type { Terminology } from '../../core/normalize/terminology.js';
import type { Alteration } from '../../domain/patient.js';

export interface CivicMarker {
  /** Names of ours that a criterion may use for it: the gene, and the protein or signature that stands for the finding. */
  readonly names: readonly string[];
  readonly alterations: readonly Alteration[];
  /** What is found, where it is no alteration of the sequence. */
  readonly finding: 'altered' | 'expressed' | 'absent' | 'wild-type' | 'germline';
  readonly text: string;
}

/** Findings that we ask by another name than the gene's. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  ERBB2: ['HER2'],
  CD274: ['PD-L1'],
  PGR: ['PR'],
  ESR1: ['ER'],
  MLH1: ['MSI'],
  MSH2: ['MSI'],
  MSH6: ['MSI'],
  PMS2: ['MSI'],
  CDKN2A: ['p16'],
};

/** Every marker that the profile names; what a NOT excludes is left out. */
export function civicMarkers(profile: string, terms: Terminology): readonly CivicMarker[] {
  return profile
    .replace(/[()]/g, ' ')
    .split(/\s+(?:OR|AND)\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('NOT '))
    .map((part) => markerOf(part, terms));
}

function markerOf(text: string, terms: Terminology): CivicMarker {
  const [subject = '', ...rest] = text.split(/\s+/);
  const said = rest.join(' ');
  const genes = subject.split('::').filter((gene) => /^[A-Z0-9-]+$/i.test(gene) && gene !== 'v');
  const joined = genes.length === 2 ? [genes.join('::'), genes.join('-'), `${genes.join('-')} fusion`] : [];
  const found = [...joined, text, ...genes].flatMap(
    (name) => terms.find('biomarker', { codings: [], text: name })?.term.name ?? [],
  );
  const [gene = subject] = genes;
  const finding = findingOf(said);
  const alterations = subject.includes('::')
    ? [{ kind: 'fusion', origin: 'unknown', significance: 'unstated' } as const]
    : parseAlterations(said, { name: gene, exons: terms.term('biomarker', gene)?.exons ?? {} });
  const standing = genes.flatMap((g) => STANDS_FOR[g] ?? []);
  return { names: [...new Set([...found, ...genes, ...standing])], alterations, finding, text };
}

function findingOf(said: string): CivicMarker['finding'] {
  if (/wild\s?type/i.test(said)) return 'wild-type';
  if (/\b(?:loss|underexpression|deletion|methylation)\b/i.test(said)) return 'absent';
  if (/expression|serum levels|phosphorylation/i.test(said)) return 'expressed';
  return /\brs\d+|\*\d|polymorphism|homozygosity/i.test(said) ? 'germline' : 'altered';
}
