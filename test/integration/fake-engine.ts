// The interactive face of the fake recommender, and a corpus with nothing in it.
import type { Recommender } from '../../src/app/recommend.js';
import type { Release } from '../../src/app/store-ports.js';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import type { Patient } from '../../src/domain/patient.js';
import { fakeRecord } from './samples.js';

export function fakeEngine(release: Release): Recommender {
  const many: Recommender['recommendMany'] = async (histories) =>
    histories.map((history) => fakeRecord(history, release));
  return {
    recommendMany: many,
    recommendBriefly: many,
    recommend: async (history) => {
      const [record] = await many([history]);
      if (record === undefined) throw new Error('one history gives one record');
      return record;
    },
    explain: async () => undefined,
    readNote: (note) => ({
      id: note.id,
      person: { id: note.id, deceased: false, source: { kind: 'text', document: note.id, start: 0, end: 0 } },
      entries: [],
      warnings: [],
    }),
    normalize: (history) => ({ id: history.person.id }) as Patient, // the tests look at the id only
  };
}

export const emptyCorpus = (): Corpus => ({
  hash: 'c1',
  cancers: [],
  drugs: [],
  classes: [],
  safety: [],
  screening: [],
  protocols: [],
  vocabulary: {
    cancers: [],
    facts: [],
    biomarkers: [],
    conditions: [],
    procedures: [],
    sites: [],
    staging: [],
    stageCodes: { groups: {}, categories: {} },
  },
});
