// The figures that stand around an effect: intervals and p-values, with their places in the sentence. Input is plain characters.

export interface Interval {
  readonly start: number;
  readonly end: number;
  readonly low: number;
  /** null: not reached or not estimable. */
  readonly high: number | null;
  readonly level: number | null;
}

export interface PValue {
  readonly start: number;
  readonly end: number;
  /** "0.03", "<0.001", "NS". */
  readonly p: string;
  /** Of an interaction or of heterogeneity: says nothing about the effect itself. */
  readonly ofInteraction: boolean;
}

export const NUMBER = String.raw`[-+]?\s?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+(?:\.\d+)?|\.\d+)`;
const LEVEL = String.raw`\(?(?:\d{2}(?:\.\d+)?)\s*-?\s*(?:%|per ?cent)\s*-?\s*`;
const NAME = String.raw`(?:(?:two-sided|one-sided|bootstrap(?:ped)?|repeated|adjusted|exact)\s+)?(?:[Cc]onfidence\s+(?:[Ii]ntervals?|[Ll]imits?|[Bb]ounds?|[Rr]anges?)|CONFIDENCE INTERVALS?|[Cc]redib(?:le|ility)\s+(?:[Ii]ntervals?|[Ll]imits?)|CIs?(?![A-Za-z])|C\.\s?I\.|c\.\s?i\.|(?<=9\d\s?%\s?)IC\b|IC(?=\s?:?\s?\(?9\d\s?%)|CrIs?\b|CLs?\b|Cl\b|BCI\b)(?:\s*[([]\s*(?:CI|CrI|CL)s?\s*[\])])?`;
/** "95% CI", "CI 95%", "95 % confidence interval [CI]", "CI95". */
export const LABEL = String.raw`(?:${LEVEL}${NAME}|${NAME}\s*,?\s*(?:of\s+)?(?:\d{2}(?:\.\d+)?)\s*%|CI-?\s?\(?9\d(?:\.\d)?\s*%?\)?(?![\d.])|9\dCI\b|${NAME}|(?<=[([,;]\s?)(?:90|95|97\.5|99)\s?%(?=[,:\s]*${NUMBER}\s*(?:-|to)\s*${NUMBER}))`;
const GLUE = String.raw`(?:\s(?:of|for) (?:the )?[a-z]{0,3}[HOR]Rs?(?=\s*[=:]))?[\s,;:=([{|]*(?:(?:of|from|was|were|is|between|ranging|ranged|ranges|range|limits?|the|for [a-z ]{3,30}?)\s+)*[\s([{]*`;
const UNIT = String.raw`(?:\s*(?:%|(?!(?:to|and|through)\b)[a-z\u00B5][A-Za-z\u00B5/.\u00B2-]{0,9}[23]?(?=\s*(?:-|to|,|and|\)|\]|;|\.|$|\s))))?`;
export const SEPARATOR = String.raw`\s*(?:-+|to|,|;|and|/|~|through|\.\.+|\u00F7|\||:)\s*`;
const OPEN = String.raw`not (?:yet )?(?:reached|estimable|evaluable|assessable|available|calculable|estimated)|N\.?R\.?\b|N/?E\b|N/?A\b|n/?a\b|infinity|inf\b|\u221E|unreached|upper limit not (?:reached|estimable)|[>]\s?\d+(?:\.\d+)?|-(?=\s*[)\]])`;
const LIMITS = String.raw`(${NUMBER})${UNIT}${SEPARATOR}(${NUMBER}|${OPEN})(?!\.?\d)(?!\s*(?:-|to)\s*[-+]?\.?\d)(?!\s*,\s*[-+]?(?:\d|\.\d)[\d.]*\s*[)\];])`;
const INTERVAL = new RegExp(`(${LABEL})${GLUE}${LIMITS}`, 'g');

/** Every interval that is called one. */
export function intervals(sentence: string): Interval[] {
  if (!/C|confid|credib|c\.\s?i\.|9\d\s*%/.test(sentence)) return [];
  return [...sentence.matchAll(INTERVAL)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    low: toNumber(match[2] ?? ''),
    high: upper(match[3] ?? ''),
    level: levelOf(match[1] ?? ''),
  }));
}

const BARE = new RegExp(
  String.raw`\s*[,;:]?\s*(?:[([{]|(?<=[,;]\s{0,2})|(?<=\d\s?)(?=\s*${NUMBER}\s*to))\s*${LIMITS}`,
  'y',
);

/** "2.3 (1.2-4.4)", "0.73; 0.47 to 1.15": limits without a name right after the value. They must hold it. */
export function bareInterval(sentence: string, at: number, value: number): Interval | undefined {
  BARE.lastIndex = at;
  const match = BARE.exec(sentence);
  if (match === null) return undefined;
  const low = toNumber(match[1] ?? '');
  const high = upper(match[2] ?? '');
  const end = at + match[0].length;
  if (high === null || !(low <= value && value <= high && low < high) || /^\s*(?:%|of\b)/.test(sentence.slice(end)))
    return undefined;
  return { start: at + match[0].search(/[-+.\d]/), end, low, high, level: null };
}

const P_NAME = String.raw`(?:\b[Pp]|\bp|\b[Pp]rob(?:ability)?)(?:\s?-?\s?(?:values?|val))?`;
const OF = String.raw`(?:\s*[_-]?\s*(?:for|of)\s+(?:the\s+)?[A-Za-z][\w \-]{2,45}?|\s*[_(]?\s*(?:interaction|int|trend|heterogeneity|het|superiority|noninferiority|non-inferiority|log-?rank|adjusted|adj|difference|diff|one-sided|two-sided|1-sided|2-sided)\)?)?`;
const P = new RegExp(
  String.raw`(?:\b(interaction|heterogeneity)\s+)?${P_NAME}(${OF})\s*(?:(=|<|>|\u2264|\u2265|was|were|of|is|:|,)\s*)+((?:\d?\.\d+|[01](?![\d.%]))(?:\s*[x\u00D7*]\s*10\s*\^?\s*-?\s*\d+|[eE]-?\d+)?|10\s?\^?\s?-\s?\d+|ns\b|NS\b|n\.s\.|not significant|nonsignificant)`,
  'g',
);

export function pValues(sentence: string): PValue[] {
  if (!/\b[Pp]/.test(sentence)) return [];
  return [...sentence.matchAll(P)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    p: writtenP(match[0], match[4] ?? ''),
    ofInteraction: match[1] !== undefined || /interact|int\b|heterogen|het\b/i.test(match[2] ?? ''),
  }));
}

function writtenP(whole: string, figure: string): string {
  if (/^n/i.test(figure)) return 'NS';
  const [sign = ''] = /[<>\u2264\u2265](?=[^<>\u2264\u2265]*$)/.exec(whole) ?? [];
  return `${sign}${figure.replace(/\s/g, '').replace(/^\./, '0.')}`;
}

/** "<0.001" -> {bound 0.001, sign "<"}; NS is no figure. */
export function pSays(p: string | null): 'significant' | 'not-significant' | undefined {
  if (p === null) return undefined;
  if (p === 'NS') return 'not-significant';
  const number = Number(
    p
      .replace(/^[<>\u2264\u2265]/, '')
      .replace(/[x\u00D7*]10\^?/, 'e')
      .replace(/^10\^?-/, '1e-'),
  );
  if (Number.isNaN(number)) return undefined;
  if (/^[<\u2264]/.test(p)) return number <= 0.05 ? 'significant' : undefined;
  if (/^[>\u2265]/.test(p)) return number >= 0.05 ? 'not-significant' : undefined;
  return number < 0.05 ? 'significant' : 'not-significant';
}

export const toNumber = (text: string): number => Number(text.replace(/[\s,]/g, ''));
const upper = (text: string): number | null => {
  const number = toNumber(text);
  return text.trim() === '' || Number.isNaN(number) ? null : number;
};

function levelOf(label: string): number | null {
  const [, level] = /(\d{2}(?:\.\d+)?)/.exec(label) ?? [];
  return level === undefined ? null : Number(level);
}
