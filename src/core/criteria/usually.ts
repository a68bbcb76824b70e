// Whether a criterion would hold if nothing were there beyond what is recorded: a finding, a condition or a treatment that is not told
// counts as absent, a test not told as what most patients show. Never an answer about the patient: it only tells an option that most patients with
// this record qualify for ("no EGFR mutation") from one that few do ("BRAF V600E"), for the order among those that wait for a fact.
import type { Criterion } from '../../domain/corpus/criterion.js';
import { stateOf } from './state.js';
import type { Context } from './trace.js';

export function usually(criterion: Criterion, context: Context): boolean {
  const state = stateOf(criterion, context);
  if (state !== 'unknown') return state === 'met';
  switch (criterion.op) {
    case 'all':
      return criterion.parts.every((part) => usually(part, context));
    case 'any':
      return criterion.parts.some((part) => usually(part, context));
    case 'not':
    case 'unless':
      return !usually(criterion.part, context);
    case 'biomarker':
      return isUsual(criterion, context);
    case 'cancer':
      return isUsualKind(criterion.codes, context);
    default:
      return false;
  }
}

/** The result that most have: negative, save of what nearly every tumour of the kind bears (receptors of breast cancer, CD20). */
function isUsual({ name, is }: Extract<Criterion, { op: 'biomarker' }>, { index }: Context): boolean {
  if (index.biomarker(name)?.usual === 'positive') return is.includes('positive');
  return is.every((result) => NO_FINDING.includes(result));
}

const NO_FINDING: readonly string[] = ['negative', 'zero'];

/** The kind that most are of where the record names none ("T-cell lymphoma": nodal, peripheral). */
function isUsualKind(codes: readonly string[], { cancerCase: { cancer }, index }: Context): boolean {
  const usual = cancer.known ? index.cancer(cancer.value.oncotree)?.usual : undefined;
  return usual !== undefined && codes.some((code) => index.isCancer(usual, code));
}
