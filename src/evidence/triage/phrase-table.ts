// Phrases by their stems: finds, at each place of a sentence, the longest phrase that begins there; found phrases do not overlap,
// so that "non randomized" is never "randomized" too.

interface Row {
  readonly stems: readonly string[];
  readonly index: number;
}

export class PhraseTable {
  readonly #byFirst = new Map<string, Row[]>();

  /** @param phrases each as its stems; the place in the list is its number */
  constructor(phrases: readonly (readonly string[])[]) {
    phrases.forEach((stems, index) => {
      const first = stems[0];
      if (first === undefined) return;
      const rows = this.#byFirst.get(first) ?? [];
      rows.push({ stems, index });
      this.#byFirst.set(first, rows);
    });
    for (const rows of this.#byFirst.values()) rows.sort((a, b) => b.stems.length - a.stems.length);
  }

  /** Numbers of the phrases in a sentence, in order. */
  inside(sentence: readonly string[]): number[] {
    const found: number[] = [];
    for (let at = 0; at < sentence.length; ) {
      const row = this.#byFirst
        .get(sentence[at] ?? '')
        ?.find(({ stems }) => stems.every((stem, k) => stem === sentence[at + k]));
      if (row === undefined) {
        at++;
        continue;
      }
      found.push(row.index);
      at += row.stems.length;
    }
    return found;
  }
}
