// The options that stand for discussion: of several indications of one regimen for one question, the one that counts; what the
// safety rules find; what a local protocol says. Nothing is ordered here.

import type { Indication } from '../domain/corpus/indication.js';
import type { Protocol } from '../domain/corpus/protocol.js';
import type { CorpusIndex } from './corpus-index.js';
import { openItems } from './criteria/evaluate.js';
import type { Context, OpenItem } from './criteria/trace.js';
import { say } from './criteria/words.js';
import { isForAnotherSetting, type Judged, lacksItsTarget, reasonsAgainst } from './indications.js';
import { type Lang, translate } from './language/translate.js';
import { type LocalVerdict, localVerdict } from './local-protocol.js';
import { once } from './once.js';
import { assessSafety, type SafetyAssessment } from './safety/assess.js';

/** What a place adds to the corpus: its protocol, and the language of the answer. */
export interface Local {
  readonly protocol?: Protocol | undefined;
  readonly lang?: 'en' | 'ru' | 'kk' | undefined;
}

export interface Candidate extends Judged {
  /** Facts that keep its eligibility open. */
  readonly asks: readonly OpenItem[];
  /** Facts that an `unless` went on without. */
  readonly assumed: readonly OpenItem[];
  readonly safety: SafetyAssessment;
  /** Reason of the local protocol to leave it out, or to prefer it. */
  readonly restricted?: string;
  readonly preferred?: string;
  readonly because: readonly string[];
}

export interface Excluded extends Pick<Judged, 'decision' | 'regimen' | 'indication'> {
  readonly reasons: readonly string[];
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** Options none of whose indications may hold, with all of them; `excludedOptions` says why. */
  readonly rejected: readonly (readonly Judged[])[];
}

export function gatherCandidates(judged: readonly Judged[], context: Context, local: Local = {}): Candidates {
  const perOption = groups(judged, ({ decision, regimen }) => `${decision.id} ${regimen.id}`);
  const kept = perOption.map((same) => ({ same, chosen: chooseIndication(same) }));
  const offered = kept.flatMap(({ chosen }) => chosen ?? []);
  return {
    candidates: kept.flatMap(({ same, chosen }) => {
      if (chosen === undefined) return [];
      const together = offered.filter((j) => j.decision === chosen.decision && !isAgainst(j));
      const verdict = localVerdict(chosen, together, context, local.protocol, local.lang);
      return [
        candidate(
          chosen,
          same,
          () => assessSafety({ regimen: chosen.regimen, context, ...(local.lang && { language: local.lang }) }),
          verdict,
          context.index.lang,
        ),
      ];
    }),
    rejected: kept.flatMap(({ same, chosen }) => (chosen ? [] : [same])),
  };
}

const STRENGTH = ['strong-for', 'weak-for', 'weak-against', 'strong-against'];
const PREFERENCE = ['preferred', 'acceptable', 'historical'];

const isAgainst = ({ indication }: Judged): boolean => indication.strength.endsWith('against');

/** A met indication against the regimen beats any for it; else the best supported one for it: met before unknown, then strength. */
function chooseIndication(same: readonly Judged[]): Judged | undefined {
  const holding = same.filter((j) => j.expired === undefined && j.state !== 'not-met');
  const against = holding.filter((j) => isAgainst(j) && j.state === 'met');
  if (against.length > 0) return best(against, (a) => -STRENGTH.indexOf(a.strength));
  return best(
    holding.filter((j) => !isAgainst(j)),
    (a) => STRENGTH.indexOf(a.strength),
  );
}

function best(judged: readonly Judged[], strength: (indication: Indication) => number): Judged | undefined {
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

function candidate(
  chosen: Judged,
  same: readonly Judged[],
  assess: () => SafetyAssessment,
  verdict: LocalVerdict,
  lang: Lang,
): Candidate {
  const { decision, indication, regimen, state, firm, agnostic } = chosen;
  const items = once(() => (firm ? [] : openItems(chosen.trace)));
  const doubts = isAgainst(chosen) ? [] : same.filter((j) => isAgainst(j) && j.state === 'unknown' && !j.expired);
  const strongDoubts = doubts.filter((j) => j.indication.strength === 'strong-against');
  // Asked when it is looked at: counterfactuals and cohorts look at few.
  const safety = once(assess);
  const asks = once(() => [
    ...items().filter((i) => !i.assumed),
    ...strongDoubts.flatMap((j) => openItems(j.trace).filter((i) => !i.assumed)),
  ]);
  const assumed = once(() => [
    ...items().filter((i) => i.assumed),
    ...doubts.flatMap((j) => openItems(j.trace).map(asAssumed)),
  ]);
  return {
    decision,
    indication,
    regimen,
    state,
    firm,
    get trace() {
      return chosen.trace;
    },
    ...(agnostic && { agnostic }),
    get safety() {
      return safety();
    },
    get asks() {
      return asks();
    },
    get assumed() {
      return assumed();
    },
    because: doubts.map((j) =>
      translate(lang, 'May be advised against ({why}): depends on what is not recorded.', {
        why: say(j.indication.rationale, lang),
      }),
    ),
    ...verdict,
  };
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

function groups<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const group = map.get(key(item));
    if (group) group.push(item);
    else map.set(key(item), [item]);
  }
  return [...map.values()];
}

export const regimenName = (index: CorpusIndex, id: string, lang: 'en' | 'ru' | 'kk' = 'en'): string => {
  const regimen = index.regimen(id);
  return regimen ? say(regimen.name, lang) : id.replaceAll('-', ' ');
};
