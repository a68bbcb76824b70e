// Direction of an outcome told in words, intervention against comparator: "was significantly lower with X than with Y" (the task of
// Evidence Inference). Finds the statement that speaks of the outcome, then reads it; silent where no statement does.
import type { Direction, Span } from '../../domain/literature.js';
import { isSignificant, NO_DIFFERENCE } from './direction.js';
import { BURDEN, type Cue, hasCue, nearestCue } from './direction-cues.js';
import { effects } from './effects.js';
import { pSays, pValues } from './numbers.js';
import { plainCharacters } from './plain-characters.js';
import { armWords, speaksOfOther } from './question-arms.js';
import { type Sentence, sentences } from './sentences.js';
import { abbreviations, stemsOf } from './words.js';

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
  const { own, other } = armWords(plain, question, outcome, long);
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

interface Clause {
  readonly text: string;
  readonly start: number;
}

/** The whole sentence, and its parts where it has several: "..., whereas ...; ... but ...". */
function clausesOf(sentence: Sentence): Clause[] {
  const parts: Clause[] = [];
  let from = 0;
  for (const cut of sentence.text.matchAll(
    /;\s+|,?\s+(?:but|whereas|while|although|however|though|yet)\s+|,\s+and\s+|,\s+(?=no |without )/g,
  )) {
    if (insideBracket(sentence.text.slice(from, cut.index))) continue;
    parts.push({ text: sentence.text.slice(from, cut.index), start: sentence.start + from });
    from = cut.index + cut[0].length;
  }
  if (from > 0) parts.push({ text: sentence.text.slice(from), start: sentence.start + from });
  return [{ text: sentence.text, start: sentence.start }, ...parts.filter((p) => p.text.length > 12)];
}

/** "(OR 1.2; 95% CI 0.8-1.8)" is no end of a part. */
const insideBracket = (text: string): boolean =>
  text.lastIndexOf('(') > text.lastIndexOf(')') || text.lastIndexOf('[') > text.lastIndexOf(']');

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
  const said = pOf(clause);
  if (said === 'not-significant' || (said === undefined && holdNoEffect(clause))) return 'no-difference';
  if (said === undefined && HEDGED.test(clause)) return 'no-difference';
  let up = turned(clause, cue) ? !cue.up : cue.up;
  if (/^(?:improv|better|superior|benefit|favou?r|advantage)/i.test(cue.word) && BURDEN.test(question.outcome))
    up = !up;
  if (/^(?:worse|inferior|poorer)/i.test(cue.word) && BURDEN.test(question.outcome)) up = !up;
  return speaksOfOther(clause, cue, own, other, long) !== up ? 'increased' : 'decreased';
}

/** Every effect of the clause has an interval that holds no effect. */
function holdNoEffect(clause: string): boolean {
  const found = effects(clause);
  return found.length > 0 && found.every((e) => isSignificant(e.measure === 'MD' ? 0 : 1, e.interval, e.p) === false);
}

/** Told as no more than a trend, and no p-value says otherwise. */
const HEDGED =
  /\b(?:trends?(?: was| were)?(?: observed| noted| seen)? (?:toward|to|for|in favou?r)|trended|tend(?:ed|s|ency) (?:to|toward)|borderline|marginal(?:ly)?|numerically|clinically insignificant)\b/i;

/** "Decreased less", "less decline", "a smaller increase": the second word turns the first. */
function turned(clause: string, { at, word }: Cue): boolean {
  const around = `${clause.slice(Math.max(0, at - 25), at)}|${clause.slice(at, at + word.length + 25)}`;
  return (
    /^(?:decreas|reduc|declin|drop|fell|los)/i.test(word)
      ? /\|\w+ (?:significantly |statistically )?(?:less|slower|more slowly)\b|\b(?:less|smaller|lesser|attenuated|slower|prevented(?: the)?) (?:[a-z]+ )?\|/i
      : /^(?:increas|ris[ei]|rose|elevat)/i.test(word)
        ? /\|\w+ (?:significantly |statistically )?(?:less|slower|more slowly)\b|\b(?:less|smaller|lesser|attenuated|slower|prevented(?: the)?) (?:[a-z]+ )?\|/i
        : /^(?:less|smaller|lesser|slower|attenuat|prevent)/i.test(word)
          ? /\|\w+ (?:the )?(?:[a-z-]+ )?(?:decreases?|reductions?|decline|loss|drop)\b/i
          : /$^/
  ).test(around);
}

const isNone = (clause: string): boolean => NO_DIFFERENCE.test(clause) && !/\bnot only\b/i.test(clause);

/** All p-values of the clause agree, or it says nothing. */
function pOf(clause: string): 'significant' | 'not-significant' | undefined {
  const all = pValues(clause)
    .filter((p) => !p.ofInteraction)
    .map((p) => (p.p === '0.05' ? undefined : pSays(p.p)));
  return all.length > 0 && all.every((s) => s === all[0]) ? all[0] : undefined;
}
