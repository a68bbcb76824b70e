// corpus/civic.yaml: why an item of CIViC has no counterpart here.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRecords } from '../../../adapters/files/yaml-records.js';
import { type Fault, FaultyInput } from '../../../domain/faults.js';
import { CivicReason } from '../../../evidence/civic/match-civic.js';

/** @throws FaultyInput with the file and line of every faulty row */
export function readCivicReasons(dir: string): readonly CivicReason[] {
  const file = join(dir, 'civic.yaml');
  if (!existsSync(file)) return [];
  const faults: Fault[] = [];
  const reasons = readRecords(file, 'corpus/civic.yaml', CivicReason, faults).map(({ value }) => value);
  if (faults.length > 0) throw new FaultyInput(faults);
  return reasons;
}
