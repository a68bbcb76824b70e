// The safety of regimens for one patient: the rules of safety/ with the evaluation that keeps its answers, so that hundreds of rules
// that meet dozens of options, for every counterfactual, ask nothing twice.
import type { Regimen } from '../domain/corpus/regimen.js';
import { evaluate } from './criteria/evaluate.js';
import type { Context } from './criteria/trace.js';
import { assessSafety, type SafetyAssessment } from './safety/assess.js';

/** Assesses regimens for this context. */
export function safetyFor(context: Context, lang?: 'en' | 'ru' | 'kk'): (regimen: Regimen) => SafetyAssessment {
  const { patient, cancerCase, index, setting } = context;
  return (regimen) =>
    assessSafety({
      regimen,
      patient,
      cancerCase,
      index,
      // Answers are kept by context: this one, not the one that the assessment makes for its checks.
      evaluate: (criterion) => evaluate(criterion, context),
      ...(setting !== undefined && { setting }),
      ...(lang && { language: lang }),
    });
}
