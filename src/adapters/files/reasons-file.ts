// corpus/reasons.yaml: recorded reasons for what a release loses or moves.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeReason } from '../../app/release-log.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { readRecords } from './yaml-records.js';

/** @throws FaultyInput */
export function readReasons(corpus: string): readonly ChangeReason[] {
  const path = join(corpus, 'reasons.yaml');
  if (!existsSync(path)) return [];
  const faults: Fault[] = [];
  const found = readRecords(path, 'corpus/reasons.yaml', ChangeReason, faults);
  if (faults.length > 0) throw new FaultyInput(faults);
  return found.map((f) => f.value);
}
