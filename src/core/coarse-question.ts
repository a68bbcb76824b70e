// "Recurrent cervical cancer", "pancreatic cancer, ECOG 3": so little is told that the setting stays open. Instead of silence the options of each
// setting that may be are shown. All are provisional: each waits for its setting, so none can be recommended, and what is missing is asked.
import type { Setting } from '../domain/corpus/indication.js';
import { derived, type Fact } from '../domain/fact.js';
import type { CancerCase, Value } from '../domain/patient.js';
import { type Candidate, gatherCandidates, type Local } from './candidates.js';
import type { ChosenCase } from './choose-case.js';
import { verdictsIn } from './criteria/state.js';
import type { Context } from './criteria/trace.js';
import { openDecisions, optionsAsked } from './indications.js';
import { type Led, treatmentUntold, waitingForSetting } from './led-by-marker.js';
import { deriveSetting } from './setting.js';

/** More settings than these are no answer: then only what is missing is asked. */
const MOST_SETTINGS = 4;

/** The options of the settings that may be; undefined where more is told than a coarse question tells, or too little. */
export function coarseAnswer(chosen: ChosenCase, context: Context, local: Local): Led | undefined {
  if (chosen.uncovered !== undefined) return undefined;
  const relapsed = isRelapseAlone(context);
  if (!relapsed && context.patient.treatmentUntold !== true) return undefined;
  const stands = relapsed ? relapses(chosen, context) : [{ context, settings: mayBe(chosen, context) }];
  const settings = [...new Set(stands.flatMap((stand) => stand.settings))];
  if (settings.length === 0 || settings.length > MOST_SETTINGS) return undefined;
  const parts = stands.map((stand) => optionsIn(stand, settings, chosen, local));
  return {
    settings,
    decisions: [...new Set(parts.flatMap(({ decisions }) => decisions))],
    candidates: firstOfEach(parts.flatMap(({ candidates }) => candidates)),
  };
}

/** A relapse is told, and neither where it is nor how the tumour was treated before. */
export function isRelapseAlone({ cancerCase }: Context): boolean {
  const told = cancerCase.values['relapse-alone'];
  return told?.known === true && told.value === 'yes';
}

/**
 * "Recurrent breast cancer" is no "after the operation, adjuvant treatment to decide", though nothing on record contradicts it: a setting in which
 * the tumour would stand neither with a local nor with a distant relapse.
 */
export function isNoneOfRelapse(setting: Setting, chosen: ChosenCase, context: Context): boolean {
  if (!isRelapseAlone(context)) return false;
  const stands = relapses(chosen, context);
  return stands.length > 0 && !stands.some(({ settings }) => settings.includes(setting));
}

interface Stand {
  readonly context: Context;
  readonly settings: readonly Setting[];
}

function mayBe({ folder }: ChosenCase, context: Context): readonly Setting[] {
  const ask = verdictsIn(context);
  return folder.profile.settings.filter(({ criteria }) => ask(criteria).state !== 'not-met');
}

/** What came back did so at its place or elsewhere, and nothing was given for it yet; what was given before is not known. */
function relapses(chosen: ChosenCase, { patient, cancerCase, index }: Context): readonly Stand[] {
  const before = cancerCase.courses.length === 0 ? treatmentUntold(cancerCase, index) : cancerCase;
  return (['distant', 'locoregional'] as const).flatMap((recurrence) => {
    const metastatic = recurrence === 'distant' ? 'yes' : 'no';
    const told = before.values.metastatic;
    if (told?.known === true && told.value !== metastatic) return [];
    const context: Context = { patient, index, cancerCase: withValues(before, { recurrence, metastatic, line: 1 }) };
    const setting = deriveSetting(chosen.folder.profile, context);
    return setting.kind === 'unknown' ? [] : [{ context, settings: [setting.setting] }];
  });
}

const withValues = (cancerCase: CancerCase, values: Readonly<Record<string, Value>>): CancerCase => ({
  ...cancerCase,
  values: {
    ...cancerCase.values,
    ...Object.fromEntries(
      Object.entries(values).map(([name, v]): [string, Fact<Value>] => [name, derived(v, RELAPSE)]),
    ),
  },
});
const RELAPSE = 'a relapse told alone, taken as such';

function optionsIn({ context, settings }: Stand, all: readonly Setting[], chosen: ChosenCase, local: Local): Led {
  const open = settings.flatMap(({ id }) => openDecisions(chosen, id, { ...context, setting: id }));
  const once = open
    .filter(({ decision }, i) => open.findIndex((other) => other.decision === decision) === i)
    .map((asked) => waitingForSetting(asked, all, context.index));
  const only = settings.length === 1 ? settings[0]?.id : undefined;
  const inSetting = only === undefined ? context : { ...context, setting: only };
  const { candidates } = gatherCandidates(optionsAsked(chosen, once, inSetting), once, inSetting, local);
  const asked = new Set(candidates.map(({ decision }) => decision));
  return { settings, decisions: once.flatMap(({ decision }) => (asked.has(decision) ? [decision] : [])), candidates };
}

/** An option of one decision once, as the first setting has it. */
function firstOfEach(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = `${candidate.decision.id} ${candidate.regimen.id}`;
    if (!seen.has(key)) seen.set(key, candidate);
  }
  return [...seen.values()];
}
