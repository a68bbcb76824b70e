// Direction of an outcome told in words, intervention against comparator: "was significantly lower with X than with Y" (the task of
// Evidence Inference). Finds the statement that speaks of the outcome, then reads it; silent where no statement does.
import type { Direction, Span } from '../../domain/literature.js';
import { NO_DIFFERENCE } from './direction.js';
import { pSays, pValues } from './numbers.js';
import { plainCharacters } from './plain-characters.js';
import { type Sentence, sentences } from './sentences.js';
import { abbreviations, contentStems, stem } from './words.js';

export interface Question {
  readonly intervention: string;
  readonly comparator: string;
  readonly outcome: string;
}

export interface Answer {
  readonly direction: Direction;
  /** Of the statement it was read from. */
  readonly span: Span;
  /** Share of the outcome's words that the statement has, 0 to 1. */
  readonly coverage: number;
  /** The statement names the whole outcome, and says that there is no difference or how sure the difference is. */
  readonly sure: boolean;
}

interface Statement {
  readonly text: string;
  readonly start: number;
  readonly coverage: number;
  readonly rank: number;
}

const LEAST_COVERAGE = 0.5;

/** Undefined when no statement of the document tells. */
export function statementDirection(text: string, question: Question, titleLength = 0): Answer | undefined {
  const plain = plainCharacters(text);
  const long = abbreviations(plain);
  const outcome = stemsOf(question.outcome, long);
  const [own, other] = withoutWords(
    outcome,
    withGroups(plain, distinct(stemsOf(question.intervention, long), stemsOf(question.comparator, long)), long),
  );
  const statements = sentences(plain, titleLength)
    .flatMap((sentence) => {
      const [whole, ...parts] = clausesOf(sentence).map(({ text: clause, start }) =>
        rank(sentence, clause, start, outcome, own, other, long),
      );
      // A part that says it all by itself is read alone: the rest of the sentence tells of something else.
      const alone = parts.filter((p) => p.coverage >= (whole?.coverage ?? 0) && hasCue(p.text));
      return alone.length > 0 || whole === undefined ? parts : [whole, ...parts];
    })
    .filter((s) => s.coverage >= LEAST_COVERAGE)
    .sort((a, b) => b.rank - a.rank);
  for (const { text: clause, start, coverage } of statements.slice(0, 4)) {
    const direction = readClause(clause, restOf(plain, start + clause.length), question, outcome, own, other, long);
    if (direction === undefined) continue;
    const sure = coverage > 0.99 && (direction === 'no-difference' || pValues(clause).length > 0);
    return { direction, span: { start, end: start + clause.length }, coverage, sure };
  }
  return undefined;
}

const stemsOf = (words: string, long: ReadonlyMap<string, string>): Set<string> =>
  new Set(contentStems(expand(words, long)));
const expand = (words: string, long: ReadonlyMap<string, string>): string =>
  words.replace(/\b[A-Z][A-Za-z0-9-]{1,9}\b/g, (short) => (long.has(short) ? `${short} ${long.get(short)}` : short));

/** Words that tell the arms apart. */
function distinct(a: ReadonlySet<string>, b: ReadonlySet<string>): [Set<string>, Set<string>] {
  const own = new Set([...a].filter((w) => !b.has(w)));
  const other = new Set([...b].filter((w) => !a.has(w)));
  return [own, other];
}

/** A word of the outcome tells no arm: "glucose control". */
const withoutWords = (
  outcome: ReadonlySet<string>,
  [own, other]: [Set<string>, Set<string>],
): [Set<string>, Set<string>] => [
  new Set([...own].filter((w) => !outcome.has(w))),
  new Set([...other].filter((w) => !outcome.has(w))),
];

const GENERIC_OWN = ['intervention', 'experimental'];
const GENERIC_OTHER = ['control', 'controls', 'placebo', 'sham'].map(stem);
/** "Group A received X": the letters become words of the arm; so do the general names, where they tell the arms apart. */
function withGroups(
  plain: string,
  [own, other]: [Set<string>, Set<string>],
  long: ReadonlyMap<string, string>,
): [Set<string>, Set<string>] {
  const groups: [Set<string>, Set<string>] = [new Set(own), new Set(other)];
  if (!GENERIC_OTHER.some((w) => own.has(w))) {
    for (const w of GENERIC_OWN.map(stem)) if (!other.has(w)) groups[0].add(w);
    for (const w of GENERIC_OTHER) groups[1].add(w);
  }
  const votes = new Map<string, number>();
  for (const m of plain.matchAll(/\b[Gg]roups?[ -]([A-Z]{1,3}|[IVX]{1,3}|\d)\b/g)) {
    const name = m[1] ?? '';
    const opened = plain[m.index - 1] === '(' || plain[m.index - 1] === '[';
    const around = opened
      ? plain.slice(Math.max(0, m.index - 70), m.index)
      : plain.slice(m.index + m[0].length, m.index + m[0].length + 80);
    const parts = around.split(/[;.]|\b[Gg]roup\b/);
    const words = (opened ? parts.at(-1) : parts[0]) ?? around;
    votes.set(name, (votes.get(name) ?? 0) + count(words, own, long) - count(words, other, long));
  }
  for (const [name, vote] of votes) if (vote !== 0) groups[vote > 0 ? 0 : 1].add(stem(name));
  return groups;
}

interface Clause {
  readonly text: string;
  readonly start: number;
}

/** The whole sentence, and its parts where it has several: "..., whereas ...; ... but ...". */
function clausesOf(sentence: Sentence): Clause[] {
  const parts: Clause[] = [];
  let from = 0;
  for (const cut of sentence.text.matchAll(
    /;\s+|,?\s+(?:but|whereas|while|although|however|though|yet)\s+|,\s+and\s+/g,
  )) {
    parts.push({ text: sentence.text.slice(from, cut.index), start: sentence.start + from });
    from = cut.index + cut[0].length;
  }
  if (from > 0) parts.push({ text: sentence.text.slice(from), start: sentence.start + from });
  return [{ text: sentence.text, start: sentence.start }, ...parts.filter((p) => p.text.length > 12)];
}

const TELLS = /^(?:results?|findings?|conclusions?|interpretation|discussion|summary)|result|finding|conclusion/;
const SETS_OUT =
  /^(?:background|context|importance|purpose|objectives?|aims?|introduction|rationale|hypothesis|methods?|design|setting|statistical|title|trial registration|materials?|participants?|interventions?)/;

function rank(
  sentence: Sentence,
  clause: string,
  start: number,
  outcome: ReadonlySet<string>,
  own: ReadonlySet<string>,
  other: ReadonlySet<string>,
  long: ReadonlyMap<string, string>,
): Statement {
  const has = stemsOf(clause, long);
  const coverage = share(outcome, has);
  const section = TELLS.test(sentence.section) ? 0.15 : SETS_OUT.test(sentence.section) ? -0.5 : 0;
  const cue = hasCue(clause) ? 0.3 : 0;
  const arms = (share(own, has) > 0 ? 0.1 : 0) + (share(other, has) > 0 ? 0.05 : 0);
  const short = -clause.length / 3000 - (/\b(?:may|might|could|should|would|warrant)\b/.test(clause) ? 0.2 : 0);
  const aims =
    /\b(?:to (?:compare|evaluate|assess|investigate|determine|examine|test)|aim|were measured|was measured|were assessed|was assessed|hypothesi)/i.test(
      clause,
    )
      ? -0.4
      : 0;
  return { text: clause, start, coverage, rank: coverage + section + cue + arms + short + aims };
}

const share = (wanted: ReadonlySet<string>, has: ReadonlySet<string>): number => {
  if (wanted.size === 0) return 0;
  let n = 0;
  for (const w of wanted) if (has.has(w)) n++;
  return n / wanted.size;
};

/** A fresh search each time: the patterns are global, and a global pattern remembers where it stopped. */
const hasCue = (clause: string): boolean =>
  clause.search(UP) !== -1 || clause.search(DOWN) !== -1 || NO_DIFFERENCE.test(clause);

const UP =
  /\b(?:increas(?:e|ed|es|ing)|higher|greater|more|longer|larger|improv(?:e|ed|es|ing|ement|ements)|better|superior|elevat(?:ed|ion)|rose|rise|risen|enhanc(?:e|ed|es|ing|ement)|prolong(?:ed|s|ation)?|faster|gain(?:ed|s)?|stronger|doubled|exceeded|benefit(?:s|ed)?|favou?r(?:ed|ing|s)?|raised|extended|advantage)\b/gi;
const DOWN =
  /\b(?:decreas(?:e|ed|es|ing)|lower(?:ed|ing|s)?|reduc(?:e|ed|es|ing|tion|tions)|fewer|rarer|less|shorter|shorten(?:ed|s)?|declin(?:e|ed|es)|smaller|worse|worsened|inferior|fell|fallen|drop(?:ped)?|prevent(?:ed|s|ing|ion)?|attenuat(?:e|ed|es|ing|ion)|diminish(?:ed|es)?|suppress(?:ed|es|ion)?|slower|alleviat(?:ed|es)|reliev(?:ed|es)|loss|lost|protect(?:ed|s|ive)?|inhibit(?:ed|s)?|poorer|weaker|lesser|lessen(?:ed)?|low|minimi[sz]ed|earlier|blunted)\b/gi;
/** Outcomes that "improve" by getting less. */
const BURDEN =
  /\b(?:pain|symptom|mortality|death|risk|adverse|complication|infection|relapse|recurrence|anxiety|depress|fatigue|nausea|vomiting|bleeding|failure|progression|toxicity|pressure|weight|bmi|hba1c|glucose|cholesterol|ldl|crp|stress|disability|severity|burden|distress|score on|duration|length of|time to|incidence|cost|loss|decline|inflammation|injury|lesion|insomnia|events?|hospitali[sz]ation|exacerbation|resistance|use of|consumption|hypertension|bother|impairment|dyspn)/i;

/** What the sentence adds behind a clause: "..., but the difference did not reach significance". */
const restOf = (plain: string, from: number): string => /^[^.;]{0,140}/.exec(plain.slice(from))?.[0] ?? '';
const TAKEN_BACK =
  /^\W*(?:but|although|though|however)\s(?:(?:the|this|these|it) ?(?:differences?|results?|effects?|trend|findings?)? ?)?(?:(?:did|does|was|were|is) not (?:reach|statistically|significant)|without reaching)/i;
const BOTH =
  /\b(?:both|all|either|each|two|three) (?:the )?(?:study |treatment )?(?:groups|arms|treatments|drugs|conditions|regimens)\b/i;
const COMPARISON =
  /\b(?:than|compared|versus|vs\.?|relative to|between|more|less|greater|higher|lower|fewer|superior|better)\b/i;

function readClause(
  clause: string,
  rest: string,
  question: Question,
  outcome: ReadonlySet<string>,
  own: ReadonlySet<string>,
  other: ReadonlySet<string>,
  long: ReadonlyMap<string, string>,
): Direction | undefined {
  if (isNone(clause) || TAKEN_BACK.test(rest)) return 'no-difference';
  if (BOTH.test(clause) && !COMPARISON.test(clause)) return undefined;
  const cue = nearestCue(clause, outcome, long);
  if (cue === undefined) {
    const said = pOf(clause);
    return said === 'not-significant' ? 'no-difference' : undefined;
  }
  if (pOf(clause) === 'not-significant') return 'no-difference';
  let up = cue.up;
  if (/^(?:improv|better|superior|benefit|favou?r|advantage)/i.test(cue.word) && BURDEN.test(question.outcome))
    up = !up;
  if (/^(?:worse|inferior|poorer)/i.test(cue.word) && BURDEN.test(question.outcome)) up = !up;
  return speaksOfOther(clause, cue, own, other, long) !== up ? 'increased' : 'decreased';
}

const isNone = (clause: string): boolean => NO_DIFFERENCE.test(clause) && !/\bnot only\b/i.test(clause);

/** All p-values of the clause agree, or it says nothing. */
function pOf(clause: string): 'significant' | 'not-significant' | undefined {
  const all = pValues(clause)
    .filter((p) => !p.ofInteraction)
    .map((p) => pSays(p.p));
  return all.length > 0 && all.every((s) => s === all[0]) ? all[0] : undefined;
}

interface Cue {
  readonly word: string;
  readonly at: number;
  readonly up: boolean;
}

/** The word of direction that stands nearest to the outcome's words. */
function nearestCue(clause: string, outcome: ReadonlySet<string>, long: ReadonlyMap<string, string>): Cue | undefined {
  const cues: Cue[] = [
    ...[...clause.matchAll(UP)].map((m) => ({ word: m[0], at: m.index, up: true })),
    ...[...clause.matchAll(DOWN)].map((m) => ({ word: m[0], at: m.index, up: false })),
  ].filter(
    ({ at, word }) =>
      !(/^more$/i.test(word) && /^more (?:than|likely to (?:have|be)? ?(?:less|lower|fewer))/i.test(clause.slice(at))),
  );
  const places = [...clause.matchAll(/[A-Za-z][\w-]*/g)]
    .filter((m) => contentStems(expand(m[0], long)).some((s) => outcome.has(s)))
    .map((m) => m.index);
  const distance = ({ at }: Cue): number =>
    places.length === 0 ? at : Math.min(...places.map((p) => Math.abs(p - at) + (p < at ? 0 : 8)));
  // an outcome may hold a cue itself ("weight loss", "pain reduction")
  return (
    cues
      .filter(({ word }) => !contentStems(word).some((s) => outcome.has(s)))
      .sort((a, b) => distance(a) - distance(b))[0] ?? cues.sort((a, b) => distance(a) - distance(b))[0]
  );
}

/** Whether the statement's subject is the comparator: "was higher in Y than in X". */
function speaksOfOther(
  clause: string,
  cue: Cue,
  own: ReadonlySet<string>,
  other: ReadonlySet<string>,
  long: ReadonlyMap<string, string>,
): boolean {
  const than = clause.search(
    /\b(?:than|compared (?:with|to)|in comparison (?:with|to)|versus|vs\.?|relative to|as opposed to|over)\b/i,
  );
  const [ownAt, otherAt] = [placeOf(clause, own, long), placeOf(clause, other, long)];
  if (than !== -1) {
    const before = clause.slice(0, than);
    const after = clause.slice(than);
    const [ownBefore, otherBefore] = [count(before, own, long), count(before, other, long)];
    const [ownAfter, otherAfter] = [count(after, own, long), count(after, other, long)];
    // "Compared with placebo, X reduced ...": what follows at once is the comparator
    if (than < 15) return firstOf(after.slice(0, 60), own, other, long) === 'own';
    if (otherAfter > 0 && otherBefore === 0) return false;
    if (ownAfter > 0 && ownBefore === 0) return true;
    if (ownBefore > otherBefore && ownAfter <= otherAfter) return false;
    if (otherBefore > ownBefore && otherAfter <= ownAfter && (ownAfter > 0 || ownBefore === 0)) return true;
  }
  if (ownAt !== -1 && otherAt === -1) return false;
  if (otherAt !== -1 && ownAt === -1) return true;
  if (ownAt !== -1 && otherAt !== -1)
    return (
      Math.abs(otherAt - cue.at) < Math.abs(ownAt - cue.at) && otherAt > cue.at === ownAt > cue.at && otherAt < ownAt
    );
  return false;
}

const count = (text: string, stems: ReadonlySet<string>, long: ReadonlyMap<string, string>): number =>
  contentStems(expand(text, long)).filter((s) => stems.has(s)).length;

function placeOf(clause: string, stems: ReadonlySet<string>, long: ReadonlyMap<string, string>): number {
  for (const m of clause.matchAll(/[A-Za-z][\w-]*/g))
    if (contentStems(expand(m[0], long)).some((s) => stems.has(s))) return m.index;
  return -1;
}

function firstOf(
  text: string,
  own: ReadonlySet<string>,
  other: ReadonlySet<string>,
  long: ReadonlyMap<string, string>,
): 'own' | 'other' | undefined {
  const [a, b] = [placeOf(text, own, long), placeOf(text, other, long)];
  if (a === -1 && b === -1) return undefined;
  return b === -1 || (a !== -1 && a < b) ? 'own' : 'other';
}
