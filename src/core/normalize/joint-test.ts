// A test of several genes at once ("RAS wild type", "BRCA negative").
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
