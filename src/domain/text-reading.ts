// What was read in a text, told so that a doctor verifies it at a glance: each fact with the words it was read from and how sure the reading is.

/**
 * high: told in words that the vocabulary knows. medium: told with a slip of the pen, or inferred by a stated rule. low: not used; the fact
 * stays unknown and this is a suggestion.
 */
export type Confidence = 'high' | 'medium' | 'low';

export interface ReadFact {
  /** What it is of: "diagnosis", "stage", "treatment", the name of a marker or a measurement. */
  readonly fact: string;
  readonly value: string;
  /** The words of the text. */
  readonly words: string;
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
  /** Why it is not high. */
  readonly why?: string;
  /** False where it is only suggested, or something else was believed. */
  readonly used: boolean;
}

export interface TextReading {
  readonly facts: readonly ReadFact[];
  /** Seen and not understood: names of drugs and genes that the corpus does not know, sentences from which nothing was read. */
  readonly notUnderstood: readonly {
    readonly words: string;
    readonly document: string;
    readonly start: number;
    readonly end: number;
  }[];
}
