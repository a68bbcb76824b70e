// The options that stand for discussion: of several indications of one regimen for one question, the one that counts; what the
// safety rules find; what a local protocol says. Nothing is ordered here.

import type { Decision, Indication } from '../domain/corpus/indication.js';
import type { Protocol } from '../domain/corpus/protocol.js';
import type { Regimen } from '../domain/corpus/regimen.js';
import type { Truth } from '../domain/truth.js';
import type { CorpusIndex } from './corpus-index.js';
import { verdictsIn } from './criteria/state.js';
import type { Context, OpenItem, Trace } from './criteria/trace.js';
import { say } from './criteria/words.js';
import {
  type AskedIndication,
  type AskedOption,
  isForAnotherSetting,
  Judged,
  lacksItsTarget,
  type OpenDecision,
  reasonsAgainst,
  regimenFor,
} from './indications.js';
import { translate } from './language/translate.js';
import { type LocalVerdict, localVerdict } from './local-protocol.js';
import { once } from './once.js';
import { restsOnFinding } from './rests-on-finding.js';
import { assessSafety, type SafetyAssessment } from './safety/assess.js';

/** What a place adds to the corpus: its protocol, and the language of the answer. */
export interface Local {
  readonly protocol?: Protocol | undefined;
  readonly lang?: 'en' | 'ru' | 'kk' | undefined;
}

/** An option that may be given, as far as its criteria say. What is costly is made when it is looked at: cohorts look at little of it. */
export class Candidate {
  readonly decision: Decision;
  readonly indication: Indication;
  readonly regimen: Regimen;
  readonly state: Truth;
  /** Reason of the local protocol to leave it out, or to prefer it. */
  readonly restricted: string | undefined;
  readonly preferred: string | undefined;
  readonly #of: Of;
  #safety: SafetyAssessment | undefined;
  #items: readonly OpenItem[] | undefined;
  #asks: readonly OpenItem[] | undefined;
  #assumed: readonly OpenItem[] | undefined;

  constructor(of: Of, { restricted, preferred }: LocalVerdict, safety?: SafetyAssessment) {
    this.decision = of.chosen.decision;
    this.indication = of.chosen.indication;
    this.regimen = of.chosen.regimen;
    this.state = of.chosen.state;
    this.restricted = restricted;
    this.preferred = preferred;
    this.#of = of;
    this.#safety = safety;
  }

  get trace(): Trace {
    return this.#of.chosen.trace;
  }

  get safety(): SafetyAssessment {
    const { chosen, context, lang } = this.#of;
    this.#safety ??= assessSafety({ regimen: chosen.regimen, context, ...(lang && { language: lang }) });
    return this.#safety;
  }

  /** Facts that keep its eligibility open. */
  get asks(): readonly OpenItem[] {
    this.#asks ??= [
      ...this.items.filter((i) => !i.assumed),
      ...this.#of.doubts
        .filter((j) => j.indication.strength === 'strong-against')
        .flatMap((j) => j.openItems.filter((i) => !i.assumed)),
    ];
    return this.#asks;
  }

  /** Facts that an `unless` went on without. */
  get assumed(): readonly OpenItem[] {
    this.#assumed ??= [
      ...this.items.filter((i) => i.assumed),
      ...this.#of.doubts.flatMap((j) => j.openItems.map(asAssumed)),
    ];
    return this.#assumed;
  }

  private get items(): readonly OpenItem[] {
    this.#items ??= this.#of.chosen.firm ? [] : this.#of.chosen.openItems;
    return this.#items;
  }

  /**
   * Its eligibility is open, but only by what most patients do not have; or, of an option made for a finding of this tumour, by what
   * the treatments were that went before.
   */
  get likely(): boolean {
    const { chosen, doubts } = this.#of;
    if (doubts.some((j) => j.indication.strength === 'strong-against' && j.usually)) return false;
    return (
      chosen.usually || (this.targeted && this.items.every(({ atom, assumed }) => assumed || atom.op === 'therapy'))
    );
  }

  /** It rests on what the tumour is known to carry. */
  get targeted(): boolean {
    return restsOnFinding(this.indication.criteria, this.#of.context);
  }

  /** The retracted studies that were all it rested on. */
  get retracted(): readonly string[] | undefined {
    return this.#of.context.index.retractedBehind(this.indication.id);
  }

  /** It is shown for a finding of the tumour, and waits for its setting. */
  get led(): boolean {
    return this.#of.chosen.waits !== undefined;
  }

  /** What else is to be said of it, in words. */
  get because(): readonly string[] {
    const { lang } = this.#of.context.index;
    return this.#of.doubts.map((j) =>
      translate(lang, 'May be advised against ({why}): depends on what is not recorded.', {
        why: say(j.indication.rationale, lang),
      }),
    );
  }

  /** The same with its safety as it would be. */
  withSafety(safety: SafetyAssessment): Candidate {
    return new Candidate(this.#of, this, safety);
  }

  /** The same without the local protocol. */
  withoutProtocol(): Candidate {
    return new Candidate(this.#of, {}, this.#safety);
  }
}

/** What a candidate is made of. */
interface Of {
  readonly chosen: Judged;
  /** Indications against it that hold if a missing fact turns out so. */
  readonly doubts: readonly Judged[];
  readonly context: Context;
  readonly lang: Local['lang'];
}

export interface Excluded extends Pick<Judged, 'decision' | 'regimen' | 'indication'> {
  readonly reasons: readonly string[];
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** Options none of whose indications may hold, with all of them; `excludedOptions` says why. Made when asked for. */
  readonly rejected: () => readonly (readonly Judged[])[];
}

interface Gathered {
  readonly option: AskedOption;
  /** Those of its indications that may hold. */
  readonly holding: readonly Judged[];
  readonly chosen: Judged;
}

export function gatherCandidates(
  options: readonly AskedOption[],
  open: readonly OpenDecision[],
  context: Context,
  local: Local = {},
): Candidates {
  const gathered = gather(options, open, context);
  const offered = gathered.map(({ chosen }) => chosen);
  return {
    candidates: gathered.map(({ holding, chosen }) => {
      const doubts = isAgainst(chosen)
        ? []
        : holding.filter((j) => isAgainst(j) && j.state === 'unknown' && !j.expired);
      const together = offered.filter((j) => j.decision === chosen.decision && !isAgainst(j));
      const verdict = localVerdict(chosen, together, context, local.protocol, local.lang);
      return new Candidate({ chosen, doubts, context, lang: local.lang }, verdict);
    }),
    rejected: once(() => {
      const taken = new Set(gathered.map(({ option }) => option));
      return options.flatMap((option) => {
        const regimen = taken.has(option) ? undefined : regimenFor(option, context);
        return regimen === undefined
          ? []
          : [option.indications.flatMap((asked) => judgedIn(asked, open, regimen, context))];
      });
    }),
  };
}

/** Of most options nothing holds: they leave no trace here. */
function gather(options: readonly AskedOption[], open: readonly OpenDecision[], context: Context): Gathered[] {
  const ask = verdictsIn(context);
  const gathered: Gathered[] = [];
  for (const option of options) {
    const may = option.indications.filter(({ indication }) => ask(indication.criteria).state !== 'not-met');
    if (may.length === 0) continue;
    const regimen = regimenFor(option, context);
    if (regimen === undefined) continue;
    const holding = may.flatMap((asked) => judgedIn(asked, open, regimen, context));
    const chosen = chooseIndication(holding);
    if (chosen !== undefined) gathered.push({ option, holding, chosen });
  }
  return gathered;
}

function judgedIn(asked: AskedIndication, open: readonly OpenDecision[], regimen: Regimen, context: Context): Judged[] {
  const question = open[asked.question];
  return question === undefined ? [] : [new Judged(question, asked, regimen, context)];
}

const STRENGTH = ['strong-for', 'weak-for', 'weak-against', 'strong-against'];
const PREFERENCE = ['preferred', 'acceptable', 'historical'];

const isAgainst = ({ indication }: Judged): boolean => indication.strength.endsWith('against');

/** A met indication against the regimen beats any for it; else the best supported one for it: met before unknown, then strength. */
function chooseIndication(holding: readonly Judged[]): Judged | undefined {
  if (holding.length === 0) return undefined;
  const inForce = holding.filter((j) => j.expired === undefined);
  const against = inForce.filter((j) => isAgainst(j) && j.state === 'met');
  if (against.length > 0) return best(against, (a) => -STRENGTH.indexOf(a.strength));
  return best(
    inForce.filter((j) => !isAgainst(j)),
    (a) => STRENGTH.indexOf(a.strength),
  );
}

function best(judged: readonly Judged[], strength: (indication: Indication) => number): Judged | undefined {
  if (judged.length < 2) return judged[0];
  const key = ({ state, indication }: Judged) => [
    state === 'met' ? 0 : 1,
    strength(indication),
    PREFERENCE.indexOf(indication.preference),
    indication.order,
  ];
  return [...judged].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    const first = x.findIndex((value, i) => value !== y[i]);
    if (first >= 0) return (x[first] ?? 0) - (y[first] ?? 0);
    return a.indication.id < b.indication.id ? -1 : 1;
  })[0];
}

const asAssumed = (item: OpenItem): OpenItem => ({ ...item, assumed: true });

/** One line a regimen: the indication that came nearest to fitting says why it does not; the nearest misses first. */
export const excludedOptions = (rejected: readonly (readonly Judged[])[], index: CorpusIndex): readonly Excluded[] =>
  rejected.flatMap((same) => nearestMiss(same, index)).sort((a, b) => a.reasons.length - b.reasons.length);

function nearestMiss(same: readonly Judged[], index: CorpusIndex): readonly Excluded[] {
  const [nearest] = same
    .filter((j) => !isAgainst(j) && !isForAnotherSetting(j) && !lacksItsTarget(j))
    .map(({ decision, regimen, indication, trace, expired }) => ({
      decision,
      regimen,
      indication,
      reasons: reasonsAgainst(trace, index, expired),
    }))
    .sort((a, b) => a.reasons.length - b.reasons.length || (a.indication.id < b.indication.id ? -1 : 1));
  return nearest ? [nearest] : [];
}

export const regimenName = (index: CorpusIndex, id: string, lang: 'en' | 'ru' | 'kk' = 'en'): string => {
  const regimen = index.regimen(id);
  return regimen ? say(regimen.name, lang) : id.replaceAll('-', ' ');
};
