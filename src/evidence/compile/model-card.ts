// card.md: what a hospital's committee asks of a model, written from the manifest so that it cannot drift from the numbers.
import type { CalibrationFile } from '../../domain/corpus/calibration.js';
import type { Corpus } from '../../domain/corpus/corpus.js';
import { calibrationSection } from './card-calibration.js';
import { outsideNetworks } from './card-gaps.js';
import { BEST_WIDTH_MONTHS } from './compiled-model.js';
import type { Manifest, ManifestNetwork } from './manifest.js';

/** Default weights of the utility, which is computed outside the model (src/core/utility.ts). */
export interface CardWeights {
  readonly benefit: number;
  readonly harm: number;
  readonly cost: number;
}

/** `calibration`: the last one written (corpus/calibration.yaml); the card says when it is of another corpus. */
export function modelCard(
  manifest: Manifest,
  weights: CardWeights,
  calibration?: CalibrationFile,
  corpus?: Corpus,
): string {
  const m = manifest;
  const patients = m.networks.reduce((s, n) => s + n.trials.reduce((t, x) => t + (x.patients ?? 0), 0), 0);
  const trials = new Set(m.networks.flatMap((n) => n.trials.map((t) => t.study))).size;
  return `${[
    `# ${m.id} ${m.version}`,
    `Literature-derived outcome model: ${m.networks.length} networks, ${trials} trials, ${patients} patients (counted once in each network). Corpus \`${m.corpusHash.slice(0, 12)}\`, features \`${m.featuresHash.slice(0, 12)}\`, code ${m.code}, ONNX opset ${m.opset}, IR ${m.irVersion}, seed ${m.seed}.`,
    INTENDED,
    DATA(m, trials, patients),
    METHOD(m, weights),
    LIMITS,
    calibrationSection(m, calibration),
    NOT_GATED,
    SUBGROUPS(m),
    '## Networks',
    overview(m),
    ...m.networks.map(section),
    '## Left out',
    m.leftOut.length === 0
      ? 'Nothing: every network of the corpus is in the model.'
      : m.leftOut.map((l) => `- \`${l.id}\`: ${l.reasons.join('; ')}`).join('\n'),
    ...(corpus === undefined ? [] : [outsideNetworks(corpus, m)]),
  ].join('\n\n')}\n`;
}

const INTENDED = `## Intended use

For an oncologist who weighs options that the corpus's criteria already allow. The numbers order options inside a band; they never
admit one, never override a safety verdict, and describe the populations of the trials, not a person. Not for use without the
record's evidence and criteria beside it, and not for settings that are not listed below.`;

const DATA = (m: Manifest, trials: number, patients: number): string => {
  const all = m.networks.flatMap((n) => n.trials);
  const events = all.reduce((sum, t) => sum + (t.events ?? 0), 0);
  const uncounted = all.filter((t) => t.events === null).length;
  return `## Data

Published figures only (hazard ratios, medians, survival at fixed times, adverse events), as recorded with their source under corpus/ and
carried in corpus.json.gz; no patient's data, and nothing of the histories that the system reads. ${trials} trials in ${m.networks.length} networks,
${patients} patients and ${events} events (a trial counts in each network; ${uncounted} of ${all.length} entries have no published number of events:
the table below then says about how many their standard errors imply, 2 / se^2 an arm). Retracted
studies count nothing. What each trial gave, and what had to be derived, stands in its network's section.`;
};

/** `corpus gate` writes its findings here. */
const NOT_GATED = `## Performance

Not judged yet: \`shipa corpus gate\` has not run on this model.`;

const SUBGROUPS = (m: Manifest): string => {
  const personal = m.networks.filter((n) => n.columns.some((c) => c.role === 'modifier'));
  const features = [
    ...new Set(personal.flatMap((n) => n.columns.filter((c) => c.role === 'modifier').map((c) => c.feature))),
  ];
  return `## Subgroups

Effects differ by patient only where a trial published an interaction: ${personal.length} of ${m.networks.length} networks (${features.sort().join(', ') || 'none'}). In the others every
patient has the average relative effect. Performance by sex, age and region was not tested before release, because the rebuilt trials give
neither: after release \`shipa monitor\` watches it by sex, age, region and cancer.`;
};

const METHOD = (m: Manifest, w: CardWeights): string => `## Method

- Relative effects: random-effects network meta-analysis of log hazard ratios (graph-theoretical, Ruecker 2012; multi-arm trials with
  reduced weights; tau2 by REML with the whole sampling covariance), one network for each decision and outcome.
- Baseline: a parametric curve (Weibull, exponential, Gompertz or log-logistic, by fit) through the published median and milestone
  survivals of one arm; the hazard is then solved so that averaging over that arm's published covariates returns that curve.
- Patient: published multivariable log hazard ratios on centred covariates; effect modifiers only from within-trial interactions. An
  unknown feature is drawn from the published distribution and widens the interval.
- Uncertainty: ${m.draws} draws of the joint predictive distribution (effects with tau2, baseline, coefficients), spread so that every comparison of
  two regimens has the quantiles of the normal. Intervals are 90 %; their limits are computed without draws, within 2 % of the width of those
  of a great many. Within a draw, regimens closer than about ${BEST_WIDTH_MONTHS} months share "best".
- Where a trial's hazards are known not to be proportional, the arms' own curves shape the effect in time; without them the numbers
  are withheld.
- Restricted mean survival time is tabulated by linear predictor: largest error ${m.tableErrorMonths.toExponential(1)} months.
- Utility (computed outside the model): U = w_b gain / horizon - w_h harm - w_c cost, by default w_b = ${w.benefit}, w_h = ${w.harm}, w_c = ${w.cost}. The
  harm weight is a convention with its source in src/core/utility.ts, not a measurement: change it with \`--weights\`.
- Certainty: GRADE with fixed rules (docs/outcome-model.md); it is shown and breaks ties, it never multiplies.`;

const LIMITS = `## Limits

- Hazard ratios are not collapsible: published ones are averages over patients of a trial, the model applies them to a patient with given
  covariates. Benefits of patients far from the average are biased towards the average; the baseline is corrected for this, the effects are not.
- Covariates are taken as independent of each other, and coefficients of different publications as compatible.
- Nothing is told beyond the shortest contributing follow-up, nor outside the ranges in which the trials enrolled.
- Where a network has no more trials than comparisons, heterogeneity cannot be estimated and tau2 is 0: intervals are then too narrow.
- Harm is the pooled proportion with any grade >= 3 event; definitions differ among trials.
- Outcomes such as PFS are not survival; a surrogate stands for it only where the network cites why.`;

const pct = (x: number): string => `${Math.round(x * 100)} %`;

function overview(m: Manifest): string {
  const rows = m.networks.map((n) => {
    const patients = patientsOf(n);
    const events = eventsOf(n);
    const p = (x: number): string => (n.tau2Known && Number.isFinite(x) ? x.toFixed(3) : '-');
    const tau2 = n.tau2Known ? n.tau2.toFixed(4) : 'not estimable';
    return `| \`${n.id}\` | ${n.cancer}: ${n.population} | ${n.outcome} | ${n.nodes.length} | ${n.trials.length} | ${patients} | ${events} | ${tau2} | ${n.tau2Known ? pct(n.i2) : '-'} | ${p(n.heterogeneityP)} | ${p(n.inconsistencyP)} | ${certainties(n)} | ${n.horizonMonths} |`;
  });
  return [
    '| network | setting | outcome | regimens | trials | patients | events | tau2 | I2 | heterogeneity p | inconsistency p | certainty | horizon, months |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** "high 2, moderate 1": of the comparisons with the reference. */
function certainties({ nodes, reference }: ManifestNetwork): string {
  const others = nodes.filter((n) => n.id !== reference);
  return (['high', 'moderate', 'low', 'very low'] as const)
    .map((level) => [level, others.filter((n) => n.certainty === level).length] as const)
    .flatMap(([level, count]) => (count === 0 ? [] : [`${level} ${count}`]))
    .join(', ');
}

/** "1820", or "1820 of 2 trials" where others do not say. */
function patientsOf({ trials }: ManifestNetwork): string {
  const told = trials.filter((t) => t.patients !== null);
  const sum = told.reduce((s, t) => s + (t.patients ?? 0), 0);
  return told.length === trials.length ? `${sum}` : told.length === 0 ? '?' : `${sum} of ${told.length} trials`;
}

/** Published; else about as many as the standard errors imply. */
function eventsOf({ trials }: ManifestNetwork): string {
  const events = trials.map((t) => t.events ?? t.impliedEvents ?? null);
  if (events.every((e) => e === null)) return '?';
  const sum = events.reduce<number>((s, e) => s + (e ?? 0), 0);
  return trials.every((t) => t.events !== null) ? `${sum}` : `about ${sum}`;
}

function section(n: ManifestNetwork): string {
  const ratio = (x: { value: number; low: number; high: number }): string =>
    `${x.value.toFixed(2)} (${x.low.toFixed(2)}-${x.high.toFixed(2)})`;
  const rows = n.nodes.map((node) => {
    const effect = node.id === n.reference ? 'reference' : ratio(node.hazardRatio);
    const harm = node.harm === null ? '-' : pct(node.harm);
    return `| \`${node.id}\` | ${effect} | ${node.pScore.toFixed(2)} | ${harm} | ${node.certainty} | ${[...node.reasons, ...(node.withheld ? [`numbers withheld: ${node.withheld}`] : [])].join('; ') || '-'} |`;
  });
  const remarks = [
    ...n.remarks,
    ...n.baseline.remarks.map((r) => `baseline: ${r}`),
    ...n.trials.flatMap((t) => t.remarks.map((r) => `${t.study}: ${r}`)),
    ...(n.columns.some((c) => c.role === 'modifier')
      ? []
      : ['nothing in the order of these options is personal: no effect modifier is applied']),
  ];
  return [
    `### ${n.id}`,
    `${n.cancer}, ${n.decision}: ${n.population}. ${n.outcome}. Baseline: ${n.baseline.arm} of ${n.baseline.study}, ${n.baseline.family}, largest misfit ${(n.baseline.worst * 100).toFixed(1)} points. Trials: ${n.trials.map((t) => t.study).join(', ')}. Covariates: ${names(n, 'covariate')}. Modifiers: ${names(n, 'modifier')}.`,
    [
      '| regimen | hazard ratio (95 %) | P-score | grade >= 3 | certainty | reasons |',
      '|---|---|---|---|---|---|',
      ...rows,
    ].join('\n'),
    ...(remarks.length > 0 ? [[...new Set(remarks)].map((r) => `- ${r}`).join('\n')] : []),
  ].join('\n\n');
}

const names = (n: ManifestNetwork, role: string): string =>
  n.columns
    .filter((c) => c.role === role)
    .map((c) => c.feature)
    .join(', ') || 'none';
