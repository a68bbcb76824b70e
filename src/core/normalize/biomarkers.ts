// All tests of all markers -> one Biomarker each: the later test wins, a plasma negative does not overrule tissue,
// HER2 is put together from immunohistochemistry and in situ hybridisation (ASCO/CAP 2018, 2023).
import type { BiomarkerTerm } from '../../domain/corpus/vocabulary.js';
import { type Fact, known, unknown } from '../../domain/fact.js';
import type { Concept, Entry, ObservationEntry } from '../../domain/history.js';
import { compareDates, daysBetween } from '../../domain/partial-date.js';
import type { Biomarker } from '../../domain/patient.js';
import { parseAlteration } from './alteration.js';
import type { BiomarkerReading } from './biomarker-reading.js';
import { markerReading, scoresApart } from './gene-clauses.js';
import { onlyAmplified, withHer2ByCopies } from './gene-copies.js';
import { ofEachGene, withJointNegatives } from './joint-test.js';
import type { ReadingLog } from './reading-log.js';
import { rememberedWith } from './remembered.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';
import { isRegionStudied, isVariant, variantReadings } from './variant-reading.js';

/** The marker readings of one observation; [] when it is not of a marker. */
export const biomarkerReadings = rememberedSaid(readBiomarkers, placedReadings);

/** The readings with the day and the source of their entry. */
export function placedReadings(readings: readonly BiomarkerReading[], entry: Entry): readonly BiomarkerReading[] {
  if (readings.length === 0) return readings;
  const { source, date } = entry;
  return readings.map((r) => (date === undefined ? { ...r, source, entry } : { ...r, source, entry, date }));
}

function readBiomarkers(entry: ObservationEntry, terms: Terminology): readonly BiomarkerReading[] {
  if (entry.status === 'registered' || entry.status === 'cancelled') return [];
  if (isVariant(entry) || isRegionStudied(entry)) return variantReadings(entry, terms);
  // A panel in one observation: each component is a test of its own.
  const parts = entry.components.flatMap((c) =>
    c.value === undefined
      ? []
      : readBiomarkers(
          { ...entry, code: c.code, value: c.value, interpretations: c.interpretations, components: [] },
          terms,
        ),
  );
  const term = markerOf(entry, terms);
  const scores = term?.name === 'PD-L1' ? scoresApart(entry) : [];
  if (scores.length > 1) return scores.flatMap((e) => readBiomarkers(e, terms)).map((r) => ({ ...r, entry }));
  const reading = entry.value === undefined && parts.length > 0 ? undefined : term && markerReading(entry, term, terms);
  if (reading === undefined) return parts.map((r) => ({ ...r, entry }));
  return [...ofEachGene(reading), ...parts.filter((r) => r.name !== reading.name).map((r) => ({ ...r, entry }))];
}

function markerOf(entry: ObservationEntry, terms: Terminology): BiomarkerTerm | undefined {
  const { term, generic } = markerNamed(entry.code, terms);
  // "Gene mutation analysis: EGFR L858R": the marker is in the value.
  return generic && entry.value?.kind === 'text' ? terms.inText('biomarker', entry.value.text)[0]?.term : term;
}

/** The marker that a code means; `generic`: its name is of any gene test. */
const markerNamed = rememberedWith((code: Concept, terms: Terminology): Named => {
  const names = [code.text, ...code.codings.map((c) => c.display)].filter((t) => t !== undefined);
  const coded = terms.findAll('biomarker', { codings: code.codings.map(({ display: _, ...c }) => c) });
  const named = names.flatMap((text) => terms.findAll('biomarker', { codings: [], text }));
  const [first] = coded;
  // A name that says plainly another marker than its code does is believed: a slip in a code is likelier than one in words.
  if (first !== undefined && (named.length === 0 || named.some((m) => coded.some((c) => c.term === m.term))))
    return { term: first.term, generic: false };
  // Both "ER" and "PR" in one name is the joint test, unless the name itself is known.
  const found = named.find((m) => m.whole) ?? named.find((m) => m.term.kind !== 'gene') ?? named[0];
  if (found !== undefined) return { term: found.term, generic: false };
  const generic = /mutation|gene|molecular|genom|biomarker|мутац|молекуляр|генет/i.test(names.join(' '));
  return { term: first?.term, generic };
});

interface Named {
  readonly term: BiomarkerTerm | undefined;
  readonly generic: boolean;
}

/** One biomarker of a name from all its readings. */
export function settleBiomarkers(
  readings: readonly BiomarkerReading[],
  terms: Terminology,
  log: ReadingLog,
): readonly Biomarker[] {
  const byName = new Map<string, BiomarkerReading[]>();
  for (const r of withJointReceptors(readings, log)) byName.set(r.name, [...(byName.get(r.name) ?? []), r]);
  const settled = [...byName]
    .filter(([name]) => name !== 'ER+PR')
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, own]) => (name === 'HER2' ? her2(own, log) : settleOne(name, own.sort(latestFirst), terms, log)));
  return withHer2ByCopies(withJointNegatives(settled), log);
}

function settleOne(name: string, sorted: readonly BiomarkerReading[], terms: Terminology, log: ReadingLog): Biomarker {
  const telling = sorted.filter((r) => !r.partial && r.result !== 'unknown');
  const latest = telling.find((r) => !(r.result === 'negative' && overruled(r, telling)));
  const alterations = latest?.result === 'positive' ? gather(sorted, telling) : uncertain(sorted);
  if (latest === undefined) return { name, result: partlyDenied(name, sorted, terms), alterations };
  const rivals = telling.filter((r) => sameDay(r, latest) && r.result !== latest.result && !overruled(r, telling));
  if (rivals.length > 0 && !explained(latest, rivals)) {
    const detail = `${name}: ${[latest, ...rivals]
      .map((r) => r.result)
      .sort()
      .join(' and ')} are reported for the same day`;
    log.remark(detail);
    return { name, result: unknown('conflict', detail), alterations: [] };
  }
  const winner = [latest, ...rivals].find((r) => r.result === 'positive') ?? latest;
  const found = winner.result === 'positive' && alterations.length === 0 ? gather(sorted, telling) : alterations;
  // Kept to be seen, as of uncertain significance: then it does not count as the driver.
  if (onlyAmplified(name, found))
    return { name, result: asNegative(winner), alterations: found.map((a) => ({ ...a, significance: 'uncertain' })) };
  return { name, result: fact(winner), alterations: found };
}

const asNegative = (r: BiomarkerReading): Fact<string> =>
  known('negative', r.source, r.date, 'amplified only; no mutation or fusion');

/** Nothing said of the gene as a whole: negative when every variant that chooses a drug was looked for and not found. */
function partlyDenied(name: string, sorted: readonly BiomarkerReading[], terms: Terminology): Fact<string> {
  const partial = sorted.filter((r) => r.partial);
  const [latest] = partial;
  if (latest === undefined) return unknown('not-recorded', `${name}: tested without a result`);
  const gene = terms.term('biomarker', name);
  const decisive = gene?.decisive ?? [];
  const denied = partial.flatMap((r) => r.denied ?? []);
  const covered = decisive.every((words) => {
    const asked = parseAlteration(words, gene);
    return (
      asked !== undefined &&
      denied.some((d) =>
        asked.exon !== undefined && asked.codon === undefined
          ? d.exon === asked.exon && d.kind === asked.kind
          : d.codon === asked.codon,
      )
    );
  });
  if (decisive.length === 0 || !covered) return unknown('not-recorded', `${name}: only part of the gene was reported`);
  return known('negative', latest.source, latest.date, `looked for ${decisive.join(', ')} only`);
}

const fact = (r: BiomarkerReading): Fact<string> => known(r.result, r.source, r.date, r.number?.note);

/** A plasma test that finds nothing may simply have seen no tumour DNA: a positive tissue test stands. */
const overruled = (negative: BiomarkerReading, all: readonly BiomarkerReading[]): boolean =>
  negative.result === 'negative' &&
  negative.material === 'plasma' &&
  all.some((r) => r.result === 'positive' && r.material !== 'plasma');

/** A variant described beside a bare negative of the same day: a panel reports variant by variant. */
const explained = (latest: BiomarkerReading, rivals: readonly BiomarkerReading[]): boolean => {
  const positives = [latest, ...rivals].filter((r) => r.result === 'positive');
  const negatives = [latest, ...rivals].filter((r) => r.result === 'negative');
  return positives.some((r) => r.alterations.length > 0) && negatives.every((r) => r.alterations.length > 0);
};

/** Variants of the positive tests since the last negative that counts. */
function gather(sorted: readonly BiomarkerReading[], telling: readonly BiomarkerReading[]): Biomarker['alterations'] {
  const cut = telling.find(
    (r) =>
      r.result === 'negative' &&
      !overruled(r, telling) &&
      !telling.some((p) => p.result === 'positive' && sameDay(p, r)),
  );
  const since = sorted.filter(
    (r) => cut?.date === undefined || r.date === undefined || compareDates(r.date, cut.date) > 0,
  );
  return variants(since.filter((r) => r.result === 'positive' || r.alterations.length > 0));
}

const uncertain = (sorted: readonly BiomarkerReading[]): Biomarker['alterations'] =>
  variants(sorted.filter((r) => r.result === 'negative' && r.alterations.length > 0));

/** Distinct variants; a nameless "mutation" is dropped beside a named one. */
function variants(readings: readonly BiomarkerReading[]): Biomarker['alterations'] {
  const all = readings.flatMap((r) =>
    r.alterations.map((a) => ({ ...a, source: r.source, ...(r.date === undefined ? {} : { date: r.date }) })),
  );
  const named = all.filter(
    (a) => a.kind !== 'unspecified' || a.codon !== undefined || a.exon !== undefined || a.coding !== undefined,
  );
  const kept = named.length > 0 ? named : all;
  const key = (a: (typeof all)[number]) =>
    [
      a.kind,
      a.protein ?? '',
      a.protein === undefined ? (a.coding ?? '') : '',
      a.codon ?? '',
      a.exon ?? '',
      a.partner ?? '',
    ].join('|');
  const distinct = new Map(kept.map((a) => [key(a), a] as const).reverse());
  const sorted = [...distinct].sort(([a], [b]) => a.localeCompare(b)).map(([, a]) => a);
  // "Exon 19 deletion" beside "E746_A750del" is the same finding told twice.
  return sorted.filter(
    (a) =>
      a.protein !== undefined ||
      !sorted.some(
        (b) => b.protein !== undefined && b.exon === a.exon && (a.exon !== undefined || b.codon === a.codon),
      ),
  );
}

/** HER2 from the tests of the last work-up: those within 60 days of the latest. */
function her2(readings: readonly BiomarkerReading[], log: ReadingLog): Biomarker {
  const sorted = [...readings].sort(latestFirst).filter((r) => r.result !== 'unknown');
  const [latest] = sorted;
  if (latest === undefined)
    return { name: 'HER2', result: unknown('not-recorded', 'HER2: tested without a result'), alterations: [] };
  const recent = sorted.filter(
    (r) => latest.date === undefined || r.date === undefined || daysBetween(r.date, latest.date) <= 60,
  );
  const ihc = pick(recent.filter((r) => r.test === 'ihc'));
  const ish = pick(recent.filter((r) => r.test === 'ish'));
  const overall = pick(recent.filter((r) => r.test === undefined));
  const scores = new Set(
    recent.filter((r) => r.test === 'ihc' && ihc !== undefined && sameDay(r, ihc)).map((r) => r.result),
  );
  if (
    scores.has('positive') &&
    (scores.has('zero') || scores.has('low') || scores.has('negative')) &&
    ish === undefined
  ) {
    log.remark('HER2: immunohistochemistry of the same day disagrees');
    return {
      name: 'HER2',
      result: unknown('conflict', 'HER2: immunohistochemistry of the same day disagrees'),
      alterations: [],
    };
  }
  const [result, from] = combineHer2(ihc, ish, overall);
  if (ihc !== undefined && ish !== undefined && opposite(ihc.result, ish.result))
    log.remark(`HER2: immunohistochemistry ${ihc.result}, in situ hybridisation ${ish.result}; read as ${result}`);
  return { name: 'HER2', result: known(result, from.source, from.date), alterations: [] };
}

/** ASCO/CAP: 3+ is positive; otherwise amplification decides; 2+ without amplification and 1+ are low. */
function combineHer2(
  ihc: BiomarkerReading | undefined,
  ish: BiomarkerReading | undefined,
  overall: BiomarkerReading | undefined,
): readonly [string, BiomarkerReading] {
  const fallback = ihc ?? ish ?? overall;
  if (fallback === undefined) throw new RangeError('combineHer2 needs one reading');
  if (ihc?.result === 'positive') return ['positive', ihc];
  if (ish?.result === 'positive') return ['positive', ish];
  if (ihc?.result === 'equivocal') {
    if (ish?.result === 'negative') return ['low', ihc];
    if (overall?.result === 'positive') return ['positive', overall];
    return overall?.result === 'negative' ? ['low', ihc] : ['equivocal', ihc];
  }
  // The score tells more than the word: low and zero are kinds of "negative".
  if (ihc !== undefined && ihc.result !== 'negative' && overall?.result !== 'positive') return [ihc.result, ihc];
  if (overall !== undefined) return [overall.result, overall];
  if (ihc !== undefined) return [ihc.result, ihc];
  return [fallback.result, fallback];
}

const opposite = (ihc: string, ish: string): boolean =>
  (ihc === 'positive' && ish === 'negative') ||
  (ish === 'positive' && (ihc === 'zero' || ihc === 'low' || ihc === 'negative'));

/** The latest; of the same day the one that says most. */
const pick = (readings: readonly BiomarkerReading[]): BiomarkerReading | undefined =>
  [...readings].sort(latestFirst)[0];

/** One result for both receptors (LOINC 10480-2): negative holds for both; positive is laid to what is not recorded apart. */
function withJointReceptors(readings: readonly BiomarkerReading[], log: ReadingLog): readonly BiomarkerReading[] {
  const joint = readings.filter((r) => r.name === 'ER+PR').sort(latestFirst)[0];
  if (joint === undefined) return readings;
  const own = (name: string) => readings.filter((r) => r.name === name).sort(latestFirst)[0];
  const er = own('ER');
  const pr = own('PR');
  const as = (name: string): BiomarkerReading => ({ ...joint, name });
  if (joint.result === 'negative') return [...readings, ...(er ? [] : [as('ER')]), ...(pr ? [] : [as('PR')])];
  if (joint.result !== 'positive') return readings;
  if (er === undefined && pr?.result !== 'positive') {
    log.remark('ER and PR are reported as one positive result; read as ER positive, PR not known apart');
    return [...readings, as('ER')];
  }
  if (er?.result === 'negative' && pr === undefined) return [...readings, as('PR')];
  return readings;
}

const sameDay = (a: BiomarkerReading, b: BiomarkerReading): boolean => a.date === b.date;
const ORDER = ['positive', 'equivocal', 'low', 'ultralow', 'zero', 'negative', 'unknown'];

/** Latest first; undated last; then what says most; then the variants in words, so that entry order decides nothing. */
function latestFirst(a: BiomarkerReading, b: BiomarkerReading): number {
  if (a.date !== b.date) {
    if (a.date === undefined) return 1;
    if (b.date === undefined) return -1;
    const byDay = compareDates(b.date, a.date);
    if (byDay !== 0) return byDay;
  }
  const detail = (r: BiomarkerReading) =>
    Number(r.number !== undefined) + Number(r.alterations.some((x) => x.protein !== undefined));
  return detail(b) - detail(a) || ORDER.indexOf(a.result) - ORDER.indexOf(b.result) || words(a).localeCompare(words(b));
}
const words = (r: BiomarkerReading): string => JSON.stringify(r.alterations);
