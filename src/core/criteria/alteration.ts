// Does an alteration answer to a selector? Four kinds of selector, by precision: exact protein change, codon, exon class, class.
// An alteration recorded less precisely than the selector asks may answer to it: that is unknown, not "no".
import type { Alteration, AlterationKind } from '../../domain/patient.js';
import { type Truth, truth } from '../../domain/truth.js';

const SMALL: readonly AlterationKind[] = [
  'missense',
  'nonsense',
  'frameshift',
  'deletion',
  'insertion',
  'delins',
  'duplication',
  'splice',
];

/** Alteration kinds that a class word stands for. */
const CLASSES: Readonly<Record<string, readonly AlterationKind[]>> = {
  mutation: SMALL,
  truncating: ['nonsense', 'frameshift', 'splice'],
  deletion: ['deletion', 'delins'],
  insertion: ['insertion', 'duplication', 'delins'],
  skipping: ['splice', 'deletion'],
};
const KINDS: readonly string[] = [...SMALL, 'fusion', 'amplification', 'copy-loss', 'expression'];

export function alterationIs(alteration: Alteration, selector: string): Truth {
  const exon = /^exon-(\d+)-(.+)$/.exec(selector);
  if (exon) return exonIs(alteration, Number(exon[1]), exon[2] ?? '');
  const codon = /^codon-(\d+)$/.exec(selector) ?? /^[A-Z](\d+)$/.exec(selector);
  if (codon) return codonIs(alteration, Number(codon[1]));
  if (CLASSES[selector] !== undefined || KINDS.includes(selector)) return kindIs(alteration, selector);
  return proteinIs(alteration, selector);
}

/** Pathogenic, or reported without a classification; variants of uncertain significance and benign ones do not count. */
export const counts = (alteration: Alteration): boolean =>
  alteration.significance === 'pathogenic' || alteration.significance === 'unstated';

function kindIs({ kind, exon }: Alteration, selector: string): Truth {
  // "Exon 9 mutation" is a small variant of which only the exon is told.
  if (kind === 'unspecified') return selector === 'mutation' && exon !== undefined ? 'met' : 'unknown';
  return truth((CLASSES[selector] ?? [selector]).includes(kind));
}

function exonIs(alteration: Alteration, exon: number, kind: string): Truth {
  if (alteration.exon !== undefined && alteration.exon !== exon) return 'not-met';
  const sameKind = kindIs(alteration, kind);
  if (alteration.exon === exon) return sameKind;
  // Without an exon, a small variant of the right kind may lie in it; a fusion or amplification does not.
  return sameKind === 'not-met' || !mayBeSmall(alteration) ? 'not-met' : 'unknown';
}

function codonIs(alteration: Alteration, codon: number): Truth {
  const at = alteration.codon ?? codonOf(alteration.protein);
  if (at !== undefined) return truth(at === codon && alteration.kind !== 'fusion');
  return mayBeSmall(alteration) ? 'unknown' : 'not-met';
}

function proteinIs(alteration: Alteration, selector: string): Truth {
  const asked = bare(selector);
  if (alteration.protein !== undefined) return truth(bare(alteration.protein) === asked);
  if (alteration.coding !== undefined && alteration.coding === selector) return 'met';
  if (!mayBeSmall(alteration)) return 'not-met';
  const codon = codonOf(asked);
  if (alteration.codon !== undefined && codon !== undefined && alteration.codon !== codon) return 'not-met';
  const kind = kindOfProtein(asked);
  return alteration.kind === 'unspecified' || kind === undefined || kind.includes(alteration.kind)
    ? 'unknown'
    : 'not-met';
}

const mayBeSmall = ({ kind }: Alteration): boolean => kind === 'unspecified' || SMALL.includes(kind);

const bare = (protein: string): string => protein.replace(/^p\.\(?|\)$/g, '').toUpperCase();

const codonOf = (protein: string | undefined): number | undefined => {
  const match = /^[A-Z*](\d+)/.exec(bare(protein ?? ''));
  return match ? Number(match[1]) : undefined;
};

function kindOfProtein(protein: string): readonly AlterationKind[] | undefined {
  if (/DELINS/.test(protein)) return ['delins', 'deletion', 'insertion'];
  if (/DEL/.test(protein)) return ['deletion', 'delins'];
  if (/INS/.test(protein)) return ['insertion', 'delins', 'duplication'];
  if (/DUP/.test(protein)) return ['duplication', 'insertion'];
  if (/FS/.test(protein)) return ['frameshift'];
  if (/^[A-Z]\d+(\*|X|TER)$/.test(protein)) return ['nonsense'];
  return /^[A-Z]\d+[A-Z]$/.test(protein) ? ['missense'] : undefined;
}
