// Which words of a text stand for which arm of a question, and of which arm a statement speaks first.
import type { Cue } from './direction-cues.js';
import { contentStems, expand, stem, stemsOf } from './words.js';

export interface ArmWords {
  readonly own: ReadonlySet<string>;
  readonly other: ReadonlySet<string>;
}

/** Words that tell the arms apart in this document; words of the outcome do not. */
export function armWords(
  plain: string,
  question: { readonly intervention: string; readonly comparator: string },
  outcome: ReadonlySet<string>,
  long: ReadonlyMap<string, string>,
): ArmWords {
  const apart = distinct(stemsOf(question.intervention, long), stemsOf(question.comparator, long));
  const [own, other] = withoutWords(outcome, withGroups(plain, apart, long));
  return { own, other };
}

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

/** Whether the statement's subject is the comparator: "was higher in Y than in X". */
export function speaksOfOther(
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
