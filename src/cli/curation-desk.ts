// The corpus as a reviewer has it before him: read anew, with its logs and the files that accepted studies go to.
import { readCorpusFiles } from '../adapters/files/corpus-files.js';
import { curationFiles } from '../adapters/files/curation-files.js';
import { studyFiles } from '../adapters/files/study-files.js';
import type { Decision } from '../app/curation-ports.js';
import type { ReviewDesk } from '../app/review-draft.js';
import { FaultyInput } from '../domain/faults.js';
import { WrongUse } from './wrong-use.js';

/** @throws FaultyInput when the corpus itself has faults: nothing is added to a corpus that cannot be read */
export function curationDesk(directory: string): ReviewDesk {
  const { corpus, places, faults } = readCorpusFiles(directory);
  if (faults.length > 0) throw new FaultyInput(faults);
  return { corpus, store: curationFiles(directory), files: studyFiles(directory, places) };
}

export const now = (): string => new Date().toISOString();

/** Nobody decides without a name and a reason. @throws WrongUse */
export function decisionOf({
  by,
  why,
}: {
  readonly by?: string | undefined;
  readonly why?: string | undefined;
}): Decision {
  if (by === undefined || by.trim() === '') throw new WrongUse('say who decides: --by NAME');
  if (why === undefined || why.trim() === '') throw new WrongUse('say why: --why TEXT');
  return { by: by.trim(), why: why.trim(), at: now() };
}
