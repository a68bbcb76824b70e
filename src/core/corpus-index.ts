// The corpus by what the core asks of it: ancestry of drugs, cancers, conditions and procedures, regimens and studies by id,
// and the folders that speak for a cancer. Built once per corpus; a reader of it never searches a list.
import type { CancerFolder, Corpus } from '../domain/corpus/corpus.js';
import type { Drug, DrugClass } from '../domain/corpus/drug.js';
import type { Network } from '../domain/corpus/network.js';
import type { Regimen } from '../domain/corpus/regimen.js';
import { retractedSupport } from '../domain/corpus/retracted-support.js';
import type { Score } from '../domain/corpus/score.js';
import type { Study } from '../domain/corpus/study.js';
import type { Trial } from '../domain/corpus/trial.js';
import type {
  BiomarkerTerm,
  CancerTerm,
  ConditionTerm,
  FactTerm,
  ProcedureTerm,
  SiteTerm,
} from '../domain/corpus/vocabulary.js';
import type { Fact } from '../domain/fact.js';
import type { Value } from '../domain/patient.js';
import type { Stop } from '../domain/stop.js';
import type { Context } from './criteria/trace.js';
import type { Lang } from './language/translate.js';
import { scoredFact } from './prognosis/score.js';
import { movedBy } from './prognosis/score-inputs.js';
import { withSharedCriteria } from './shared-criteria.js';
import { trialFolder, trialRegimenId } from './trial-folder.js';

export interface CorpusIndex {
  /** Language of the words that are made from it. */
  readonly lang: Lang;
  readonly corpus: Corpus;
  /** What was stopped by the kill switch; the corpus itself stays as it was released. */
  readonly stops?: readonly Stop[];
  readonly drug: (inn: string) => Drug | undefined;
  readonly drugClass: (id: string) => DrugClass | undefined;
  /** True when the class is the ancestor or below it. */
  readonly isClass: (id: string, ancestor: string) => boolean;
  /** Classes of a drug with all their ancestors; empty for a drug that the corpus does not know. */
  readonly classesOf: (inn: string) => ReadonlySet<string>;
  /** Interaction and safety properties of a drug with their ancestors, those that its classes carry included. */
  readonly propertiesOf: (inn: string) => ReadonlySet<string>;
  /** True when the OncoTree code is the ancestor or below it. */
  readonly isCancer: (code: string, ancestor: string) => boolean;
  readonly cancer: (code: string) => CancerTerm | undefined;
  /** A disease of blood or lymph (cancers.yaml: `systemic`). */
  readonly isSystemic: (code: string) => boolean;
  readonly isCondition: (id: string, ancestor: string) => boolean;
  readonly condition: (id: string) => ConditionTerm | undefined;
  readonly isProcedure: (id: string, ancestor: string) => boolean;
  readonly procedure: (id: string) => ProcedureTerm | undefined;
  readonly fact: (id: string) => FactTerm | undefined;
  readonly biomarker: (name: string) => BiomarkerTerm | undefined;
  readonly site: (id: string) => SiteTerm | undefined;
  readonly regimen: (id: string) => Regimen | undefined;
  /** The open trial that a regimen stands for. */
  readonly trial: (regimen: string) => Trial | undefined;
  readonly study: (id: string) => Study | undefined;
  /** Names of the retracted studies that were all an indication rests on; undefined where something is left. */
  readonly retractedBehind: (indication: string) => readonly string[] | undefined;
  readonly score: (id: string) => Score | undefined;
  /** The fact that a score gives for this context; Unknown where there is no such score. */
  readonly scored: (id: string, context: Context) => Fact<Value>;
  /** Ids of the scores that something of these names (criteria/asked.ts) can move. */
  readonly scoresMovedBy: (names: readonly string[]) => readonly string[];
  readonly network: (id: string) => Network | undefined;
  /** Folders that cover the cancer, the most specific first (its own, then tumour-agnostic ones). */
  readonly foldersOf: (code: string) => readonly CancerFolder[];
  /** Stage groups that the staging tables know for a cancer. */
  readonly stageGroups: (code: string) => ReadonlySet<string>;
}

/** Root of OncoTree: tumour-agnostic folders cover it. */
export const ROOT = 'TISSUE';

export function indexCorpus(released: Corpus, lang: Lang = 'en'): CorpusIndex {
  const corpus = withSharedCriteria(withTrials(released));
  const trials = new Map((released.trials ?? []).map((trial) => [trialRegimenId(trial), trial]));
  const { vocabulary } = corpus;
  const retracted = retractedSupport(corpus.cancers);
  const drugs = by(corpus.drugs, (d) => d.inn);
  const classes = by(corpus.classes, (c) => c.id);
  const cancers = by(vocabulary.cancers, (c) => c.oncotree);
  const conditions = by(vocabulary.conditions, (c) => c.id);
  const procedures = by(vocabulary.procedures, (p) => p.id);
  const above = {
    class: ancestry((id) => classes.get(id)?.parents ?? []),
    // OncoTree's root is above every organ, whether the table of cancers says so or not.
    cancer: ancestry((code) => (code === ROOT ? [] : [cancers.get(code)?.parent ?? ROOT])),
    condition: ancestry((id) => conditions.get(id)?.parents ?? []),
    procedure: ancestry((id) => procedures.get(id)?.parents ?? []),
  };
  const isCancer = (code: string, ancestor: string) => above.cancer(code).has(ancestor);
  const ofDrug = (kind: DrugClass['kind']) =>
    remembered((inn) => {
      const drug = drugs.get(inn);
      const all = [...(drug?.classes ?? []), ...(drug?.properties ?? [])].flatMap((id) => [...above.class(id)]);
      const direct = kind === 'class' ? (drug?.classes ?? []) : (drug?.properties ?? []);
      return new Set([...direct, ...all.filter((id) => classes.get(id)?.kind === kind)]);
    });
  return {
    lang,
    corpus,
    drug: (inn) => drugs.get(inn),
    drugClass: (id) => classes.get(id),
    isClass: (id, ancestor) => above.class(id).has(ancestor),
    classesOf: ofDrug('class'),
    propertiesOf: ofDrug('property'),
    isCancer,
    cancer: (code) => cancers.get(code),
    isSystemic: (code) => [...above.cancer(code)].some((ancestor) => cancers.get(ancestor)?.systemic === true),
    isCondition: (id, ancestor) => above.condition(id).has(ancestor),
    condition: (id) => conditions.get(id),
    isProcedure: (id, ancestor) => above.procedure(id).has(ancestor),
    procedure: (id) => procedures.get(id),
    fact: lookup(vocabulary.facts, (f) => f.id),
    biomarker: lookup(vocabulary.biomarkers, (b) => b.name),
    site: lookup(vocabulary.sites, (s) => s.id),
    regimen: lookup(
      corpus.cancers.flatMap((f) => f.regimens),
      (r) => r.id,
    ),
    trial: (regimen) => trials.get(regimen),
    study: lookup(
      corpus.cancers.flatMap((f) => f.studies),
      (s) => s.id,
    ),
    retractedBehind: (id) => retracted.get(id),
    score: lookup(corpus.scores ?? [], (s) => s.id),
    scored: scoredFact,
    scoresMovedBy: movedBy(corpus.scores ?? []),
    network: lookup(
      corpus.cancers.flatMap((f) => f.networks),
      (n) => n.id,
    ),
    foldersOf: remembered((code) => foldersOf(corpus, code, above.cancer)),
    stageGroups: remembered(
      (code) =>
        new Set(
          vocabulary.staging
            .filter((table) => table.cancers.some((covered) => isCancer(code, covered)))
            .flatMap((table) => table.rows.map((row) => row.group)),
        ),
    ),
  };
}

/** Open trials stand beside the cancers' own options as one more tumour-agnostic folder. */
const withTrials = (corpus: Corpus): Corpus =>
  corpus.trials === undefined || corpus.trials.length === 0
    ? corpus
    : { ...corpus, cancers: [...corpus.cancers, trialFolder(corpus.trials, ROOT)] };

/** The folder whose covered code is nearest to the patient's comes first; equally near ones by id. */
function foldersOf(corpus: Corpus, code: string, above: (code: string) => ReadonlySet<string>): CancerFolder[] {
  const lineage = [...above(code)];
  return corpus.cancers
    .flatMap((folder) => {
      const { oncotree, except } = folder.profile;
      if (except.some((left) => lineage.includes(left))) return [];
      const distance = lineage.findIndex((ancestor) => oncotree.includes(ancestor));
      return distance < 0 ? [] : [{ folder, distance }];
    })
    .sort((a, b) => a.distance - b.distance || (a.folder.profile.id < b.folder.profile.id ? -1 : 1))
    .map(({ folder }) => folder);
}

/** First record wins, so that a folder's own record is not replaced by a later one of the same id. */
function by<T>(records: readonly T[], key: (record: T) => string): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const record of records) if (!map.has(key(record))) map.set(key(record), record);
  return map;
}

function lookup<T>(records: readonly T[], key: (record: T) => string): (id: string) => T | undefined {
  const map = by(records, key);
  return (id) => map.get(id);
}

/** The thing itself and everything above it, nearest first; a cycle in the data ends the walk. */
function ancestry(parents: (id: string) => readonly string[]): (id: string) => ReadonlySet<string> {
  return remembered((id) => {
    const seen = new Set([id]);
    for (const next of seen) for (const parent of parents(next)) seen.add(parent);
    return seen;
  });
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const cache = new Map<string, T>();
  return (key) => {
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const value = compute(key);
    cache.set(key, value);
    return value;
  };
}
