// Medication entries -> exposures: one drug from its first to its last known day. A repeated administration, and an order
// with its administrations, is one exposure; an order of the very day of the question is a plan.
import type { Drug } from '../../domain/corpus/drug.js';
import type { Source } from '../../domain/fact.js';
import type { MedicationEntry, ProcedureEntry } from '../../domain/history.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { CourseOutcome, Intent } from '../../domain/patient.js';
import { conceptTexts } from './reading-log.js';
import type { Terminology } from './terminology.js';

export interface Exposure {
  /** INN, or "" for systemic treatment whose drugs are not told. */
  readonly drug: string;
  readonly start?: PartialDate;
  /** Last day known; absent with `open` when the end is not recorded. */
  readonly end?: PartialDate;
  /** Recorded as going on (active, in progress) without an end. */
  readonly open: boolean;
  readonly planned: boolean;
  readonly intent: Intent;
  /** What the status or its reason says of the end. */
  readonly ended?: Extract<CourseOutcome, 'progressed' | 'intolerant' | 'completed' | 'stopped'>;
  readonly sources: readonly Source[];
  readonly entries: readonly (MedicationEntry | ProcedureEntry)[];
}

/** Gap in days within which two administrations of a drug are the same exposure: the longest usual interval is three months (goserelin, denosumab). */
const SAME_EXPOSURE_DAYS = 120;

/** Exposures to cancer drugs, oldest first. */
export function exposures(
  entries: readonly MedicationEntry[],
  terms: Terminology,
  asOf: PartialDate,
): readonly Exposure[] {
  const byDrug = new Map<string, Exposure[]>();
  for (const entry of entries) {
    for (const { drug } of terms.drugs(entry.code)) {
      if (!isCancerTreatment(drug, terms)) continue;
      byDrug.set(drug.inn, [...(byDrug.get(drug.inn) ?? []), exposureOf(entry, drug.inn, terms, asOf)]);
    }
  }
  const untold = entries.filter((e) => isUntold(e, terms)).map((e) => exposureOf(e, '', terms, asOf));
  if (untold.length > 0) byDrug.set('', untold);
  return closeForgotten([...byDrug.values()].flatMap(merge).sort(byStart), terms, asOf);
}

/** A treatment of the cancer by its aim or its name ("chemotherapy", "investigational agent") whose drug is not told. */
function isUntold(entry: MedicationEntry, terms: Terminology): boolean {
  if (terms.drugs(entry.code).length > 0) return false;
  if (entry.intent !== undefined && intentOf(entry, terms) !== 'unknown') return true;
  const named = terms.findAll('procedure', entry.code).some((m) => m.term.modality === 'systemic');
  return (
    named ||
    conceptTexts(entry.code).some((t) => /investigational|study drug|clinical trial|исследуемый препарат/i.test(t))
  );
}

/** A cytotoxic order without an end is believed this long after the last sign of it: the longest usual course. Not so
 * hydroxycarbamide and the like, which are given for years. */
const CYTOTOXIC_SILENCE_DAYS = 180;
/** What begins this long after a cytotoxic order follows it: four cycles of three weeks and a pause. */
const AFTER_CHEMOTHERAPY_DAYS = 100;

/** Orders that nobody closed: an exchange within their kind, or a long silence, ends them. */
function closeForgotten(all: readonly Exposure[], terms: Terminology, asOf: PartialDate): readonly Exposure[] {
  return all.map((e) => {
    if (!e.open || e.planned || e.start === undefined) return e;
    const start = dayRange(e.start).first;
    const next = all.find(
      (n) => !n.planned && n.start !== undefined && replaces(n, dayRange(n.start).first, e, start, terms),
    );
    const lastSign = Math.max(start, e.end === undefined ? start : dayRange(e.end).last);
    const silent = givenInCycles(e.drug, terms) && dayRange(asOf).last - lastSign > CYTOTOXIC_SILENCE_DAYS;
    if (next === undefined && !silent) return e;
    return { ...e, open: false };
  });
}

/** Does a later drug stand in the place of an earlier one that is still on the books? */
function replaces(later: Exposure, laterStart: number, earlier: Exposure, start: number, terms: Terminology): boolean {
  if (later.drug === earlier.drug || laterStart - start <= BEGIN_TOGETHER_DAYS) return false;
  const a = terms.classesOf(earlier.drug);
  const b = terms.classesOf(later.drug);
  if (a.has('chemotherapy')) return b.has('chemotherapy') || laterStart - start > AFTER_CHEMOTHERAPY_DAYS;
  const both = (id: string): boolean => a.has(id) && b.has(id);
  if (both('endocrine-therapy')) return !SUPPRESSION.some((id) => a.has(id) || b.has(id));
  if (b.has('HER2-ADC')) return a.has('anti-HER2');
  return EXCHANGED.some(both);
}

/** Drugs begun within five weeks of each other begin together. */
const BEGIN_TOGETHER_DAYS = 35;
const SUPPRESSION = ['ovarian-suppression', 'androgen-deprivation'];
/** Kinds of which a patient takes one at a time. */
const EXCHANGED = [
  'EGFR-TKI',
  'ALK-TKI',
  'ROS1-TKI',
  'RET-inhibitor',
  'MET-inhibitor',
  'BRAF-inhibitor',
  'KRAS-G12C-inhibitor',
  'CDK4-6-inhibitor',
  'PD-1-PD-L1-inhibitor',
  'PARP-inhibitor',
  'HER2-TKI',
  'PI3K-AKT-mTOR-inhibitor',
  'VEGFR-TKI',
];

const givenInCycles = (drug: string, terms: Terminology): boolean =>
  terms.classesOf(drug).has('chemotherapy') && !terms.classesOf(drug).has('given-for-years');

/** Cancer drugs that are a treatment of their own: not bone protection, growth factors, antiemetics, steroids or folinic acid. */
export function isCancerTreatment(drug: Drug, terms: Terminology): boolean {
  if (!drug.antineoplastic) return false;
  const classes = terms.classesOf(drug.inn);
  return !SUPPORTIVE.some((id) => classes.has(id));
}

const SUPPORTIVE = [
  'bone-modifying-agent',
  'G-CSF',
  'corticosteroid',
  '5-HT3-antagonist',
  'NK1-antagonist',
  'folate',
  'chemoprotectant',
  'erythropoiesis-stimulating-agent',
];

function exposureOf(entry: MedicationEntry, drug: string, terms: Terminology, asOf: PartialDate): Exposure {
  const reason = entry.statusReason && terms.word('stop-reason', entry.statusReason);
  const reasoned =
    reason === 'progressed' || reason === 'intolerant' || reason === 'completed' || reason === 'stopped'
      ? reason
      : undefined;
  // A completed administration is one dose given, not a course completed.
  const status = entry.event === 'administration' || entry.event === 'dispense' ? undefined : entry.status;
  const ended = reasoned ?? (status === 'completed' ? 'completed' : status === 'stopped' ? 'stopped' : undefined);
  const single = entry.event === 'administration' || entry.event === 'dispense';
  const end = entry.end ?? (single ? entry.date : undefined);
  const open = end === undefined && ended === undefined;
  return {
    drug,
    open: open || (end !== undefined && status === 'active' && dayRange(end).last >= dayRange(asOf).first),
    planned: entry.event === 'request' && status !== 'completed' && status !== 'stopped' && orderedOn(entry, asOf),
    intent: intentOf(entry, terms),
    sources: [entry.source],
    entries: [entry],
    ...(entry.date === undefined ? {} : { start: entry.date }),
    ...(end === undefined ? {} : { end }),
    ...(ended === undefined ? {} : { ended }),
  };
}

/**
 * An order signed on the day of the question, or to begin after it, has not been carried out: it is what is about to be
 * given, and counting it would turn the first line into the second.
 */
const orderedOn = (entry: MedicationEntry, asOf: PartialDate): boolean =>
  entry.date !== undefined && dayRange(entry.date).first >= dayRange(asOf).first;

export function intentOf(entry: MedicationEntry | ProcedureEntry, terms: Terminology): Intent {
  const word = entry.intent && terms.word('treatment-intent', entry.intent);
  const said =
    word ??
    entry.notes
      ?.map((note) => terms.word('treatment-intent', { codings: [], text: note }))
      .find((w) => w !== undefined);
  switch (said) {
    case 'neoadjuvant':
    case 'adjuvant':
    case 'curative':
    case 'palliative':
    case 'maintenance':
      return said;
    default:
      return 'unknown';
  }
}

/** Exposures to one drug joined where they touch; a plan is taken up by what was given. */
function merge(exposures: readonly Exposure[]): Exposure[] {
  const merged: Exposure[] = [];
  const given = exposures.filter((e) => !e.planned);
  for (const next of (given.length > 0 ? given : exposures).toSorted(byStart)) {
    const last = merged.at(-1);
    if (last !== undefined && touches(last, next)) merged[merged.length - 1] = join(last, next);
    else merged.push(next);
  }
  return merged;
}

function touches(a: Exposure, b: Exposure): boolean {
  if (a.start === undefined || b.start === undefined) return a.start === b.start && a.ended === b.ended;
  if (differentAims(a.intent, b.intent) || a.ended === 'progressed' || a.ended === 'intolerant') return false;
  const from = dayRange(b.start).first;
  const to = dayRange(a.end ?? a.start).last;
  return (a.open && !a.entries.every(isOneDose)) || from - to <= SAME_EXPOSURE_DAYS;
}

const isOneDose = (e: MedicationEntry | ProcedureEntry): boolean =>
  e.kind === 'medication' && (e.event === 'administration' || e.event === 'dispense');
const differentAims = (a: Intent, b: Intent): boolean => a !== b && a !== 'unknown' && b !== 'unknown';

function join(a: Exposure, b: Exposure): Exposure {
  const known = [a.end ?? a.start, b.end ?? b.start].filter((e) => e !== undefined);
  const end = known.sort((x, y) => dayRange(x).last - dayRange(y).last).at(-1);
  // Orders cycle by cycle: each is completed, and the course goes on as long as they come.
  const cycles = a.ended !== 'stopped' && b.ended === 'completed' && b.end === undefined;
  const ended = cycles ? undefined : (b.ended ?? a.ended);
  const open = (a.open || b.open) && ended === undefined;
  return {
    drug: a.drug,
    open,
    planned: a.planned && b.planned,
    intent: a.intent === 'unknown' ? b.intent : a.intent,
    sources: [...a.sources, ...b.sources],
    entries: [...a.entries, ...b.entries],
    ...(a.start === undefined ? {} : { start: a.start }),
    ...(end === undefined ? {} : { end }),
    ...(ended === undefined ? {} : { ended }),
  };
}

/** Oldest first, undated last; then by drug and end, so that the order of entries decides nothing. */
export function byStart(
  a: Pick<Exposure, 'start' | 'end' | 'drug'>,
  b: Pick<Exposure, 'start' | 'end' | 'drug'>,
): number {
  const day = (d: PartialDate | undefined) => (d === undefined ? Number.POSITIVE_INFINITY : dayRange(d).first);
  const order = (x: number, y: number) => (x === y ? 0 : x - y);
  return order(day(a.start), day(b.start)) || a.drug.localeCompare(b.drug) || order(day(a.end), day(b.end));
}
