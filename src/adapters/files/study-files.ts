// Accepted studies into the corpus: each change is small, in the file where the record stands, and leaves all other lines alone.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StudyFiles } from '../../app/curation-ports.js';
import { addKey, addToList, appendRecord, supersede } from './yaml-edit.js';

/** File of a cancer's folder that takes new studies. */
const NEW = 'studies/curated.yaml';
const HEADER =
  '# Studies that came through curation (shipa corpus add, review); who decided what and why: corpus/curation/.';

/** @param places place of each record by "kind id" ("study flaura" -> "corpus/nsclc/studies/egfr.yaml:3") */
export function studyFiles(corpus: string, places: ReadonlyMap<string, string>): StudyFiles {
  const fileOf = (kind: string, id: string): string => {
    const place = places.get(`${kind} ${id}`);
    if (place === undefined) throw new Error(`there is no ${kind} "${id}" in the corpus`);
    return place.replace(/^corpus\//, '').replace(/:\d+$/, '');
  };
  const edit = (file: string, change: (text: string) => string): string => {
    const path = join(corpus, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return `corpus/${file}`;
  };
  return {
    addStudy(study) {
      const file = `${study.cancer}/${NEW}`;
      const path = join(corpus, file);
      const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      writeFileSync(path, appendRecord(before, study, HEADER));
      return `corpus/${file}`;
    },
    addResults(study, results, replaced) {
      return edit(fileOf('study', study), (text) => {
        const marked = replaced.reduce((t, index) => supersede(t, study, index), text);
        return results.reduce((t, result) => addToList(t, study, 'results', result), marked);
      });
    },
    retract: (study, retracted) => edit(fileOf('study', study), (text) => addKey(text, study, 'retracted', retracted)),
    joinNetwork: (network, study) =>
      edit(fileOf('network', network), (text) => addToList(text, network, 'trials', { study })),
    cite: (indication, study) =>
      edit(fileOf('indication', indication), (text) => addToList(text, indication, 'studies', study)),
  };
}
