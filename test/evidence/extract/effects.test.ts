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
    ['hazard ratio 0.79 [95% Confidence Interval 0.66 to 0.94]', ['HR 0.79 [0.66, 0.94]']],
    ['Hazard Ratio (HR) 1.9 (Confidence Interval (CI) 1.237, 2.987)', ['HR 1.9 [1.237, 2.987]']],
    ['(HR = 6, 95%CI of HR = 1.2-34.2)', ['HR 6 [1.2, 34.2]']],
    ['(hazard ratio 0.71; 95 per cent c.i. 0.58 to 0.87; P = 0.001)', ['HR 0.71 [0.58, 0.87] p 0.001']],
    ['(hazard ratio 0.71; 95 per cent confidence interval 0.58 to 0.87)', ['HR 0.71 [0.58, 0.87]']],
    ['(subhazard ratio, 1.15; 95% CI, 0.86-1.54; P = .35)', ['HR 1.15 [0.86, 1.54] p 0.35']],
    ['HRPFS 0.52, 95% CI 0.4-0.7; HROS 0.8, 95% CI 0.6-1.0', ['HR 0.52 [0.4, 0.7]', 'HR 0.8 [0.6, 1]']],
    ['the hazard for death was 0.57 (95% CI 0.44-0.75)', ['HR 0.57 [0.44, 0.75]']],
    ['(HR0.57, 95%CI0.44-0.75)', ['HR 0.57 [0.44, 0.75]']],
    ['OR 1.06 [95% IC: 0.76–1.46]', ['OR 1.06 [0.76, 1.46]']],
    ['HR 0.57 [CI(95%) 0.44-0.75]', ['HR 0.57 [0.44, 0.75]']],
    ['hazard ratio was 0.57 in patients with KRAS wild-type (95% CI 0.44-0.75)', ['HR 0.57 [0.44, 0.75]']],
    ['BMI (OR 1.02 per kg/m2, 95% CI 0.99–1.05)', ['OR 1.02 [0.99, 1.05]']],
    ['mean difference was 0.57 on a 10-point scale (95% CI 0.44 to 0.75)', ['MD 0.57 [0.44, 0.75]']],
    ['hazard ratios of 0.57 (p = 0.01) and 0.61 (p = 0.02)', ['HR 0.57 p 0.01', 'HR 0.61 p 0.02']],
    ['(difference between groups = 0.13; CI -0.08–0.35)', ['MD 0.13 [-0.08, 0.35]']],
    ['scores differed by 0.01 mm (95% CI –0.13 to 0.15)', ['MD 0.01 [-0.13, 0.15]']],
    ['an adjusted difference of −1.4 events per year (95% CI −2.0 to −0.8)', ['MD -1.4 [-2, -0.8]']],
    ['HbA1c fell more (between-group difference −0.42% (95% CI −0.62% to −0.23%))', ['MD -0.42 [-0.62, -0.23]']],
    ['estimated treatment difference [ETD] −0.45% [95% CI −0.60; −0.30] for HbA1c', ['MD -0.45 [-0.6, -0.3]']],
    ['a mean difference of 31.14s', ['MD 31.14']],
    [
      'difference between study and control group: 1,586.01€; 95% CI 1,087.18 to 6,277.28',
      ['MD 1586.01 [1087.18, 6277.28]'],
    ],
    ['no differences in adjusted costs (£95, 95% CI -£1410 to £1599)', ['MD 95 [-1410, 1599]']],
    ['(difference = 0.0030 ± 0.0021 mm/year; P = 0.145)', ['MD 0.003 p 0.145']],
    ['HR 0.57 (95% CI 0.44-0.75; \u{1D443}<0.001)', ['HR 0.57 [0.44, 0.75] p <0.001']],
    [
      'no difference between the two treatment groups in decrease of pain on VAS (−7.0 mm, 95% confidence interval (CI) [−20.7 to +6.7])',
      ['MD -7 [-20.7, 6.7]'],
    ],
    ['disability was not different between study groups (0.08 points; 95% CI, −1.1–1.2)', ['MD 0.08 [-1.1, 1.2]']],
    ['(treatment effect = 0.2 standard deviations [SD], 95% CI −0.03 to 0.5)', ['MD 0.2 [-0.03, 0.5]']],
    ['had higher educational attainment by 0.52 grades (95% CI = −0.041 to 1.089)', ['MD 0.52 [-0.041, 1.089]']],
    ['an estimated reduction (95% CI) of 4.3 (2.8 to 5.7) min', ['MD 4.3 [2.8, 5.7]']],
    ['pressure was 1.09 (95% confidence interval, 0.27–1.90) mmHg higher than in others', ['MD 1.09 [0.27, 1.9]']],
    ['pain was 2.1 points lower (95% CI 0.9–3.3)', ['MD 2.1 [0.9, 3.3]']],
    ['The ratio of episode rates for real compared to sham was 0.99 (95% CI, 0.85-1.15)', ['RR 0.99 [0.85, 1.15]']],
    ['diarrhea (LPR = 0.47, 95% CI: 0.30–0.73)', ['RR 0.47 [0.3, 0.73]']],
    ['HR 0,57 (IC 95% 0,44–0,75)', ['HR 0.57 [0.44, 0.75]']],
    ['Response at week 8 (treatment difference 44.5% in favour of A; 95% CI 26.9-62.7)', ['MD 44.5 [26.9, 62.7]']],
    ['The risk difference was 5.6 percentage points (95% CI 1.2-9.9).', ['MD 5.6 [1.2, 9.9]']],
    ['12% vs 15% relapsed (absolute difference −3.0%, 95% CI −6.1 to 0.2)', ['MD -3 [-6.1, 0.2]']],
    ['Compared with usual care, exercise reduced fatigue (−2.1; 95% CI −3.3 to −0.9).', ['MD -2.1 [-3.3, -0.9]']],
    [
      'Compared with A, B led to an increase in activity (mean 3.8 min/day, 95% CI 1.5 to 6.1) and a decrease in rest (4.7 min/day, 0.1 to 9.5)',
      ['MD 3.8 [1.5, 6.1]', 'MD 4.7 [0.1, 9.5]'],
    ],
    ['pressure was reduced by 2.3 mm Hg (95% CI 0.4 to 4.2) compared with placebo', ['MD 2.3 [0.4, 4.2]']],
    ['women of the exercise group walked 43 m further (95% CI 12 to 74) than controls', ['MD 43 [12, 74]']],
    ['through a greater change for Web 2.0 than Web 1.0 (7.3 min/day, 95% CI 2.4 to 12.3)', ['MD 7.3 [2.4, 12.3]']],
    ['the difference (1.9 points) was significant (P = .007)', ['MD 1.9 p 0.007']],
    ['the effect size was 0.45 (95% CI 0.10-0.80)', ['MD 0.45 [0.1, 0.8]']],
    ['in PFS (CPS ≥ 1: HR, 1.25; CPS ≥ 5: 0.98; CPS ≥ 10: 0.79)', ['HR 1.25', 'HR 0.98', 'HR 0.79']],
    ['mean differences of −31.4 cm2 (95% CI −56.5 cm2 to −6.3 cm2)', ['MD -31.4 [-56.5, -6.3]']],
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
    'Fatigue was lower with A (mean 31.2; 95% CI 29.9 to 32.5) than with B (mean 35.1; 95% CI 33.7 to 36.5).',
    'The insulin dose was lower with A (1.04 IU/kg (95% CI 0.94 to 1.15)) compared with B (1.36 IU/kg (95% CI 1.23 to 1.51)).',
    'Patients had longer median remissions (9.2 months, 95% CI 6.4-12.9, vs 5.6 months, 95% CI 4.6-8.5).',
    'Activity increased in the A group (6.8 min/day, 95% CI 3.9 to 9.6).',
    'The drug reduced relapses by 34% (95% CI 16 to 48) compared with placebo.',
    'The absolute difference of 6.9 months in median survival was significant (P = .01).',
    'HRs ranged from 0.57 to 0.75.',
    '(1) Adjusted OR; (2) relative index of inequality.',
    'The absolute difference of -1.3% and a 1-sided 97.5% CI of -6.5% to infinity.',
    'The difference in proportions reaching HbA1c of 7% was 8.2% (95% CI 1.1% to 15.3%).',
  ])('finds none in: %s', (sentence) => {
    expect(read(sentence)).toEqual([]);
  });

  test('lets an abbreviation be what the document says it is', () => {
    const text = 'Heart rate (HR) was recorded. HR: 72 after induction.';
    expect([...otherMeanings(text)]).toEqual(['HR', 'HRs']);
    expect(effects(text, otherMeanings(text))).toEqual([]);
  });

  test('takes OR for a response rate where the document gives it in per cent', () => {
    const text = 'The OR was 53.8%. By gene: BRCA1 (n=67, OR 53.7).';
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
