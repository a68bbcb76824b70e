// Why a first option changed between two releases: the changed records of the corpus that stand behind its two sides, studies first.
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Indication } from '../../domain/corpus/indication.js';
import type { Network } from '../../domain/corpus/network.js';
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { CorpusChange } from '../diff/corpus-changes.js';
import type { ModelChange } from './model-changes.js';
import type { ChangeGroup } from './record-changes.js';

export interface Cause {
  /** Record's id: what a reason is filed under. */
  readonly id: string;
  readonly words: string;
}

export interface ExplainedChange extends ChangeGroup {
  readonly causes: readonly Cause[];
  readonly reason: string | null;
}

/** Named when no changed record touches the change: then the program itself decides otherwise. */
export const CODE: Cause = {
  id: 'code',
  words: 'no record of the corpus behind it changed: the program decides otherwise',
};

export interface CauseSources {
  readonly before: Corpus;
  readonly after: Corpus;
  readonly corpusChanges: readonly CorpusChange[];
  readonly modelChanges: readonly ModelChange[];
  readonly reasons: Readonly<Record<string, string>>;
}

export function explainChanges(groups: readonly ChangeGroup[], sources: CauseSources): readonly ExplainedChange[] {
  const editions = [sources.before, sources.after].map(indexed);
  return groups.map((group) => {
    const causes = causesOf(group, sources, editions);
    const itself = `${group.cancer} ${group.decision} ${group.before} -> ${group.after}`;
    const reason = [itself, ...causes.map((c) => c.id)].map((id) => sources.reasons[id]).find((r) => r !== undefined);
    return { ...group, causes, reason: reason ?? null };
  });
}

interface Edition {
  readonly indications: ReadonlyMap<string, Indication>;
  readonly regimens: ReadonlyMap<string, Regimen>;
  readonly networks: ReadonlyMap<string, Network>;
}

const indexed = ({ cancers }: Corpus): Edition => {
  const by = <T>(all: readonly T[], key: (x: T) => string) => new Map(all.map((x) => [key(x), x]));
  return {
    indications: by(
      cancers.flatMap((c) => c.indications),
      (i) => i.id,
    ),
    regimens: by(
      cancers.flatMap((c) => c.regimens),
      (r) => r.id,
    ),
    networks: by(
      cancers.flatMap((c) => c.networks),
      (n) => n.id,
    ),
  };
};

/** Everything that the indications of the two sides rest on, in either edition. */
function restsOn(group: ChangeGroup, editions: readonly Edition[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const edition of editions)
    for (const id of group.indications) {
      const indication = edition.indications.get(id);
      ids.add(id);
      if (indication === undefined) continue;
      ids.add(indication.regimen);
      for (const study of indication.studies) ids.add(study);
      for (const { drug } of edition.regimens.get(indication.regimen)?.components ?? []) ids.add(drug);
      if (indication.network === undefined) continue;
      ids.add(indication.network);
      for (const { study } of edition.networks.get(indication.network)?.trials ?? []) ids.add(study);
    }
  return ids;
}

const KINDS: readonly CorpusChange['kind'][] = ['study', 'indication', 'safety', 'drug', 'regimen', 'cancer'];

function causesOf(group: ChangeGroup, sources: CauseSources, editions: readonly Edition[]): readonly Cause[] {
  const ids = restsOn(group, editions);
  const changed = sources.corpusChanges
    .filter((c) => (c.kind === 'safety' ? speaksOf(c.words, ids) : ids.has(c.id)))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
    .map((c) => ({ id: c.id, words: `${c.kind} ${c.id} ${c.change}: ${c.words}` }));
  const networks = sources.modelChanges
    .filter((c) => ids.has(c.where.split('/')[0] ?? ''))
    .map((c) => ({ id: c.where, words: `model ${c.where}: ${c.what}` }));
  const found = [...changed, ...networks];
  return found.length > 0 ? found : [CODE];
}

/** A safety rule names the drugs, classes and regimens that it is about. */
const speaksOf = (words: string, ids: ReadonlySet<string>): boolean =>
  [...ids].some((id) =>
    new RegExp(`(^|[^a-z0-9-])${id.replaceAll(/[^a-z0-9-]/gi, '.')}([^a-z0-9-]|$)`, 'i').test(words),
  );
