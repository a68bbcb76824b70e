// Laws of safety that every record keeps, whoever the patient is: what the gate counts breaches of over its cohort.
// Each law answers the options that break it, in words that name the regimen and never the patient.
import type { Band, Option, Recommendation } from '../../domain/recommendation.js';

export const RECORD_LAWS = [
  'contraindicated-above-not-recommended',
  'against-the-evidence-above-not-recommended',
  'unknown-recommended',
  'needs-data-recommended',
  'provisional-recommended',
  'rank-in-not-recommended',
  'ranks-not-consecutive',
  'number-out-of-range',
] as const;
export type RecordLaw = (typeof RECORD_LAWS)[number];

export interface Breach {
  readonly law: string;
  /** Regimen ids, and what is wrong with them. */
  readonly what: string;
}

export function recordBreaches({ options }: Pick<Recommendation, 'options'>): readonly Breach[] {
  const ranks = options.flatMap((o) => o.rank ?? []);
  const consecutive = ranks.every((rank, i) => rank === i + 1);
  return [
    ...options.flatMap(optionBreaches),
    ...(consecutive ? [] : [{ law: 'ranks-not-consecutive', what: ranks.join(' ') }]),
  ];
}

function optionBreaches(option: Option): readonly Breach[] {
  const { band, strength, provisional, rank, safety, criteria, regimen } = option;
  const breach = (law: RecordLaw, broken: boolean, why = ''): readonly Breach[] =>
    broken ? [{ law, what: `${regimen.id} is ${band}${why}` }] : [];
  const found = (verdict: string) => safety.filter((f) => f.verdict === verdict).map((f) => f.rule);
  const recommended = band === 'recommended';
  const barred = found('contraindicated');
  return [
    ...breach(
      'contraindicated-above-not-recommended',
      barred.length > 0 && band !== 'not-recommended',
      ` against ${barred.join(', ')}`,
    ),
    ...breach('against-the-evidence-above-not-recommended', strength.endsWith('against') && band !== 'not-recommended'),
    ...breach(
      'unknown-recommended',
      recommended && criteria.some((c) => c.state !== 'met'),
      ' with a criterion that is not met or not known',
    ),
    ...breach('needs-data-recommended', recommended && found('needs-data').length > 0),
    ...breach('provisional-recommended', recommended && provisional),
    ...breach('rank-in-not-recommended', (band === 'not-recommended') !== (rank === null)),
    ...breach('number-out-of-range', !numbersHold(option), ' with a number outside its range'),
  ];
}

function numbersHold({ benefit, harm, utility }: Option): boolean {
  const share = (x: number | null): boolean => x === null || (x >= 0 && x <= 1);
  const finite = (x: number | null): boolean => x === null || Number.isFinite(x);
  if (!share(harm.grade3Plus) || !finite(utility)) return false;
  if (benefit === null) return true;
  const { gainMonths, low, high, probabilityBest, survival } = benefit;
  const ordered = gainMonths === null || low === null || high === null || (low <= high && finite(gainMonths));
  return ordered && share(probabilityBest) && Object.values(survival).every(share);
}

const ORDER: readonly Band[] = ['recommended', 'consider', 'not-recommended'];

/** Options that stand higher in `changed` than in `whole`, by band: what a law of demotion forbids. */
export function raised(whole: Recommendation, changed: Recommendation, law: string): readonly Breach[] {
  return changed.options.flatMap((option) => {
    const before = whole.options.find(
      (o) => o.regimen.id === option.regimen.id && o.decision === option.decision && o.indication === option.indication,
    );
    if (before === undefined || ORDER.indexOf(option.band) >= ORDER.indexOf(before.band)) return [];
    return [{ law, what: `${option.regimen.id}: ${before.band} -> ${option.band}` }];
  });
}

/**
 * Unknown never clears: a rule that barred an option and asks when its fact is unknown must still speak once a fact is forgotten.
 * `asks` tells whether a rule speaks when its fact is unknown.
 */
export function clearedByForgetting(
  whole: Recommendation,
  forgetful: Recommendation,
  fact: string,
  asks: (rule: string) => boolean,
): readonly Breach[] {
  if (whole.patient.setting !== forgetful.patient.setting) return [];
  return whole.options.flatMap((before) => {
    const rules = before.safety.filter((f) => f.verdict === 'contraindicated' && asks(f.rule)).map((f) => f.rule);
    const after = forgetful.options.find((o) => o.regimen.id === before.regimen.id && o.decision === before.decision);
    if (rules.length === 0 || after === undefined) return [];
    const silent = rules.filter((rule) => !after.safety.some((f) => f.rule === rule));
    const open = after.band !== 'recommended' || after.beforeFirstDose.length > 0;
    return silent.length === 0 || open
      ? []
      : [{ law: 'unknown-clears', what: `${after.regimen.id} without ${fact}: ${silent.join(', ')} falls silent` }];
  });
}
