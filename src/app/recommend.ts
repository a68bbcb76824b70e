// The use case at the centre: histories in, recommendation records out. Normalise, prepare, one await for all scores, decide.
import { createHash } from 'node:crypto';
import { type CorpusIndex, indexCorpus } from '../core/corpus-index.js';
import { decide, decideBriefly } from '../core/decide.js';
import { type Explanation, explain } from '../core/explain.js';
import type { Lang } from '../core/language/translate.js';
import { normalize } from '../core/normalize/normalize.js';
import { createTerminology, type Terminology } from '../core/normalize/terminology.js';
import { type Prepared, type PrepareOptions, prepare } from '../core/prepare.js';
import { createLexicon, type Lexicon } from '../core/reading/lexicon.js';
import { type ReaderParts, readNote } from '../core/reading/read-note.js';
import { inLanguage } from '../core/reading/text-reading.js';
import { withDocuments } from '../core/reading/with-documents.js';
import type { Weights } from '../core/utility.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import type { History } from '../domain/history.js';
import type { Note } from '../domain/note.js';
import type { ModelInfo, Score } from '../domain/outcome.js';
import type { PartialDate } from '../domain/partial-date.js';
import type { Patient } from '../domain/patient.js';
import type { BriefRecommendation, Recommendation } from '../domain/recommendation.js';
import type { Stop } from '../domain/stop.js';
import type { OutcomeScorer } from './ports.js';

export interface RecommendOptions extends Omit<PrepareOptions, 'caseName'> {
  /** Day of the decision: this, else the history's own (Bundle.timestamp), else `today`. */
  readonly asOf?: PartialDate;
  readonly weights?: Weights;
  /** Hash of the input as received, for the record; of the history's content when left out. */
  readonly inputHash?: string;
}

export interface Recommender {
  recommend(history: History, options?: RecommendOptions): Promise<Recommendation>;
  /** The same for many, scored in one batch, in input order. */
  recommendMany(histories: readonly History[], options?: RecommendOptions): Promise<Recommendation[]>;
  /** The same answers without their words, as a cohort run stores them: `recommendMany` says the rest again from the same history. */
  recommendBriefly(histories: readonly History[], options?: RecommendOptions): Promise<readonly BriefRecommendation[]>;
  /** The whole trace of one regimen; undefined when the corpus has no such regimen. */
  explain(history: History, regimen: string, options?: RecommendOptions): Promise<Explanation | undefined>;
  normalize(history: History, asOf?: PartialDate): Patient;
  /** A clinical text as a history, for the other calls. `asOf` as in RecommendOptions. */
  readNote(note: Note, asOf?: PartialDate): History;
}

export interface RecommenderParts {
  readonly corpus: Corpus;
  readonly scorer: OutcomeScorer;
  readonly codeVersion: string;
  /** Day used when neither the caller nor the history names one. */
  readonly today: PartialDate;
  /** The kill switch, asked at every call; none when left out. */
  readonly stops?: () => readonly Stop[];
}

export function createRecommender(parts: RecommenderParts): Recommender {
  const { vocabulary, drugs, classes } = parts.corpus;
  const terms = createTerminology(vocabulary, drugs, classes);
  return new CorpusRecommender(parts, terms);
}

class CorpusRecommender implements Recommender {
  private readonly parts: RecommenderParts;
  /** One index a language, made when first asked for, and with what is stopped now. */
  private readonly indices = new Map<Lang, CorpusIndex>();
  private stopped: readonly Stop[] = [];
  private stoppedIndices = new Map<Lang, CorpusIndex>();
  private readonly terms: Terminology;
  /** Made when the first note comes: a patient in FHIR does not need it. */
  private lexicon: Lexicon | undefined;

  constructor(parts: RecommenderParts, terms: Terminology) {
    this.parts = parts;
    this.terms = terms;
  }

  normalize(history: History, asOf?: PartialDate): Patient {
    return normalize(this.whole(history, asOf), this.terms, asOf ?? history.asOf ?? this.parts.today);
  }

  readNote(note: Note, asOf?: PartialDate): History {
    return readNote(note, this.readerParts(), asOf ?? this.parts.today);
  }

  private readerParts(): ReaderParts {
    this.lexicon ??= createLexicon(this.parts.corpus);
    return { lexicon: this.lexicon, terms: this.terms };
  }

  /** With the prose that came beside the structured entries. */
  private whole(history: History, asOf?: PartialDate): History {
    if (history.documents === undefined) return history;
    return withDocuments(history, this.readerParts(), asOf ?? history.asOf ?? this.parts.today);
  }

  async recommend(history: History, options: RecommendOptions = {}): Promise<Recommendation> {
    const [record] = await this.recommendMany([history], options);
    if (record === undefined) throw new Error('one history gives one record');
    return record;
  }

  async recommendMany(histories: readonly History[], options: RecommendOptions = {}): Promise<Recommendation[]> {
    const scored = await this.scored(histories, options);
    return scored.map(({ history, prepared, scores }) =>
      withReading(
        withWarnings(withAsked(decide(prepared, scores, this.decideOptions(history, options)), options), history),
        history,
        options.lang ?? 'en',
        this.parts.corpus.vocabulary.facts,
      ),
    );
  }

  async recommendBriefly(
    histories: readonly History[],
    options: RecommendOptions = {},
  ): Promise<readonly BriefRecommendation[]> {
    const { weights } = options;
    const scored = await this.scored(histories, options);
    return scored.map(({ prepared, scores }) => decideBriefly(prepared, scores, weights && { weights }));
  }

  /** All prepared, and their rows scored in one batch. */
  private async scored(histories: readonly History[], options: RecommendOptions) {
    const prepared = histories
      .map((h) => this.whole(h, options.asOf))
      .map((history) => ({ history, prepared: this.prepare(history, options) }));
    const scores = await this.parts.scorer.score(prepared.flatMap((p) => p.prepared.rows));
    let from = 0;
    return prepared.map((p) => {
      const to = from + p.prepared.rows.length;
      const own = { ...p, scores: scores.slice(from, to) };
      from = to;
      return own;
    });
  }

  async explain(history: History, regimen: string, options: RecommendOptions = {}): Promise<Explanation | undefined> {
    const prepared = this.prepare(history, options);
    const scores: readonly Score[] = await this.parts.scorer.score(prepared.rows);
    return explain(prepared, scores, regimen, this.decideOptions(history, options));
  }

  private prepare(history: History, options: RecommendOptions): Prepared {
    const patient = this.normalize(history, options.asOf);
    const index = this.indexIn(options.lang ?? 'en');
    return prepare(patient, index, withoutNumbers(this.parts.scorer.info, index.stops), {
      ...options,
      caseName: history.id,
    });
  }

  private indexIn(lang: Lang): CorpusIndex {
    const index = this.indices.get(lang) ?? indexCorpus(this.parts.corpus, lang);
    this.indices.set(lang, index);
    const stops = this.parts.stops?.() ?? [];
    if (stops.length === 0) return index;
    if (stops !== this.stopped) this.stoppedIndices = new Map();
    this.stopped = stops;
    const stoppedIndex = this.stoppedIndices.get(lang) ?? { ...index, stops };
    this.stoppedIndices.set(lang, stoppedIndex);
    return stoppedIndex;
  }

  private decideOptions(history: History, { weights, inputHash }: RecommendOptions) {
    const input = inputHash ?? createHash('sha256').update(JSON.stringify(history)).digest('hex');
    return { versions: { code: this.parts.codeVersion, input }, ...(weights && { weights }) };
  }
}

/** A stopped model is asked nothing, and every number of it is null. */
const withoutNumbers = (model: ModelInfo, stops: readonly Stop[] = []): ModelInfo =>
  stops.some((s) => s.kind === 'model' && s.id === model.id) ? { ...model, networks: [] } : model;

/** What the caller asked for beyond the defaults stays in the record: without it nobody could make the record again. */
function withAsked(record: Recommendation, { weights, lang, caseId, protocol }: RecommendOptions): Recommendation {
  const asked = {
    ...(weights && { weights }),
    ...(lang && lang !== 'en' && { lang }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(protocol === undefined ? {} : { protocol }),
  };
  return Object.keys(asked).length === 0 ? record : { ...record, asked };
}

/** What was read in the text stands in the record with its words; of the diagnosis what it was understood as. */
function withReading(
  record: Recommendation,
  { reading }: History,
  lang: Lang,
  facts: Corpus['vocabulary']['facts'],
): Recommendation {
  if (reading === undefined) return record;
  const name = record.patient.cancer?.name;
  const read = reading.facts.map((f) => (f.fact === 'diagnosis' && name !== undefined ? { ...f, value: name } : f));
  return { ...record, reading: inLanguage({ ...reading, facts: read }, lang, facts) };
}

/** What the reader had to leave out or forgive, with its place, stands first among the record's notes. */
function withWarnings(record: Recommendation, { warnings }: History): Recommendation {
  if (warnings.length === 0) return record;
  return {
    ...record,
    notes: [...warnings.map(({ place, message }) => `When reading: ${place}: ${message}`), ...record.notes],
  };
}
