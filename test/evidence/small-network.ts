// A made-up network for tests: numbers of no real trial.
import { Network } from '../../src/domain/corpus/network.js';
import { Study } from '../../src/domain/corpus/study.js';

const unverified = { unverified: 'made up for a test' };

const arm = (id: string, n = 200): { id: string; regimen: string; name: string; n: number } => ({
  id,
  regimen: id,
  name: id,
  n,
});

const study = (id: string, arms: string[], results: object[], more: object = {}): Study =>
  Study.parse({
    id,
    name: id.toUpperCase(),
    year: 2020,
    journal: 'Journal of Tests',
    verified: unverified,
    phase: '3',
    design: 'randomised',
    cancer: 'TEST',
    population: 'anyone',
    arms: arms.map((a) => arm(a)),
    results,
    ...more,
  });

const compare = (a: string, b: string, value: number, low: number, high: number, more: object = {}): object => ({
  outcome: 'OS',
  arms: [a, b],
  effect: { measure: 'HR', value, low, high },
  followUpMonths: 66,
  ...more,
});

export const studies: readonly Study[] = [
  study(
    'one',
    ['new', 'old'],
    [
      compare('new', 'old', 0.7, 0.56, 0.88, {
        medians: { new: { months: 41 }, old: { months: 30 } },
        milestones: [
          { arm: 'old', months: 12, proportion: 0.82 },
          { arm: 'old', months: 24, proportion: 0.6 },
          { arm: 'old', months: 60, proportion: 0.24 },
        ],
      }),
    ],
    {
      harm: [
        { arm: 'new', grade3Plus: 0.4 },
        { arm: 'old', grade3Plus: 0.2 },
      ],
    },
  ),
  study('two', ['new', 'old'], [compare('new', 'old', 0.85, 0.68, 1.06)]),
  study('three', ['newest', 'new'], [compare('newest', 'new', 0.9, 0.72, 1.12)]),
  study(
    'four',
    ['triple-a', 'triple-b', 'old'],
    [compare('triple-a', 'old', 0.8, 0.65, 0.98), compare('triple-b', 'old', 0.95, 0.78, 1.16)],
  ),
  study(
    'crossing',
    ['immune', 'old'],
    [
      compare('immune', 'old', 0.75, 0.6, 0.94, {
        nonProportional: 'curves cross at 6 months',
        medians: { immune: { months: 28 }, old: { months: 29 } },
        milestones: [
          { arm: 'immune', months: 60, proportion: 0.4 },
          { arm: 'old', months: 60, proportion: 0.22 },
        ],
      }),
    ],
  ),
  study(
    'dark',
    ['immune-two', 'old'],
    [compare('immune-two', 'old', 0.8, 0.65, 0.98, { nonProportional: 'crossing' })],
  ),
  study('empty', ['other', 'old'], [{ outcome: 'OS', arms: ['other', 'old'] }]),
];

export const network: Network = Network.parse({
  id: 'test-network',
  cancer: 'test',
  decision: 'systemic',
  outcome: 'OS',
  population: 'anyone',
  reference: 'old',
  trials: studies.map((s) => ({ study: s.id })),
  baseline: { study: 'one', arm: 'old' },
  horizonMonths: 60,
  covariates: [
    { fact: 'age', logHr: 0.02, se: 0.005, mean: 60, sd: 10, min: 18, max: 85, source: 'made up' },
    { fact: 'ecog', is: '1', logHr: 0.4, se: 0.1, mean: 0.5, source: 'made up' },
  ],
  modifiers: [
    { node: 'immune', fact: 'pd-l1-tps', min: 50, gamma: -0.4, se: 0.15, prevalence: 0.3, study: 'crossing' },
    { node: 'immune', fact: 'pd-l1-tps', below: 1, gamma: 0.3, se: 0.15, prevalence: 0.35, study: 'crossing' },
    { node: 'new', fact: 'sex', is: 'female', gamma: -0.1, se: 0.1, prevalence: 0.5, study: 'one' },
  ],
});

/** The smallest: two regimens, one trial, no covariates. */
export const plain: Network = Network.parse({
  ...network,
  id: 'a-plain-network',
  trials: [{ study: 'one' }],
  covariates: [],
  modifiers: [],
});
