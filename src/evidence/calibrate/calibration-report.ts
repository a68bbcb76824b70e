// docs/calibration.md: what the model said and what was seen, every test in the table, the misses first.
import type {
  CalibrationSummary,
  ObservedTrial,
  TestedEffect,
  TestedSurvival,
} from '../../domain/corpus/calibration.js';
import { Z95 } from '../../stats/distributions.js';
import type { Calibration } from './calibration-of.js';
import { summariseCalibration } from './calibration-summary.js';

export interface ReportAbout {
  readonly date: string;
  readonly model: string;
  readonly corpusHash: string;
  readonly observed: readonly ObservedTrial[];
  /** Path of the picture beside the page. */
  readonly plot: string;
}

export function calibrationReport(c: Calibration, about: ReportAbout): string {
  const trials = new Set(c.rows.survival.map((r) => r.trial)).size;
  return `${[
    '# Calibration against reality',
    `Written by \`shipa corpus calibrate\` on ${about.date} for ${about.model}, corpus \`${about.corpusHash.slice(0, 12)}\`. Do not edit.`,
    `Patient times of ${about.observed.length} trials were rebuilt by others from published curves (KMdata); ${trials} of them could be tested. **Nothing is tested on
what it was fitted to**: when the trial itself is in the network, it is taken out and the network refitted (and with it every study that may hold
the same patients); when its arm was the baseline, another trial's arm takes its place. The prediction is for the average patient of the
network's population, every covariate unknown. Observed is the Kaplan-Meier estimate of the rebuilt times, told while ten or more are at risk.`,
    '## Summary, held out',
    summaryTable(c),
    `ICI: mean distance of predicted from observed survival over arms, weighted by patients. Bias: predicted minus observed. Slope and intercept: of
ln(-ln observed) on ln(-ln predicted); 1 and 0 are perfect. Inside: points whose observed 95 % interval holds the prediction. Near matches differ from
the network's regimen or population as said in the last column of the table.`,
    `![predicted against observed survival](${about.plot})`,
    '## Survival, held out, largest distance first',
    survivalTable(c.rows.survival),
    '## Effects, held out',
    c.rows.effects.length === 0 ? 'None could be tested.' : effectTable(c.rows.effects),
    '## Not tested',
    c.notTested.length === 0
      ? 'Nothing: every trial was tested.'
      : c.notTested.map((n) => `- ${n.trial}${n.node === null ? '' : `, \`${n.node}\``}: ${n.why}`).join('\n'),
    '## Does the model reproduce its own sources?',
    `The trials that are, or may be, in their network, with everything in it. This is no test of prediction: it shows what the parametric baseline, pooling and
published rounding cost.`,
    survivalTable(c.reproduced.survival),
    ...(c.reproduced.effects.length === 0 ? [] : [effectTable(c.reproduced.effects)]),
    '## What this does not show',
    `Few arms, nearly all chemotherapy-era controls: the set ends in 2016, before most regimens of the model. Rebuilt times carry no covariates, so
nothing personal is tested. Arms of one trial share its patients, so points are not independent. Era, country and later lines differ between trials; such
differences are part of the distances above, as they will be for real patients.`,
  ].join('\n\n')}\n`;
}

function summaryTable(c: Calibration): string {
  const row = (name: string, s: CalibrationSummary): string =>
    `| ${name} | ${points(s.ici12)} (${s.arms12}) | ${points(s.ici24)} (${s.arms24}) | ${points(s.ici36)} (${s.arms36}) | ${points(s.bias, true)} | ${plain(s.slope)} | ${plain(s.intercept)} | ${s.covered} of ${s.points} | ${s.signRight} of ${s.signTested} | ${plain(s.logHrError)} |`;
  return [
    '| | ICI at 12 months, points (arms) | at 24 | at 36 | bias, points | slope | intercept | inside | sign of effect right | mean error of ln HR |',
    '|---|---|---|---|---|---|---|---|---|---|',
    row('all', c),
    row('exact matches', c.exact),
    ...(['one', 'several'] as const).map((many) =>
      row(
        `baseline of ${many === 'one' ? 'one point (exponential)' : 'several points'}`,
        summariseCalibration({
          survival: c.rows.survival.filter((r) => (r.baselinePoints === 1) === (many === 'one')),
          effects: [],
        }),
      ),
    ),
  ].join('\n');
}

/** Largest distance first. */
export function survivalTable(rows: readonly TestedSurvival[]): string {
  const sorted = [...rows].sort((a, b) => Math.abs(b.predicted - b.observed) - Math.abs(a.predicted - a.observed));
  return [
    '| trial | regimen | months | patients | observed, % (95 %) | predicted, % | distance, points | inside | near |',
    '|---|---|---|---|---|---|---|---|---|',
    ...sorted.map((r) => {
      const interval = `${percent(r.observed - Z95 * r.se)}-${percent(r.observed + Z95 * r.se)}`;
      const inside = Math.abs(r.predicted - r.observed) <= Z95 * r.se;
      return `| ${r.trial} | \`${r.node}\` | ${r.months} | ${r.n} | ${percent(r.observed)} (${interval}) | ${percent(r.predicted)} | ${points(r.predicted - r.observed, true)} | ${inside ? 'yes' : '**no**'} | ${r.near ?? '-'} |`;
    }),
  ].join('\n');
}

export function effectTable(rows: readonly TestedEffect[]): string {
  const ratio = (effect: number, se: number): string =>
    `${Math.exp(effect).toFixed(2)} (${Math.exp(effect - Z95 * se).toFixed(2)}-${Math.exp(effect + Z95 * se).toFixed(2)})`;
  return [
    '| trial | comparison | observed hazard ratio (95 %) | predicted (95 %, with tau2) | sign | near |',
    '|---|---|---|---|---|---|',
    ...rows.map((e) => {
      const right = Math.sign(e.predicted) === Math.sign(e.observed);
      return `| ${e.trial} | \`${e.node}\` against \`${e.against}\` | ${ratio(e.observed, e.observedSe)} | ${ratio(e.predicted, e.predictedSe)} | ${right ? 'right' : '**wrong**'} | ${e.near ?? '-'} |`;
    }),
  ].join('\n');
}

const percent = (x: number): string => (100 * Math.min(1, Math.max(0, x))).toFixed(1);
const points = (x: number | null, signed = false): string =>
  x === null ? '-' : `${signed && x > 0 ? '+' : ''}${(100 * x).toFixed(1)}`;
const plain = (x: number | null): string => (x === null ? '-' : x.toFixed(2));
