// The seam between the clinical core and the outcome model: what is asked of it, what it answers.

/** One question: a network of the model, this patient's features, and the nodes (regimens) that are eligible for P(best). */
export interface ScoreRow {
  readonly network: string;
  /** Fact name -> number; words are "fact=word" -> 1 or 0. Absent or null: unknown, marginalised by the model. */
  readonly features: Readonly<Record<string, number | null>>;
  readonly eligible: readonly string[];
  /** Node that gains are against. */
  readonly comparator: string;
}

/** Answer for one node. Months and probabilities; null where the evidence does not reach. */
export interface NodeScore {
  readonly survival12: number | null;
  readonly survival24: number | null;
  readonly survival60: number | null;
  /** Restricted mean survival time to the network's horizon, months. */
  readonly rmst: number | null;
  /** RMST difference against the comparator, months, with its 90 % interval. */
  readonly gain: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Probability of the longest RMST among the eligible nodes; they sum to 1. */
  readonly probabilityBest: number | null;
  /** Proportion with a grade >= 3 adverse event. */
  readonly harm: number | null;
}

/** Scores of one row by node. */
export type Score = Readonly<Record<string, NodeScore>>;

/** What the core must know of a released model, besides its numbers. */
export interface ModelInfo {
  /** "shipa-outcomes@0.1.0" */
  readonly id: string;
  readonly corpusHash: string;
  readonly featuresHash: string;
  readonly networks: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly reference: string;
    readonly horizonMonths: number;
    /** Certainty (GRADE) by node, of the comparison with the reference. */
    readonly nodes: Readonly<Record<string, { readonly certainty: Certainty; readonly studies: readonly string[] }>>;
    /** Feature names that can move the order (modifiers), and those that only move the numbers. */
    readonly modifiers: readonly string[];
    readonly covariates: readonly string[];
  }[];
}

export type Certainty = 'high' | 'moderate' | 'low' | 'very low';
