// What evaluating a criterion leaves behind: a tree with the words, the state, and the fact that decided each atom.
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import type { Source } from '../../domain/fact.js';
import type { CancerCase, Patient } from '../../domain/patient.js';
import type { Truth } from '../../domain/truth.js';
import type { CorpusIndex } from '../corpus-index.js';

/** Who is asked: the person, one of the cancers, and the decision setting once it is derived. */
export interface Context {
  readonly patient: Patient;
  readonly cancerCase: CancerCase;
  readonly index: CorpusIndex;
  readonly setting?: string;
  /** The same patient seen before, differing in little: answers about what is the same are taken from there. */
  readonly like?: Context;
}

/** Answer for one atom. */
export interface AtomAnswer {
  readonly state: Truth;
  /** The fact in words: "ECOG 1 (2026-03-02)". */
  readonly fact?: string;
  readonly source?: Source;
  /** Name of what is not known, and why, when the state is unknown. */
  readonly asks?: { readonly item: string; readonly why: string };
}

export interface Trace {
  readonly criterion: Criterion;
  readonly text: string;
  readonly state: Truth;
  readonly fact?: string;
  readonly source?: Source;
  readonly asks?: AtomAnswer['asks'];
  readonly parts: readonly Trace[];
}

/** One fact that keeps a criterion open. `assumed`: it stands under `unless`, which goes on without it. */
export interface OpenItem {
  readonly atom: Atom;
  readonly item: string;
  readonly why: string;
  readonly assumed: boolean;
}
