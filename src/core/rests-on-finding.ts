// Whether an indication rests on what the tumour is known to carry: the option was made for it.
import type { Criterion } from '../domain/corpus/criterion.js';
import { resultOf } from './criteria/biomarker.js';
import { verdictOf } from './criteria/state.js';
import type { Context } from './criteria/trace.js';

/** A finding of the tumour is among what the criteria demand: not one that they only exclude, and not a test that found nothing. */
export function restsOnFinding(criterion: Criterion, context: Context): boolean {
  switch (criterion.op) {
    case 'all':
    case 'any':
      return criterion.parts.some((part) => restsOnFinding(part, context));
    case 'biomarker': {
      const biomarker = context.cancerCase.biomarkers.find((b) => b.name === criterion.name);
      const found = biomarker === undefined ? undefined : resultOf(biomarker);
      // What it is in detail may still be asked ("BRCA1 mutation": germline?).
      return found !== undefined && found !== 'negative' && verdictOf(criterion, context).state !== 'not-met';
    }
    // `not: {unless: X}` demands that the record shows X.
    case 'not':
      return criterion.part.op === 'unless' && restsOnFinding(criterion.part.part, context);
    default:
      return false;
  }
}
