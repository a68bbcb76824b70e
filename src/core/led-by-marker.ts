// "My patient has KRAS G12C; which drugs are there?" Where the setting cannot be told, or nothing is said of earlier treatment, the
// options that rest on what the tumour is known to carry are shown for every setting that fits. They are provisional: each waits for
// its setting, so none of them can be recommended, and they stand after those whose setting is known.
import type { Decision, Setting } from '../domain/corpus/indication.js';
import { unknown } from '../domain/fact.js';
import type { CancerCase, Course } from '../domain/patient.js';
import { type Candidate, gatherCandidates, type Local } from './candidates.js';
import type { ChosenCase } from './choose-case.js';
import type { CorpusIndex } from './corpus-index.js';
import { verdictOf } from './criteria/state.js';
import type { Context, Trace } from './criteria/trace.js';
import { say } from './criteria/words.js';
import { agnosticIfAdvanced, type OpenDecision, openDecisions, optionsAsked } from './indications.js';
import { translate } from './language/translate.js';
import { restsOnFinding } from './rests-on-finding.js';

export interface Led {
  /** Settings of the cancer that may be the patient's. */
  readonly settings: readonly Setting[];
  readonly decisions: readonly Decision[];
  readonly candidates: readonly Candidate[];
}

/** The options that rest on a finding of the tumour, in every setting that is met or cannot be told. */
export function ledByMarker(chosen: ChosenCase, { patient, cancerCase, index }: Context, local: Local): Led {
  const context: Context = { patient, cancerCase, index };
  const settings = chosen.folder.profile.settings.filter(
    ({ criteria }) => verdictOf(criteria, context).state !== 'not-met',
  );
  const open = [
    ...settings.flatMap(({ id }) => openDecisions(chosen, id, context)),
    ...agnosticIfAdvanced(chosen, context),
  ];
  const once = open
    .filter(({ decision }, i) => open.findIndex((other) => other.decision === decision) === i)
    .map((asked) => waitingForSetting(asked, settings, index));
  const options = optionsAsked(chosen, once, context).map(({ regimen, indications }) => ({
    regimen,
    indications: indications.filter(({ indication }) => restsOnFinding(indication.criteria, context)),
  }));
  const { candidates } = gatherCandidates(options, once, context, local);
  const asked = new Set(candidates.map(({ decision }) => decision));
  return { settings, decisions: once.flatMap(({ decision }) => (asked.has(decision) ? [decision] : [])), candidates };
}

export function waitingForSetting(
  asked: OpenDecision,
  settings: readonly Setting[],
  { lang }: CorpusIndex,
): OpenDecision {
  const own = settings.filter(({ id }) => asked.decision.settings.includes(id));
  // A question of a tumour-agnostic folder stands in that folder's own setting, which is met.
  if (own.length === 0) return asked;
  const waits: Trace = {
    criterion: { op: 'value', name: 'setting', is: own.map(({ id }) => id) },
    text: translate(lang, 'the setting is: {names}', { names: own.map(({ name }) => say(name, lang)).join('; ') }),
    state: 'unknown',
    parts: [],
    asks: {
      item: translate(lang, 'stage and earlier treatment'),
      why: translate(lang, 'not told, and so the setting is open'),
    },
  };
  return { decision: asked.decision, state: 'unknown', firm: false, waits };
}

/** Derived facts (corpus/vocabulary/facts.yaml) that do not come from treatment: they stand by themselves. */
const NOT_BY_TREATMENT: readonly string[] = ['metastatic', 'months-since-diagnosis'];

/** A course of which nothing is known, not even that it was given: it leaves every question about treatment open. */
const UNTOLD: Course = {
  modality: 'systemic',
  drugs: [],
  intent: 'unknown',
  line: null,
  outcome: 'unknown',
  sources: [],
};

/** The same case when nothing is known of its treatment: what its events told is not known either. */
export function treatmentUntold(cancerCase: CancerCase, index: CorpusIndex): CancerCase {
  const told = Object.entries(cancerCase.values).filter(
    ([name, fact]) =>
      !(fact.known && fact.source.kind === 'derived' && index.fact(name)?.derived) || NOT_BY_TREATMENT.includes(name),
  );
  return { ...cancerCase, courses: [UNTOLD], values: { line: unknown('not-recorded'), ...Object.fromEntries(told) } };
}
