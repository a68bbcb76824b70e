// A difference in per cent: of two proportions, or of a quantity that is measured in per cent.

/**
 * A difference of proportions is given as MD, in percentage points, when its limits stand with it: without them "a difference of 12 %" may be
 * relative, or a plan.
 * @param after what follows the figure in the sentence
 */
export const isRiskDifference = (sentence: string, after: string): boolean =>
  /^\s?(?:%|per ?cent)/.test(after) && !/\bmeans?\b|LS/.test(sentence) && !isMeasuredInPercent(sentence);

export const isMeasuredInPercent = (sentence: string): boolean =>
  MEASURED_IN_PERCENT.test(sentence) && !PROPORTION.test(sentence);

/** Quantities whose own unit is per cent. */
const MEASURED_IN_PERCENT =
  /\bHb ?A1c\b|\bHbAlc\b|\bA1C\b|\bgly(?:c|cosyl|cosil)ated\b|ejection fraction|\bLVEF\b|\bFEV|\bFVC\b|predicted|\bBMD\b|bone mineral|\bfat\b|h(?:a)?ematocrit|saturation|percent(?:age)? change|change from baseline/i;
const PROPORTION = /\b(?:proportions?|percentages? of|incidence|prevalence|rates?|achiev\w+|responders?)\b/i;
