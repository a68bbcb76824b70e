// The card's part on calibration: predicted against observed survival of rebuilt trials, with every test and the misses first.
import type { CalibrationFile, CalibrationSummary } from '../../domain/corpus/calibration.js';
import { effectTable, survivalTable } from '../calibrate/calibration-report.js';
import type { Manifest } from './manifest.js';

/** `c`: the last calibration that was written; it may be of an earlier corpus, and says so. */
export function calibrationSection(m: Manifest, c: CalibrationFile | undefined): string {
  if (c === undefined) return '## Calibration\n\nNot measured: `shipa corpus calibrate` has not been run.';
  const of = c.corpusHash === m.corpusHash ? 'this corpus' : `an earlier corpus (\`${c.corpusHash.slice(0, 12)}\`)`;
  const trials = new Set(c.tested.map((t) => t.split(' ')[0])).size;
  const told = (s: CalibrationSummary): string =>
    [
      ...([12, 24, 36] as const).map((t) => {
        const value = { 12: s.ici12, 24: s.ici24, 36: s.ici36 }[t];
        const arms = { 12: s.arms12, 24: s.arms24, 36: s.arms36 }[t];
        return value === null
          ? `${t} months not tested`
          : `${(100 * value).toFixed(1)} points at ${t} months (${arms} arms)`;
      }),
      `${s.covered} of ${s.points} predictions inside the observed 95 % interval`,
      `sign of the effect right in ${s.signRight} of ${s.signTested}`,
    ].join('; ');
  return `## Calibration

Measured on ${c.date} on ${of}: predicted against observed survival of ${trials} trials rebuilt from published curves, each taken out of its own network first.
Mean distance of predicted from observed survival, all matches: ${told(c.summary)}. Exact matches of regimen and population alone: ${told(c.exact)}.
Mean bias of all: ${c.summary.bias === null ? '-' : `${(100 * c.summary.bias).toFixed(1)} points`} (positive: survival overstated). The misses first; what was not tested, and why: docs/calibration.md.${tables(c)}`;
}

function tables({ survival, effects }: CalibrationFile): string {
  if (survival.length === 0) return '';
  return `

Survival, held out, largest distance first ("inside": the observed 95 % interval holds the prediction):

${survivalTable(survival)}

Effects, held out: ${effects.length === 0 ? 'none could be tested.' : `\n\n${effectTable(effects)}`}`;
}
