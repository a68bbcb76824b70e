// A release of CIViC (civicdb.org, CC0): the clinical evidence table -> items. Tab-separated, no quoting: fields hold bare quotes.
import type { Fault } from '../../domain/faults.js';

export interface CivicItem {
  readonly id: string;
  readonly profile: string;
  readonly disease: string;
  readonly therapies: readonly string[];
  /** Combination, Substitutes, Sequential; empty for a single drug. */
  readonly interaction: string;
  readonly type: string;
  readonly supports: boolean;
  readonly level: string;
  readonly significance: string;
  /** "PMID 12345678", or the abstract's id where the source is not PubMed. */
  readonly citation: string;
}

const COLUMNS = [
  'evidence_id',
  'molecular_profile',
  'disease',
  'therapies',
  'therapy_interaction_type',
  'evidence_type',
  'evidence_direction',
  'evidence_level',
  'significance',
  'citation_id',
  'source_type',
  'evidence_status',
] as const;

/** Accepted items in file order; a line with another number of fields is a fault with its number. */
export function readCivic(
  text: string,
  file: string,
): { readonly items: readonly CivicItem[]; readonly faults: readonly Fault[] } {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = head.split('\t');
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0)
    return {
      items: [],
      faults: [{ place: `${file}, line 1`, message: `not a CIViC evidence table: no column ${missing.join(', ')}` }],
    };
  const at = (name: (typeof COLUMNS)[number]) => names.indexOf(name);
  const items: CivicItem[] = [];
  const faults: Fault[] = [];
  lines.forEach((line, i) => {
    if (line === '') return;
    const cells = line.split('\t');
    if (cells.length !== names.length) {
      faults.push({
        place: `${file}, line ${i + 2}`,
        message: `${cells.length} fields where the header has ${names.length}`,
      });
      return;
    }
    const cell = (name: (typeof COLUMNS)[number]) => (cells[at(name)] ?? '').trim();
    if (cell('evidence_status') !== 'accepted') return;
    items.push({
      id: `EID${cell('evidence_id')}`,
      profile: cell('molecular_profile'),
      disease: cell('disease'),
      therapies: cell('therapies')
        .split(',')
        .map((t) => t.trim())
        .filter((t) => t !== ''),
      interaction: cell('therapy_interaction_type'),
      type: cell('evidence_type'),
      supports: cell('evidence_direction') === 'Supports',
      level: cell('evidence_level'),
      significance: cell('significance'),
      citation:
        cell('source_type') === 'PubMed'
          ? `PMID ${cell('citation_id')}`
          : `${cell('source_type')} ${cell('citation_id')}`,
    });
  });
  return { items, faults };
}
