// What was found wrong while reading: faults make the whole input unusable, warnings leave one element out.
import type { Fault } from '../../domain/faults.js';

export class Findings {
  /** "line 3, " for a line of an NDJSON file, else "". */
  readonly prefix: string;
  readonly #faults = new Map<string, Fault>();
  readonly #warnings = new Map<string, Fault>();

  constructor(prefix = '') {
    this.prefix = prefix;
  }

  get faults(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  get warnings(): readonly Fault[] {
    return [...this.#warnings.values()];
  }

  /** An element may be looked at twice; it is reported once. */
  fault(path: string, message: string): undefined {
    this.#faults.set(`${path} ${message}`, { place: `${this.prefix}${path}`, message });
  }

  warn(path: string, message: string): undefined {
    this.#warnings.set(`${path} ${message}`, { place: `${this.prefix}${path}`, message });
  }
}
