// One option as a block of text: what it is, why, what it gains and costs, what to watch, and on which evidence it stands.
import type { CriterionState, EvidenceItem, Option } from '../domain/recommendation.js';
import { prognosisInWords } from './prognosis-words.js';
import { labelled, wrap } from './text-layout.js';

export function optionLines(option: Option): readonly string[] {
  const { regimen, rank, provisional, preference, strength, rationale } = option;
  const standing = [strength.replace('-', ' '), preference, ...(provisional ? ['PROVISIONAL'] : [])].join(', ');
  return [
    '',
    ...wrap(`${rank}. ${regimen.name} [${regimen.id}]: ${standing}`, 2, 3),
    ...labelled('Why', [rationale, ...option.because].join(' ')),
    ...trialLines(option),
    ...benefitLines(option),
    ...option.safety.flatMap(({ verdict, message }) => labelled('Safety', `${verdict.toUpperCase()}: ${message}`)),
    ...(option.beforeFirstDose.length > 0
      ? labelled('Before 1st', `needed first: ${option.beforeFirstDose.join('; ')}`)
      : []),
    ...careLines(option),
    ...criteriaLines(option.band === 'recommended' ? option.criteria : option.criteria.filter(isOpen)),
    ...evidenceLines(option),
  ];
}

/** What is watched and which prophylaxis belongs to the drugs; how they work is left to the record. */
function careLines({ care }: Option): readonly string[] {
  if (care === undefined) return [];
  const { monitoring, vomiting, febrileNeutropenia } = care;
  const risks = [
    ...(vomiting === null ? [] : [`vomiting ${vomiting.risk}${suffix(vomiting.advice)}`]),
    ...(febrileNeutropenia === null
      ? []
      : [`febrile neutropenia ${febrileNeutropenia.risk}${suffix(febrileNeutropenia.advice)}`]),
  ];
  return [
    ...(monitoring.length > 0 ? labelled('Watch', monitoring.join('; ')) : []),
    ...(risks.length > 0 ? labelled('Risk of', risks.join('; ')) : []),
  ];
}

const suffix = (advice: string | null): string => (advice === null ? '' : ` (${advice})`);

/** An experiment is called one, with what only a person can check. */
function trialLines({ trial }: Option): readonly string[] {
  if (trial === undefined) return [];
  const { nct, phase, status, countries, updated, toCheck } = trial;
  return [
    ...labelled(
      'TRIAL',
      `${nct}, ${phase}, ${status}, ${countries.join(', ') || 'no sites named'}, as of ${updated ?? 'unknown'}`,
    ),
    ...toCheck.flatMap((line) => labelled('To check', line)),
  ];
}

/** A rejected option needs its reasons, not its numbers. */
export function notRecommendedLines(option: Option): readonly string[] {
  const { regimen, rationale, because } = option;
  return wrap(`- ${regimen.name} [${regimen.id}]: ${[...because, rationale].join(' ')}`, 4, 2);
}

function benefitLines(option: Option): readonly string[] {
  const { benefit, harm, certainty, utility } = option;
  const lines: string[] = [];
  if (benefit !== null) lines.push(...labelled('Benefit', benefitInWords(benefit, option.regimen.name)));
  if (option.prognosis !== undefined) lines.push(...labelled('Prognosis', prognosisInWords(option.prognosis)));
  if (harm.grade3Plus !== null)
    lines.push(...labelled('Harm', `grade >= 3 adverse events in ${percent(harm.grade3Plus)}`));
  if (certainty !== null) lines.push(...labelled('Certainty', certainty));
  if (utility !== null) {
    const parts = option.explanation.map(({ factor, effect }) => `${signed(effect)} (${factor})`).join(' ');
    lines.push(...labelled('Utility', `${utility.toFixed(3)} = ${parts}`));
  }
  return lines;
}

function benefitInWords(benefit: NonNullable<Option['benefit']>, regimen: string): string {
  const { outcome, comparator, horizonMonths, gainMonths, low, high, probabilityBest, survival } = benefit;
  const interval = low === null || high === null ? '' : ` (90 % interval ${low.toFixed(1)} to ${high.toFixed(1)})`;
  const gain =
    comparator === regimen
      ? 'the others are compared with this'
      : gainMonths === null
        ? 'gain not known'
        : `${gainMonths >= 0 ? '+' : ''}${gainMonths.toFixed(1)} months of ${outcome} within ${horizonMonths}${interval} against ${comparator}`;
  const at = (['12', '24', '60'] as const).flatMap((month) => {
    const proportion = survival[month];
    return proportion === null ? [] : [`${percent(proportion)} at ${month}`];
  });
  return [
    gain,
    ...(at.length > 0 ? [`${outcome} ${at.join(', ')} months`] : []),
    ...(probabilityBest === null ? [] : [`best of those compared with probability ${percent(probabilityBest)}`]),
  ].join('; ');
}

/** Of an option to consider, what is still open matters; the record holds the rest. */
const isOpen = ({ state }: CriterionState): boolean => state !== 'met';

const MARKS = { met: '+', unknown: '?', 'not-met': '-' } as const;

function criteriaLines(criteria: readonly CriterionState[]): readonly string[] {
  return criteria.flatMap(({ text, state, fact }, i) => {
    const words = `${MARKS[state]} ${text}${fact ? ` (${fact})` : state === 'unknown' ? ' (not known)' : ''}`;
    return labelled(i === 0 ? 'Criteria' : '', words);
  });
}

function evidenceLines({ evidence, says }: Option): readonly string[] {
  return [
    ...evidence.flatMap((item, i) => labelled(i === 0 ? 'Evidence' : '', evidenceInWords(item))),
    ...(says.length > 0 ? labelled('Said by', says.join('; ')) : []),
  ];
}

function evidenceInWords({ study, year, journal, pmid, nct, outcome, effect, verified }: EvidenceItem): string {
  const finding = [outcome, effect].filter(Boolean).join(' ');
  const ids = [pmid && `PMID ${pmid}`, nct].filter(Boolean).join(', ');
  return `${study}${finding ? `: ${finding}` : ''} (${journal.includes(String(year)) ? journal : `${journal} ${year}`}${ids ? `, ${ids}` : ''})${verified ? '' : ' [citation not verified]'}`;
}

const percent = (proportion: number): string => `${Math.round(proportion * 100)} %`;
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
