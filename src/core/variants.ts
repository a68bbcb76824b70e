// The patient with one missing fact filled in, once for each value that the criteria tell apart.
import type { Atom } from '../domain/corpus/criterion.js';
import { derived, known } from '../domain/fact.js';
import type { Alteration, Biomarker, CancerCase, Patient, Value } from '../domain/patient.js';
import { subjectOf } from './criteria/asked.js';
import type { Context, OpenItem } from './criteria/trace.js';
import { factName, factUnit, nameIn } from './criteria/words.js';

/** What is asked of patients, by what it asks about (`subjectOf`): where the cut-points of a fact are. */
export type CutPoints = ReadonlyMap<string, readonly Atom[]>;

export interface Variant {
  readonly label: string;
  readonly patient: Patient;
  readonly cancerCase: CancerCase;
}

const FROM = 'supposed';
/** Enough to cross the cut-points that one fact has; more only cost time. */
const MOST_VARIANTS = 5;

export function variantsOf(asks: readonly OpenItem[], cutPoints: CutPoints, context: Context): readonly Variant[] {
  const [first] = asks;
  if (first === undefined) return [];
  const like = [...asks.map((ask) => ask.atom), ...(cutPoints.get(subjectOf(first.atom)) ?? [])];
  return spread(changes(first, like, context), MOST_VARIANTS).map(({ label, person, ofCase }) => {
    const cancerCase = { ...context.cancerCase, ...ofCase };
    const cases = context.patient.cases.map((c) => (c === context.cancerCase ? cancerCase : c));
    return { label, cancerCase, patient: { ...context.patient, ...person, cases } };
  });
}

/** At most so many of a row, evenly, the first and the last among them: the ends of a scale tell most. */
function spread<T>(row: readonly T[], most: number): readonly T[] {
  if (row.length <= most) return row;
  return row.filter(
    (_, i) =>
      Math.round((i * (most - 1)) / (row.length - 1)) !== Math.round(((i - 1) * (most - 1)) / (row.length - 1)) ||
      i === 0,
  );
}

interface Change {
  readonly label: string;
  readonly person?: Partial<Patient>;
  readonly ofCase?: Partial<CancerCase>;
}

function changes({ atom, item }: OpenItem, like: readonly Atom[], context: Context): readonly Change[] {
  switch (atom.op) {
    case 'value':
      return valueChanges(atom.name, like, context);
    case 'biomarker':
      return biomarkerChanges(atom.name, like, context);
    case 'stage':
      return stageChanges(like, context);
    case 'tnm':
      return tnmChanges(item, like, context);
    case 'condition':
      return atom.ids.slice(0, 1).flatMap((id) => conditionChanges(id, context));
    case 'cancer':
      return cancerChanges(like, context);
    // What earlier treatment was is not guessed at; the list of sites is taken as complete.
    case 'therapy':
    case 'metastasis':
      return [];
  }
}

function valueChanges(name: string, like: readonly Atom[], context: Context): readonly Change[] {
  const asked = like.flatMap((a) => (a.op === 'value' && a.name === name ? [a] : []));
  const term = context.index.fact(name);
  const words = [...new Set([...asked.flatMap((a) => a.is ?? []), ...Object.keys(term?.words ?? {})])];
  const numbers = asked.flatMap(({ range }) => [range?.min, range?.max, range?.above, range?.below]);
  const values: readonly Value[] = numbers.some((n) => n !== undefined)
    ? around(
        numbers.filter((n) => n !== undefined),
        term?.plausible,
      )
    : words;
  return values.map((value) => {
    const values = { [name]: derived(value, FROM) };
    const label = `${factName(context.index, name)} ${value}${factUnit(context.index, name)}`;
    return term?.scope === 'person'
      ? { label, person: { values: { ...context.patient.values, ...values } } }
      : { label, ofCase: { values: { ...context.cancerCase.values, ...values } } };
  });
}

/** One value below, at and above every cut-point, inside what is plausible; whole numbers where the scale is one of steps. */
function around(cuts: readonly number[], plausible: readonly [number, number] | undefined): readonly number[] {
  const sorted = [...new Set(cuts)].sort((a, b) => a - b);
  const [min, max] = plausible ?? [0, Number.POSITIVE_INFINITY];
  const steps = sorted.every(Number.isInteger) && max - min <= 10;
  const margin = (cut: number) => (steps ? 1 : Math.max(1, Math.abs(cut) * 0.1));
  const values = sorted.flatMap((cut, i) => {
    const next = sorted[i + 1];
    return [...(i === 0 ? [cut - margin(cut)] : []), cut, next === undefined ? cut + margin(cut) : (cut + next) / 2];
  });
  return [...new Set(values.map((v) => (steps ? Math.round(v) : v)))].filter((v) => v >= min && v <= max);
}

function biomarkerChanges(name: string, like: readonly Atom[], { cancerCase }: Context): readonly Change[] {
  const selectors = like.flatMap((a) => (a.op === 'biomarker' && a.name === name ? a.is : []));
  return [...new Set(['negative', ...selectors])].map((selector) => {
    const others = cancerCase.biomarkers.filter((b) => b.name !== name);
    return {
      label: `${name} ${selector.replaceAll('-', ' ')}`,
      ofCase: { biomarkers: [...others, supposed(name, selector)] },
    };
  });
}

const RESULTS = ['positive', 'negative', 'equivocal', 'low', 'ultralow', 'zero'];

function supposed(name: string, selector: string): Biomarker {
  if (RESULTS.includes(selector)) return { name, result: derived(selector, FROM), alterations: [] };
  return { name, result: derived('positive', FROM), alterations: [alterationOf(selector)] };
}

/** An alteration that answers to the selector. */
function alterationOf(selector: string): Biomarker['alterations'][number] {
  const shared = { origin: 'unknown', significance: 'pathogenic', source: { kind: 'derived', from: FROM } } as const;
  const kinds: Readonly<Record<string, Alteration['kind']>> = {
    deletion: 'deletion',
    insertion: 'insertion',
    skipping: 'splice',
    mutation: 'missense',
    fusion: 'fusion',
    amplification: 'amplification',
    'copy-loss': 'copy-loss',
    truncating: 'nonsense',
  };
  const exon = /^exon-(\d+)-(.+)$/.exec(selector);
  if (exon) return { ...shared, kind: kinds[exon[2] ?? ''] ?? 'missense', exon: Number(exon[1]) };
  const codon = /^(?:codon-|[A-Z])(\d+)$/.exec(selector);
  if (codon) return { ...shared, kind: 'missense', codon: Number(codon[1]) };
  const kind = kinds[selector];
  return kind ? { ...shared, kind } : { ...shared, kind: 'missense', protein: selector };
}

/** A stage brings "metastatic" with it, as in the normaliser: stage IV is, the others are not. */
function stageChanges(like: readonly Atom[], { cancerCase, index }: Context): readonly Change[] {
  const known = cancerCase.cancer.known ? [...index.stageGroups(cancerCase.cancer.value.oncotree)] : [];
  const asked = like.flatMap((a) => (a.op === 'stage' ? a.groups : []));
  const groups = [...new Set([...(known.length > 0 ? coarse(known) : []), ...asked])].sort();
  return groups.map((group) => ({
    label: `stage ${group}`,
    ofCase: {
      stage: derived(group, FROM),
      values: { ...cancerCase.values, metastatic: derived(group.startsWith('IV') ? 'yes' : 'no', FROM) },
    },
  }));
}

const coarse = (groups: readonly string[]): readonly string[] => groups.map((g) => g.replace(/\d$/, ''));

/** The item is named for its axis: "N category". Subcategories are left to their category. */
function tnmChanges(item: string, like: readonly Atom[], { cancerCase }: Context): readonly Change[] {
  const axis = (['t', 'n', 'm'] as const).find((a) => item.toLowerCase().startsWith(a));
  if (axis === undefined) return [];
  const asked = like.flatMap((a) => (a.op === 'tnm' ? (a[axis] ?? []) : []));
  return [...new Set(asked.map((category) => category.slice(0, 2)))].sort().map((category) => ({
    label: category,
    ofCase: { clinicalTnm: { ...cancerCase.clinicalTnm, [axis]: derived(category, FROM) } },
  }));
}

function conditionChanges(id: string, { patient, index }: Context): readonly Change[] {
  const name = nameIn(index.condition(id)?.name, id, index);
  const entry = (state: 'present' | 'absent') => ({ id, state, source: { kind: 'derived', from: FROM } as const });
  return (['present', 'absent'] as const).map((state) => ({
    label: `${name} ${state}`,
    person: { conditions: [...patient.conditions, entry(state)] },
  }));
}

function cancerChanges(like: readonly Atom[], { cancerCase, index }: Context): readonly Change[] {
  if (!cancerCase.cancer.known) return [];
  const { oncotree } = cancerCase.cancer.value;
  const narrower = like.flatMap((a) => (a.op === 'cancer' ? a.codes.filter((c) => index.isCancer(c, oncotree)) : []));
  return [...new Set(narrower)].sort().map((code) => {
    const name = nameIn(index.cancer(code)?.name, code, index);
    return {
      label: name,
      ofCase: { cancer: known({ oncotree: code, name, precision: 'exact' as const }, { kind: 'derived', from: FROM }) },
    };
  });
}
