// The whole evidence corpus in memory, as the core sees it: plain data, indexed by id, with the hash of its content.
import type { Drug, DrugClass, SafetyRule } from './drug.js';
import type { CancerProfile, Indication } from './indication.js';
import type { Network } from './network.js';
import type { Regimen } from './regimen.js';
import type { Study } from './study.js';
import type { Text } from './text.js';
import type { Vocabulary } from './vocabulary.js';

/** One covered cancer: everything of its folder. */
export interface CancerFolder {
  readonly profile: CancerProfile;
  readonly studies: readonly Study[];
  readonly regimens: readonly Regimen[];
  readonly indications: readonly Indication[];
  readonly networks: readonly Network[];
}

/** A local protocol: restricts, prefers, replaces; with its reason. */
export interface Protocol {
  readonly id: string;
  readonly name: Text;
  readonly restrict: readonly { readonly regimen?: string; readonly drug?: string; readonly reason: Text }[];
  readonly prefer: readonly { readonly indication: string; readonly reason: Text }[];
}

export interface Corpus {
  /** SHA-256 of the canonical content, hex. */
  readonly hash: string;
  readonly cancers: readonly CancerFolder[];
  readonly drugs: readonly Drug[];
  readonly classes: readonly DrugClass[];
  readonly safety: readonly SafetyRule[];
  readonly screening: readonly { readonly id: string; readonly name: Text; readonly fact?: string }[];
  readonly protocols: readonly Protocol[];
  readonly vocabulary: Vocabulary;
}
