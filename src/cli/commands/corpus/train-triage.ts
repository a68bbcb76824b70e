// `shipa corpus train-triage`: trains the classifier of the literature and writes models/triage/VERSION/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCorpus } from '../../../adapters/files/corpus-files.js';
import { readPublishedTexts, readTriageMaterial } from '../../../adapters/files/triage-material.js';
import { fitTriage } from '../../../adapters/tensorflow/fit-triage.js';
import { trainTriage as train } from '../../../app/train-triage.js';
import { createTerminology } from '../../../core/normalize/terminology.js';
import { cancerReader } from '../../../evidence/triage/cancers-named.js';
import { composeExamples, labelled, madeUpExamples } from '../../../evidence/triage/examples.js';
import { designShare } from '../../../evidence/triage/triage-metrics.js';
import { codeVersion, corpusDirectory, modelsDirectory, sharedData } from '../../project.js';
import { whole } from '../../whole.js';

const SEED = 20261129;
/** Composed abstracts of each design. */
const COMPOSED = 120;

export async function trainTriage(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      data: { type: 'string', default: sharedData },
      models: { type: 'string', default: modelsDirectory },
      version: { type: 'string', default: codeVersion() },
      seed: { type: 'string', default: String(SEED) },
    },
  });
  const published = readPublishedTexts(values.data);
  if (published === undefined)
    throw new Error(`${values.data}/literature is not there: training needs its texts; name the folder by --data`);
  const seed = whole(values.seed, '--seed', 0);
  const material = readTriageMaterial(values.dir);
  const corpus = loadCorpus(values.dir);
  const { files, judged } = await train(
    {
      version: values.version,
      seed,
      vocabulary: material,
      examples: [
        ...labelled(published.texts, material.labels),
        ...madeUpExamples(material.madeUp),
        ...composeExamples(material.phrases, COMPOSED, seed),
      ],
      cancers: cancerReader(createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes), corpus.cancers),
      trainedOn: { ...material.hashes, ...published.hashes },
    },
    fitTriage,
  );
  const directory = join(values.models, 'triage', values.version);
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  const { right, of } = designShare(judged);
  process.stdout.write(`triage@${values.version}: design right in ${right} of ${of} held out; ${directory}/card.md\n`);
  return 0;
}
