// The words by which the literature is read, from corpus/literature/.
import { join } from 'node:path';
import { readRecords } from '../adapters/files/yaml-records.js';
import { type Fault, FaultyInput } from '../domain/faults.js';
import { createOutcomeLexicon, type OutcomeLexicon, OutcomeTerm } from '../evidence/extract/outcome-lexicon.js';

/** @throws FaultyInput with file and line of every record that does not fit */
export function loadOutcomeLexicon(corpusDirectory: string): OutcomeLexicon {
  const faults: Fault[] = [];
  const terms = readRecords(
    join(corpusDirectory, 'literature', 'outcomes.yaml'),
    'literature/outcomes.yaml',
    OutcomeTerm,
    faults,
  );
  if (faults.length > 0) throw new FaultyInput(faults);
  return createOutcomeLexicon(terms.map(({ value }) => value));
}
