// What an arm of a text may be in the corpus.
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { corpusDirectory } from '../../../src/cli/project.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import { armSuggester, regimenSuggester } from '../../../src/evidence/curate/suggest-regimen.js';

const corpus = loadCorpus(corpusDirectory);
const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
const regimen = regimenSuggester(corpus, terms);
const arm = armSuggester(terms);

describe('suggestions', () => {
  test('a regimen of the cancer with just those drugs, and none where several have them', () => {
    expect(regimen('osimertinib', 'nsclc')).toBeUndefined();
    expect(regimen('docetaxel 75 mg/m2', 'nsclc')).toBe('docetaxel');
    expect(regimen('docetaxel', undefined)).toBeUndefined();
    expect(regimen('best supportive care', 'nsclc')).toBeUndefined();
    expect(regimen('osimertinib plus an unheard-of combination with rituximab', 'nsclc')).toBeUndefined();
  });

  test('an arm of a known study by its name or its drugs, and none where two fit', () => {
    const flaura2 = corpus.cancers.flatMap((f) => f.studies).find((s) => s.id === 'flaura2');
    if (flaura2 === undefined) throw new Error('the study flaura2 is needed');
    expect(arm(flaura2, 'Osimertinib')).toBe('osimertinib');
    expect(arm(flaura2, 'osimertinib monotherapy')).toBe('osimertinib');
    expect(arm(flaura2, 'sunitinib')).toBeUndefined();
  });
});
