// Comorbidities and sites of metastasis. A comorbidity that is not listed is unknown; one that is past still counts (a thrombosis,
// a pneumonitis), unless it leaves nothing behind (a pregnancy). The list of sites is taken as complete (docs/data-model.md).
import { type Truth, truth } from '../../domain/truth.js';
import { translate } from '../language/translate.js';
import type { AtomAnswer, Context } from './trace.js';
import { nameIn, orList, withDate } from './words.js';

/** The states alone, for where no words are asked. */
export function conditionState(ids: readonly string[], { patient, index }: Context): Truth {
  if (patient.conditions.length === 0) return 'unknown';
  const listed = patient.conditions.filter((c) => ids.some((id) => index.isCondition(c.id, id)));
  const lasting = (id: string) => index.condition(id)?.passing !== true;
  if (listed.some((c) => c.state === 'present' || (c.state === 'historical' && lasting(c.id)))) return 'met';
  const excluded = (id: string) =>
    patient.conditions.some((c) => c.state === 'absent' && index.isCondition(id, c.id)) ||
    listed.some((c) => c.state === 'historical' && index.isCondition(id, c.id));
  return ids.length > 0 && ids.every(excluded) ? 'not-met' : 'unknown';
}

export const metastasisState = (sites: readonly string[], { cancerCase }: Context): Truth =>
  truth(cancerCase.metastases.some((m) => sites.includes(m.site)));

export function evaluateCondition(ids: readonly string[], { patient, index }: Context): AtomAnswer {
  const listed = patient.conditions.filter((c) => ids.some((id) => index.isCondition(c.id, id)));
  const nameOf = (id: string) => nameIn(index.condition(id)?.name, id, index);
  const lasting = (id: string) => index.condition(id)?.passing !== true;
  const present =
    listed.find((c) => c.state === 'present') ?? listed.find((c) => c.state === 'historical' && lasting(c.id));
  if (present !== undefined) {
    const what = nameOf(present.id);
    const words = present.state === 'historical' ? translate(index.lang, '{what}, in the past', { what }) : what;
    return { state: 'met', fact: withDate(words, present.date), source: present.source };
  }
  // "No heart disease" excludes heart failure; "no heart failure" does not exclude heart disease. A pregnancy that is over excludes one.
  const excluded = ids.map(
    (id) =>
      patient.conditions.find((c) => c.state === 'absent' && index.isCondition(id, c.id)) ??
      listed.find((c) => c.state === 'historical' && index.isCondition(c.id, id)),
  );
  const [first] = excluded;
  if (first !== undefined && excluded.every((c) => c !== undefined)) {
    const words =
      first.state === 'historical'
        ? translate(index.lang, '{what}, over', { what: nameOf(first.id) })
        : translate(index.lang, 'no {what}', { what: orList(ids.map(nameOf), index.lang) });
    return { state: 'not-met', fact: withDate(words, first.date), source: first.source };
  }
  return {
    state: 'unknown',
    asks: { item: orList(ids.map(nameOf), index.lang), why: translate(index.lang, 'neither recorded nor excluded') },
  };
}

export function evaluateMetastasis(sites: readonly string[], { cancerCase, index }: Context): AtomAnswer {
  const found = cancerCase.metastases.find((m) => sites.includes(m.site));
  const nameOf = (id: string) => nameIn(index.site(id)?.name, id, index);
  if (found !== undefined)
    return {
      state: 'met',
      fact: withDate(translate(index.lang, 'metastasis: {site}', { site: nameOf(found.site) }), found.date),
      source: found.source,
    };
  const [any] = cancerCase.metastases;
  if (any === undefined) return { state: 'not-met', fact: translate(index.lang, 'no metastatic site recorded') };
  const all = [...new Set(cancerCase.metastases.map((m) => nameOf(m.site)))].sort();
  return {
    state: 'not-met',
    fact: translate(index.lang, 'metastases recorded: {sites}', { sites: all.join(', ') }),
    source: any.source,
  };
}
