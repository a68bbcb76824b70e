// What the reader of notes needs, out of the corpus as it stands.
import { join } from 'node:path';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import { createLexicon } from '../../../src/core/reading/lexicon.js';
import type { ReaderParts } from '../../../src/core/reading/read-note.js';

export function readerParts(): ReaderParts {
  const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
  return {
    lexicon: createLexicon(corpus),
    terms: createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes),
  };
}
