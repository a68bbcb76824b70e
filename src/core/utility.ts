// The utility of an option among those that the outcome model compares, with the parts that add up to it:
//
//   U = w_benefit * (RMST gain / horizon) - w_harm * P(grade >= 3 event) - w_cost * cost
//
// Gain is a share of the network's horizon, harm a proportion, so both are without unit; the comparator has gain 0. The default of
// w_harm says that a grade >= 3 event for certain weighs as much as a twentieth of the horizon (3 months of 60). The ASCO value
// framework (Schnipper et al., J Clin Oncol 2016;34:2925) lets toxicity move a score by 20 points where hazard reduction moves it by
// up to 100. A gain in RMST, as a share of the horizon, is a quarter to a half of the hazard reduction, which gives 0.05 to 0.1; the
// lower end, as published totals of grade >= 3 events count laboratory findings too (neutropenia under CDK4/6 inhibitors).
// Cost is left out unless weights and costs are given. The weights are inputs and are printed with every explanation.
import type { NodeScore } from '../domain/outcome.js';
import { type Lang, translate } from './language/translate.js';

export interface Weights {
  readonly benefit: number;
  readonly harm: number;
  readonly cost: number;
}

export const DEFAULT_WEIGHTS: Weights = { benefit: 1, harm: 0.05, cost: 0 };

export interface Part {
  readonly factor: string;
  readonly effect: number;
}

export interface Utility {
  readonly value: number;
  readonly parts: readonly Part[];
}

interface Terms {
  readonly score: NodeScore;
  readonly outcome: string;
  readonly horizonMonths: number;
  readonly comparator: string;
  /** What stands in where this option's harm is not published: the mean of the options compared; 0 where nothing is given. */
  readonly usualHarm: number | null;
  /** In units of the cost weight; null where not given. */
  readonly cost: number | null;
  readonly lang: Lang;
}

/** Null when the model has no gain for the option: it is then placed by preference and order. */
export function utilityOf(terms: Terms, weights: Weights): Utility | null {
  const { score, horizonMonths, usualHarm, cost } = terms;
  if (score.gain === null || horizonMonths <= 0) return null;
  const benefit = weights.benefit * (score.gain / horizonMonths);
  const harm = -weights.harm * (score.harm ?? usualHarm ?? 0);
  const price = cost === null ? 0 : -weights.cost * cost;
  return {
    value: benefit + harm + price,
    /** Made when it is looked at: a cohort run keeps the sum alone. */
    get parts() {
      return [
        { factor: benefitWords(terms), effect: benefit },
        { factor: harmWords(terms), effect: harm },
        ...(cost === null ? [] : [{ factor: translate(terms.lang, 'cost {cost}', { cost }), effect: price }]),
      ];
    },
  };
}

function benefitWords({ score, outcome, horizonMonths, comparator, lang }: Terms): string {
  const gain = score.gain ?? 0;
  return translate(
    lang,
    gain < 0
      ? 'loss of {months} months of {outcome} within {horizon}, against {comparator}'
      : 'gain of {months} months of {outcome} within {horizon}, against {comparator}',
    { months: Math.abs(gain).toFixed(1), outcome, horizon: horizonMonths, comparator },
  );
}

function harmWords({ score, usualHarm, lang }: Terms): string {
  const harm = score.harm ?? usualHarm;
  if (harm === null) return translate(lang, 'grade >= 3 adverse events: not known for any option');
  const values = { share: `${Math.round(harm * 100)} %` };
  return score.harm === null
    ? translate(lang, 'grade >= 3 adverse events: not published; taken as {share}', values)
    : translate(lang, 'grade >= 3 adverse events in {share}', values);
}
