// What the reader of notes needs, out of the corpus as it stands.
import { join } from 'node:path';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import { createLexicon } from '../../../src/core/reading/lexicon.js';
import { type ReaderParts, readNote } from '../../../src/core/reading/read-note.js';
import type { History } from '../../../src/domain/history.js';
import type { Patient } from '../../../src/domain/patient.js';

export function readerParts(): ReaderParts {
  const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
  return {
    lexicon: createLexicon(corpus),
    terms: createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes),
  };
}

/** What a note is read as: its history, the patient, and known values of it. */
export function noteReader(parts: ReaderParts, today = '2026-06-01') {
  const historyOf = (text: string): History => readNote({ id: 'n', text }, parts, today);
  const patientOf = (text: string): Patient => normalize(historyOf(text), parts.terms, today);
  return {
    historyOf,
    patientOf,
    /** The patient with the first cancer: its code, its courses, known values of it or of the person. */
    read: (text: string) => {
      const patient = patientOf(text);
      const own = patient.cases[0];
      const value = (id: string): unknown => {
        const fact = own?.values[id] ?? patient.values[id];
        return fact?.known === true ? fact.value : undefined;
      };
      const cancer = own?.cancer.known === true ? own.cancer.value.oncotree : undefined;
      return { patient, own, courses: own?.courses ?? [], value, cancer };
    },
    /** The known value of a fact of the cancer or of the person. */
    factOf: (text: string, id: string): unknown => {
      const patient = patientOf(text);
      const fact = patient.cases[0]?.values[id] ?? patient.values[id];
      return fact?.known === true ? fact.value : undefined;
    },
    cancerOf: (text: string): string | undefined => {
      const cancer = patientOf(text).cases[0]?.cancer;
      return cancer?.known === true ? cancer.value.oncotree : undefined;
    },
  };
}
