// Which cancers a text is about, by the corpus' own vocabulary: each term named counts, in the title most, and the folders of the corpus
// follow from OncoTree. No learning: a new cancer in the corpus is recognised at once.
import type { Terminology } from '../../core/normalize/terminology.js';
import type { CancerFolder } from '../../domain/corpus/corpus.js';
import type { TriageText } from './triage.js';

export interface NamedCancers {
  readonly folders: readonly string[];
  readonly oncotree: readonly string[];
}

/** A mention in the title weighs as many in the abstract. */
const TITLE = 5;
/** A cancer with less than this share of the weight of the first is only mentioned. */
const SHARE = 0.34;
/** Folders that hold for any tumour are about no cancer. */
const ANY = 'TISSUE';

export interface CancerReader {
  named(text: TriageText): NamedCancers;
  namesCancer(text: string): boolean;
}

export function cancerReader(terms: Terminology, folders: readonly CancerFolder[]): CancerReader {
  const lineage = (code: string): string[] => {
    const parent = terms.term('cancer', code)?.parent;
    return parent === undefined || parent === null || parent === code ? [code] : [code, ...lineage(parent)];
  };
  const folderOf = (code: string): string | undefined => {
    const above = lineage(code);
    return folders
      .flatMap(({ profile }) => {
        if (profile.oncotree.includes(ANY) || profile.except.some((left) => above.includes(left))) return [];
        const distance = above.findIndex((ancestor) => profile.oncotree.includes(ancestor));
        return distance < 0 ? [] : [{ id: profile.id, distance }];
      })
      .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))[0]?.id;
  };
  const codes = (text: string): string[] => terms.inText('cancer', text).map(({ term }) => term.oncotree);
  return {
    namesCancer: (text) => codes(text).length > 0,
    named({ title, abstract }) {
      const weight = new Map<string, number>();
      for (const code of codes(title)) weight.set(code, (weight.get(code) ?? 0) + TITLE);
      for (const code of codes(abstract)) weight.set(code, (weight.get(code) ?? 0) + 1);
      const byFolder = new Map<string, number>();
      for (const [code, w] of weight) {
        const folder = folderOf(code);
        if (folder !== undefined) byFolder.set(folder, (byFolder.get(folder) ?? 0) + w);
      }
      return { folders: heaviest(byFolder), oncotree: heaviest(weight) };
    },
  };
}

/** Names by weight, those far below the first left out. */
function heaviest(weight: ReadonlyMap<string, number>): string[] {
  const sorted = [...weight].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const top = sorted[0]?.[1] ?? 0;
  return sorted.filter(([, w]) => w >= top * SHARE).map(([name]) => name);
}
