// Words of a text as stems, light enough to compare "infections" with "infection": no dictionary, the same cut on both sides.

const STOP = new Set(
  'the a an of in on at for with and or to by from as was were is are be been than that this these those their its it between both each all per after before during who which versus vs compared group groups arm arms patients patient study treatment treated receiving number rate rates level levels score scores mean median total change changes'.split(
    ' ',
  ),
);

export const stem = (word: string): string => {
  const w = word.toLowerCase();
  if (w.length <= 3 || /\d/.test(w)) return w;
  return w
    .replace(/(?:ational|ation|ating|ative|ments?|ness|ities|ity|ings?|ies|ied|ed|es|e|s|al|ic|y)$/, '')
    .slice(0, 9);
};

/** Stems without the words that every sentence has; all words when nothing else is left. */
export function contentStems(text: string): string[] {
  const words = text.match(/[A-Za-z\u03B1-\u03C9][A-Za-z0-9\u03B1-\u03C9]*(?:-\d+)?|\d+(?:\.\d+)?/g) ?? [];
  const content = words.filter((w) => !STOP.has(w.toLowerCase()) && (w.length > 1 || /[A-Z]/.test(w)));
  return (content.length > 0 ? content : words).map(stem);
}

/** "peak inspiratory pressure (PIP)": what the document's abbreviations stand for, by abbreviation. */
export function abbreviations(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/((?:[A-Za-z][\w-]*\s+){1,8})[([]([A-Z][A-Za-z0-9-]{1,9})[)\];,]/g)) {
    const [, before = '', short = ''] = match;
    const words = before.trim().split(/\s+/);
    const letters = short.replace(/[^A-Za-z]/g, '').toLowerCase();
    const initials = words.slice(-letters.length);
    if (letters.length >= 2 && initials[0]?.[0]?.toLowerCase() === letters[0] && !found.has(short))
      found.set(short, initials.join(' '));
  }
  return found;
}

/** Stems of the words and of what their abbreviations stand for. */
export const stemsOf = (words: string, long: ReadonlyMap<string, string>): Set<string> =>
  new Set(contentStems(expand(words, long)));
export const expand = (words: string, long: ReadonlyMap<string, string>): string =>
  words.replace(/\b[A-Z][A-Za-z0-9-]{1,9}\b/g, (short) => (long.has(short) ? `${short} ${long.get(short)}` : short));
