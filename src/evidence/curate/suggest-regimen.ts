// Which regimen of the corpus an arm may be: the one of its cancer with just the drugs that the arm names; and which arm of a known study: the one
// of that name, else with just those drugs. Two that fit are no suggestion.
import type { Terminology } from '../../core/normalize/terminology.js';
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Study } from '../../domain/corpus/study.js';
import type { SuggestRegimen } from './propose.js';

/** Arm id of a known study that a name in a text may mean. */
export type SuggestArm = (study: Study, name: string) => string | undefined;

export function regimenSuggester({ cancers }: Pick<Corpus, 'cancers'>, terms: Terminology): SuggestRegimen {
  const byCancer = new Map(
    cancers.map((folder) => {
      const byDrugs = new Map<string, string[]>();
      for (const { id, components } of folder.regimens) {
        const drugs = key(components.map((c) => c.drug));
        if (drugs !== '') byDrugs.set(drugs, [...(byDrugs.get(drugs) ?? []), id]);
      }
      return [folder.profile.id, byDrugs] as const;
    }),
  );
  return (arm, cancer) => {
    const drugs = terms.drugsInText(arm).map((m) => m.drug.inn);
    const found = cancer === undefined || drugs.length === 0 ? [] : (byCancer.get(cancer)?.get(key(drugs)) ?? []);
    return found.length === 1 ? found[0] : undefined;
  };
}

export function armSuggester(terms: Terminology): SuggestArm {
  const drugs = (text: string): string => key(terms.drugsInText(text).map((m) => m.drug.inn));
  return ({ arms }, name) => {
    const named = arms.filter((arm) => plain(arm.name) === plain(name));
    const own = drugs(name);
    const found = named.length > 0 || own === '' ? named : arms.filter((arm) => drugs(arm.name) === own);
    return found.length === 1 ? found[0]?.id : undefined;
  };
}

const key = (drugs: readonly string[]): string => [...new Set(drugs)].sort().join(' ');
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
