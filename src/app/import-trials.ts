// The use case "import open trials": a registry's text -> trials as they are written into the corpus, and what was left out with its reason.
import type { z } from 'zod';
import { createTerminology } from '../core/normalize/terminology.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import { Trial } from '../domain/corpus/trial.js';
import type { Fault } from '../domain/faults.js';
import { draftTrial } from '../evidence/trials/draft-trial.js';
import { readRegistry } from '../evidence/trials/registry-study.js';

export interface ImportedTrials {
  readonly trials: readonly z.input<typeof Trial>[];
  readonly left: readonly { readonly nct: string; readonly reason: string }[];
  readonly faults: readonly Fault[];
}

/** @param on day of the import */
export function importTrials(corpus: Corpus, text: string, file: string, on: string): ImportedTrials {
  const { studies, faults } = readRegistry(text, file);
  const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
  const drafted = studies.map((study) => ({ study, result: draftTrial(study, terms, on) }));
  return {
    trials: drafted.flatMap(({ result }) =>
      'trial' in result && Trial.safeParse(result.trial).success ? [result.trial] : [],
    ),
    left: drafted.flatMap(({ study, result }) => ('left' in result ? [{ nct: study.nct, reason: result.left }] : [])),
    faults,
  };
}
