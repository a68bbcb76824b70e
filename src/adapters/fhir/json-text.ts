// JSON text -> value, or the place where it stops being JSON. The engine's own message differs between Node versions and
// often has no position, so the place is found by a small scanner of our own (RFC 8259), without recursion.

export interface SyntaxFault {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ParsedJson = { readonly value: unknown } | { readonly error: SyntaxFault };

export function parseJson(text: string): ParsedJson {
  // A byte order mark is not JSON but common in files from Windows.
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(clean);
    return { value };
  } catch {
    return { error: located(clean) };
  }
}

function located(text: string): SyntaxFault {
  const { offset, message } = findSyntaxError(text);
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - (before.lastIndexOf('\n') + 1) + 1, message };
}

// Any character from the blank up, except the quote and the backslash.
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const BLANK = /[ \t\n\r]*/y;

type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** Offset and description of the first token that cannot stand where it stands. */
function findSyntaxError(text: string): { readonly offset: number; readonly message: string } {
  const open: ('{' | '[')[] = [];
  let expect: Expect = 'value';
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at += match[0].length;
    return match !== null;
  };
  const after = (): Expect => (open.length === 0 ? 'nothing' : 'comma-or-end');
  for (;;) {
    take(BLANK);
    const char = text[at];
    if (char === undefined) {
      if (expect === 'nothing') return { offset: at, message: 'not valid JSON' };
      return { offset: at, message: at === 0 ? 'the text is empty' : 'the text ends in the middle of the JSON' };
    }
    if (expect === 'nothing') return { offset: at, message: 'text after the end of the JSON' };
    const start = at;
    if ((expect === 'value-or-end' && char === ']') || (expect === 'key-or-end' && char === '}')) {
      at++;
      open.pop();
      expect = after();
    } else if (expect === 'value' || expect === 'value-or-end') {
      if (char === '{' || char === '[') {
        at++;
        open.push(char);
        expect = char === '{' ? 'key-or-end' : 'value-or-end';
      } else if (take(STRING) || take(NUMBER) || take(WORD)) expect = after();
      else return { offset: start, message: badToken(char, 'a value') };
    } else if (expect === 'key' || expect === 'key-or-end') {
      if (!take(STRING)) return { offset: start, message: badToken(char, 'a property name in double quotes') };
      expect = 'colon';
    } else if (expect === 'colon') {
      if (char !== ':') return { offset: start, message: badToken(char, 'a colon') };
      at++;
      expect = 'value';
    } else if (char === ',') {
      at++;
      expect = open.at(-1) === '{' ? 'key' : 'value';
    } else if (char === (open.at(-1) === '{' ? '}' : ']')) {
      at++;
      open.pop();
      expect = after();
    } else return { offset: start, message: badToken(char, 'a comma or the end of the list or object') };
  }
}

const badToken = (char: string, wanted: string): string =>
  char === '"'
    ? `the text in quotes does not end or holds a forbidden character; expected ${wanted}`
    : `expected ${wanted}, found ${JSON.stringify(char)}`;
