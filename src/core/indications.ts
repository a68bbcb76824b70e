// Which questions are open in a setting, and how every indication of the corpus answers to the patient: in, possibly in, or out with
// the reasons in words.
import type { CancerFolder } from '../domain/corpus/corpus.js';
import { atoms, type Criterion } from '../domain/corpus/criterion.js';
import type { Decision, Indication } from '../domain/corpus/indication.js';
import type { Regimen } from '../domain/corpus/regimen.js';
import type { Course } from '../domain/patient.js';
import { every, type Truth } from '../domain/truth.js';
import type { ChosenCase } from './choose-case.js';
import { isAgnostic } from './choose-case.js';
import type { CorpusIndex } from './corpus-index.js';
import { failures } from './criteria/conditions.js';
import { evaluate, openItems } from './criteria/evaluate.js';
import { openItemsOf } from './criteria/open-items.js';
import { type Verdict, verdictOf, verdictsIn } from './criteria/state.js';
import type { Context, OpenItem, Trace } from './criteria/trace.js';
import { usually } from './criteria/usually.js';
import { translate } from './language/translate.js';
import { deriveSetting } from './setting.js';

/** A question that is open: `when` is met or cannot be told. */
export interface OpenDecision {
  readonly decision: Decision;
  readonly state: Truth;
  readonly firm: boolean;
  /** What its options wait for besides, where the setting that poses it is itself open (led-by-marker.ts). */
  readonly waits?: Trace;
}

/** One indication held against the patient. `state` and `trace` cover the question's own condition and the indication's criteria. */
export class Judged {
  readonly decision: Decision;
  readonly indication: Indication;
  readonly regimen: Regimen;
  readonly state: Truth;
  /** No missing fact can move the state. */
  readonly firm: boolean;
  /** Outside its validity dates: the reason. */
  readonly expired: string | undefined;
  /** From a tumour-agnostic folder. */
  readonly agnostic: boolean;
  /** Shown for a finding of the tumour though the setting is open (led-by-marker.ts). */
  readonly waits: Trace | undefined;
  readonly #context: Context;

  constructor(asked: OpenDecision, { indication, agnostic }: AskedIndication, regimen: Regimen, context: Context) {
    const own = verdictOf(indication.criteria, context);
    this.decision = asked.decision;
    this.indication = indication;
    this.regimen = regimen;
    this.state = every([asked.state, own.state]);
    this.firm = asked.firm && own.firm;
    this.expired =
      stopInWords(indication.id, context.index) ?? outsideValidity(indication, context.patient.asOf, context.index);
    this.agnostic = agnostic;
    this.waits = asked.waits;
    this.#context = context;
  }

  /** Made when it is looked at: most indications do not fit, and of few of them anybody asks why. */
  get trace(): Trace {
    const { when } = this.decision;
    const own = both(when && evaluate(when, this.#context), evaluate(this.indication.criteria, this.#context));
    return this.waits === undefined ? own : joined(this.waits, own);
  }

  /** The missing facts that could move the state, of one that may hold. */
  get openItems(): readonly OpenItem[] {
    const { when } = this.decision;
    const own = openItemsOf(this.indication.criteria, this.#context);
    const asked = when === undefined ? own : [...openItemsOf(when, this.#context), ...own];
    return this.waits === undefined ? asked : [...openItems(this.waits), ...asked];
  }

  /** It would hold if nothing were there beyond what is recorded. */
  get usually(): boolean {
    const { when } = this.decision;
    return (when === undefined || usually(when, this.#context)) && usually(this.indication.criteria, this.#context);
  }
}

export function openDecisions(chosen: ChosenCase, setting: string, context: Context): readonly OpenDecision[] {
  const ask = verdictsIn(context);
  const open: OpenDecision[] = [];
  for (const decision of decisionsOf(chosen, setting, context)) {
    const { state, firm } = decision.when ? ask(decision.when) : ALWAYS;
    if (state !== 'not-met') open.push({ decision, state, firm });
  }
  return open.sort(
    (a, b) => doubt(a) - doubt(b) || a.decision.order - b.decision.order || (a.decision.id < b.decision.id ? -1 : 1),
  );
}

const ALWAYS: Verdict = { state: 'met', firm: true };

/** A question that may not arise at all comes after those that do. */
const doubt = ({ state }: OpenDecision): number => (state === 'unknown' ? 1 : 0);

/**
 * The cancer's own questions, and those of tumour-agnostic folders that it does not pose itself. Names of settings are a cancer's own:
 * a tumour-agnostic folder asks its questions where the patient stands in its own settings.
 */
function decisionsOf({ folder }: ChosenCase, setting: string, context: Context): readonly Decision[] {
  const own = folder.profile.decisions;
  const asked = own.filter((d) => d.settings.includes(setting));
  for (const other of agnosticFolders(context)) {
    const more = other === folder ? [] : other.profile.decisions.filter((d) => !own.some((o) => o.id === d.id));
    if (more.length === 0) continue;
    const there = deriveSetting(other.profile, context);
    if (there.kind === 'unknown' || there.state !== 'met') continue;
    asked.push(...more.filter((d) => d.settings.includes(there.setting.id)));
  }
  return asked;
}

/** Questions that tumour-agnostic folders join, where whether the disease is advanced cannot be told. */
export function agnosticIfAdvanced({ folder }: ChosenCase, context: Context): readonly OpenDecision[] {
  const ask = verdictsIn(context);
  return agnosticFolders(context)
    .filter((other) => other !== folder)
    .flatMap(({ profile }) => {
      const may = profile.settings.filter(({ criteria }) => ask(criteria).state === 'unknown').map(({ id }) => id);
      return profile.decisions.filter((d) => d.joins === true && d.settings.some((id) => may.includes(id)));
    })
    .map((decision) => ({ decision, state: 'unknown', firm: false }));
}

function agnosticFolders({ cancerCase, index }: Context) {
  return cancerCase.cancer.known ? index.foldersOf(cancerCase.cancer.value.oncotree).filter(isAgnostic) : [];
}

/** One regimen for one question, with every indication that speaks of it there. */
export interface AskedOption {
  readonly regimen: Regimen;
  readonly indications: readonly AskedIndication[];
}

export interface AskedIndication {
  /** Place of its question among the open ones. */
  readonly question: number;
  readonly indication: Indication;
  readonly agnostic: boolean;
}

/** The options of the open questions, own and tumour-agnostic, question by question. Kept: they depend on the questions only. */
export function optionsAsked(
  { folder }: ChosenCase,
  open: readonly OpenDecision[],
  context: Context,
): readonly AskedOption[] {
  const folders = [folder, ...agnosticFolders(context).filter((f) => f !== folder)];
  const kept = ASKED.get(context.index) ?? new Map<string, readonly AskedOption[]>();
  ASKED.set(context.index, kept);
  const key = `${folders.map(numberOf).join(' ')} | ${open.map(({ decision }) => numberOf(decision)).join(' ')}`;
  const options = kept.get(key) ?? gathered(folders, open, context.index);
  kept.set(key, options);
  return options;
}

const ASKED = new WeakMap<CorpusIndex, Map<string, readonly AskedOption[]>>();

const NUMBERS = new WeakMap<CancerFolder | Decision, number>();
let numbers = 0;

/** Folders and questions told apart by identity, as two folders may pose questions of one name. */
function numberOf(thing: CancerFolder | Decision): number {
  const number = NUMBERS.get(thing) ?? numbers++;
  NUMBERS.set(thing, number);
  return number;
}

function gathered(
  folders: readonly CancerFolder[],
  open: readonly OpenDecision[],
  index: CorpusIndex,
): readonly AskedOption[] {
  const [own] = folders;
  const options = new Map<string, { regimen: Regimen; indications: AskedIndication[] }>();
  for (const folder of folders)
    open.forEach(({ decision }, question) => {
      if (folder !== own && !answersTo(folder, decision)) return;
      for (const indication of folder.indications) {
        const regimen = indication.decision === decision.id ? index.regimen(indication.regimen) : undefined;
        if (regimen === undefined) continue;
        const key = `${decision.id} ${regimen.id}`;
        const option = options.get(key) ?? { regimen, indications: [] };
        option.indications.push({ question, indication, agnostic: isAgnostic(folder) });
        options.set(key, option);
      }
    });
  return [...options.values()];
}

/** A tumour-agnostic folder answers its own questions, and of a cancer's questions those that it joins. */
const answersTo = ({ profile }: CancerFolder, asked: Decision): boolean =>
  profile.decisions.some((own) => own === asked || (own.id === asked.id && own.joins === true));

/** The regimen as it would be given to the patient; undefined when it would go on with what is not being given. */
export const regimenFor = ({ regimen }: AskedOption, context: Context): Regimen | undefined =>
  regimen.id === CONTINUE ? continued(regimen, context) : regimen;

/** The question's own condition and the indication's criteria as one trace; the question's is evaluated once for all. */
function both(when: Trace | undefined, own: Trace): Trace {
  if (when === undefined) return own;
  const kept = BOTH.get(own);
  if (kept?.when === when) return kept.trace;
  const trace = joined(when, own);
  BOTH.set(own, { when, trace });
  return trace;
}

/** Traces are the same objects in all views that they hold in, and so are their pairs. */
const BOTH = new WeakMap<Trace, { readonly when: Trace; readonly trace: Trace }>();

function joined(when: Trace, own: Trace): Trace {
  const parts = [when, ...(own.criterion.op === 'all' ? own.parts : [own])];
  const criterion: Criterion = { op: 'all', parts: parts.map((part) => part.criterion) };
  return { criterion, text: own.text, parts, state: every([when.state, own.state]) };
}

/** Regimen id that stands for "go on with what is being given". */
const CONTINUE = 'continue-current';

const FILLED = new WeakMap<readonly Course[], { readonly regimen: Regimen; readonly filled: Regimen }>();

/** The regimen with the drugs of the courses going on, one object in all views; undefined when nothing is being given. */
function continued(regimen: Regimen, { cancerCase: { courses } }: Context): Regimen | undefined {
  const kept = FILLED.get(courses);
  if (kept?.regimen === regimen) return kept.filled;
  const ongoing = courses.filter((course) => course.outcome === 'ongoing');
  if (ongoing.length === 0) return undefined;
  const filled = filledWith(ongoing, regimen);
  FILLED.set(courses, { regimen, filled });
  return filled;
}

function filledWith(ongoing: readonly Course[], regimen: Regimen): Regimen {
  const drugs = [...new Set(ongoing.flatMap((course) => course.drugs))].sort();
  const what = drugs.length > 0 ? drugs.join(' + ') : ongoing.map((c) => c.procedure ?? c.modality).join(' + ');
  const { en, ...others } = regimen.name;
  const named = Object.fromEntries(Object.entries(others).map(([lang, text]) => [lang, `${text} (${what})`]));
  return {
    ...regimen,
    name: { ...named, en: `${en} (${what})` },
    modalities: [...new Set(ongoing.map((course) => course.modality))].sort(),
    components: drugs.map((drug) => ({ drug })),
  };
}

/** Why the kill switch takes it out; undefined when it does not. */
export function stopInWords(indication: string, { stops, lang }: CorpusIndex): string | undefined {
  const stop = stops?.find((s) => s.kind === 'indication' && s.id === indication);
  return (
    stop &&
    translate(lang, 'stopped on {date} by {by}: {why}', { date: stop.at.slice(0, 10), by: stop.by, why: stop.why })
  );
}

function outsideValidity({ validFrom, validTo }: Indication, asOf: string, { lang }: CorpusIndex): string | undefined {
  if (validFrom !== undefined && asOf < validFrom.slice(0, asOf.length))
    return translate(lang, 'holds only from {date}', { date: validFrom });
  if (validTo !== undefined && asOf > validTo)
    return translate(lang, 'no longer holds since {date}', { date: validTo });
  return undefined;
}

/** Why an indication does not fit, in words: what it needs or what excludes it, and what the record shows. */
export function reasonsAgainst(trace: Trace, index: CorpusIndex, expired?: string): readonly string[] {
  return [...(expired ? [expired] : []), ...failures(trace, index)];
}

/** True when the indication is for another setting, which is not worth a line in the list of rejected options. */
export const isForAnotherSetting = ({ state, trace }: Judged): boolean =>
  state === 'not-met' && fails(trace, (part) => part.criterion.op === 'value' && part.criterion.name === 'setting');

/** An option for any tumour whose target is not on record: not worth a line in every patient's list of rejected options. */
export const lacksItsTarget = ({ agnostic, trace }: Judged): boolean =>
  agnostic &&
  fails(
    trace,
    ({ criterion }) =>
      criterion.op !== 'all' &&
      atoms(criterion).every(
        (atom) => atom.op === 'biomarker' || TARGETS.includes(atom.op === 'value' ? atom.name : ''),
      ),
  );

/** Facts that tell of a target as its biomarker does. */
const TARGETS = ['tmb', 'her2-ihc'];

const fails = (trace: Trace, is: (part: Trace) => boolean): boolean =>
  trace.state === 'not-met' && (is(trace) || (trace.criterion.op === 'all' && trace.parts.some((p) => fails(p, is))));
