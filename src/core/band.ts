// The band of an option, by what is known and what the evidence says; no score enters here.
//
//   not recommended   contraindicated, evidence against, or left out by the local protocol
//   consider          provisional (a fact that decides is unknown), or the evidence is weak or retracted, or it is of historical interest
//   recommended       everything else: criteria met, strong evidence for it, nothing decisive unknown, no contraindication
import type { Band } from '../domain/recommendation.js';
import type { Candidate } from './candidates.js';
import { type Lang, translate } from './language/translate.js';
import type { SafetyAssessment } from './safety/assess.js';

export interface Standing {
  readonly band: Band;
  readonly provisional: boolean;
  /** A fact that decides on this very option is unknown. */
  readonly open: boolean;
}

export function standingOf(
  candidate: Candidate,
  settingCertain: boolean,
  safety: SafetyAssessment = candidate.safety,
): Standing {
  const open = isOpen(candidate, safety);
  if (isAgainst(candidate, safety)) return { band: 'not-recommended', provisional: false, open };
  if (open || !settingCertain) return { band: 'consider', provisional: true, open };
  return { band: isWeaker(candidate) ? 'consider' : 'recommended', provisional: false, open };
}

const isAgainst = ({ indication, restricted }: Candidate, { verdicts }: SafetyAssessment): boolean =>
  restricted !== undefined || indication.strength.endsWith('against') || verdicts.includes('contraindicated');

/** An unknown criterion that names no item is still unknown. */
const isOpen = ({ asks, state }: Candidate, { verdicts, needsData }: SafetyAssessment): boolean =>
  state === 'unknown' || needsData.length > 0 || verdicts.includes('needs-data') || asks.length > 0;

const isWeaker = ({ indication, retracted }: Candidate): boolean =>
  indication.strength === 'weak-for' || indication.preference === 'historical' || retracted !== undefined;

/** Why the option stands where it stands, in words. */
export function becauseOf(candidate: Candidate, settingCertain: boolean, lang: Lang): readonly string[] {
  const { safety } = candidate;
  const against = reasonsNot(candidate, safety, lang);
  const own = openReasons(candidate, safety, lang);
  const reasons = settingCertain
    ? own
    : [...own, translate(lang, 'The decision setting itself depends on what is not known.')];
  if (against.length > 0 || reasons.length > 0) return [...against, ...reasons, ...candidate.because];
  const preferred = candidate.preferred ? [candidate.preferred] : [];
  return [...reasonsWeaker(candidate, lang), ...preferred, ...candidate.because];
}

function reasonsNot({ indication, restricted }: Candidate, safety: SafetyAssessment, lang: Lang): string[] {
  return [
    ...safety.findings
      .filter((f) => f.verdict === 'contraindicated')
      .map((f) => translate(lang, 'Contraindicated: {what}', { what: f.message })),
    ...(indication.strength.endsWith('against')
      ? [translate(lang, 'The evidence is against it ({strength}).', { strength: indication.strength })]
      : []),
    ...(restricted ? [restricted] : []),
  ];
}

function openReasons({ asks, state }: Candidate, safety: SafetyAssessment, lang: Lang): string[] {
  const items = [...new Set(asks.map((ask) => ask.item))].sort();
  const unsafe = safety.verdicts.includes('needs-data') && safety.needsData.length === 0;
  return [
    ...(items.length > 0
      ? [translate(lang, 'Depends on what is not known: {items}.', { items: items.join('; ') })]
      : []),
    // An unknown criterion that names no item is still unknown.
    ...(items.length === 0 && state === 'unknown' ? [translate(lang, 'Depends on what is not known.')] : []),
    ...(safety.needsData.length > 0
      ? [translate(lang, 'Its safety needs: {items}.', { items: [...safety.needsData].sort().join('; ') })]
      : []),
    ...(unsafe ? [translate(lang, 'Its safety cannot be judged from what is recorded.')] : []),
  ];
}

function reasonsWeaker({ indication, retracted }: Candidate, lang: Lang): string[] {
  return [
    ...(retracted
      ? [translate(lang, 'Every study that it rested on is retracted: {studies}.', { studies: retracted.join('; ') })]
      : []),
    ...(indication.strength === 'weak-for'
      ? [translate(lang, 'The evidence for it is weaker than for a recommendation.')]
      : []),
    ...(indication.preference === 'historical'
      ? [translate(lang, 'Kept for where newer options are unavailable.')]
      : []),
  ];
}
