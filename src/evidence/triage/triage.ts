// Triage of the literature: what kind of document is this, is it of oncology, of which cancer, does it compare treatments.
// The text becomes a row of columns (feature-row.ts), the classifier gives probabilities, and here they become an answer.
import type { NamedCancers } from './cancers-named.js';
import { designOfTypes } from './publication-types.js';

export const DESIGNS = ['randomised', 'single-arm', 'meta-analysis', 'cohort', 'review', 'other'] as const;
/**
 * randomised: report of a randomised trial (secondary analyses too); single-arm: trial without a comparator; meta-analysis: pooled numbers;
 * cohort: people observed or treated without chance (case-control, series, registries, diagnostic accuracy, non-randomised comparisons);
 * review: narrative or systematic without pooling; other: laboratory, animals, models, protocols, guidelines, case reports, comment.
 */
export type Design = (typeof DESIGNS)[number];

export interface TriageText {
  readonly title: string;
  readonly abstract: string;
  /** Publication types of MEDLINE, where the source has them. */
  readonly publicationTypes?: readonly string[];
}

/** What the classifier gives for one text, each 0-1; the designs add up to 1. */
export interface TriageScore {
  readonly designs: Readonly<Record<Design, number>>;
  readonly oncology: number;
  readonly comparesTreatments: number;
}

export interface Triage {
  readonly design: Design;
  readonly randomised: boolean;
  readonly oncology: boolean;
  /** Folders of the corpus whose cancers the text is about, the one named most first; empty where none is. */
  readonly cancers: readonly string[];
  /** OncoTree codes named, in the same order of weight. */
  readonly oncotree: readonly string[];
  readonly comparesTreatments: boolean;
  readonly probability: {
    readonly design: number;
    readonly randomised: number;
    readonly oncology: number;
    readonly comparesTreatments: number;
  };
  /** Whether the design is what MEDLINE's indexers say, or what the classifier reads. */
  readonly basis: 'publication-types' | 'text';
  /** The design is a guess: below DOUBT, or the indexers say something else than the text. A person should look. */
  readonly doubtful: boolean;
}

/** Below this probability of the first design the answer is called doubtful; the model card prints how often it is then wrong. */
export const DOUBT = 0.6;

/** Probabilities -> answer. The indexers' word goes before the classifier's where they give one. */
export function readTriage(text: TriageText, score: TriageScore, named: NamedCancers): Triage {
  const read = DESIGNS.reduce((best, d) => (score.designs[d] > score.designs[best] ? d : best));
  const indexed = designOfTypes(text.publicationTypes ?? []);
  const design = indexed ?? read;
  const oncology = score.oncology >= 0.5;
  return {
    design,
    randomised: design === 'randomised',
    oncology,
    cancers: oncology ? named.folders : [],
    oncotree: oncology ? named.oncotree : [],
    comparesTreatments: score.comparesTreatments >= 0.5,
    probability: {
      design: round(score.designs[design]),
      randomised: round(score.designs.randomised),
      oncology: round(score.oncology),
      comparesTreatments: round(score.comparesTreatments),
    },
    basis: indexed === undefined ? 'text' : 'publication-types',
    doubtful: indexed === undefined ? score.designs[read] < DOUBT : indexed !== read,
  };
}

const round = (p: number): number => Math.round(p * 1000) / 1000;
