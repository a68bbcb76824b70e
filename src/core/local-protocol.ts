// What a local protocol does to an option, and what it changed in the end against the ranking without it.
import type { Protocol } from '../domain/corpus/protocol.js';
import type { Recommendation } from '../domain/recommendation.js';
import { stateOf } from './criteria/state.js';
import type { Context } from './criteria/trace.js';
import { say } from './criteria/words.js';
import type { Judged } from './indications.js';
import type { Placed, Scoring } from './place.js';
import { rankOptions } from './rank.js';
import type { View } from './view.js';

export interface LocalVerdict {
  /** Why it is left out. */
  readonly restricted?: string | undefined;
  /** Why it comes first within its band. */
  readonly preferred?: string | undefined;
}

type Lang = 'en' | 'ru' | 'kk' | undefined;

/** `together` are the options of the same decision: a replacement needs both of its regimens among them. */
export function localVerdict(
  { indication, regimen }: Judged,
  together: readonly Judged[],
  context: Context,
  protocol: Protocol | undefined,
  lang: Lang,
): LocalVerdict {
  if (protocol === undefined) return {};
  const here = (codes: readonly string[] | undefined): boolean => codes === undefined || isHere(codes, context);
  const because = ({ reason }: { readonly reason: Protocol['restrict'][number]['reason'] }) =>
    `${say(protocol.name, lang)}: ${say(reason, lang)}`;
  const restriction = protocol.restrict.find(
    (r) =>
      (r.regimen === regimen.id || (r.drug !== undefined && regimen.components.some((c) => c.drug === r.drug))) &&
      here(r.cancer) &&
      !(r.unless !== undefined && stateOf(r.unless, context) === 'met'),
  );
  const offered = (id: string) => together.some((j) => j.regimen.id === id);
  const replacements = protocol.replace.filter((r) => here(r.cancer) && offered(r.regimen) && offered(r.by));
  const replaced = replacements.find((r) => r.regimen === regimen.id);
  const preferred =
    protocol.prefer.find((p) => (p.indication === indication.id || p.regimen === regimen.id) && here(p.cancer)) ??
    replacements.find((r) => r.by === regimen.id);
  const out = restriction ?? replaced;
  return { ...(out && { restricted: because(out) }), ...(preferred && { preferred: because(preferred) }) };
}

function isHere(codes: readonly string[], { cancerCase, index }: Context): boolean {
  const { cancer } = cancerCase;
  return cancer.known && codes.some((code) => index.isCancer(cancer.value.oncotree, code));
}

/** The options that the protocol touched or moved, with where they stand without it and with it. */
export function protocolChanges(
  protocol: Protocol,
  view: View,
  placed: readonly Placed[],
  scoring: Scoring,
  lang: Lang,
): NonNullable<Recommendation['protocol']> {
  const without = rankOptions({ ...view, candidates: view.candidates.map((c) => c.withoutProtocol()) }, scoring);
  const touched = placed.filter(
    ({ candidate }) => candidate.restricted !== undefined || candidate.preferred !== undefined,
  );
  const place = (all: readonly Placed[], like: Placed) => {
    const own = all.filter((p) => p.candidate.decision === like.candidate.decision);
    const at = own.findIndex((p) => p.candidate.regimen.id === like.candidate.regimen.id);
    const found = own[at];
    return {
      band: found?.standing.band ?? 'not-recommended',
      place: found === undefined || found.rank === null ? null : at + 1,
    };
  };
  return {
    id: protocol.id,
    name: say(protocol.name, lang),
    ...(protocol.note && { note: say(protocol.note, lang) }),
    changes: touched.flatMap((p) => {
      const [before, after] = [place(without, p), place(placed, p)];
      if (before.band === after.band && before.place === after.place) return [];
      const reason = p.candidate.restricted ?? p.candidate.preferred ?? '';
      return [{ decision: p.candidate.decision.id, regimen: p.candidate.regimen.id, before, after, reason }];
    }),
  };
}
