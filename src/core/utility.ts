// The utility of an option among those that the outcome model compares, with the parts that add up to it:
//
//   U = w_benefit * (RMST gain / horizon) - w_harm * P(grade >= 3 event) - w_cost * cost
//
// Gain is a share of the network's horizon, harm a proportion, so both are without unit and of like size; the comparator has gain 0.
// The default of w_harm says that one grade >= 3 event in a patient weighs as much as a tenth of the horizon (6 months of 60). It
// follows the ASCO value framework (Schnipper et al., J Clin Oncol 2016;34:2925), where toxicity may move a score by 20 points and
// benefit by 100 points of hazard reduction; a gain in RMST is about half of the hazard reduction over usual horizons, hence 0.1.
// Cost is left out unless weights and costs are given. The weights are inputs and are printed with every explanation.
import type { NodeScore } from '../domain/outcome.js';

export interface Weights {
  readonly benefit: number;
  readonly harm: number;
  readonly cost: number;
}

export const DEFAULT_WEIGHTS: Weights = { benefit: 1, harm: 0.1, cost: 0 };

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
  /** Mean harm of the options compared, which stands in where this option's is not published. */
  readonly usualHarm: number | null;
  /** In units of the cost weight; null where not given. */
  readonly cost: number | null;
}

/** Null when the model has no gain for the option: it is then placed by preference and order. */
export function utilityOf(terms: Terms, weights: Weights): Utility | null {
  const { score, horizonMonths } = terms;
  if (score.gain === null || horizonMonths <= 0) return null;
  const parts = [
    { factor: benefitWords(terms), effect: weights.benefit * (score.gain / horizonMonths) },
    harmPart(terms, weights),
    ...(terms.cost === null ? [] : [{ factor: `cost ${terms.cost}`, effect: -weights.cost * terms.cost }]),
  ];
  return { value: parts.reduce((sum, { effect }) => sum + effect, 0), parts };
}

function benefitWords({ score, outcome, horizonMonths, comparator }: Terms): string {
  const gain = score.gain ?? 0;
  return `${gain < 0 ? '' : '+'}${gain.toFixed(1)} months of ${outcome} within ${horizonMonths} against ${comparator}`;
}

function harmPart({ score, usualHarm }: Terms, weights: Weights): Part {
  const harm = score.harm ?? usualHarm ?? 0;
  const percent = `${Math.round(harm * 100)} %`;
  if (score.harm !== null) return { factor: `grade >= 3 adverse events in ${percent}`, effect: -weights.harm * harm };
  const words = usualHarm === null ? 'not known for any option' : `not known; the mean of the others, ${percent}`;
  return { factor: `grade >= 3 adverse events: ${words}`, effect: -weights.harm * harm };
}
