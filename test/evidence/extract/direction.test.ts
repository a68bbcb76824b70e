// Direction: by the figures, of the outcome as named; and in words, on the task of Evidence Inference.
import { describe, expect, test } from 'vitest';
import { directionAccuracy, directionPrompts } from '../../../benchmarks/direction-accuracy.js';
import { plainDocument } from '../../../src/adapters/pubmed/plain-text.js';
import { loadOutcomeLexicon } from '../../../src/cli/outcome-lexicon.js';
import { corpusDirectory } from '../../../src/cli/project.js';
import { extractDocument } from '../../../src/evidence/extract/extract-document.js';
import { statementDirection } from '../../../src/evidence/extract/statement-direction.js';

const lexicon = loadOutcomeLexicon(corpusDirectory);
const told = (text: string): string[] =>
  extractDocument(plainDocument('d', text), lexicon).results.map(
    (r) => `${r.measure} ${r.value} ${r.outcome}: ${r.direction}`,
  );

describe('direction by figures', () => {
  test.each([
    ['PFS was shorter (HR 1.47; 95% CI 1.11-1.95).', ['HR 1.47 PFS: decreased']],
    ['The hazard ratio for death was 0.57 (95% CI 0.44-0.75).', ['HR 0.57 OS: increased']],
    ['The risk of stroke was lower (HR 0.57; 95% CI 0.44-0.75).', ['HR 0.57 stroke: decreased']],
    ['OS did not differ (HR 0.91; 95% CI 0.70-1.18).', ['HR 0.91 OS: no-difference']],
    ['OS was numerically longer (HR 0.80; P = .15).', ['HR 0.8 OS: no-difference']],
    ['The response rate was higher (OR 2.3; 95% CI 1.2-4.4).', ['OR 2.3 ORR: increased']],
    ['Febrile neutropenia was more common (RR 1.9; 95% CI 1.1-3.2).', ['RR 1.9 Febrile neutropenia: increased']],
    ['The hazard ratio for disease progression or death was 0.60 (95% CI 0.4-0.8).', ['HR 0.6 PFS: increased']],
    [
      'HRs were 0.62 (95% CI 0.50–0.77) for PFS and 0.88 (95% CI 0.70–1.10) for OS.',
      ['HR 0.62 PFS: increased', 'HR 0.88 OS: no-difference'],
    ],
    ['Survival from the time of PD was longer (HR 0.27; 95% CI 0.17-0.42).', ['HR 0.27 OS: increased']],
    [
      'PFS (HR 0.5; 95% CI 0.3-0.8) and shorter OS (11.7 vs 28.5 months, HR 0.23; 95% CI 0.12-0.41).',
      ['HR 0.5 PFS: increased', 'median 11.7 OS: decreased', 'median 28.5 OS: increased', 'HR 0.23 OS: decreased'],
    ],
    ['A hazard ratio for overall survival of 0.70 was found.', ['HR 0.7 OS: null']],
  ])('of %s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe('direction in words', () => {
  const question = { intervention: 'velatinib', comparator: 'placebo', outcome: 'nausea' };
  test.each([
    ['Nausea was significantly less common with velatinib than with placebo (P = 0.01).', 'decreased'],
    ['Nausea was significantly more common with placebo than with velatinib (P = 0.01).', 'decreased'],
    ['Compared with placebo, velatinib increased nausea (P = 0.02).', 'increased'],
    ['There was no significant difference in nausea between velatinib and placebo.', 'no-difference'],
    ['Nausea was rarer with velatinib, but fatigue did not differ.', 'decreased'],
    ['Nausea tended to be lower with velatinib than with placebo.', 'no-difference'],
    ['Nausea decreased significantly less with velatinib than with placebo (P = 0.01).', 'increased'],
    ['Fatigue was rarer with velatinib (P = 0.01), no difference was seen in nausea.', 'no-difference'],
    ['With velatinib against placebo the odds of nausea were higher (OR 1.2; 95% CI 0.8-1.8).', 'no-difference'],
    ['The aim was to compare pain between groups.', undefined],
  ])('of %s', (text, expected) => {
    expect(statementDirection(text, question)?.direction).toBe(expected);
  });
});

const prompts = directionPrompts();
describe.skipIf(prompts === undefined)('Evidence Inference (skipped where SHIPA_DATA is absent)', () => {
  test('is read well above the majority on documents held out, and best where the reading is sure', () => {
    const { wrong, ...all } = directionAccuracy((prompts ?? []).filter((p) => p.heldOut));
    const { wrong: _, ...inAbstract } = directionAccuracy((prompts ?? []).filter((p) => p.heldOut && p.inAbstract));
    console.info(JSON.stringify({ all, inAbstract }));
    expect(all.macroF1).toBeGreaterThan(all.majorityMacroF1 + 0.3);
    expect(all.accuracySure).toBeGreaterThanOrEqual(0.75);
    expect(inAbstract.accuracySure).toBeGreaterThanOrEqual(0.8);
    expect(wrong.length).toBeGreaterThan(0);
  });
});
