// The risk of vomiting of a regimen is that of its most emetogenic drug (ASCO 2020, MASCC/ESMO 2023); an anthracycline with
// cyclophosphamide counts as high. Prophylaxis for adults: Herrstedt 2024, Support Care Cancer 32:47; Hesketh 2020, J Clin Oncol 38:2782.
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { Care } from '../../domain/recommendation.js';
import type { CorpusIndex } from '../corpus-index.js';
import type { Message } from '../language/ru.js';
import { type Lang, translate } from '../language/translate.js';
import { cancerDrugsOf, drugIs } from '../safety/regimen-drugs.js';

type Risk = NonNullable<Care['vomiting']>['risk'];

const RISING: readonly Risk[] = ['minimal', 'low', 'moderate', 'high'];

const ADVICE: Readonly<Record<Risk, Message>> = {
  high: 'NK1 antagonist, 5-HT3 antagonist, dexamethasone and olanzapine',
  moderate: '5-HT3 antagonist and dexamethasone',
  low: 'one drug: dexamethasone, a 5-HT3 or a dopamine antagonist',
  minimal: 'no routine prophylaxis',
};
const CARBOPLATIN: Message = '5-HT3 antagonist, dexamethasone and an NK1 antagonist (carboplatin AUC 4 or more)';
const BY_MOUTH: Message = 'taken by mouth: a 5-HT3 antagonist before the dose where needed';

/** Steroids blunt them: no prophylaxis with dexamethasone is advised beside them. */
const NO_STEROID = ['CAR-T', 'T-cell-engager', 'cytokine', 'EBV-T-cell-therapy', 'lifileucel'];
/** Doses are those of adults. */
const ADULT = 18;

export function vomitingOf(
  regimen: Regimen,
  index: CorpusIndex,
  age: number | undefined,
  lang: Lang,
): Care['vomiting'] {
  const drugs = cancerDrugsOf(regimen, index);
  const risk = riskOf(drugs, index);
  if (risk === undefined) return null;
  const advisable =
    (age === undefined || age >= ADULT) && !drugs.some((drug) => risk !== 'minimal' && drugIs(drug, NO_STEROID, index));
  return { risk, advice: advisable ? translate(lang, adviceFor(risk, regimen, index)) : null };
}

/** Undefined where a drug's risk is not known and it could be the highest. */
function riskOf(drugs: readonly string[], index: CorpusIndex): Risk | undefined {
  const has = (asked: string) => drugs.some((drug) => drugIs(drug, [asked], index));
  if (has('anthracycline') && has('cyclophosphamide')) return 'high';
  const risks = drugs.map((drug) => index.drug(drug)?.emetogenic);
  if (risks.includes('high')) return 'high';
  if (risks.includes(undefined)) return undefined;
  return RISING.findLast((risk) => risks.includes(risk));
}

function adviceFor(risk: Risk, { components }: Regimen, index: CorpusIndex): Message {
  if (risk === 'minimal') return ADVICE.minimal;
  if (risk === 'moderate' && components.some(isCarboplatin)) return CARBOPLATIN;
  const driving = components.filter(({ drug }) => index.drug(drug)?.emetogenic === risk);
  return driving.length > 0 && driving.every(({ route }) => route === 'po') ? BY_MOUTH : ADVICE[risk];
}

const isCarboplatin = ({ drug, unit, dose }: Regimen['components'][number]): boolean =>
  drug === 'carboplatin' && unit === 'AUC' && dose !== undefined && dose >= 4;
