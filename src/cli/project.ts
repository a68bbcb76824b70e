// Where things lie in a checkout: the corpus, the models, the version. The CLI and the servers share it.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: the nearest folder above this file that holds package.json. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));
export const corpusDirectory = join(projectRoot, 'corpus');
/** Where models lie: `SHIPA_MODELS` for a folder outside the checkout (a volume of a cluster, a trial build). */
export const modelsDirectory = process.env.SHIPA_MODELS ?? join(projectRoot, 'models');

/** Public data for tests and comparisons, where it is at hand. */
export const sharedData = process.env.SHIPA_DATA ?? join(projectRoot, '../shared/data');

function findRoot(folder: string): string {
  const file = join(folder, 'package.json');
  try {
    if ((JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'shipa') return folder;
  } catch {
    // not here; look one folder up
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the checkout of shipa was not found above the running file');
  return findRoot(parent);
}

/** Version of the code, from package.json. */
export function codeVersion(): string {
  return (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version;
}
