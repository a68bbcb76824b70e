// Which plain words a text must hold for a regular expression to match at all: asked first, they spare most of the searching.

/**
 * Lower-case literals of which every match holds at least one; undefined where none can be told. Errs on the side of "cannot be told".
 * Knows what the names of outcomes are written with: alternatives, groups, classes, optional parts, escapes.
 */
export function requiredLiterals(pattern: string): readonly string[] | undefined {
  const { sets, end } = alternatives(pattern, 0);
  return end < pattern.length ? undefined : sets;
}

/** A shorter literal is in nearly every text. */
const SHORTEST = 2;

interface Parsed {
  readonly sets: readonly string[] | undefined;
  readonly end: number;
}

/** Alternatives up to the closing bracket: what one of them requires is what all together require. */
function alternatives(pattern: string, from: number): Parsed {
  let at = from;
  let all: string[] | undefined = [];
  for (;;) {
    const { sets, end } = sequence(pattern, at);
    all = sets === undefined ? undefined : all?.concat(sets);
    at = end;
    if (pattern[at] !== '|') return { sets: all, end: at };
    at++;
  }
}

/** The best of the parts that must be there. */
function sequence(pattern: string, from: number): Parsed {
  let best: readonly string[] | undefined;
  let run = '';
  let at = from;
  const offer = (sets: readonly string[] | undefined): void => {
    if (sets !== undefined && sets.length > 0 && least(sets) >= SHORTEST && least(sets) > least(best)) best = sets;
  };
  const endRun = (): void => {
    offer(run === '' ? undefined : [run.toLowerCase()]);
    run = '';
  };
  while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
    const sign = pattern[at] ?? '';
    const item = itemAt(pattern, at);
    const optional = /^(?:[?*]|\{0)/.test(pattern.slice(item.end));
    const quantifier = /^(?:[?*+]|\{[^}]*\})\??/.exec(pattern.slice(item.end))?.[0] ?? '';
    if (item.literal && !optional) {
      run += sign;
      if (quantifier !== '') endRun();
    } else {
      endRun();
      if (!optional) offer(item.sets);
    }
    at = item.end + quantifier.length;
  }
  endRun();
  return { sets: best, end: at };
}

const least = (sets: readonly string[] | undefined): number =>
  sets === undefined ? 0 : Math.min(...sets.map((s) => s.length));

interface Item {
  readonly literal: boolean;
  readonly sets: readonly string[] | undefined;
  readonly end: number;
}

function itemAt(pattern: string, at: number): Item {
  const sign = pattern[at] ?? '';
  if (sign === '(') {
    const looks = /^\(\?(?:<?[=!])/.test(pattern.slice(at));
    const opening = /^\((?:\?(?:<?[=!:]|<\w+>))?/.exec(pattern.slice(at))?.[0] ?? '(';
    const { sets, end } = alternatives(pattern, at + opening.length);
    return { literal: false, sets: looks ? undefined : sets, end: end + 1 };
  }
  if (sign === '[') return { literal: false, sets: undefined, end: pattern.indexOf(']', at + 2) + 1 };
  if (sign === '\\') {
    const length = pattern[at + 1] === 'u' ? 6 : 2;
    return { literal: false, sets: undefined, end: at + length };
  }
  return { literal: /[A-Za-z0-9 -]/.test(sign), sets: undefined, end: at + 1 };
}
