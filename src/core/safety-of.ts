// The safety of regimens for one patient, without asking the same twice: which rules look at a regimen depends on the corpus only,
// and what a criterion says depends on the patient only. Hundreds of rules meet dozens of options here, for every counterfactual.
import type { Regimen } from '../domain/corpus/regimen.js';
import type { CorpusIndex } from './corpus-index.js';
import { evaluate } from './criteria/evaluate.js';
import type { Context } from './criteria/trace.js';
import { assessSafety, type SafetyAssessment } from './safety/assess.js';
import { appliesTo } from './safety/regimen-drugs.js';

/** Assesses regimens for this context. */
export function safetyFor(context: Context, lang?: 'en' | 'ru' | 'kk'): (regimen: Regimen) => SafetyAssessment {
  const { patient, cancerCase, setting } = context;
  return (regimen) =>
    assessSafety({
      regimen,
      patient,
      cancerCase,
      index: narrowed(context.index, regimen),
      // Its own context holds the narrowed corpus; the answers are kept with this one.
      evaluate: (criterion) => evaluate(criterion, context),
      ...(setting !== undefined && { setting }),
      ...(lang && { language: lang }),
    });
}

const NARROWED = new WeakMap<CorpusIndex, WeakMap<Regimen, CorpusIndex>>();

/** The corpus with only the rules that look at the regimen. */
function narrowed(index: CorpusIndex, regimen: Regimen): CorpusIndex {
  const kept = NARROWED.get(index) ?? new WeakMap<Regimen, CorpusIndex>();
  NARROWED.set(index, kept);
  const already = kept.get(regimen);
  if (already !== undefined) return already;
  const safety = index.corpus.safety.filter((rule) => appliesTo(rule, regimen, index));
  const narrow = { ...index, corpus: { ...index.corpus, safety } };
  kept.set(regimen, narrow);
  return narrow;
}
