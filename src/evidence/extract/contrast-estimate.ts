// Differences between arms that no word "difference" announces: "reduced fatigue compared with usual care (-2.1; 95% CI -3.3 to -0.9)",
// "increased steps by 1,250 per day (95% CI 640 to 1,860) versus control", "walked 43 m further (95% CI 12 to 74) than controls".
// The sentence must compare, the figure must have an interval, and no second figure of the kind may stand for the other arm.
import { LABEL, NUMBER } from './numbers.js';
import { isMeasuredInPercent } from './risk-difference.js';

interface Place {
  readonly start: number;
  readonly end: number;
}

const COMPARES =
  /\b(?:than|compar(?:ed|ing|ison) (?:with|to)(?! (?:the )?(?:baseline|pre|before))|versus|vs|relative to|over (?:placebo|controls?)|between(?:-| )(?:the )?(?:[a-z]+ ){0,2}(?:groups?|arms?)|between-group)\b/i;
/** "Declined more in A (-0.8, 95% CI -2.1 to 0.5)": a figure with a sign is a difference though the other arm is not named. */
const COMPARATIVE = /\b(?:more|less|greater|smaller|faster|slower|larger|higher|lower|better|worse)\b/i;
const LEVEL = String.raw`[,;:\s([]{1,3}(?=${LABEL})`;
/** Asked first: most sentences have none. */
const HAS_INTERVAL = /\bC[rR]?Is?\b|CI\s?\(?9|9\dCI|\b[cC]\.\s?[iI]|confiden|credib|\bC[Ll]s?\b|9\d(?:\.\d)?\s?%/i;
const MEAN = '(?:an? )?(?:(?:mean|average)(?: of)? |by )?';
const UNIT = String.raw`(?:\s?%|\s?[a-zA-Z\u00B5][\w\u00B5/.\u00B2-]{0,11}(?: (?!9\d)[a-z/]{1,10}){0,2})?`;
const CUE =
  '(?:greater|lower(?:ed|s)?|higher|shorter|longer|smaller|larger|fewer|less|more|better|worse|increas(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|reduc(?:e|ed|es|ing|tion)|improv(?:e|ed|es|ing|ement)|gain(?:ed)?|declin(?:e|ed)|rose|fell|raised|shorten(?:ed)?|prolong(?:ed)?)';

/** The bracket holds an estimate of the contrast that stands before it. */
const BRACKET = new RegExp(
  String.raw`\b${CUE}\b(?:[^().;]|\d\.\d){0,110}?\(\s?${MEAN}(?!9\d(?:\.\d)?\s?%)(?=(${NUMBER})${UNIT}${LEVEL})`,
  'gi',
);
const BY = new RegExp(
  String.raw`\b(?:increas|decreas|reduc|improv|lower|rais|shorten|prolong|declin|f[ae]ll|r[io]se)[a-z]*\b[^().;]{0,70}? by ${MEAN}(?=(?:\(on average\) )?(${NUMBER})${UNIT}(?: (?:more|less))?${LEVEL})`,
  'gi',
);
const BEFORE_ITS_WORD = new RegExp(
  String.raw`(?<=[\s(])(?=(${NUMBER})${UNIT} (?:(?:more|fewer|lower(?:ed|s)?|higher|shorter|longer|less|greater|further|extra|additional|faster|earlier|later)\b(?: [a-z]+){0,3}) ?[(,;] ?(?=${LABEL}))`,
  'g',
);
/** "(31.2; 95% CI ...) than with usual care (35.1 ...", "(9.2 months, 95% CI ..., vs 5.6 months ...)": figures of arms, not of their contrast. */
const ARM_BEHIND = new RegExp(
  String.raw`^(?:[^()]|\([^()]*\))*\)[^.;]{0,25}?\b(?:than|versus|vs\.?|compared (?:with|to)|against|and(?![^();]*\b${CUE}\b))\b[^.;()]{0,60}\(?\s?(?:mean |by )?\d|^[^()]*\b(?:vs|versus|compared with)\b|\)[^.]{0,250}\b(?:than|versus|vs\.?|compared (?:with|to))\b[^.()]{0,80}\(\s?(?:mean )?[-+]?\d[^()]*${LABEL}`,
  'i',
);
const ARM_BEFORE = new RegExp(String.raw`${LABEL}.*\b(?:than|compared (?:with|to)|versus|vs\.?)\b`);

/** Where such figures stand; they take the place of a mention. */
export function contrastEstimates(sentence: string): Place[] {
  if (!HAS_INTERVAL.test(sentence)) return [];
  const compares = COMPARES.test(sentence);
  if (!compares && !COMPARATIVE.test(sentence)) return [];
  return [BRACKET, BY, BEFORE_ITS_WORD].flatMap((pattern) =>
    [...sentence.matchAll(pattern)].flatMap((match) => {
      const figure = match.index + match[0].length;
      const rest = sentence.slice(figure);
      const percent = new RegExp(String.raw`^${NUMBER}\s?%`).test(rest);
      const ofArms =
        pattern === BRACKET &&
        (ARM_BEHIND.test(rest) || ARM_BEFORE.test(sentence.slice(0, figure)) || /\bmedian\b/.test(match[0]));
      const signed = /^[-+]/.test(rest) && COMPARATIVE.test(match[0]);
      return (!compares && !signed) || ofArms || (percent && !isMeasuredInPercent(sentence))
        ? []
        : [{ start: match.index, end: figure }];
    }),
  );
}

const BEGINS = new RegExp(`^${CUE}`, 'i');

/** A place that begins with the word of direction, or is nothing but the place of the figure. */
export const isContrastEstimate = (words: string): boolean => BEGINS.test(words);
