// The kill switch: an indication or a model that a named person stopped, with the reason. It holds from the next answer on.

export interface Stop {
  readonly kind: 'indication' | 'model';
  /** Indication id, or "shipa-outcomes@0.1.0". */
  readonly id: string;
  readonly by: string;
  readonly why: string;
  /** Instant, ISO 8601. */
  readonly at: string;
}
