// Every usual way to write an effect measure with its interval and p-value.
import { describe, expect, test } from 'vitest';
import { otherMeanings } from '../../../src/evidence/extract/effect-mentions.js';
import { effects } from '../../../src/evidence/extract/effects.js';
import { plainCharacters } from '../../../src/evidence/extract/plain-characters.js';
import { sentences } from '../../../src/evidence/extract/sentences.js';
import { signedByWord } from '../../../src/evidence/extract/worded-difference.js';

/** "HR 0.57 [0.44, 0.75] p <0.001", for each effect of the sentence. */
const read = (sentence: string): string[] =>
  effects(plainCharacters(sentence)).map(
    (e) =>
      `${e.measure} ${e.value}${e.interval === undefined ? '' : ` [${e.interval.low}, ${e.interval.high ?? 'open'}]`}${e.p === null ? '' : ` p ${e.p}`}`,
  );

describe('effect measures', () => {
  test.each([
    ['HR 0.57 (95% CI, 0.44-0.75; P<.001)', ['HR 0.57 [0.44, 0.75] p <0.001']],
    ['hazard ratio for death, 0.68; 95% CI, 0.53 to 0.87', ['HR 0.68 [0.53, 0.87]']],
    ['HR=1·47 [95% CI 1·11–1·95]', ['HR 1.47 [1.11, 1.95]']],
    ['(HR: .75, 97.5% CI .60, .93)', ['HR 0.75 [0.6, 0.93]']],
    ['the OR was 2.3 (1.2–4.4)', ['OR 2.3 [1.2, 4.4]']],
    ['Hazard ratio (95% CI) 0.57 (0.44-0.75), p = 0.01', ['HR 0.57 [0.44, 0.75] p 0.01']],
    ['HR (95% confidence interval [CI]): 0.61 (0.4 to 0.8)', ['HR 0.61 [0.4, 0.8]']],
    ['(HR 0.68, P = .02, 95% CI 0.50 to 0.93)', ['HR 0.68 [0.5, 0.93] p 0.02']],
    ['(95% CI 0.44-0.75; HR 0.57; P = .03)', ['HR 0.57 [0.44, 0.75] p 0.03']],
    ['(P = .02; HR, 0.61; 95% CI, 0.4-0.9)', ['HR 0.61 [0.4, 0.9] p 0.02']],
    ['(HR, 0.56; 98.51% CI, 0.37–0.85; P = 0.0008)', ['HR 0.56 [0.37, 0.85] p 0.0008']],
    ['risk ratio 0·80, 95% CI 0·68–0·93; p=0·005', ['RR 0.8 [0.68, 0.93] p 0.005']],
    ['HR = 0,57; 95% CI 0,44-0,75', ['HR 0.57 [0.44, 0.75]']],
    ['HR 0.57 (95% CI 0.44 to not reached)', ['HR 0.57 [0.44, open]']],
    ['HR 0.57 (P&lt;.001)', ['HR 0.57 p <0.001']],
    ['mean difference −58.8 mg/dl (95% CI −99.7 to −18.0 mg/dl; p = 0.01)', ['MD -58.8 [-99.7, -18] p 0.01']],
    ['MD −2.3, 95 % confidence interval (CI) −7.8, 3.2; P = 0.42', ['MD -2.3 [-7.8, 3.2] p 0.42']],
    ['a difference £15.71 (95% CI 11.8–19.6; P < 0.001)', ['MD 15.71 [11.8, 19.6] p <0.001']],
    ['pain was lower by 2.1 points (95 % CI 0.9 to 3.3) than with placebo', ['MD 2.1 [0.9, 3.3]']],
    [
      'no difference between early and late start (−0·4 points, 95% CI −2·2 to 1·4, p=0·65)',
      ['MD -0.4 [-2.2, 1.4] p 0.65'],
    ],
    ['the treatment effect in favour of calls was 5.7 points, 95% CI −2.9 to 14.3', ['MD 5.7 [-2.9, 14.3]']],
    [
      'a stratified HR of 0.55 (95% CI, 0.42 to 0.72; stratified log-rank P < .0001)',
      ['HR 0.55 [0.42, 0.72] p <0.0001'],
    ],
  ])('reads %s', (sentence, expected) => {
    expect(read(sentence)).toEqual(expected);
  });

  test('reads a list under one mention', () => {
    expect(read('HRs were 0.57 (95% CI 0.44-0.75) and 0.68 (95% CI 0.50-0.90) for OS and PFS, respectively')).toEqual([
      'HR 0.57 [0.44, 0.75]',
      'HR 0.68 [0.5, 0.9]',
    ]);
    expect(read('(HR; 95% CI for MACE R2.5: 0.73; 0.47 to 1.15; R5: 0.69; 0.44 to 1.08)')).toEqual([
      'HR 0.73 [0.47, 1.15]',
      'HR 0.69 [0.44, 1.08]',
    ]);
  });

  test.each([
    'The trial had 80% power to detect a hazard ratio of 0.70 with a margin of 1.25.',
    'The RR was 45% vs 30%; patients OR carers answered 3 of 4 questions.',
    'The relative risk reduction was 34%.',
    'Pain was lower by 2.1 points after treatment.',
    'The treatment effect was 1.02, 95% CI 0.69-1.53.',
    'No difference between the groups (10.2 points, 95% CI 9.1-11.0 vs 10.4 points, 95% CI 9.2-12.0).',
    'The risk difference was 5.6 percentage points (95% CI 1.2-9.9).',
  ])('finds none in: %s', (sentence) => {
    expect(read(sentence)).toEqual([]);
  });

  test('lets an abbreviation be what the document says it is', () => {
    const text = 'Heart rate (HR) was recorded. HR: 72 after induction.';
    expect([...otherMeanings(text)]).toEqual(['HR', 'HRs']);
    expect(effects(text, otherMeanings(text))).toEqual([]);
  });

  test('takes the p-value of an interaction for none of its own', () => {
    expect(read('HR 0.71 (95% CI 0.50-1.01; P for interaction = .04)')).toEqual(['HR 0.71 [0.5, 1.01]']);
  });
});

test('is quick on text that is no prose', () => {
  const start = performance.now();
  for (const text of [`HR${' '.repeat(50_000)}0.5`, '('.repeat(20_000), '1.2 (3-4) '.repeat(2000)])
    for (const sentence of sentences(plainCharacters(text))) effects(sentence.text);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('takes the sign of a difference from its word when the figure has none', () => {
  const limits = { start: 0, end: 1, low: 0.9, high: 3.3, level: 95 };
  expect(signedByWord('lower by', 2.1, limits)).toEqual([-2.1, { ...limits, low: -3.3, high: -0.9 }]);
  expect(signedByWord('higher by', 2.1, limits)).toEqual([2.1, limits]);
});
