// Plain-text layout for a terminal of 100 columns: wrapping, indents, rules. No colour, nothing that needs one.
export const WIDTH = 100;

/** Words wrapped to the width; every line after the first is indented by `hang` columns more than the first. */
export function wrap(text: string, indent = 0, hang = 2): readonly string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let empty = true;
  for (const word of text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap(broken(WIDTH - indent - hang))) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(indent + hang);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return empty ? lines : [...lines, line];
}

/** A word longer than a line (a URL, a path) is cut. */
const broken = (most: number) => (word: string) =>
  word.length <= most ? [word] : (word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? []);

export const heading = (text: string): readonly string[] => [
  '',
  ...wrap(text, 0, 0),
  '-'.repeat(Math.min(text.length, WIDTH)),
];

/** "label   words", wrapped under the words. */
export function labelled(label: string, words: string, indent = 4, column = 12): readonly string[] {
  const [first = '', ...rest] = wrap(words, indent + column, 0);
  return [`${' '.repeat(indent)}${label.padEnd(column - 1)} ${first.trimStart()}`, ...rest];
}

export const bullets = (items: readonly string[], indent = 2): readonly string[] =>
  items.flatMap((item) => wrap(`- ${item}`, indent, 2));
