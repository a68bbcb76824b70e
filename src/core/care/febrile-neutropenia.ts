// Primary prophylaxis with G-CSF by the regimen's risk of febrile neutropenia: above 20 % for all, 10-20 % with a risk factor, of which
// age 65 is the one that is always on record (EORTC 2010, Aapro 2011; NCCN). Never beside concurrent chemoradiotherapy (labels).
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Care } from '../../domain/recommendation.js';
import type { CorpusIndex } from '../corpus-index.js';
import type { Message } from '../language/ru.js';
import { type Lang, translate } from '../language/translate.js';
import { drugIs, drugsOf } from '../safety/regimen-drugs.js';

const ADULT = 18;
const OLDER = 65;

export function febrileNeutropeniaOf(
  regimen: Regimen,
  index: CorpusIndex,
  age: number | undefined,
  lang: Lang,
): Care['febrileNeutropenia'] {
  const { febrileNeutropenia: risk, febrileNeutropeniaSource: source } = regimen;
  if (risk === undefined) return null;
  const advice = adviceFor(risk, regimen, index, age);
  return {
    risk,
    advice: advice === undefined ? null : translate(lang, advice),
    verified: source !== undefined && !('unverified' in source.verified),
  };
}

function adviceFor(
  risk: NonNullable<Care['febrileNeutropenia']>['risk'],
  regimen: Regimen,
  index: CorpusIndex,
  age: number | undefined,
): Message | undefined {
  if (age !== undefined && age < ADULT) return undefined;
  if (regimen.modalities.includes('chemoradiotherapy')) return 'no G-CSF beside concurrent chemoradiotherapy';
  if (drugsOf(regimen).some((drug) => drugIs(drug, ['G-CSF'], index))) return 'G-CSF is part of the regimen';
  if (risk === 'high') return 'G-CSF from the first cycle';
  if (risk === 'low') return 'no routine G-CSF';
  return age !== undefined && age >= OLDER
    ? 'G-CSF from the first cycle is advised: age 65 or more adds to the risk'
    : 'G-CSF from the first cycle with a risk factor (earlier febrile neutropenia or chemotherapy, advanced disease, poor fitness)';
}
