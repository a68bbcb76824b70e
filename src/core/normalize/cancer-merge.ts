// Which Conditions are the same cancer: problem list and encounter diagnosis, C50.9 and then C50.4, a code and its finer one.
// Different sides, histologies that exclude each other, and a new tumour after a past one stay apart.
import type { Vocabulary } from '../../domain/corpus/vocabulary.js';
import { compareDates, daysBetween } from '../../domain/partial-date.js';
import { type Side, together } from './cancer-laterality.js';
import type { PrimaryReading } from './cancer-reading.js';
import { type CancerTree, cancerTree } from './cancer-tree.js';

export interface CancerGroup {
  /** In order of date, the undated last. */
  readonly readings: readonly PrimaryReading[];
  readonly oncotree?: string;
  readonly side?: Side;
}

/** Two places in one organ a year apart are two tumours; so is a tumour two years after one that was over. */
const PLACES_APART_DAYS = 365;
const PAST_APART_DAYS = 730;

export function mergeCancers(readings: readonly PrimaryReading[], vocabulary: Vocabulary): readonly CancerGroup[] {
  const tree = cancerTree(vocabulary);
  const groups: CancerGroup[] = [];
  // The most telling first, so that a vague entry finds the cancer that it may be; the order of the history plays no part.
  for (const reading of [...readings].sort((a, b) => byDetail(a, b, tree))) {
    const at = groups.findIndex((group) => isSame(group, reading, tree));
    const group = groups[at];
    if (group === undefined) groups.push(grouped([reading], tree));
    else groups[at] = grouped([...group.readings, reading], tree);
  }
  return groups;
}

function byDetail(a: PrimaryReading, b: PrimaryReading, tree: CancerTree): number {
  const detail = (r: PrimaryReading): number =>
    (r.verification === 'refuted' ? -1000 : 0) +
    (r.cancer === undefined ? 0 : 10 * tree.depth(r.cancer.oncotree)) +
    (r.side === undefined || r.side === 'bilateral' ? 0 : 5) +
    (r.subsite === undefined ? 0 : 1);
  return detail(b) - detail(a) || keyOf(a).localeCompare(keyOf(b));
}

/** Content only: neither ids nor places, so that they change nothing. */
const keyOf = (r: PrimaryReading): string =>
  [
    r.date ?? '9999',
    r.cancer?.oncotree ?? '',
    r.side ?? '',
    r.subsite ?? '',
    r.status ?? '',
    JSON.stringify(r.entry.code),
  ].join('|');

function isSame(group: CancerGroup, reading: PrimaryReading, tree: CancerTree): boolean {
  const refuted = group.readings.some((r) => r.verification === 'refuted');
  if (refuted !== (reading.verification === 'refuted')) return false;
  if (!sidesAgree(group.side, reading.side) || !cancersAgree(group.oncotree, reading.cancer?.oncotree, tree))
    return false;
  return group.readings.every((other) => sameTime(other, reading));
}

const sidesAgree = (a: Side | undefined, b: Side | undefined): boolean =>
  a === undefined || b === undefined || a === b || a === 'bilateral' || b === 'bilateral';

function cancersAgree(a: string | undefined, b: string | undefined, tree: CancerTree): boolean {
  if (a === undefined || b === undefined) return true;
  if (tree.isA(a, b) || tree.isA(b, a)) return true;
  if (isVague(a, tree) || isVague(b, tree)) return tree.isSystemic(a) && tree.isSystemic(b);
  // A histology without an organ, and an organ without a histology.
  if (tree.organ(a) === 'OTHER' || tree.organ(b) === 'OTHER')
    return tree.organ(a) !== tree.organ(b) ? fitsOrgan(a, b, tree) : false;
  if (tree.organ(a) !== tree.organ(b)) return false;
  const [x, y] = [tree.term(a)?.codes.icdo3 ?? [], tree.term(b)?.codes.icdo3 ?? []];
  if (x.length === 0 || y.length === 0) return true;
  if (x.some((code) => code === y[0]) || y.some((code) => code === x[0])) return true;
  return isInSitu(a, tree) !== isInSitu(b, tree);
}

const isVague = (code: string, tree: CancerTree): boolean => tree.term(code)?.vague === true;

const fitsOrgan = (a: string, b: string, tree: CancerTree): boolean => {
  const [generic, organ] = tree.organ(a) === 'OTHER' ? [a, b] : [b, a];
  const code = tree.term(generic)?.codes.icdo3?.[0];
  if (code === undefined) return false;
  return tree
    .withMorphology(code, tree.organ(organ))
    .some((t) => tree.isA(t.oncotree, organ) || tree.isA(organ, t.oncotree));
};

/** Every morphology of the term has the behaviour "in situ" (/2). */
export function isInSitu(oncotree: string, tree: CancerTree): boolean {
  const codes = tree.term(oncotree)?.codes.icdo3 ?? [];
  return codes.length > 0 && codes.every((code) => code.endsWith('/2'));
}

function sameTime(a: PrimaryReading, b: PrimaryReading): boolean {
  if (a.date === undefined || b.date === undefined) return true;
  const gap = Math.abs(daysBetween(a.date, b.date));
  if (a.subsite !== undefined && b.subsite !== undefined && a.subsite !== b.subsite && gap > PLACES_APART_DAYS)
    return false;
  const [earlier, later] = compareDates(a.date, b.date) <= 0 ? [a, b] : [b, a];
  const over =
    earlier.status === 'resolved' && later.status !== 'resolved' && later.entry.clinicalStatus !== 'recurrence';
  const sameSide = a.side !== undefined && a.side === b.side && a.side !== 'bilateral';
  return !(over && !sameSide && gap > PAST_APART_DAYS);
}

function grouped(readings: readonly PrimaryReading[], tree: CancerTree): CancerGroup {
  const sorted = [...readings].sort(
    (a, b) => compareDates(a.date ?? '9999', b.date ?? '9999') || keyOf(a).localeCompare(keyOf(b)),
  );
  const oncotree = finest(sorted, tree);
  const side = together(sorted.map((r) => r.side));
  return { readings: sorted, ...(oncotree === undefined ? {} : { oncotree }), ...(side === undefined ? {} : { side }) };
}

/** The most telling code: invasive before in situ, an organ before a histology alone, a special type before the common one. */
function finest(readings: readonly PrimaryReading[], tree: CancerTree): string | undefined {
  const codes = [...new Set(readings.flatMap((r) => r.cancer?.oncotree ?? []))];
  const morphologies = (code: string): readonly string[] => tree.term(code)?.codes.icdo3 ?? [];
  const special = (code: string): boolean =>
    codes.some((other) => other !== code && morphologies(code).indexOf(morphologies(other)[0] ?? '') > 0);
  const score = (code: string): number =>
    (tree.organ(code) === 'OTHER' || isVague(code, tree) ? -1000 : 0) +
    (isInSitu(code, tree) ? -500 : 0) +
    (morphologies(code).length === 0 ? -100 : 0) +
    (special(code) ? 50 : 0) +
    tree.depth(code);
  return codes.sort((a, b) => score(b) - score(a) || a.localeCompare(b))[0];
}
