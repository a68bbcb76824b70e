// Which cancer an entry of the history is about, when a patient may have several.
import type { Concept, Entry } from '../../domain/history.js';
import { compareDates, daysBetween, type PartialDate } from '../../domain/partial-date.js';
import type { CancerCase } from '../../domain/patient.js';
import { isBareOrgan } from './cancer-code.js';
import { sideOf, together } from './cancer-laterality.js';
import { cancerTree } from './cancer-tree.js';
import { withoutPlace, wordsOf } from './cancer-words.js';
import { rememberedWith } from './remembered.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

/** What of a case tells whether an entry belongs to it. */
export type Assignable = Pick<CancerCase, 'id' | 'cancer' | 'laterality' | 'diagnosed' | 'status' | 'verification'> & {
  readonly entryIds: readonly string[];
};

/** An entry may come some time before the diagnosis is entered. */
const BEFORE_DIAGNOSIS_DAYS = 90;

/**
 * Ids of the cases that the entry is about: one when a reference, the organ, the side, the time or the lack of another cancer
 * tells; [] when it cannot be told apart or names something else (then it belongs to no case).
 */
export function casesOfEntry(entry: Entry, cases: readonly Assignable[], terms: Terminology): readonly string[] {
  // Most patients have one cancer, to which most entries point.
  if (cases.length === 1 && cases[0] !== undefined && isLinked(entry, cases[0])) return [cases[0].id];
  if (cases.length > 1) {
    const linked = cases.filter((c) => isLinked(entry, c));
    if (linked.length > 0) return linked.map((c) => c.id);
  }
  // It says which condition it is about, and that is none of the cancers here: another patient's, or a comorbidity.
  if (entry.about?.some((id) => /(^|\/)Condition\//.test(id)) === true) return [];
  const real = cases.some(isRefuted) ? cases.filter((c) => !isRefuted(c)) : cases;
  const [only] = real;
  if (only === undefined) return [];
  const byOrgan = fitOrgan(entry, real, terms);
  if (byOrgan.length === 0) return [];
  if (real.length === 1) return [only.id];
  const bySide = fitSide(entry, withoutSkin(byOrgan), terms);
  const byTime = bySide.length > 1 ? fitTime(entry.date, bySide) : bySide;
  return byTime.length === 1 ? byTime.map((c) => c.id) : [];
}

/** Basal cell and squamous cell carcinoma of the skin: an entry that does not name the skin is not about them. */
const SKIN: ReadonlySet<string> = new Set(['BCC', 'CSCC']);
function withoutSkin(cases: readonly Assignable[]): readonly Assignable[] {
  const others = cases.filter((c) => !(c.cancer.known && SKIN.has(c.cancer.value.oncotree)));
  return others.length > 0 ? others : cases;
}

const isRefuted = (c: Assignable): boolean => c.verification.known && c.verification.value === 'refuted';
const isLinked = (entry: Entry, c: Assignable): boolean =>
  (entry.id !== undefined && c.entryIds.includes(entry.id)) || pointsAt(entry, c);
const pointsAt = (entry: Entry, c: Assignable): boolean => entry.about?.some((id) => c.entryIds.includes(id)) === true;

/** Cases of the organ that the entry's sites, reasons or words name; all of them when it names none. */
function fitOrgan(entry: Entry, cases: readonly Assignable[], terms: Terminology): readonly Assignable[] {
  const tree = cancerTree(terms.vocabulary);
  const { named, byReason } = organsNamed(entry, terms);
  if (named.size === 0) return cases;
  const fitting = cases.filter((c) => !c.cancer.known || named.has(tree.organ(c.cancer.value.oncotree)));
  // A place that is no case's organ (brain, bone) is a metastasis of one of them; a reason that names another cancer is not.
  return fitting.length > 0 || byReason ? fitting : cases;
}

/** Organs that the reasons of an entry name, else those that its places and words name. */
const organsNamed = rememberedSaid(
  (entry: Entry, terms: Terminology): { readonly named: ReadonlySet<string>; readonly byReason: boolean } => {
    const tree = cancerTree(terms.vocabulary);
    const organs = new Set(
      reasonsOf(entry).flatMap((concept) => cancersIn(concept, terms).map((code) => tree.organ(code))),
    );
    organs.delete('OTHER');
    return organs.size > 0
      ? { named: organs, byReason: true }
      : { named: new Set(placesOf(entry).flatMap((place) => organsIn(place, terms))), byReason: false };
  },
  (read) => read,
);

const cancersIn = rememberedWith((concept: Concept, terms: Terminology): readonly string[] => {
  const coded = terms.findAll('cancer', concept).filter((m) => m.precision !== 'text');
  if (coded.length > 0) return coded.map((m) => m.term.oncotree);
  return terms
    .inText('cancer', withoutPlace(wordsOf(concept)))
    .filter(({ term, phrase }) => !isBareOrgan(term, phrase))
    .map(({ term }) => term.oncotree);
});

const organsIn = rememberedWith((place: Concept, terms: Terminology): readonly string[] => {
  const tree = cancerTree(terms.vocabulary);
  return terms.findAll('cancer', place).flatMap((m) => {
    const organ = tree.organ(m.term.oncotree);
    return organ === 'OTHER' ? [] : [organ];
  });
});

function fitSide(entry: Entry, cases: readonly Assignable[], terms: Terminology): readonly Assignable[] {
  const side = together(placesOf(entry).map((place) => sideOf(place, terms)));
  if (side === undefined || side === 'bilateral') return cases;
  return cases.filter((c) => !c.laterality.known || c.laterality.value === side || c.laterality.value === 'bilateral');
}

/** Of cancers one after another, the last one diagnosed by then; of synchronous ones, none. */
function fitTime(date: PartialDate | undefined, cases: readonly Assignable[]): readonly Assignable[] {
  const open = cases.filter((c) => !(c.status.known && c.status.value === 'resolved'));
  if (date === undefined) return open.length === 1 ? open : cases;
  const begun = cases.filter(
    (c) => !c.diagnosed.known || daysBetween(c.diagnosed.value, date) >= -BEFORE_DIAGNOSIS_DAYS,
  );
  const dated = begun.flatMap((c) => (c.diagnosed.known ? [{ c, on: c.diagnosed.value }] : []));
  if (dated.length < begun.length) return begun;
  const last = dated.sort((a, b) => compareDates(b.on, a.on));
  const [newest, second] = last;
  if (newest === undefined) return [];
  const synchronous = second !== undefined && Math.abs(daysBetween(second.on, newest.on)) < 365;
  if (!synchronous) return [newest.c];
  const still = last.map(({ c }) => c).filter((c) => open.includes(c));
  return still.length === 1 ? still : last.map(({ c }) => c);
}

/** Where in the body the entry is. */
function placesOf(entry: Entry): readonly Concept[] {
  switch (entry.kind) {
    case 'condition':
      return [entry.code, ...entry.bodySites, ...(entry.laterality ? [entry.laterality] : [])];
    case 'procedure':
      return [...entry.bodySites, entry.code];
    case 'observation':
      return [entry.bodySite, entry.specimen, entry.code].filter((c) => c !== undefined);
    case 'report':
      return [entry.code];
    default:
      return [];
  }
}

const reasonsOf = (entry: Entry): readonly Concept[] =>
  entry.kind === 'medication' || entry.kind === 'procedure' ? entry.reasons : [];
