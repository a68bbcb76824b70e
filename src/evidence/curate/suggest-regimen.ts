// Which regimen of the corpus an arm may be: the one of its cancer with just the drugs that the arm names. Two that fit are no suggestion.
import type { Terminology } from '../../core/normalize/terminology.js';
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { SuggestRegimen } from './propose.js';

export function regimenSuggester({ cancers }: Pick<Corpus, 'cancers'>, terms: Terminology): SuggestRegimen {
  const key = (drugs: readonly string[]): string => [...new Set(drugs)].sort().join(' ');
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
