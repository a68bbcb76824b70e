// Bad input is answered with every fault at once, each with its place.

export interface Fault {
  /** "line 3, entry[4].resource.code", "corpus/breast/studies.yaml:12". */
  readonly place: string;
  readonly message: string;
}

/** Thrown once, with every fault found, when an input cannot be used at all. */
export class FaultyInput extends Error {
  override readonly name = 'FaultyInput';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map((f) => `${f.place}: ${f.message}`).join('\n'));
    this.faults = faults;
  }
}
