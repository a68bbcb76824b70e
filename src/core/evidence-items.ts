// The studies behind an option, each with the one current result that speaks to the question: the network's outcome, else the
// decision's, else whatever is published on this regimen.
import type { Study, StudyResult } from '../domain/corpus/study.js';
import type { Certainty } from '../domain/outcome.js';
import type { EvidenceItem } from '../domain/recommendation.js';
import type { CorpusIndex } from './corpus-index.js';
import { type Lang, translate } from './language/translate.js';

interface About {
  readonly regimen: string;
  /** Outcome names, the most telling first. */
  readonly outcomes: readonly string[];
  /** Certainty of the option's comparison and the studies it rests on. */
  readonly certainty: Certainty | null;
  readonly network: readonly string[];
  /** Population of each study's result that the option's numbers rest on; ITT where none is named. */
  readonly populations: ReadonlyMap<string, string>;
}

export function evidenceItems(ids: readonly string[], about: About, index: CorpusIndex): readonly EvidenceItem[] {
  return ids.flatMap((id) => {
    const study = index.study(id);
    return study ? evidenceItem(study, about, index.lang) : [];
  });
}

function evidenceItem(study: Study, about: About, lang: Lang): EvidenceItem {
  const result = tellingResult(study, about);
  const retracted = study.retracted ? `RETRACTED ${study.retracted.on}: ${study.retracted.why}` : undefined;
  return {
    study: study.name,
    year: result?.source?.year ?? study.year,
    journal: result?.source?.journal ?? study.journal,
    // Figures of a later publication carry its own identifier or none: never the first paper's.
    pmid: (result?.source ? result.source.pmid : study.pmid) ?? null,
    nct: study.nct ?? null,
    outcome: result?.outcome ?? null,
    effect: retracted ?? (result ? effectInWords(study, result, about, lang) : null),
    certainty: certaintyOf(study, about),
    verified: 'how' in study.verified,
  };
}

/** Single-arm data are of low certainty whatever they show (design, section 5); other studies have that of the comparison they feed. */
function certaintyOf(study: Study, { certainty, network }: About): Certainty | null {
  if (study.design === 'single-arm') return 'low';
  return network.includes(study.id) ? certainty : null;
}

function tellingResult(study: Study, { regimen, outcomes, populations }: About): StudyResult | undefined {
  const current = study.results.filter((result) => result.state === 'current');
  const place = (outcome: string) => (outcomes.includes(outcome) ? outcomes.indexOf(outcome) : outcomes.length);
  const worth = (result: StudyResult): readonly number[] => [
    holds(study, result, regimen) ? 0 : 1,
    place(result.outcome),
    result.effect ? 0 : 1,
    // The result behind the number shown, not that of a wider population beside it.
    result.population === (populations.get(study.id) ?? 'ITT') ? 0 : 1,
    result.population === 'ITT' ? 0 : 1,
  ];
  return current
    .map((result, i) => ({ result, key: [...worth(result), i] }))
    .sort((a, b) => {
      const first = a.key.findIndex((value, i) => value !== b.key[i]);
      return (a.key[first] ?? 0) - (b.key[first] ?? 0);
    })[0]?.result;
}

const holds = (study: Study, result: StudyResult, regimen: string): boolean =>
  result.arms.some((arm) => study.arms.find((a) => a.id === arm)?.regimen === regimen);

function effectInWords(study: Study, result: StudyResult, { regimen }: About, lang: Lang): string | null {
  const figures = comparison(result) ?? mediansInWords(result, lang) ?? milestoneInWords(result, lang);
  if (figures === undefined) return null;
  const [, comparator] = result.arms.map((id) => study.arms.find((arm) => arm.id === id));
  return [
    figures,
    ...(comparator
      ? [
          comparator.regimen === regimen
            ? translate(lang, 'as the comparator')
            : translate(lang, 'against {name}', { name: comparator.name }),
        ]
      : []),
    ...(result.population === 'ITT' ? [] : [translate(lang, 'in {population}', { population: result.population })]),
  ].join(', ');
}

function comparison({ effect }: StudyResult): string | undefined {
  if (!effect) return undefined;
  const { measure, value, low, high, level } = effect;
  const interval = low === undefined || high === undefined ? '' : ` (${printed(low)}-${printed(high)})`;
  return `${measure} ${printed(value)}${interval}${interval && level !== 0.95 ? ` [${Math.round(level * 1000) / 10} %]` : ''}`;
}

function mediansInWords({ medians, arms }: StudyResult, lang: Lang): string | undefined {
  const months = arms.flatMap((arm) => {
    const median = medians?.[arm];
    return median === undefined
      ? []
      : [median.months === null ? translate(lang, 'not reached') : String(median.months)];
  });
  return months.length === 0 ? undefined : translate(lang, 'median {months} months', { months: months.join(' vs ') });
}

function milestoneInWords({ milestones, arms }: StudyResult, lang: Lang): string | undefined {
  const rates = arms.flatMap((arm) => {
    const [milestone] = (milestones ?? []).filter((m) => m.arm === arm);
    return milestone === undefined ? [] : [milestone];
  });
  const [first] = rates;
  if (first === undefined) return undefined;
  const percents = rates.map((m) => `${Math.round(m.proportion * 1000) / 10} %`).join(' vs ');
  // A rate (of response) has no month; its name is the outcome, which stands before it.
  return first.months === 0
    ? percents
    : translate(lang, '{shares} at {months} months', { shares: percents, months: first.months });
}

/** Two decimals as journals print them, without inventing precision: 0.46, 0.5 stays 0.50. */
const printed = (value: number): string => (value < 10 ? value.toFixed(2) : String(value));
