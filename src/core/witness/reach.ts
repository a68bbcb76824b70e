// Can an indication be reached at all, and does a plain patient of a setting get an answer? Proved by making up a patient for whom the
// engine itself says so: its setting is derived, the question is open, the criteria are met.
import type { CancerFolder } from '../../domain/corpus/corpus.js';
import type { Criterion } from '../../domain/corpus/criterion.js';
import type { Decision, Indication, Setting } from '../../domain/corpus/indication.js';
import type { Patient } from '../../domain/patient.js';
import { type CorpusIndex, ROOT } from '../corpus-index.js';
import { evaluate } from '../criteria/evaluate.js';
import type { Context } from '../criteria/trace.js';
import { deriveSetting } from '../setting.js';
import { type Claims, NOTHING } from './claims.js';
import { madeUp } from './made-up.js';
import { type Goal, ways } from './ways.js';

/** Ways tried from one beginning before the next. */
const TRIES = 12;
/** Different beginnings of the search: all combinations of the first choices. */
const TURNS = 32;

export interface Witness {
  readonly patient: Patient;
  readonly setting: Setting;
}

/** A patient for whom the indication holds in one of the settings of its question; undefined when none was found. */
export function reaches(
  folder: CancerFolder,
  decision: Decision,
  indication: Indication,
  index: CorpusIndex,
): Witness | undefined {
  const named = settingsNamed(indication.criteria);
  for (const setting of folder.profile.settings) {
    if (!decision.settings.includes(setting.id) || (named.length > 0 && !named.includes(setting.id))) continue;
    const more = [...(decision.when ? [decision.when] : []), indication.criteria];
    const found = inSetting(folder, setting, more, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Settings that a criterion asks for; an indication that asks for some is not looked for in others. */
function settingsNamed(criterion: Criterion): readonly string[] {
  switch (criterion.op) {
    case 'all':
    case 'any':
      return criterion.parts.flatMap(settingsNamed);
    case 'value':
      return criterion.name === 'setting' ? (criterion.is ?? []) : [];
    default:
      return [];
  }
}

/** A patient of whom nothing is known but what puts them into the setting. */
export const plainPatient = (folder: CancerFolder, setting: Setting, index: CorpusIndex): Witness | undefined =>
  inSetting(folder, setting, [QUIET], index) ?? inSetting(folder, setting, [], index);

/** Where the setting allows it, a plain patient's disease is not growing. */
const QUIET: Criterion = { op: 'value', name: 'progressing', is: ['no'] };

/** Settings before it are tried first by the engine, so each that gets in the way is made to fail. */
function inSetting(
  folder: CancerFolder,
  setting: Setting,
  more: readonly Criterion[],
  index: CorpusIndex,
): Witness | undefined {
  const codes = codesOf(folder, index);
  const blocked: Setting[] = [];
  let uncertain: Witness | undefined;
  for (let round = 0; round <= folder.profile.settings.length; round++) {
    const goals: Goal[] = [
      ...[setting.criteria, ...more].map((criterion) => ({ criterion, wanted: true })),
      ...blocked.map(({ criteria }) => ({ criterion: criteria, wanted: false })),
    ];
    let inTheWay: Setting | undefined;
    for (const claims of sample(goals, codes, index)) {
      const context = contextOf(claims, codes, index);
      if (context === undefined) continue;
      const { patient } = context;
      const derived = deriveSetting(folder.profile, context);
      if (derived.kind !== 'derived') continue;
      if (derived.setting.id !== setting.id) {
        inTheWay ??= derived.setting;
        continue;
      }
      const there: Context = { ...context, setting: setting.id };
      if (more.some((criterion) => evaluate(criterion, there).state !== 'met')) continue;
      if (derived.certain) return { patient, setting };
      uncertain ??= { patient, setting };
      inTheWay ??= derived.alternatives.find((other) => !blocked.includes(other));
      if (inTheWay !== undefined) break;
    }
    if (inTheWay === undefined || blocked.includes(inTheWay)) return uncertain;
    blocked.push(inTheWay);
  }
  return uncertain;
}

function contextOf(claims: Claims, codes: readonly string[], index: CorpusIndex): Context | undefined {
  const patient = madeUp(claims, codes, index);
  const [cancerCase] = patient?.cases ?? [];
  return patient === undefined || cancerCase === undefined ? undefined : { patient, cancerCase, index };
}

function* sample(goals: readonly Goal[], codes: readonly string[], index: CorpusIndex): Generator<Claims> {
  const isShown = (claims: Claims): boolean => {
    const context = claims.denied.length === 0 ? undefined : contextOf(claims, codes, index);
    return context !== undefined && claims.denied.some((criterion) => evaluate(criterion, context).state === 'met');
  };
  for (let turn = 0; turn < TURNS; turn++) {
    let tries = 0;
    for (const claims of ways(goals, NOTHING, index, turn, isShown)) {
      yield claims;
      if (++tries >= TRIES) break;
    }
    // All ways there are have been seen.
    if (tries < TRIES) return;
  }
}

/** Codes for which this folder answers: its own, or, of the tumour-agnostic one, those that no other folder covers. */
function codesOf(folder: CancerFolder, index: CorpusIndex): readonly string[] {
  const own = folder.profile.oncotree;
  if (!own.includes(ROOT)) return own;
  return index.corpus.vocabulary.cancers.map((c) => c.oncotree).filter((code) => index.foldersOf(code)[0] === folder);
}
