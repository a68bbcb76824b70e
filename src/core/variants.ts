// The patient with one missing fact filled in, once for each value that the criteria tell apart.
import type { Atom } from '../domain/corpus/criterion.js';
import { derived, known } from '../domain/fact.js';
import type { Alteration, Biomarker, CancerCase, Patient, Value } from '../domain/patient.js';
import type { Context } from './criteria/trace.js';
import { factName, factUnit } from './criteria/words.js';

export interface Variant {
  readonly label: string;
  readonly patient: Patient;
  readonly cancerCase: CancerCase;
}

const FROM = 'supposed';
/** Enough to cross the cut-points that one fact has; more only cost time. */
const MOST_VARIANTS = 6;

export function variantsOf(asked: readonly Atom[], folderAtoms: readonly Atom[], context: Context): readonly Variant[] {
  const [first] = asked;
  if (first === undefined) return [];
  const like = [...asked, ...folderAtoms];
  return changes(first, like, context)
    .slice(0, MOST_VARIANTS)
    .map(({ label, person, ofCase }) => {
      const cancerCase = { ...context.cancerCase, ...ofCase };
      const cases = context.patient.cases.map((c) => (c === context.cancerCase ? cancerCase : c));
      return { label, cancerCase, patient: { ...context.patient, ...person, cases } };
    });
}

interface Change {
  readonly label: string;
  readonly person?: Partial<Patient>;
  readonly ofCase?: Partial<CancerCase>;
}

function changes(atom: Atom, like: readonly Atom[], context: Context): readonly Change[] {
  switch (atom.op) {
    case 'value':
      return valueChanges(atom.name, like, context);
    case 'biomarker':
      return biomarkerChanges(atom.name, like, context);
    case 'stage':
      return stageChanges(like, context);
    case 'tnm':
      return tnmChanges(like, context);
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

/** One value below, at and above every cut-point, inside what is plausible. */
function around(cuts: readonly number[], plausible: readonly [number, number] | undefined): readonly number[] {
  const sorted = [...new Set(cuts)].sort((a, b) => a - b);
  const between = sorted.map((cut, i) => (cut + (sorted[i + 1] ?? cut + Math.max(1, Math.abs(cut) * 0.1))) / 2);
  const [lowest = 0] = sorted;
  const below = lowest - Math.max(1, Math.abs(lowest) * 0.1);
  const [min, max] = plausible ?? [0, Number.POSITIVE_INFINITY];
  return [below, ...sorted.flatMap((cut, i) => [cut, between[i] ?? cut])].filter((v) => v >= min && v <= max);
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

function tnmChanges(like: readonly Atom[], { cancerCase }: Context): readonly Change[] {
  const axes = ['t', 'n', 'm'] as const;
  return axes.flatMap((axis) => {
    const have = cancerCase.pathologicTnm[axis].known || cancerCase.clinicalTnm[axis].known;
    const asked = like.flatMap((a) => (a.op === 'tnm' ? (a[axis] ?? []) : []));
    return [...new Set(have ? [] : asked)].sort().map((category) => ({
      label: category,
      ofCase: { clinicalTnm: { ...cancerCase.clinicalTnm, [axis]: derived(category, FROM) } },
    }));
  });
}

function conditionChanges(id: string, { patient, index }: Context): readonly Change[] {
  const name = index.condition(id)?.name.en ?? id.replaceAll('-', ' ');
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
    const name = index.cancer(code)?.name.en ?? code;
    return {
      label: name,
      ofCase: { cancer: known({ oncotree: code, name, precision: 'exact' as const }, { kind: 'derived', from: FROM }) },
    };
  });
}
