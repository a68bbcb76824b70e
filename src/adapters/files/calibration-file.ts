// corpus/calibration-trials.yaml and corpus/calibration.yaml, and the rebuilt patient times of the KMdata set.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { CalibrationFile, CalibrationTrial } from '../../domain/corpus/calibration.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { readTable } from './table.js';
import { readRecord, readRecords } from './yaml-records.js';

/** The mapping. @throws FaultyInput */
export function readCalibrationTrials(corpus: string): CalibrationTrial[] {
  const faults: Fault[] = [];
  const path = join(corpus, 'calibration-trials.yaml');
  const found = existsSync(path) ? readRecords(path, 'corpus/calibration-trials.yaml', CalibrationTrial, faults) : [];
  if (faults.length > 0) throw new FaultyInput(faults);
  return found.map((f) => f.value);
}

/** The last calibration that was written, undefined when there is none. @throws FaultyInput */
export function readCalibration(corpus: string): CalibrationFile | undefined {
  const path = join(corpus, 'calibration.yaml');
  if (!existsSync(path)) return undefined;
  const faults: Fault[] = [];
  const found = readRecord(path, 'corpus/calibration.yaml', CalibrationFile, faults);
  if (faults.length > 0) throw new FaultyInput(faults);
  return found?.value;
}

const HEAD = `# Written by \`shipa corpus calibrate\`: survival seen in rebuilt trials (Kaplan-Meier at 12, 24, 36 months, our own computation) and the summary of
# what the model said of them, the tested trial left out. docs/calibration.md is the readable version.
`;

export function writeCalibration(corpus: string, file: CalibrationFile): void {
  writeFileSync(
    join(corpus, 'calibration.yaml'),
    HEAD + stringify(file, { lineWidth: 150, flowCollectionPadding: false }),
  );
}

export interface RebuiltTrial {
  readonly outcome: string;
  readonly pmid: string;
  readonly patients: readonly { readonly months: number; readonly event: boolean; readonly arm: string }[];
}

const MONTHS_IN: Readonly<Record<string, number>> = { months: 1, years: 12, weeks: 7 / 30.4375 };

/** One trial of the set. @throws FaultyInput when it is not there or a cell is no number. */
export function readRebuiltTrial(folder: string, trial: string): RebuiltTrial {
  const key = readTable(join(folder, 'key.csv')).find((row) => row.name === trial);
  const unit = MONTHS_IN[key?.Units ?? ''];
  if (key === undefined || unit === undefined)
    throw new FaultyInput([
      { place: join(folder, 'key.csv'), message: `holds no trial ${trial} with a known unit of time` },
    ]);
  const name = `${trial}.csv`;
  const faults: Fault[] = [];
  const patients = readTable(join(folder, 'trials', name)).map((row, i) => {
    const time = Number(row.time);
    if (!Number.isFinite(time) || (row.event !== '0' && row.event !== '1'))
      faults.push({ place: `${name}, line ${i + 2}`, message: 'is not a time and an event' });
    return { months: time * unit, event: row.event === '1', arm: row.arm ?? '' };
  });
  if (faults.length > 0) throw new FaultyInput(faults);
  return { outcome: key.Outcome ?? '', pmid: key.PubMedID ?? '', patients };
}

/** Whether the set is at hand. */
export const hasRebuiltTrials = (folder: string): boolean => existsSync(join(folder, 'key.csv'));
