// `shipa corpus calibrate`: predicted against observed survival of rebuilt trials; writes corpus/calibration.yaml and docs/calibration.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  hasRebuiltTrials,
  readCalibration,
  readCalibrationTrials,
  readRebuiltTrial,
  writeCalibration,
} from '../../../adapters/files/calibration-file.js';
import { loadCorpus } from '../../../adapters/files/corpus-files.js';
import type { CalibrationFile, ObservedTrial } from '../../../domain/corpus/calibration.js';
import { calibrationOf } from '../../../evidence/calibrate/calibration-of.js';
import { calibrationReport } from '../../../evidence/calibrate/calibration-report.js';
import { observeTrial } from '../../../evidence/calibrate/observe-trial.js';
import { calibrationPlot } from '../../../report/svg/calibration-plot.js';
import { Z95 } from '../../../stats/distributions.js';
import { codeVersion, corpusDirectory, projectRoot, sharedData } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';
import { SEED } from './build.js';

export function calibrate(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      data: { type: 'string', default: join(sharedData, 'kmdata') },
      out: { type: 'string', default: join(projectRoot, 'docs') },
      id: { type: 'string', default: 'shipa-outcomes' },
      version: { type: 'string', default: codeVersion() },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const corpus = loadCorpus(values.dir);
  const observed = observations(values.dir, values.data);
  const result = calibrationOf(corpus, observed, SEED);
  const { rows, exact, reproduced, notTested, ...summary } = result;
  const model = `${values.id}@${values.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const file: CalibrationFile = {
    date,
    model,
    corpusHash: corpus.hash,
    summary,
    exact,
    observed: [...observed],
    tested: [...new Set(rows.survival.map((r) => `${r.trial} ${r.node}`))],
    survival: rows.survival.map((r) => ({ ...r, predicted: rounded(r.predicted) })),
    effects: rows.effects.map((e) => ({ ...e, predicted: rounded(e.predicted), predictedSe: rounded(e.predictedSe) })),
  };
  process.stdout.write(`${JSON.stringify({ model, corpus: corpus.hash, summary, exact, notTested }, null, 2)}\n`);
  if (values['dry-run']) return 0;
  writeCalibration(values.dir, file);
  writeFileSync(
    join(values.out, 'calibration.md'),
    calibrationReport(result, { date, model, corpusHash: corpus.hash, observed, plot: 'calibration.svg' }),
  );
  const marks = rows.survival.map((r) => ({
    predicted: r.predicted,
    observed: r.observed,
    low: r.observed - Z95 * r.se,
    high: r.observed + Z95 * r.se,
    group: `${r.months} months`,
    name: `${r.trial}, ${r.node}`,
  }));
  writeFileSync(
    join(values.out, 'calibration.svg'),
    calibrationPlot(marks, 'Survival of held-out trials, observed with its 95 % interval'),
  );
  process.stderr.write(`wrote ${join(values.dir, 'calibration.yaml')} and ${join(values.out, 'calibration.md')}\n`);
  return 0;
}

const rounded = (x: number): number => Math.round(x * 1e6) / 1e6;

/** From the patient times where the set is at hand, else the observations kept in corpus/calibration.yaml. */
function observations(dir: string, data: string): readonly ObservedTrial[] {
  if (hasRebuiltTrials(data))
    return readCalibrationTrials(dir).map((trial) => {
      const { patients, outcome, pmid } = readRebuiltTrial(data, trial.trial);
      return observeTrial(trial, patients, { outcome, pmid });
    });
  const kept = readCalibration(dir);
  if (kept === undefined)
    throw new WrongUse(
      `no rebuilt trials in ${data}, and no corpus/calibration.yaml with earlier observations: name the set with --data`,
    );
  process.stderr.write(
    `no rebuilt trials in ${data}: the observations kept in calibration.yaml (${kept.date}) are used\n`,
  );
  return kept.observed;
}
