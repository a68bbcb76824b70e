// What was found wrong while reading: faults make the whole input unusable, warnings leave one element out.
import type { Fault } from '../../domain/faults.js';

const NONE: readonly Fault[] = [];

export class Findings {
  /** "line 3, " for a line of an NDJSON file, else "". */
  readonly prefix: string;
  // Made when the first is found: most resources have none.
  #faults: Map<string, Fault> | undefined;
  #warnings: Map<string, Fault> | undefined;

  constructor(prefix = '') {
    this.prefix = prefix;
  }

  get faults(): readonly Fault[] {
    return this.#faults === undefined ? NONE : [...this.#faults.values()];
  }

  get warnings(): readonly Fault[] {
    return this.#warnings === undefined ? NONE : [...this.#warnings.values()];
  }

  /** An element may be looked at twice; it is reported once. */
  fault(path: string, message: string): undefined {
    this.#faults ??= new Map();
    this.#faults.set(`${path} ${message}`, { place: `${this.prefix}${path}`, message });
  }

  warn(path: string, message: string): undefined {
    this.#warnings ??= new Map();
    this.#warnings.set(`${path} ${message}`, { place: `${this.prefix}${path}`, message });
  }
}
