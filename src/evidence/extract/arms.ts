// Which treatments a document compares: from its title first, then from the words of randomisation, then from its groups.
import type { Sentence } from './sentences.js';

export interface Arms {
  readonly intervention: string | null;
  readonly comparator: string | null;
}

const VERSUS = String.raw`(?:versus|vs\.?|v\.?(?=\s)|compared (?:with|to|against)|in comparison (?:with|to)|or(?= placebo))`;
/** What may stand before the first treatment in a title. */
const LEAD =
  /^.*?\b(?:(?:randomi[sz]ed|controlled|clinical|phase \S+|comparative|multicent(?:er|re)|open-label|pilot|prospective|double-blind)[^:]*?(?:trial|study|comparison|evaluation|assessment|comparing)\s+(?:of|on|comparing|with|for|to compare)?|comparison (?:of|between)|comparing|effects? of|efficacy (?:and (?:safety|tolerability) )?of|safety (?:and efficacy )?of|impact of|benefits? of|use of|evaluation of|outcomes? (?:of|with|after)|survival with)\s+(?:the\s+)?/i;
const STOP =
  /\s+(?:in|for|as|after|among|on|following|during|given|when|to (?:treat|prevent|improve|reduce)|therapy in|treatment (?:in|for|of)|who|administered|were|was|followed|every|once|twice|at|until|within|because|while)\b.*$|[:;.?!,([].*$/i;
const CONTROL =
  /\b(?:placebo|control|standard|usual care|conventional|observation|alone|best supportive care|sham|no (?:treatment|therapy|further)|watchful|surveillance|routine)\b/i;

/** Null where it could not be told. */
export function documentArms(all: readonly Sentence[]): Arms {
  const title = all.find((s) => s.section === 'title')?.text ?? '';
  return (
    fromVersus(title) ??
    fromWithout(title) ??
    all.reduce<Arms | undefined>((found, s) => found ?? fromRandomisation(s.text), undefined) ??
    all.reduce<Arms | undefined>((found, s) => found ?? fromGroups(s.text), undefined) ??
    all.slice(0, 8).reduce<Arms | undefined>((found, s) => found ?? fromVersus(s.text), undefined) ?? {
      intervention: null,
      comparator: null,
    }
  );
}

function fromVersus(text: string): Arms | undefined {
  const match = new RegExp(String.raw`^(.*?)\s+(?:alone\s+)?${VERSUS}\s+(.+)$`, 'i').exec(text);
  if (match === null) return undefined;
  const lead = (match[1] ?? '').split(/[:;.]\s/).at(-1) ?? '';
  return arms(tail(lead.replace(LEAD, '')), (match[2] ?? '').replace(STOP, ''));
}

/** "Chemotherapy with or without bevacizumab". */
function fromWithout(text: string): Arms | undefined {
  const match = /^(.*?)\s+(?:with (?:or|and|versus) without|with\/without|\u00B1|\+\/-)\s+(.+)$/i.exec(text);
  if (match === null) return undefined;
  const base = tail((match[1] ?? '').replace(LEAD, ''));
  const added = (match[2] ?? '').replace(STOP, '');
  return arms(`${base} with ${added}`, `${base} without ${added}`);
}

const ASSIGNED =
  /\b(?:randomi[sz]ed|randomly (?:assigned|allocated|received|selected)|assigned|allocated|received|receive)\b[^.]*?(?:\bto (?:receive |undergo |treatment with |either |one of )*|\breceive |\breceived |\binto )(?:either )?(.+)$/i;

/** "randomly assigned (1:1) to receive A or B". */
function fromRandomisation(text: string): Arms | undefined {
  if (!/\brandom|\bassigned|\ballocated/i.test(text)) return undefined;
  const [, rest] = ASSIGNED.exec(text.replaceAll(/\s*\([^()]{1,60}\)/g, '')) ?? [];
  const [, first, second] =
    new RegExp(String.raw`^(.{3,110}?),?\s+(?:or(?: to)?|${VERSUS}|and)\s+(?:to )?(.+)$`, 'i').exec(rest ?? '') ?? [];
  if (first === undefined || second === undefined) return undefined;
  return arms(first.replace(STOP, ''), second.replace(STOP, ''));
}

/** "in the X group ... in the Y group". */
function fromGroups(text: string): Arms | undefined {
  const names = [
    ...text.matchAll(/\b(?:in|for|with|to) (?:the )?([A-Za-z][\w+/. -]{1,40}?)[ -](?:group|arm|cohort)\b/g),
  ].map((m) => m[1] ?? '');
  const [first, second] = [...new Set(names)].filter(
    (n) => !/^(?:each|both|either|all|this|that|any|one|two|treatment and|study|same|the other|other|age)\b/i.test(n),
  );
  return first === undefined || second === undefined ? undefined : arms(first, second);
}

/** The control stands second, whatever the text names first. */
function arms(a: string, b: string): Arms | undefined {
  const [first, second] = [clean(a), clean(b)];
  if (NO_TREATMENT.test(`${first} ${second}`)) return undefined;
  if (first.length < 2 || second.length < 2 || first.length > 120 || second.length > 120) return undefined;
  return CONTROL.test(first) && !CONTROL.test(second)
    ? { intervention: second, comparator: first }
    : { intervention: first, comparator: second };
}

/** What a sentence of results has between its "versus". */
const NO_TREATMENT =
  /\b(?:was|were|had|reported|ratio|months|median|rates?|survival|showed|resulted|demonstrated|significantly|decreased|increased|improved|did|does|benefit|improvement|experienced|achieved)\b|\d\.\d|\d\s?%|^\d+ /i;

const clean = (name: string): string =>
  name
    .replace(
      /^(?:either|the|a|an|receive|treatment with|therapy with|oral|intravenous|of|with|to|between|group [A-Z1-9]:?)\s+/i,
      '',
    )
    .replace(/\s+(?:group|arm|plus)s?$/i, '')
    .replace(/[\s,;:(]+$/, '')
    .trim();

/** The treatment is what stands last before "versus": cut at the words that introduce it. */
const tail = (text: string): string =>
  (
    text
      .split(
        /\b(?:trial of|study of|comparing|comparison of|effects? of|efficacy of|between|whether|receiving|received|receive|treated with|randomi[sz]ed to|assigned to)\s+/i,
      )
      .at(-1) ?? ''
  ).replace(/\s*\([^)]*\)$/, '');

export interface ArmName {
  readonly name: string;
  readonly start: number;
}

const GROUP =
  /\b(?:in|for|with|among|on|after|receiving|given|by|to|under|of)\s+(?:patients (?:receiving|treated with|given|in|on|assigned to|randomi[sz]ed to)\s+|those (?:receiving|treated with|given|in|on|assigned to)\s+)?(?:the\s+)?((?:[\w+/-]+(?:\.\d+)?\s+){0,6}?[\w+/-]+(?:\.\d+)?)\s*(?:[\s-](?:groups?|arms?|cohort|recipients|patients|regimen|treated)\b|(?=[,;.)(]|$|\s(?:and|versus|vs|v|compared|than|as|were|was|had|respectively)\b))/;

/** "in the X arm and " -> "X": the arm that the words after a figure name. */
export function armAfter(tailText: string): string | null {
  if (
    !/^\s*(?:\([^)]*\)\s*)?(?:months?|weeks?|years?|days?|%|of (?:the )?(?:patients|women|men|those)|patients)?\s*,?\s*(?:in|for|with|among|on|after|receiving|given|by|of|under)\s/.test(
      tailText,
    )
  )
    return null;
  const [, name] =
    GROUP.exec(tailText.replace(/^\s*\)?\s*of\s+(?:\d+\s+)?(?:patients\s+)?(?=in\b|with\b|on\b)/, '')) ?? [];
  return name === undefined || name.length > 70 || NO_ARM.test(name)
    ? null
    : name.replace(/^(?:patients|those|the)\s+/, '');
}
const NO_ARM =
  /^(?:patients|the|all|both|each|total|respectively|this|these|those|an|\d+|addition|contrast|comparison|median|which|months?|favou?r|general|women|men|follow-up|responders|population|cases|study)$/i;

const NAMED = String.raw`((?:[\w+/-]+(?:\.\d+)?\s+){0,5}?[\w+/-]+(?:\.\d+)?)`;
const END = String.raw`(?:\s+(?:group|arm|therapy)s?)?(?=[\s,;:.)(\]]|$)`;
const CONTRAST = new RegExp(
  String.raw`\b(?:with|for|of|in|by|on|to|after|receiving|favou?ring)\s+(?:the\s+)?${NAMED}(?:\s+(?:group|arm))?\s*,?\s+(?:versus|vs\.?|v\.?|(?:as )?compared (?:with|to)|than(?: with| in| for)?)\s+(?:with |in |that of |that in |for )?(?:the\s+)?${NAMED}${END}|\bbetween\s+(?:the\s+)?${NAMED}\s+and\s+(?:the\s+)?${NAMED}${END}`,
  'i',
);
const NO_CONTRAST = /^(?:\d|grade|months?\b|years?\b|patients$|those$|that$|death|progression|placebo-treated$)/i;

/** "with X versus Y", "between X and Y" of one clause. */
export function contrastIn(clause: string): Arms | undefined {
  const match = CONTRAST.exec(clause);
  const [a, b] = [match?.[1] ?? match?.[3], match?.[2] ?? match?.[4]];
  if (a === undefined || b === undefined || NO_CONTRAST.test(a) || NO_CONTRAST.test(b)) return undefined;
  return { intervention: clean(a), comparator: clean(b) };
}
