// The ways in which a criterion can be made to hold (or to fail), as claims about a patient. Lazy: the caller takes as many as it needs.
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import type { Alteration } from '../../domain/patient.js';
import type { CorpusIndex } from '../corpus-index.js';
import {
  type Claims,
  type TherapyClaim,
  withCancer,
  withCategory,
  withMarker,
  withRange,
  withStage,
  withTherapies,
  withWords,
} from './claims.js';

/** A criterion that must hold, or must fail. */
export interface Goal {
  readonly criterion: Criterion;
  readonly wanted: boolean;
}

/**
 * Claims under which every goal is reached. What allows one way only is claimed first, so that contradictions show before anything
 * is tried out; of what is left, the choice with the fewest alternatives comes next.
 */
export function* ways(
  goals: readonly Goal[],
  claims: Claims,
  index: CorpusIndex,
  /** Another number begins with other alternatives of the choices: where a bad first choice would be varied last. */
  turn = 0,
  /** Do the claims show what is denied? Such a way ends. */
  isShown: (claims: Claims) => boolean = () => false,
): Generator<Claims> {
  const choices: (readonly (readonly Goal[])[])[] = [];
  const atoms: { readonly atom: Atom; readonly wanted: boolean }[] = [];
  const denied = [...claims.denied];
  const open = [...goals];
  for (let goal = open.shift(); goal !== undefined; goal = open.shift()) {
    const { criterion, wanted } = goal;
    switch (criterion.op) {
      case 'all':
      case 'any': {
        const parts = criterion.parts.map((part) => ({ criterion: part, wanted }));
        if ((criterion.op === 'all') === wanted) open.unshift(...parts);
        else choices.push(parts.map((part) => [part]));
        break;
      }
      case 'not':
        open.unshift({ criterion: criterion.part, wanted: !wanted });
        break;
      case 'unless':
        if (wanted) denied.push(criterion.part);
        else open.unshift({ criterion: criterion.part, wanted: true });
        break;
      default:
        atoms.push({ atom: criterion, wanted });
    }
  }
  for (const settled of atomsTogether(atoms, { ...claims, denied }, index)) {
    if (isShown(settled)) continue;
    const [first] = [...choices].sort((a, b) => a.length - b.length);
    if (first === undefined) yield settled;
    else {
      const rest = choices.filter((choice) => choice !== first).map(asGoal);
      for (const alternative of rotated(first, turn))
        yield* ways([...alternative, ...rest], settled, index, Math.floor(turn / first.length), isShown);
    }
  }
}

const rotated = <T>(list: readonly T[], by: number): readonly T[] => {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
};

/** A choice put off, as a goal again. */
function asGoal(choice: readonly (readonly Goal[])[]): Goal {
  const [part] = choice.flat();
  const parts = choice.flatMap((goals) => goals.map(({ criterion }) => criterion));
  const wanted = part?.wanted ?? true;
  return { criterion: { op: wanted ? 'any' : 'all', parts }, wanted };
}

function* atomsTogether(
  goals: readonly { readonly atom: Atom; readonly wanted: boolean }[],
  claims: Claims,
  index: CorpusIndex,
): Generator<Claims> {
  const [first, ...rest] = goals;
  if (first === undefined) yield claims;
  else for (const so of atomWays(first.atom, first.wanted, claims, index)) yield* atomsTogether(rest, so, index);
}

function* atomWays(atom: Atom, wanted: boolean, claims: Claims, index: CorpusIndex): Generator<Claims> {
  const some = function* (found: readonly (Claims | undefined)[]): Generator<Claims> {
    for (const one of found) if (one !== undefined) yield one;
  };
  switch (atom.op) {
    case 'cancer':
      if (wanted) yield* some(atom.codes.map((code) => withCancer(claims, code, index)));
      else yield { ...claims, notCancers: [...claims.notCancers, ...atom.codes] };
      return;
    case 'stage':
      if (wanted) yield* some(atom.groups.map((group) => withStage(claims, group)));
      else yield { ...claims, notStages: [...claims.notStages, ...atom.groups] };
      return;
    case 'tnm': {
      const axes = (['t', 'n', 'm'] as const).filter((axis) => atom[axis] !== undefined);
      if (wanted) yield* categories(axes, atom, claims);
      else yield* some(axes.map((axis) => withOther(claims, axis, atom[axis] ?? [])));
      return;
    }
    case 'biomarker':
      if (wanted) for (const selector of atom.is) yield positive(claims, atom.name, selector);
      else if (claims.markers[atom.name] !== undefined) yield claims;
      else yield withMarker(claims, atom.name, atom.is.includes('negative') ? 'positive' : 'negative');
      return;
    case 'therapy':
      if (wanted) yield* therapyWays(claims, atom, index);
      else yield* some([withTherapies(claims, claims.therapies, [...claims.notTherapies, atom], index)]);
      return;
    case 'condition': {
      const said = wanted ? atom.ids.slice(0, 1) : atom.ids;
      const state = wanted ? 'present' : 'absent';
      if (said.some((id) => (claims.conditions[id] ?? state) !== state)) return;
      yield { ...claims, conditions: { ...claims.conditions, ...Object.fromEntries(said.map((id) => [id, state])) } };
      return;
    }
    case 'metastasis':
      if (wanted) for (const site of atom.sites) yield { ...claims, sites: [...claims.sites, site] };
      else if (!claims.sites.some((site) => atom.sites.includes(site))) yield claims;
      return;
    case 'value':
      if (atom.name === 'setting') yield claims;
      else if (atom.is !== undefined) yield* some([withWords(claims, atom.name, atom.is, index, !wanted)]);
      else yield* some(ranges(atom, wanted).map((range) => withRange(claims, atom.name, range, index)));
  }
}

/** The same course as one claimed before, where what is asked of it does not clash; else one more. */
function* therapyWays(
  claims: Claims,
  { when, selector }: Atom & { op: 'therapy' },
  index: CorpusIndex,
): Generator<Claims> {
  const { therapies, notTherapies } = claims;
  const claimed: TherapyClaim[][] = [];
  for (const [i, had] of therapies.entries()) {
    const clash = Object.entries(selector).some(([key, value]) => {
      const other = had.selector[key as keyof typeof selector];
      return other !== undefined && JSON.stringify(other) !== JSON.stringify(value);
    });
    const both = { when, selector: { ...had.selector, ...selector } };
    if (had.when === when && !clash) claimed.push(therapies.map((t, k) => (k === i ? both : t)));
  }
  for (const all of [...claimed, [...therapies, { when, selector }]]) {
    const so = withTherapies(claims, all, notTherapies, index);
    if (so !== undefined) yield so;
  }
}

function* categories(
  axes: readonly ('t' | 'n' | 'm')[],
  atom: Atom & { op: 'tnm' },
  claims: Claims,
): Generator<Claims> {
  const [axis, ...rest] = axes;
  if (axis === undefined) {
    yield claims;
    return;
  }
  for (const category of atom[axis] ?? []) {
    const so = withCategory(claims, axis, category);
    if (so !== undefined) yield* categories(rest, atom, so);
  }
}

const OTHERS = { t: ['T1', 'T2', 'T3', 'T4'], n: ['N0', 'N1', 'N2', 'N3'], m: ['M0', 'M1'] } as const;

/** A category that is none of those. */
function withOther(claims: Claims, axis: 't' | 'n' | 'm', not: readonly string[]): Claims | undefined {
  const had = claims.tnm[axis];
  if (had !== undefined) return not.some((category) => had.startsWith(category)) ? undefined : claims;
  const other = OTHERS[axis].find((o) => not.every((category) => !category.startsWith(o) && !o.startsWith(category)));
  return other === undefined ? undefined : withCategory(claims, axis, other);
}

/** The range itself, or the two beyond it. */
function ranges({ range = {} }: Atom & { op: 'value' }, wanted: boolean) {
  if (wanted) return [range];
  const { min, max, above, below } = range;
  return [
    ...(min === undefined ? [] : [{ below: min }]),
    ...(above === undefined ? [] : [{ max: above }]),
    ...(max === undefined ? [] : [{ above: max }]),
    ...(below === undefined ? [] : [{ min: below }]),
  ];
}

const RESULTS = ['positive', 'negative', 'equivocal', 'low', 'ultralow', 'zero'];

function positive(claims: Claims, name: string, selector: string): Claims {
  return RESULTS.includes(selector)
    ? withMarker(claims, name, selector)
    : withMarker(claims, name, 'positive', alterationFor(selector));
}

/** An alteration that answers to the selector (criteria/alteration.ts). */
function alterationFor(selector: string): Alteration {
  const base = { origin: 'somatic', significance: 'pathogenic' } as const;
  const exon = /^exon-(\d+)-(.+)$/.exec(selector);
  if (exon) return { ...base, kind: kindFor(exon[2] ?? ''), exon: Number(exon[1]) };
  const codon = /^codon-(\d+)$/.exec(selector) ?? /^[A-Z](\d+)$/.exec(selector);
  if (codon) return { ...base, kind: 'missense', codon: Number(codon[1]) };
  if (/^[A-Z*]\d+/.test(selector)) return { ...base, kind: 'missense', protein: selector };
  return { ...base, kind: kindFor(selector) };
}

function kindFor(word: string): Alteration['kind'] {
  const kinds: Readonly<Record<string, Alteration['kind']>> = {
    mutation: 'missense',
    truncating: 'nonsense',
    skipping: 'splice',
    deletion: 'deletion',
    insertion: 'insertion',
  };
  return kinds[word] ?? (word as Alteration['kind']);
}
