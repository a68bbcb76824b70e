// What a made-up patient must have so that a criterion holds: claims are gathered part by part, contradictions end a way at once.
// Used to prove that an indication can be reached and that a setting has an answer; never for a real patient.
import type { Criterion, NumberRange, TherapySelector } from '../../domain/corpus/criterion.js';
import type { Alteration } from '../../domain/patient.js';
import type { CorpusIndex } from '../corpus-index.js';

export interface Claims {
  readonly cancer?: string;
  readonly notCancers: readonly string[];
  readonly stage?: string;
  readonly notStages: readonly string[];
  readonly tnm: Readonly<Partial<Record<'t' | 'n' | 'm', string>>>;
  readonly numbers: Readonly<Record<string, NumberRange>>;
  /** Words that a fact may still have. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly markers: Readonly<Record<string, { readonly result: string; readonly alterations: readonly Alteration[] }>>;
  readonly therapies: readonly TherapyClaim[];
  readonly notTherapies: readonly TherapyClaim[];
  readonly conditions: Readonly<Record<string, 'present' | 'absent'>>;
  readonly sites: readonly string[];
  /** Criteria that the record must not show (`unless`): unknown is enough. */
  readonly denied: readonly Criterion[];
}

export interface TherapyClaim {
  readonly when: 'prior' | 'current';
  readonly selector: TherapySelector;
}

export const NOTHING: Claims = {
  notCancers: [],
  notStages: [],
  tnm: {},
  numbers: {},
  words: {},
  markers: {},
  therapies: [],
  notTherapies: [],
  conditions: {},
  sites: [],
  denied: [],
};

/** The narrower of two codes of one lineage; undefined when neither is above the other. */
export function withCancer(claims: Claims, code: string, index: CorpusIndex): Claims | undefined {
  const { cancer } = claims;
  if (cancer === undefined || index.isCancer(code, cancer)) return { ...claims, cancer: code };
  return index.isCancer(cancer, code) ? claims : undefined;
}

/** The finer of two groups that agree ("III" and "IIIA"). */
export function withStage(claims: Claims, group: string): Claims | undefined {
  const { stage } = claims;
  if (stage !== undefined && !agree(stage, group)) return undefined;
  return { ...claims, stage: stage !== undefined && stage.length > group.length ? stage : group };
}

export function withCategory(claims: Claims, axis: 't' | 'n' | 'm', category: string): Claims | undefined {
  const had = claims.tnm[axis];
  if (had !== undefined && !had.startsWith(category) && !category.startsWith(had)) return undefined;
  const finer = had !== undefined && had.length > category.length ? had : category;
  return { ...claims, tnm: { ...claims.tnm, [axis]: finer } };
}

/** "III" and "IIIA" agree, "I" and "II" do not. */
const agree = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((g) => /^(0|IV|I{1,3})(.*)$/.exec(g) ?? ['', g, '']);
  return x?.[1] === y?.[1] && ((x?.[2] ?? '').startsWith(y?.[2] ?? '') || (y?.[2] ?? '').startsWith(x?.[2] ?? ''));
};

export function withRange(claims: Claims, name: string, range: NumberRange, index: CorpusIndex): Claims | undefined {
  const [min, max] = index.fact(name)?.plausible ?? [];
  const had = claims.numbers[name] ?? { min, max };
  const joined: NumberRange = {
    min: larger(had.min, range.min),
    above: larger(had.above, range.above),
    max: smaller(had.max, range.max),
    below: smaller(had.below, range.below),
  };
  return isEmpty(joined) ? undefined : { ...claims, numbers: { ...claims.numbers, [name]: joined } };
}

const larger = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);
const smaller = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

function isEmpty({ min, above, max, below }: NumberRange): boolean {
  const low = larger(min, above);
  const high = smaller(max, below);
  if (low === undefined || high === undefined) return false;
  return low > high || (low === high && (low === above || high === below));
}

/** The fact may only be one of the words (or, `not`, none of them). */
export function withWords(
  claims: Claims,
  name: string,
  words: readonly string[],
  index: CorpusIndex,
  not = false,
): Claims | undefined {
  const allowed = claims.words[name] ?? Object.keys(index.fact(name)?.words ?? {});
  const left = allowed.filter((word) => words.includes(word) !== not);
  return left.length === 0 ? undefined : { ...claims, words: { ...claims.words, [name]: left } };
}

/** Undefined when a course that is claimed is plainly one of those that must not be. */
export function withTherapies(
  claims: Claims,
  therapies: readonly TherapyClaim[],
  notTherapies: readonly TherapyClaim[],
  index: CorpusIndex,
): Claims | undefined {
  const clash = therapies.some((claim) => notTherapies.some((not) => isOneOf(claim, not, index)));
  return clash ? undefined : { ...claims, therapies, notTherapies };
}

/** A course that goes on is an earlier one too (criteria/therapy.ts); only names and classes are compared, the rest is left to the engine. */
function isOneOf(claim: TherapyClaim, not: TherapyClaim, index: CorpusIndex): boolean {
  if (not.when === 'current' && claim.when === 'prior') return false;
  const { drug = [], class: classes = [], ...others } = not.selector;
  if (Object.values(others).some((value) => value !== undefined) || drug.length + classes.length === 0) return false;
  const [named] = claim.selector.drug ?? [];
  if (named !== undefined) return drug.includes(named) || classes.some((c) => index.classesOf(named).has(c));
  const [ofClass] = claim.selector.class ?? [];
  return ofClass !== undefined && classes.some((c) => index.isClass(ofClass, c));
}

/** A marker that is claimed positive in one variant may be so in another too. */
export function withMarker(claims: Claims, name: string, result: string, alteration?: Alteration): Claims {
  const had = claims.markers[name];
  const kept = had?.result === result ? had.alterations : [];
  const alterations = alteration === undefined ? kept : [...kept, alteration];
  return { ...claims, markers: { ...claims.markers, [name]: { result, alterations } } };
}

/** A value inside the range: the usual one, else one near a limit, else the middle. `fallback` where the range says nothing. */
export function valueIn({ min, max, above, below }: NumberRange, usual: number | undefined, fallback: number): number {
  const low = larger(min, above);
  const high = smaller(max, below);
  const inside = (value: number) =>
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below);
  const tries = [
    usual,
    ...(low === undefined ? [] : [low + 1, low * 1.1 + 0.01, low]),
    ...(high === undefined ? [] : [high - 1, high * 0.9, high]),
    ...(low === undefined || high === undefined ? [] : [(low + high) / 2]),
  ];
  return tries.find((value): value is number => value !== undefined && inside(value)) ?? fallback;
}
