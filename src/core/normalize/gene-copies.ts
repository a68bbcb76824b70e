// What extra copies of a gene say: for HER2 that the protein is there, for genes whose drugs act on a mutation or fusion nothing.
import { known } from '../../domain/fact.js';
import type { Biomarker } from '../../domain/patient.js';
import type { ReadingLog } from './reading-log.js';

/** ERBB2 amplified by sequencing and HER2 itself not reported: read as positive, as by in situ hybridisation, and said to the reader. */
export function withHer2ByCopies(all: readonly Biomarker[], log: ReadingLog): readonly Biomarker[] {
  const copies = all
    .find((b) => b.name === 'ERBB2')
    ?.alterations.find(
      (a) => a.kind === 'amplification' && a.significance !== 'uncertain' && a.significance !== 'benign',
    );
  if (copies === undefined || all.some((b) => b.name === 'HER2')) return all;
  log.remark(
    'HER2 is read as positive from the ERBB2 amplification; confirm it by immunohistochemistry or in situ hybridisation',
  );
  const her2: Biomarker = { name: 'HER2', result: known('positive', copies.source, copies.date), alterations: [] };
  return [...all, her2].sort((a, b) => a.name.localeCompare(b.name));
}

/** Genes whose drugs act on a mutation or a fusion: extra copies alone are no target (EGFR amplification in squamous cancer). */
const NOT_BY_COPIES: ReadonlySet<string> = new Set('EGFR ALK ROS1 RET NTRK1 NTRK2 NTRK3 BRAF KRAS'.split(' '));
export const onlyAmplified = (name: string, found: Biomarker['alterations']): boolean =>
  NOT_BY_COPIES.has(name) && found.length > 0 && found.every((a) => a.kind === 'amplification');
