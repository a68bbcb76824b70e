// Simple tables: effects by their column, medians and rates by their row and arm.
import { expect, test } from 'vitest';
import { plainDocument } from '../../../src/adapters/pubmed/plain-text.js';
import { loadOutcomeLexicon } from '../../../src/cli/outcome-lexicon.js';
import { corpusDirectory } from '../../../src/cli/project.js';
import { extractDocument } from '../../../src/evidence/extract/extract-document.js';

const lexicon = loadOutcomeLexicon(corpusDirectory);
const BARS = `Table 2. Efficacy in all patients.
Efficacy Variable | Drug A (N = 431) | Drug B (N = 430) | Hazard Ratio (95% CI) | P Value |
---|---|---|---|---|
Overall survival | ||||
Median overall survival - mo (95% CI) | 8.5 (7.9–9.5) | 6.7 (6.0–7.2) | 0.72 (0.62–0.83) | <0.001 |
12 mo rate - % (95% CI) | 35 (30–39) | 22 (18–27) | | <0.001 |
Progression-free survival | ||||
Median - mo | 5.5 | 3.7 | 0.69 (0.58–0.82) | <0.001 |
The HR for death was 0.72 (95% CI 0.62-0.83).`;

const read = (text: string): string[] =>
  extractDocument(plainDocument('t', text), lexicon).results.map(
    (r) =>
      `${r.measure} ${r.value} [${r.low} ${r.high}] ${r.outcome} ${r.intervention} ${r.direction} "${text.slice(r.span.start, r.span.end)}"`,
  );

test('reads effects by column and figures by row, with the outcome of the heading above', () => {
  expect(read(BARS)).toEqual([
    'median 8.5 [7.9 9.5] OS Drug A increased "8.5 (7.9–9.5)"',
    'median 6.7 [6 7.2] OS Drug B decreased "6.7 (6.0–7.2)"',
    'HR 0.72 [0.62 0.83] OS Drug A increased "0.72 (0.62–0.83)"',
    'rate 35 [30 39] OS Drug A null "35 (30–39)"',
    'rate 22 [18 27] OS Drug B null "22 (18–27)"',
    'median 5.5 [null null] PFS Drug A increased "5.5"',
    'median 3.7 [null null] PFS Drug B decreased "3.7"',
    'HR 0.69 [0.58 0.82] PFS Drug A increased "0.69 (0.58–0.82)"',
    'HR 0.72 [0.62 0.83] OS null increased "HR for death was 0.72 (95% CI 0.62-0.83)"',
  ]);
});

test('reads columns set apart by blanks, as a PDF gives them', () => {
  expect(
    read(
      'Outcome      Odds ratio (95% CI)      P value\nResponse rate      2.30 (1.20-4.40)      0.01\nNausea      0.90 (0.60-1.35)      0.61\n',
    ),
  ).toEqual([
    'OR 2.3 [1.2 4.4] ORR null increased "2.30 (1.20-4.40)"',
    'OR 0.9 [0.6 1.35] Nausea null no-difference "0.90 (0.60-1.35)"',
  ]);
});

test('leaves prose with bars alone', () => {
  expect(read('Arms were A | B | C.\nThe HR was 0.5 (95% CI 0.4-0.6).')).toHaveLength(1);
});
