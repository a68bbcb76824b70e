// What the handlers of one worker work with: wiring only.
import { join } from 'node:path';
import { buildModelProcess } from '../src/adapters/embedded/build-process.js';
import { readBundleText } from '../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../src/adapters/files/history-files.js';
import { resultFiles } from '../src/adapters/files/result-files.js';
import { readLocatedTable } from '../src/adapters/files/table.js';
import { openTriage, type TriageRunner } from '../src/adapters/onnx/triage-runner.js';
import { readLiterature } from '../src/adapters/pubmed/literature-files.js';
import type { Recommender } from '../src/app/recommend.js';
import type { Store } from '../src/app/store-ports.js';
import { loadRegistry } from '../src/cli/commands/simulate.js';
import type { Engine } from '../src/cli/engine.js';
import { loadOutcomeLexicon } from '../src/cli/outcome-lexicon.js';
import { corpusDirectory, modelsDirectory, projectRoot } from '../src/cli/project.js';
import { releaseOf } from '../src/cli/release-of.js';
import { createTerminology } from '../src/core/normalize/terminology.js';
import { unknownCodes } from '../src/core/normalize/unknown-codes.js';
import { simulateLine } from '../src/simulation/simulate.js';
import type { WorkerContext } from './job-type.js';

export function workerContext(
  store: Store,
  engine: Engine,
  recommender: Recommender,
  inForce: () => boolean,
): { readonly context: WorkerContext; readonly close: () => Promise<void> } {
  const registry = loadRegistry();
  const terms = createTerminology(engine.corpus.vocabulary, engine.corpus.drugs, engine.corpus.classes);
  // The classifier is opened by the first literature job: most workers never see one.
  let classifier: Promise<TriageRunner | undefined> | undefined;
  const triage: NonNullable<WorkerContext['triage']> = async (texts) => {
    classifier ??= openTriage(join(modelsDirectory, 'triage'), engine.corpus).catch(() => undefined);
    return (await (await classifier)?.triage(texts)) ?? [];
  };
  const context: WorkerContext = {
    store,
    files: historyFiles(),
    results: resultFiles(),
    readDocument: readBundleText,
    findUnknownCodes: (history) => unknownCodes(history, terms),
    normalize: (history) => recommender.normalize(history),
    recommender,
    get release() {
      return releaseOf(engine);
    },
    inForce,
    simulateLine: (seed, index) => simulateLine(registry, seed, index),
    literature: readLiterature,
    lexicon: () => loadOutcomeLexicon(corpusDirectory),
    triage,
    readTable: readLocatedTable,
    compile: (task) => buildModelProcess(join(projectRoot, 'bin', 'shipa.mjs'), task),
  };
  return { context, close: async () => void (await (await classifier)?.close()) };
}
