// The whole evidence corpus in memory, as the core sees it: plain data, indexed by id, with the hash of its content.
import type { Drug, DrugClass, SafetyRule } from './drug.js';
import type { CancerProfile, Indication } from './indication.js';
import type { Network } from './network.js';
import type { Protocol, ScreeningItem } from './protocol.js';
import type { Regimen } from './regimen.js';
import type { Score } from './score.js';
import type { Study } from './study.js';
import type { SurvivalModel } from './survival-model.js';
import type { Trial } from './trial.js';
import type { Vocabulary } from './vocabulary.js';

/** One covered cancer: everything of its folder. */
export interface CancerFolder {
  readonly profile: CancerProfile;
  readonly studies: readonly Study[];
  readonly regimens: readonly Regimen[];
  readonly indications: readonly Indication[];
  readonly networks: readonly Network[];
}

export interface Corpus {
  /** SHA-256 of the canonical content, hex. */
  readonly hash: string;
  readonly cancers: readonly CancerFolder[];
  readonly drugs: readonly Drug[];
  readonly classes: readonly DrugClass[];
  readonly safety: readonly SafetyRule[];
  readonly screening: readonly ScreeningItem[];
  readonly protocols: readonly Protocol[];
  /** Open clinical trials imported from a registry; none when left out. */
  readonly trials?: readonly Trial[];
  /** Published prognostic scores; none in models built before there were. */
  readonly scores?: readonly Score[];
  /** Coefficients of published survival models (PREDICT); none in models built before they were carried. */
  readonly survivalModels?: readonly SurvivalModel[];
  readonly vocabulary: Vocabulary;
}
