// The corpus folder -> Corpus. Layout: vocabulary/, drugs/, safety/, protocols/, trials/, prognosis/, and one folder per cancer that holds a cancer.yaml.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { CancerFolder, Corpus } from '../../domain/corpus/corpus.js';
import { Drug, DrugClass, SafetyRule } from '../../domain/corpus/drug.js';
import { CancerProfile, Indication } from '../../domain/corpus/indication.js';
import { Network } from '../../domain/corpus/network.js';
import { Protocol, ScreeningItem } from '../../domain/corpus/protocol.js';
import { Regimen } from '../../domain/corpus/regimen.js';
import { Score } from '../../domain/corpus/score.js';
import { Study } from '../../domain/corpus/study.js';
import { SurvivalModel } from '../../domain/corpus/survival-model.js';
import { Trial } from '../../domain/corpus/trial.js';
import {
  BiomarkerTerm,
  CancerTerm,
  ConditionTerm,
  FactTerm,
  ProcedureTerm,
  SiteTerm,
  StageCodes,
  StagingTable,
} from '../../domain/corpus/vocabulary.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { canonicalJson } from '../../evidence/compile/canonical-json.js';
import { type Located, readRecord, readRecords } from './yaml-records.js';

/** A corpus read from files, with the place of each record by "kind id" ("study flaura" -> "corpus/nsclc/studies.yaml:12"). */
export interface CorpusFiles {
  readonly corpus: Corpus;
  readonly places: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

/** Reads the corpus folder. @throws FaultyInput with every fault (file and line) when a record does not fit its schema. */
export function loadCorpus(directory: string): Corpus {
  const { corpus, faults } = readCorpusFiles(directory);
  if (faults.length > 0) throw new FaultyInput(faults);
  return corpus;
}

/** Reads what can be read and lists the faults: for `corpus check`. */
export function readCorpusFiles(directory: string): CorpusFiles {
  const reader = new Reader(directory);
  const content: Omit<Corpus, 'hash'> = {
    cancers: reader.cancerFolders().map((folder) => reader.cancer(folder)),
    drugs: reader.list(
      'drug',
      Drug,
      reader.files('drugs').filter((f) => !f.endsWith('/classes.yaml')),
      (d) => d.inn,
    ),
    classes: reader.list('class', DrugClass, reader.files('drugs/classes'), (c) => c.id),
    safety: reader.list(
      'safety',
      SafetyRule,
      reader.files('safety').filter((f) => !f.endsWith('/screening.yaml')),
      (r) => r.id,
    ),
    screening: reader.list('screening', ScreeningItem, reader.files('safety/screening'), (s) => s.id),
    protocols: reader.files('protocols').flatMap((f) => reader.one('protocol', Protocol, f, (p) => p.id)),
    trials: reader.list('trial', Trial, reader.files('trials'), (t) => t.nct),
    survivalModels: reader
      .files('prognosis')
      .filter((f) => !f.startsWith('prognosis/scores/'))
      .flatMap((f) => reader.one('survival-model', SurvivalModel, f, (m) => m.id)),
    scores: reader.list('score', Score, reader.files('prognosis/scores'), (s) => s.id),
    vocabulary: reader.vocabulary(),
  };
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return { corpus: { hash, ...content }, places: reader.places, faults: reader.faults };
}

class Reader {
  readonly faults: Fault[] = [];
  readonly places = new Map<string, string>();
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Every folder with a cancer.yaml, by name. */
  cancerFolders(): string[] {
    return readdirSync(this.root)
      .filter((name) => existsSync(join(this.root, name, 'cancer.yaml')))
      .sort();
  }

  /** "drugs" -> drugs.yaml and every drugs/**.yaml, relative to the corpus folder, sorted. */
  files(stem: string): string[] {
    const single = existsSync(join(this.root, `${stem}.yaml`)) ? [`${stem}.yaml`] : [];
    return [...single, ...this.walk(stem)];
  }

  private walk(folder: string): string[] {
    const path = join(this.root, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .sort()
      .flatMap((name) => {
        const child = `${folder}/${name}`;
        if (statSync(join(this.root, child)).isDirectory()) return this.walk(child);
        return name.endsWith('.yaml') ? [child] : [];
      });
  }

  list<T>(kind: string, schema: z.ZodType<T>, files: readonly string[], id: (value: T) => string): T[] {
    return files
      .flatMap((file) => readRecords(join(this.root, file), `corpus/${file}`, schema, this.faults))
      .map((located) => this.noted(kind, located, id));
  }

  one<T>(kind: string, schema: z.ZodType<T>, file: string, id: (value: T) => string): T[] {
    const located = readRecord(join(this.root, file), `corpus/${file}`, schema, this.faults);
    return located === undefined ? [] : [this.noted(kind, located, id)];
  }

  private noted<T>(kind: string, { value, place }: Located<T>, id: (value: T) => string): T {
    const key = `${kind} ${id(value)}`;
    const before = this.places.get(key);
    if (before !== undefined) this.faults.push({ place, message: `${key} is already at ${before}` });
    else this.places.set(key, place);
    return value;
  }

  cancer(folder: string): CancerFolder {
    const [profile] = this.one('cancer', CancerProfile, `${folder}/cancer.yaml`, (c) => c.id);
    return {
      profile: profile ?? unreadable(folder),
      studies: this.list('study', Study, this.files(`${folder}/studies`), (s) => s.id),
      regimens: this.list('regimen', Regimen, this.files(`${folder}/regimens`), (r) => r.id),
      indications: this.list('indication', Indication, this.files(`${folder}/indications`), (i) => i.id),
      networks: this.list('network', Network, this.files(`${folder}/networks`), (n) => n.id),
    };
  }

  vocabulary(): Corpus['vocabulary'] {
    const [stageCodes] = this.files('vocabulary/stage-codes').flatMap((f) =>
      this.one('stage-codes', StageCodes, f, () => 'all'),
    );
    return {
      cancers: this.list('cancer-term', CancerTerm, this.files('vocabulary/cancers'), (c) => c.oncotree),
      facts: this.list('fact', FactTerm, this.files('vocabulary/facts'), (f) => f.id),
      biomarkers: this.list('biomarker', BiomarkerTerm, this.files('vocabulary/biomarkers'), (b) => b.name),
      conditions: this.list('condition', ConditionTerm, this.files('vocabulary/conditions'), (c) => c.id),
      procedures: this.list('procedure', ProcedureTerm, this.files('vocabulary/procedures'), (p) => p.id),
      sites: this.list('site', SiteTerm, this.files('vocabulary/sites'), (s) => s.id),
      staging: this.list('staging', StagingTable, this.files('vocabulary/staging'), (s) => s.id),
      stageCodes: stageCodes ?? { groups: {}, categories: {} },
    };
  }
}

/** Stands for a cancer.yaml that does not fit its schema, so that the rest of the folder is checked all the same. */
function unreadable(folder: string): CancerProfile {
  return {
    id: folder,
    name: { en: folder },
    oncotree: [],
    except: [],
    settings: [],
    decisions: [],
    staleAfterMonths: {},
    notes: [],
  };
}
