// Simulated patients, read and normalised as every other: line numbers `from` up to, without, `to` of the registry's cohort.
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { loadRegistry } from '../../src/cli/commands/simulate.js';
import { normalize } from '../../src/core/normalize/normalize.js';
import { createTerminology } from '../../src/core/normalize/terminology.js';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import type { Patient } from '../../src/domain/patient.js';
import { simulateLine } from '../../src/simulation/simulate.js';

const SEED = 1;

/** A line that was lost on the way, as some are, gives no patient. */
export function patientsOf(corpus: Corpus): (from: number, to: number) => readonly Patient[] {
  const registry = loadRegistry();
  const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
  return (from, to) =>
    Array.from({ length: to - from }, (_, i) => from + i).flatMap((line) =>
      readBundleText(simulateLine(registry, SEED, line), { case: `${line}` }).histories.map((history) =>
        normalize(history, terms, history.asOf ?? '2026-06-01'),
      ),
    );
}
