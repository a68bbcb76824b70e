// Biomarkers read against those expected: result and alteration. Genes tested together ("RAS wild type") may be read as one or apart.
import { counts } from '../../src/core/criteria/alteration.js';
import { resultOf } from '../../src/core/criteria/biomarker.js';
import { parseAlteration } from '../../src/core/normalize/alteration.js';
import type { BiomarkerTerm } from '../../src/domain/corpus/vocabulary.js';
import type { Alteration, Biomarker } from '../../src/domain/patient.js';
import type { Expected } from './golden-note.js';
import type { Outcome } from './outcome.js';

const JOINT: Readonly<Record<string, readonly string[]>> = {
  RAS: ['KRAS', 'NRAS'],
  BRCA: ['BRCA1', 'BRCA2'],
  NTRK: ['NTRK1', 'NTRK2', 'NTRK3'],
  IDH: ['IDH1', 'IDH2'],
  'RAS+BRAF': ['KRAS', 'NRAS', 'BRAF'],
  'KIT+PDGFRA': ['KIT', 'PDGFRA'],
};
const RESULTS = ['positive', 'negative', 'equivocal', 'low', 'ultralow', 'zero'];
/** Asked by their facts (pd-l1-tps, tmb): a result of the marker itself is neither expected nor wrong. */
const BY_FACT = ['PD-L1', 'TMB'];

export function scoreBiomarkers(
  expected: Expected,
  read: readonly Biomarker[],
  terms: readonly BiomarkerTerm[],
): readonly Outcome[] {
  const known = read.filter((b) => resultOf(b) !== undefined);
  const found = (name: string): Biomarker | undefined => known.find((b) => b.name === name);
  const wanted = Object.entries(expected.markers).filter(([name]) => !BY_FACT.includes(name));
  const outcomes = wanted.map(([name, value]): Outcome => {
    const parts = found(name) !== undefined ? [name] : (JOINT[name] ?? [wholeOf(name, known)]);
    const biomarkers = parts.map(found);
    const right = biomarkers.every((b) => b !== undefined && agrees(b, String(value), terms));
    const got = biomarkers.flatMap((b) => (b === undefined ? [] : [inWords(b)]));
    return {
      kind: 'biomarkers',
      right,
      expected: `${name} ${value}`,
      ...(got.length > 0 && { got: got.join(', ') }),
    };
  });
  return [...outcomes, ...tooMuch(expected, known)];
}

/** The joint name under which a gene was read, if it was. */
const wholeOf = (name: string, known: readonly Biomarker[]): string =>
  Object.keys(JOINT).find((whole) => JOINT[whole]?.includes(name) && known.some((b) => b.name === whole)) ?? name;

function tooMuch(expected: Expected, known: readonly Biomarker[]): readonly Outcome[] {
  const names = Object.keys(expected.markers);
  const named = [...names, ...expected.acceptMarkers, ...BY_FACT];
  const allowed = new Set([
    ...named,
    ...named.flatMap((name) => JOINT[name] ?? []),
    ...named.flatMap((name) => Object.keys(JOINT).filter((whole) => JOINT[whole]?.includes(name))),
  ]);
  return known
    .filter((b) => (allowed.has(b.name) ? expected.notPositive.includes(b.name) : true) && !names.includes(b.name))
    .filter((b) => !expected.notPositive.includes(b.name) || resultOf(b) === 'positive')
    .map((b): Outcome => ({ kind: 'biomarkers', right: false, got: inWords(b) }));
}

function agrees(biomarker: Biomarker, value: string, terms: readonly BiomarkerTerm[]): boolean {
  const result = resultOf(biomarker);
  if (value === 'negative') return ['negative', 'low', 'ultralow', 'zero'].includes(result ?? '');
  if (RESULTS.includes(value)) return result === value;
  const term = terms.find((t) => t.name === biomarker.name);
  const wanted = parseAlteration(value, term);
  // ITD, exon 9: whatever the parser makes of the words, the same must have been read.
  return (
    result === 'positive' &&
    (wanted === undefined
      ? biomarker.alterations.length > 0
      : biomarker.alterations.filter(counts).some((a) => covers(a, wanted)))
  );
}

/** Everything that the expected alteration says is said by the one read; it may say more. */
function covers(read: Alteration, wanted: Alteration): boolean {
  if (wanted.protein !== undefined) return read.protein === wanted.protein;
  if (wanted.partner !== undefined && read.partner !== wanted.partner) return false;
  if (wanted.exon !== undefined && read.exon !== wanted.exon) return false;
  return (
    wanted.kind === 'unspecified' || read.kind === wanted.kind || (wanted.kind === 'deletion' && read.kind === 'delins')
  );
}

function inWords(biomarker: Biomarker): string {
  const variants = biomarker.alterations.map(
    (a) => a.protein ?? a.coding ?? [a.exon && `exon ${a.exon}`, a.partner, a.kind].filter(Boolean).join(' '),
  );
  return [biomarker.name, resultOf(biomarker), ...variants].filter(Boolean).join(' ');
}
