// The examples of the triage classifier: composed by seed, held out by id.
import { expect, test } from 'vitest';
import { readTriageMaterial } from '../../../src/adapters/files/triage-material.js';
import { corpusDirectory } from '../../../src/cli/project.js';
import { composeExamples, heldOut, labelled, madeUpExamples } from '../../../src/evidence/triage/examples.js';
import { DESIGNS } from '../../../src/evidence/triage/triage.js';

const material = readTriageMaterial(corpusDirectory);

test('the same seed composes the same abstracts, another seed others, and no slot is left open', () => {
  const once = composeExamples(material.phrases, 5, 1);
  expect(composeExamples(material.phrases, 5, 1)).toEqual(once);
  expect(composeExamples(material.phrases, 5, 2)).not.toEqual(once);
  expect(once).toHaveLength(5 * DESIGNS.length);
  expect(once.filter(({ text }) => /[{}]/.test(text.title + text.abstract))).toEqual([]);
});

test('nothing composed is held out, and of our own whole abstracts about half is', () => {
  expect(composeExamples(material.phrases, 20, 1).some(heldOut)).toBe(false);
  const own = madeUpExamples(material.madeUp);
  const share = own.filter(heldOut).length / own.length;
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});

test('an own label goes before what the set of a text says, and an unlabelled question is not used', () => {
  const text = { title: '', abstract: '' };
  const examples = labelled(
    [
      { id: 'PMC5856421', origin: 'evidence-inference', text },
      { id: 'PMC1', origin: 'evidence-inference', text },
      { id: '1', origin: 'pubmedqa', text },
    ],
    material.labels,
  );
  expect(examples.map(({ id, design }) => [id, design])).toEqual([
    ['PMC5856421', 'cohort'],
    ['PMC1', 'randomised'],
  ]);
});

test('no cue is written twice in two spellings of one stem row', () => {
  expect(new Set(material.cues).size).toBe(material.cues.length);
});
