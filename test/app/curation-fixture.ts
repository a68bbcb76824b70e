// A desk in memory: logs, texts and study files that only remember, and a corpus of one small folder.
import type { CurationStore, StudyFiles } from '../../src/app/curation-ports.js';
import type { ReviewDesk } from '../../src/app/review-draft.js';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import { Study } from '../../src/domain/corpus/study.js';
import type { CurationEvent } from '../../src/evidence/curate/event.js';
import type { ReadDocument } from '../../src/evidence/curate/propose.js';

export const trialOne = Study.parse({
  id: 'trial-1',
  name: 'TRIAL-1',
  year: 2020,
  journal: 'J',
  nct: 'NCT00000001',
  pmid: '111',
  verified: { unverified: 'test' },
  phase: '3',
  design: 'randomised',
  cancer: 'nsclc',
  population: 'all',
  arms: [
    { id: 'x', name: 'X' },
    { id: 'p', name: 'P' },
  ],
  results: [{ outcome: 'OS', arms: ['x', 'p'], effect: { measure: 'HR', value: 0.8, low: 0.6, high: 1 } }],
});

export interface Memory {
  readonly desk: ReviewDesk;
  readonly logs: Map<string, CurationEvent[]>;
  /** What was asked of the study files, in order. */
  readonly written: [string, ...unknown[]][];
}

export function memoryDesk(): Memory {
  const logs = new Map<string, CurationEvent[]>();
  const texts = new Map<string, string>();
  const written: [string, ...unknown[]][] = [];
  const store: CurationStore = {
    ids: () => [...logs.keys()],
    events: (id) => logs.get(id) ?? [],
    append: (id, events) => void logs.set(id, [...(logs.get(id) ?? []), ...events]),
    keepText(text) {
      const hash = `hash of ${text.length} ${text.slice(0, 20)}`;
      texts.set(hash, text);
      return hash;
    },
    text: (hash) => texts.get(hash),
  };
  const note =
    (name: string, file: string) =>
    (...args: unknown[]): string => {
      written.push([name, ...args]);
      return file;
    };
  const files: StudyFiles = {
    addStudy: note('addStudy', 'curated.yaml'),
    addResults: note('addResults', 'studies.yaml'),
    retract: note('retract', 'studies.yaml'),
    joinNetwork: note('joinNetwork', 'networks.yaml'),
    cite: note('cite', 'indications.yaml'),
  };
  const folder = {
    profile: { id: 'nsclc' },
    studies: [trialOne],
    regimens: [{ id: 'x', components: [] }],
    indications: [{ id: 'ind', studies: ['trial-1'] }],
    networks: [{ id: 'net', trials: [{ study: 'trial-1' }] }],
  };
  return { desk: { corpus: { cancers: [folder] } as unknown as Corpus, store, files }, logs, written };
}

/** A document about a hazard ratio, as adapters and extraction hand it on. */
export function readDocument(given: {
  document?: string;
  pmid?: string | null;
  nct?: string[];
  value?: number;
  oncology?: boolean;
  text?: string;
}): ReadDocument {
  const {
    document = 'x.txt',
    pmid = null,
    nct = [],
    value = 0.75,
    oncology = true,
    text = `Title\nHR ${value}.`,
  } = given;
  return {
    document: { document, pmid, text, titleLength: 5, publicationTypes: [], registry: [], faults: [] },
    trial: { name: null, nct, phase: '3', n: null, population: 'adults', arms: ['X', 'placebo'], medianFollowUp: null },
    results: [
      {
        measure: 'HR',
        value,
        low: null,
        high: null,
        level: null,
        p: null,
        outcome: 'OS',
        at: null,
        unit: null,
        intervention: 'X',
        comparator: 'placebo',
        direction: 'increased',
        subgroup: null,
        span: { start: 6, end: 6 + `HR ${value}`.length },
      },
    ],
    triage: {
      design: 'randomised',
      randomised: true,
      oncology,
      cancers: oncology ? ['nsclc'] : [],
      oncotree: [],
      comparesTreatments: true,
      probability: { design: 1, randomised: 1, oncology: oncology ? 1 : 0, comparesTreatments: 1 },
      basis: 'text',
      doubtful: false,
    },
  };
}
