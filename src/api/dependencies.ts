// What the API is given: use cases and queries, never a database or a model itself.
import type { Registry } from 'prom-client';
import type { IdentityStore } from '../app/identity-ports.js';
import type { ReadDocument } from '../app/ingest-ports.js';
import type { OversightStore } from '../app/oversight-ports.js';
import type { Recommender } from '../app/recommend.js';
import type { RunControl } from '../app/run-ports.js';
import type { PatientQueries, Release, RunStore } from '../app/store-ports.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import type { Log } from './log.js';

export interface ApiDependencies {
  readonly queries: PatientQueries &
    Pick<OversightStore, 'addDecision'> &
    Pick<IdentityStore, 'person'> &
    Pick<RunControl, 'runs' | 'run' | 'runState' | 'deadLetters' | 'pauseRun' | 'resumeRun' | 'cancelRun'> &
    Pick<RunStore, 'faults'> & { ping(): Promise<void> };
  readonly recommender: Recommender;
  readonly readDocument: ReadDocument;
  /** A Bundle with the text of the PDFs that it holds inline; without it such PDFs are said not to be read. */
  readonly pdfTexts?: (bundle: string) => Promise<string>;
  readonly corpus: Corpus;
  readonly release: Release;
  /** Signs in: as bearer token, or once in the link that sets the cookie. */
  readonly token: string;
  /** True when it listens on loopback only: then the stateless recommendation is open to a checked Host. */
  readonly loopback: boolean;
  readonly log: Log;
  readonly metrics: Registry;
}
