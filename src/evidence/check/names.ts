// Every name that the corpus knows, by kind: what references are checked against.
import type { Corpus } from '../../domain/corpus/corpus.js';

/** Names that the normaliser derives and that need no row in facts.yaml. */
const DERIVED = ['setting'];

export interface Names {
  readonly regimens: ReadonlySet<string>;
  readonly drugs: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  readonly cancers: ReadonlySet<string>;
  readonly facts: ReadonlyMap<string, { readonly kind: 'number' | 'word'; readonly words: readonly string[] }>;
  readonly biomarkers: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
  readonly procedures: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
  readonly studies: ReadonlySet<string>;
  readonly screening: ReadonlySet<string>;
}

export function namesOf(corpus: Corpus): Names {
  const { vocabulary } = corpus;
  return {
    regimens: new Set(corpus.cancers.flatMap((c) => c.regimens.map((r) => r.id))),
    drugs: new Set(corpus.drugs.map((d) => d.inn)),
    classes: new Set(corpus.classes.map((c) => c.id)),
    cancers: new Set(vocabulary.cancers.map((c) => c.oncotree)),
    facts: new Map([
      ...vocabulary.facts.map((f) => [f.id, { kind: f.kind, words: Object.keys(f.words) }] as const),
      ...DERIVED.map((id) => [id, { kind: 'word', words: settingIds(corpus) }] as const),
    ]),
    biomarkers: new Set(vocabulary.biomarkers.map((b) => b.name)),
    conditions: new Set(vocabulary.conditions.map((c) => c.id)),
    procedures: new Set(vocabulary.procedures.map((p) => p.id)),
    sites: new Set(vocabulary.sites.map((s) => s.id)),
    studies: new Set(corpus.cancers.flatMap((c) => c.studies.map((s) => s.id))),
    screening: new Set(corpus.screening.map((s) => s.id)),
  };
}

const settingIds = (corpus: Corpus): string[] => corpus.cancers.flatMap((c) => c.profile.settings.map((s) => s.id));
