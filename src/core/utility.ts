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
  const words = `${gain < 0 ? 'loss' : 'gain'} of ${Math.abs(gain).toFixed(1)} months of ${outcome}`;
  return `${words} within ${horizonMonths}, against ${comparator}`;
}

function harmPart({ score, usualHarm }: Terms, weights: Weights): Part {
  const harm = score.harm ?? usualHarm ?? 0;
  const percent = `${Math.round(harm * 100)} %`;
  if (score.harm !== null) return { factor: `grade >= 3 adverse events in ${percent}`, effect: -weights.harm * harm };
  const words = usualHarm === null ? 'not known for any option' : `not published; taken as ${percent}`;
  return { factor: `grade >= 3 adverse events: ${words}`, effect: -weights.harm * harm };
}
