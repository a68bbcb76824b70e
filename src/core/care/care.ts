// What the drugs of an option ask of those who give them: how they work, what is watched, which prophylaxis belongs to them.
// It moves no order and no verdict; a risk that the corpus does not know is null, never low.
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Text } from '../../domain/corpus/text.js';
import type { Care } from '../../domain/recommendation.js';
import type { CorpusIndex } from '../corpus-index.js';
import type { Context } from '../criteria/trace.js';
import { numberFact } from '../criteria/value.js';
import { say } from '../criteria/words.js';
import type { Lang } from '../language/translate.js';
import { cancerDrugsOf } from '../safety/regimen-drugs.js';
import { febrileNeutropeniaOf } from './febrile-neutropenia.js';
import { vomitingOf } from './vomiting.js';

/** Undefined for an option without a cancer drug. */
export function careOf(regimen: Regimen, context: Context, lang: Lang): Care | undefined {
  const { index } = context;
  const drugs = cancerDrugsOf(regimen, index);
  if (drugs.length === 0) return undefined;
  const age = numberFact('age', context);
  return {
    mechanisms: drugs.flatMap((drug) => {
      const text = mechanismOf(drug, index, lang);
      return text === undefined ? [] : [{ drug, text }];
    }),
    monitoring: monitoringOf(drugs, index, lang),
    vomiting: vomitingOf(regimen, index, age, lang),
    febrileNeutropenia: febrileNeutropeniaOf(regimen, index, age, lang),
  };
}

/** The drug's own words, else those of the nearest classes that have any; a class above another of them adds nothing. */
export function mechanismOf(inn: string, index: CorpusIndex, lang: Lang): string | undefined {
  const drug = index.drug(inn);
  if (drug?.mechanism !== undefined) return inWords(drug.mechanism, lang);
  const told = [...new Set((drug?.classes ?? []).flatMap((id) => nearestTold(id, index)))];
  const nearest = told.filter((id) => !told.some((other) => other !== id && index.isClass(other, id)));
  const words = nearest.flatMap((id) => index.drugClass(id)?.mechanism ?? []).map((text) => inWords(text, lang));
  return words.length === 0 ? undefined : [...new Set(words)].join('; ');
}

function nearestTold(id: string, index: CorpusIndex): readonly string[] {
  const own = index.drugClass(id);
  if (own === undefined) return [];
  return own.mechanism === undefined ? own.parents.flatMap((parent) => nearestTold(parent, index)) : [id];
}

/** What the labels of the drugs want watched, then what their classes and properties want; each once. */
export function monitoringOf(drugs: readonly string[], index: CorpusIndex, lang: Lang): readonly string[] {
  const own = drugs.flatMap((inn) => index.drug(inn)?.monitoring ?? []);
  const shared = drugs.flatMap((inn) =>
    [...index.classesOf(inn), ...index.propertiesOf(inn)].flatMap((id) => index.drugClass(id)?.monitoring ?? []),
  );
  return [...new Set([...own, ...shared].map((text) => inWords(text, lang)))];
}

/** A model released before these words had languages carries them as bare English. */
const inWords = (text: Text | string, lang: Lang): string => (typeof text === 'string' ? text : say(text, lang));
