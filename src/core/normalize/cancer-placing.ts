// Whose metastasis is it? Every recorded metastasis with the cancer that it belongs to.
import type { ConditionEntry, Entry, ObservationEntry } from '../../domain/history.js';
import { compareDates, daysBetween, type PartialDate } from '../../domain/partial-date.js';
import { type CancerGroup, isInSitu } from './cancer-merge.js';
import {
  type Metastasis,
  mentionsCancer,
  observedMetastases,
  secondarySites,
  sitesBeside,
} from './cancer-metastases.js';
import type { SecondaryReading } from './cancer-reading.js';
import { cancerTree } from './cancer-tree.js';
import { wordsOf } from './cancer-words.js';
import { type Assignable, casesOfEntry } from './case-assignment.js';
import type { Terminology } from './terminology.js';

export interface Placed extends Metastasis {
  readonly caseId?: string;
  readonly side?: string;
}

/** Every metastasis with the case that it belongs to. */
export function placeMetastases(
  entries: readonly Entry[],
  groups: readonly CancerGroup[],
  cases: readonly Assignable[],
  secondaries: readonly SecondaryReading[],
  terms: Terminology,
): readonly Placed[] {
  const real = cases.filter((c) => !(c.verification.known && c.verification.value === 'refuted'));
  const own = groups.flatMap((group, i) =>
    group.readings
      .filter((r) => r.metastatic)
      .flatMap((r) =>
        sitesBeside(r.entry, group.oncotree, terms).map((site): Placed => placed(site, r.entry, r.date, cases[i]?.id)),
      ),
  );
  const conditions = secondaries.flatMap((r) => {
    const caseId = caseOfSecondary(r, real, terms);
    return secondarySites(r.entry, terms).map(
      (site): Placed => ({
        ...placed(site, r.entry, r.date, caseId),
        ...(r.side === undefined ? {} : { side: r.side }),
      }),
    );
  });
  const observed = entries.flatMap((entry) => {
    if (entry.kind !== 'observation') return [];
    const sites = observedMetastases(entry, terms);
    const [caseId] = sites.length === 0 ? [] : casesOfEntry({ ...entry, code: { codings: [] } }, real, terms);
    return sites.map((site): Placed => placed(site, entry, entry.date, caseId));
  });
  return [...own, ...conditions, ...observed];
}

const placed = (
  site: string,
  entry: ConditionEntry | ObservationEntry,
  date: PartialDate | undefined,
  caseId: string | undefined,
): Placed => ({
  site,
  source: entry.source,
  ...(date === undefined ? {} : { date }),
  ...(entry.id === undefined ? {} : { entryId: entry.id }),
  ...(caseId === undefined ? {} : { caseId }),
});

/** By reference; by the cancer that its words name; the only invasive cancer that is not over; else nobody's. */
function caseOfSecondary(
  reading: SecondaryReading,
  cases: readonly Assignable[],
  terms: Terminology,
): string | undefined {
  const { entry } = reading;
  const linked = cases.filter((c) => entry.about?.some((id) => c.entryIds.includes(id)) === true);
  if (linked[0] !== undefined) return linked[0].id;
  const tree = cancerTree(terms.vocabulary);
  const organs = new Set(
    mentionsCancer(wordsOf(entry.code), terms)
      .map((code) => tree.organ(code))
      .filter((organ) => organ !== 'OTHER'),
  );
  const named = cases.filter((c) => c.cancer.known && organs.has(tree.organ(c.cancer.value.oncotree)));
  const pool = named.length > 0 ? named : cases;
  const invasive = pool.filter((c) => !(c.cancer.known && isInSitu(c.cancer.value.oncotree, tree)));
  const begun = invasive.filter(
    (c) => reading.date === undefined || !c.diagnosed.known || daysBetween(c.diagnosed.value, reading.date) > -120,
  );
  const open = begun.filter((c) => !(c.status.known && c.status.value === 'resolved'));
  return [open, begun, invasive, pool].find((some) => some.length === 1)?.[0]?.id;
}

/** A site once, with its earliest date. */
export function uniqueSites(metastases: readonly Placed[]): readonly Placed[] {
  const sorted = [...metastases].sort(
    (a, b) => a.site.localeCompare(b.site) || compareDates(a.date ?? '9999', b.date ?? '9999'),
  );
  const sites = sorted.filter((m, i) => sorted.findIndex((other) => other.site === m.site) === i);
  // "other" beside a named site is most often the same disease said vaguely.
  return sites.length > 1 ? sites.filter((m) => m.site !== 'other' || m.date !== undefined) : sites;
}
