// Everything there is to say about one regimen for one patient, shown or rejected: how the setting was found, and for each of its
// indications the question, the whole trace, the safety findings and the arithmetic.
import type { Indication } from '../domain/corpus/indication.js';
import type { Regimen } from '../domain/corpus/regimen.js';
import type { Score } from '../domain/outcome.js';
import type { Option, SafetyFinding } from '../domain/recommendation.js';
import type { Truth } from '../domain/truth.js';
import { ownFolders } from './choose-case.js';
import { evaluate } from './criteria/evaluate.js';
import type { Context, Trace } from './criteria/trace.js';
import { say } from './criteria/words.js';
import { type DecideOptions, decide } from './decide.js';
import { reasonsAgainst } from './indications.js';
import { sourceInWords } from './option.js';
import type { Prepared } from './prepare.js';
import { assessSafety } from './safety/assess.js';

/** A trace without machinery: what a page or a terminal prints. */
export interface TraceNode {
  readonly text: string;
  readonly state: Truth;
  readonly fact?: string;
  readonly source?: string;
  readonly unknown?: string;
  readonly parts: readonly TraceNode[];
}

export interface ExplainedIndication {
  readonly indication: string;
  readonly decision: string;
  readonly question: string;
  readonly strength: Indication['strength'];
  readonly rationale: string;
  /** "shown": an option of the record; "rejected": its criteria fail; "superseded": another indication speaks for it; "not asked". */
  readonly fate: 'shown' | 'rejected' | 'superseded' | 'not-asked';
  readonly reasons: readonly string[];
  readonly trace: TraceNode;
}

export interface Explanation {
  readonly case: string;
  readonly regimen: { readonly id: string; readonly name: string };
  readonly setting: { readonly id: string | null; readonly name: string; readonly tried: readonly TraceNode[] };
  readonly indications: readonly ExplainedIndication[];
  /** The record's options of this regimen, with benefit, safety, evidence and the parts of the utility. */
  readonly options: readonly Option[];
  /** What the safety rules say of the regimen, shown or not. */
  readonly safety: readonly SafetyFinding[];
  readonly notes: readonly string[];
}

/** Undefined when the corpus holds no regimen of that id. */
export function explain(
  prepared: Prepared,
  scores: readonly Score[],
  regimenId: string,
  options: DecideOptions,
): Explanation | undefined {
  const { index, answer, chosen, patient } = prepared;
  const regimen = index.regimen(regimenId);
  if (regimen === undefined) return undefined;
  const record = decide(prepared, scores, options);
  const shown = record.options.filter((option) => option.regimen.id === regimenId);
  const context: Context | undefined =
    answer.kind === 'view' ? answer.context : chosen && { patient, cancerCase: chosen.cancerCase, index };
  return {
    case: record.case,
    regimen: { id: regimen.id, name: say(regimen.name, prepared.options.lang) },
    setting: settingOf(prepared, context),
    indications: context ? indicationsOf(regimenId, shown, prepared, context) : [],
    options: shown,
    safety: context ? findingsOf(regimen, context, prepared) : [],
    notes: [...(record.reason ? [`${record.reason.code}: ${record.reason.message}`] : []), ...record.notes],
  };
}

const findingsOf = (regimen: Regimen, context: Context, { options: { lang } }: Prepared) =>
  assessSafety({ regimen, context, ...(lang && { language: lang }) }).findings;

/** The settings tried, up to the one that was taken. */
function settingOf({ answer, chosen }: Prepared, context: Context | undefined): Explanation['setting'] {
  const settings = chosen?.folder.profile.settings ?? [];
  const taken = answer.kind === 'view' ? answer.setting.setting : undefined;
  const last = taken ? settings.indexOf(taken) : settings.length - 1;
  const tried = context
    ? settings.slice(0, last + 1).map((s) => ({ ...nodeOfTrace(evaluate(s.criteria, context)), text: s.name.en }))
    : [];
  return { id: taken?.id ?? null, name: taken?.name.en ?? 'not derived', tried };
}

function indicationsOf(
  regimenId: string,
  shown: readonly Option[],
  { answer }: Prepared,
  context: Context,
): readonly ExplainedIndication[] {
  const { cancer } = context.cancerCase;
  const folders = cancer.known ? context.index.foldersOf(cancer.value.oncotree) : [];
  const own = cancer.known ? ownFolders(cancer.value.oncotree, context.index) : [];
  const decisions = [...own, ...folders].flatMap((f) => f.profile.decisions);
  return folders
    .flatMap((f) => f.indications)
    .filter((indication) => indication.regimen === regimenId)
    .map((indication) => {
      const decision = decisions.find((d) => d.id === indication.decision);
      const trace = evaluate(indication.criteria, context);
      const open = answer.kind === 'view' && answer.decisions.some((d) => d.id === indication.decision);
      const isShown = shown.some((option) => option.indication === indication.id);
      const failed = decision
        ? reasonsAgainst(trace, context.index)
        : [`the question "${indication.decision}" is not defined`];
      const fate = isShown ? 'shown' : !open ? 'not-asked' : trace.state === 'not-met' ? 'rejected' : 'superseded';
      const reasons = open ? failed : ['its question is not open in this setting', ...failed];
      return {
        indication: indication.id,
        decision: indication.decision,
        question: decision ? say(decision.question) : indication.decision,
        strength: indication.strength,
        rationale: say(indication.rationale),
        fate,
        reasons,
        trace: nodeOfTrace(trace),
      };
    });
}

export function nodeOfTrace({ text, state, fact, source, asks, parts }: Trace): TraceNode {
  return {
    text,
    state,
    ...(fact !== undefined && { fact }),
    ...(source && { source: sourceInWords(source) }),
    ...(state === 'unknown' && asks && { unknown: `${asks.item}: ${asks.why}` }),
    parts: parts.map(nodeOfTrace),
  };
}
