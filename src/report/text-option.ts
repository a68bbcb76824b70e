// One option as a block of text: what it is, why, what it gains and costs, what to watch, and on which evidence it stands.
import type { CriterionState, EvidenceItem, Option } from '../domain/recommendation.js';
import { prognosisInWords } from './prognosis-words.js';
import { labelled, wrap } from './text-layout.js';
import { type Say, sayWord } from './words.js';

export function optionLines(option: Option, say: Say): readonly string[] {
  const { regimen, rank, provisional, preference, strength, rationale } = option;
  const standing = [
    sayWord(say, strength),
    sayWord(say, preference),
    ...(provisional ? [say('PROVISIONAL')] : []),
  ].join(', ');
  return [
    '',
    ...wrap(`${rank}. ${regimen.name} [${regimen.id}]: ${standing}`, 2, 3),
    ...labelled(say('Why'), [rationale, ...option.because].join(' ')),
    ...trialLines(option, say),
    ...benefitLines(option, say),
    ...option.safety.flatMap(({ verdict, message }) =>
      labelled(say('Safety'), `${sayWord(say, verdict).toUpperCase()}: ${message}`),
    ),
    ...(option.beforeFirstDose.length > 0
      ? labelled(say('Before 1st'), say('needed first: {items}', { items: option.beforeFirstDose.join('; ') }))
      : []),
    ...careLines(option, say),
    ...criteriaLines(option.band === 'recommended' ? option.criteria : option.criteria.filter(isOpen), say),
    ...evidenceLines(option, say),
  ];
}

/** What is watched and which prophylaxis belongs to the drugs; how they work is left to the record. */
function careLines({ care }: Option, say: Say): readonly string[] {
  if (care === undefined) return [];
  const { monitoring, vomiting, febrileNeutropenia } = care;
  const risks = [
    ...(vomiting === null
      ? []
      : [`${say('vomiting {risk}', { risk: sayWord(say, vomiting.risk) })}${suffix(vomiting.advice)}`]),
    ...(febrileNeutropenia === null
      ? []
      : [
          `${say('febrile neutropenia {risk}', { risk: sayWord(say, febrileNeutropenia.risk) })}${suffix(febrileNeutropenia.advice)}`,
        ]),
  ];
  return [
    ...(monitoring.length > 0 ? labelled(say('Watch'), monitoring.join('; ')) : []),
    ...(risks.length > 0 ? labelled(say('Risk of'), risks.join('; ')) : []),
  ];
}

const suffix = (advice: string | null): string => (advice === null ? '' : ` (${advice})`);

/** An experiment is called one, with what only a person can check. */
function trialLines({ trial }: Option, say: Say): readonly string[] {
  if (trial === undefined) return [];
  const { nct, phase, status, countries, updated, toCheck } = trial;
  return [
    ...labelled(
      say('TRIAL'),
      `${nct}, ${phase}, ${status}, ${countries.join(', ') || say('no sites named')}, ${say('as of {date}', { date: updated ?? say('unknown') })}`,
    ),
    ...toCheck.flatMap((line) => labelled(say('To check'), line)),
  ];
}

/** A rejected option needs its reasons, not its numbers. */
export function notRecommendedLines(option: Option): readonly string[] {
  const { regimen, rationale, because } = option;
  return wrap(`- ${regimen.name} [${regimen.id}]: ${[...because, rationale].join(' ')}`, 4, 2);
}

function benefitLines(option: Option, say: Say): readonly string[] {
  const { benefit, harm, certainty, utility } = option;
  const lines: string[] = [];
  if (benefit !== null) lines.push(...labelled(say('Benefit'), benefitInWords(benefit, option.regimen.name, say)));
  if (option.prognosis !== undefined) lines.push(...labelled(say('Prognosis'), prognosisInWords(option.prognosis)));
  if (harm.grade3Plus !== null)
    lines.push(
      ...labelled(say('Harm'), say('grade >= 3 adverse events in {share}', { share: percent(harm.grade3Plus) })),
    );
  if (certainty !== null) lines.push(...labelled(say('Certainty'), sayWord(say, certainty)));
  if (utility !== null) {
    const parts = option.explanation.map(({ factor, effect }) => `${signed(effect)} (${factor})`).join(' ');
    lines.push(...labelled(say('Utility'), `${utility.toFixed(3)} = ${parts}`));
  }
  return lines;
}

function benefitInWords(benefit: NonNullable<Option['benefit']>, regimen: string, say: Say): string {
  const { outcome, comparator, horizonMonths, gainMonths, low, high, probabilityBest, survival } = benefit;
  const interval =
    low === null || high === null
      ? ''
      : say(' (90 % interval {low} to {high})', { low: low.toFixed(1), high: high.toFixed(1) });
  const gain =
    comparator === regimen
      ? say('the others are compared with this')
      : gainMonths === null
        ? say('gain not known')
        : say('{gain} months of {outcome} within {horizon}{interval} against {comparator}', {
            gain: `${gainMonths >= 0 ? '+' : ''}${gainMonths.toFixed(1)}`,
            outcome,
            horizon: horizonMonths,
            interval,
            comparator,
          });
  const at = (['12', '24', '60'] as const).flatMap((month) => {
    const proportion = survival[month];
    return proportion === null ? [] : [say('{share} at {months}', { share: percent(proportion), months: month })];
  });
  return [
    gain,
    ...(at.length > 0 ? [say('{outcome} {shares} months', { outcome, shares: at.join(', ') })] : []),
    ...(probabilityBest === null
      ? []
      : [say('best of those compared with probability {share}', { share: percent(probabilityBest) })]),
  ].join('; ');
}

/** Of an option to consider, what is still open matters; the record holds the rest. */
const isOpen = ({ state }: CriterionState): boolean => state !== 'met';

const MARKS = { met: '+', unknown: '?', 'not-met': '-' } as const;

function criteriaLines(criteria: readonly CriterionState[], say: Say): readonly string[] {
  return criteria.flatMap(({ text, state, fact }, i) => {
    const words = `${MARKS[state]} ${text}${fact ? ` (${fact})` : state === 'unknown' ? ` (${say('not known')})` : ''}`;
    return labelled(i === 0 ? say('Criteria') : '', words);
  });
}

function evidenceLines({ evidence, says }: Option, say: Say): readonly string[] {
  return [
    ...evidence.flatMap((item, i) => labelled(i === 0 ? say('Evidence') : '', evidenceInWords(item, say))),
    ...(says.length > 0 ? labelled(say('Said by'), says.join('; ')) : []),
  ];
}

function evidenceInWords(
  { study, year, journal, pmid, nct, outcome, effect, verified }: EvidenceItem,
  say: Say,
): string {
  const finding = [outcome, effect].filter(Boolean).join(' ');
  const ids = [pmid && `PMID ${pmid}`, nct].filter(Boolean).join(', ');
  return `${study}${finding ? `: ${finding}` : ''} (${journal.includes(String(year)) ? journal : `${journal} ${year}`}${ids ? `, ${ids}` : ''})${verified ? '' : ` [${say('citation not verified')}]`}`;
}

const percent = (proportion: number): string => `${Math.round(proportion * 100)} %`;
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
