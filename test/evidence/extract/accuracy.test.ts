// The labelled literature: what the reading must reach, on the half that rules were written by and on the half that they were not.
import { describe, expect, test } from 'vitest';
import { type Accuracy, extractionAccuracy, type LabelledDocument } from '../../../benchmarks/extraction-accuracy.js';
import {
  abstractsFile,
  labelledOwn,
  labelledQuestions,
  labelledSecond,
  labelledShared,
  labelledStatements,
  labelledThird,
} from '../../../benchmarks/labelled-literature.js';
import { loadOutcomeLexicon } from '../../../src/cli/outcome-lexicon.js';
import { corpusDirectory } from '../../../src/cli/project.js';

const lexicon = loadOutcomeLexicon(corpusDirectory);

/** What issue 6 asks of abstracts that nobody has seen. */
function reaches(all: readonly LabelledDocument[], kinds?: 'effects'): Accuracy {
  const { misses, ...accuracy } = extractionAccuracy(all, lexicon);
  console.info(JSON.stringify(accuracy));
  const why = `${JSON.stringify(accuracy)}\n${misses.join('\n')}`;
  expect(accuracy.effects.precision, why).toBeGreaterThanOrEqual(0.9);
  expect(accuracy.medianRecall, why).toBeGreaterThanOrEqual(0.75);
  if (kinds !== 'effects') expect(accuracy.rateRecall, why).toBeGreaterThanOrEqual(0.5);
  expect(accuracy.bothLimits, why).toBeGreaterThanOrEqual(0.85);
  expect(accuracy.spansHoldNumber, why).toBeGreaterThanOrEqual(0.98);
  expect(accuracy.direction.accuracy, why).toBeGreaterThanOrEqual(0.8);
  return { ...accuracy, misses };
}

describe('abstracts written in the manner of many journals', () => {
  const { develop, heldOut } = labelledOwn();
  test('are read in the developing half', () => {
    expect(develop.length).toBeGreaterThanOrEqual(13);
    expect(reaches(develop).effects.recall).toBeGreaterThanOrEqual(0.9);
  });
  test('are read in the half held out', () => {
    expect(heldOut.length).toBeGreaterThanOrEqual(13);
    expect(reaches(heldOut).effects.recall).toBeGreaterThanOrEqual(0.9);
  });
});

describe.skipIf(labelledShared() === undefined)(`abstracts of ${abstractsFile} (skipped where it is absent)`, () => {
  const { develop, heldOut } = labelledShared() ?? { develop: [], heldOut: [] };
  test('are read in the developing half', () => {
    expect(develop.length).toBeGreaterThanOrEqual(30);
    expect(reaches(develop).effects.recall).toBeGreaterThanOrEqual(0.9);
  });
  test('are read in the half held out', () => {
    expect(heldOut.length).toBeGreaterThanOrEqual(30);
    expect(reaches(heldOut).effects.recall).toBeGreaterThanOrEqual(0.85);
  });
  test('are read in the second set, of which a third has effects', () => {
    const { effects, bothLimits, misses } = extractionAccuracy(labelledSecond() ?? [], lexicon);
    const why = misses.join('\n');
    expect(effects.labelled).toBeGreaterThan(85);
    expect(effects.precision, why).toBeGreaterThanOrEqual(0.9);
    expect(effects.recall, why).toBeGreaterThanOrEqual(0.9);
    expect(bothLimits, why).toBeGreaterThanOrEqual(0.85);
  });
  test('are read in the third set, of which most have an interval', () => {
    expect(reaches(labelledThird() ?? []).effects.recall).toBeGreaterThanOrEqual(0.8);
  });
  test('are read as statements of CIViC', () => {
    expect(reaches(labelledStatements() ?? []).effects.recall).toBeGreaterThanOrEqual(0.95);
  });
  test('are read as abstracts of PubMedQA', () => {
    expect(reaches(labelledQuestions() ?? [], 'effects').effects.recall).toBeGreaterThanOrEqual(0.95);
  });
  test('have labels whose offsets hold the number', () => {
    for (const { document, labels } of [
      ...develop,
      ...heldOut,
      ...(labelledSecond() ?? []),
      ...(labelledThird() ?? []),
      ...(labelledStatements() ?? []),
      ...(labelledQuestions() ?? []),
    ])
      for (const { value, start, end } of labels)
        expect(
          Math.abs(
            Number(
              document.text
                .slice(start, end)
                .replace('\u00B7', '.')
                .replace(/[,%\s]/g, ''),
            ),
          ),
        ).toBe(Math.abs(value));
  });
});
