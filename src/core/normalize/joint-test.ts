// A test of several genes at once ("RAS wild type", "BRCA negative"), and the same said gene by gene.
import { derived } from '../../domain/fact.js';
import type { Biomarker } from '../../domain/patient.js';
import type { BiomarkerReading } from './biomarker-reading.js';

/** Tests of several genes at once: their negative holds for each; their positive does not say which. */
const JOINT: Readonly<Record<string, readonly string[]>> = {
  BRCA: ['BRCA', 'BRCA1', 'BRCA2'],
  NTRK: ['NTRK', 'NTRK1', 'NTRK2', 'NTRK3'],
  RAS: ['RAS', 'KRAS', 'NRAS'],
  'RAS+BRAF': ['RAS+BRAF', 'RAS', 'KRAS', 'NRAS', 'BRAF'],
  'KIT+PDGFRA': ['KIT+PDGFRA', 'KIT', 'PDGFRA'],
};

/** The reading as one of each gene that it speaks for. */
export const ofEachGene = (reading: BiomarkerReading): readonly BiomarkerReading[] =>
  (JOINT[reading.name] ?? [reading.name]).flatMap((name) =>
    name === reading.name || reading.result === 'negative' ? [{ ...reading, name }] : [],
  );

/** With every gene of a joint test negative by itself, the joint test is negative too, though nobody wrote its name. */
export function withJointNegatives(biomarkers: readonly Biomarker[]): readonly Biomarker[] {
  const negative = (name: string): boolean =>
    biomarkers.some((b) => b.name === name && b.result.known && b.result.value === 'negative');
  const added = Object.entries(JOINT)
    .map(([whole, names]) => [whole, names.filter((name) => JOINT[name] === undefined)] as const)
    .filter(([whole, genes]) => genes.every(negative) && !biomarkers.some((b) => b.name === whole))
    .map(([name, genes]): Biomarker => ({ name, result: derived('negative', genes.join(', ')), alterations: [] }));
  return added.length === 0 ? biomarkers : [...biomarkers, ...added].sort((a, b) => a.name.localeCompare(b.name));
}
