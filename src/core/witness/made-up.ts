// Claims -> a patient of which they are true: well otherwise, and silent about everything that was not claimed.
import { derived, type Fact, unknown } from '../../domain/fact.js';
import type { Biomarker, CancerCase, Course, Modality, Patient, Value } from '../../domain/patient.js';
import type { CorpusIndex } from '../corpus-index.js';
import { stageIs } from '../criteria/stage.js';
import { type Claims, type TherapyClaim, valueIn } from './claims.js';

const AS_OF = '2026-06-01';
const SAID = { kind: 'derived', from: 'a made-up patient' } as const;
const fact = <T>(value: T): Fact<T> => derived(value, SAID.from);
const silent = unknown('not-recorded');

/** A person of 60 in good general condition; what a ward knows of everybody. */
const USUAL: Readonly<Record<string, number>> = {
  age: 60,
  ecog: 1,
  'creatinine-clearance': 90,
  creatinine: 75,
  bilirubin: 10,
  'bilirubin-uln': 0.5,
  'alt-uln': 0.6,
  'ast-uln': 0.6,
  neutrophils: 4,
  platelets: 250,
  haemoglobin: 130,
  lvef: 62,
};

const SOME_DRUG = 'cyclophosphamide';

/** Undefined when no cancer code or stage fits the claims. */
export function madeUp(claims: Claims, codes: readonly string[], index: CorpusIndex): Patient | undefined {
  const oncotree = cancerFor(claims, codes, index);
  const stage = oncotree === undefined ? undefined : stageFor(claims, oncotree, index);
  if (oncotree === undefined || stage === 'none') return undefined;
  const values: Record<string, Fact<Value>> = {};
  for (const [name, value] of Object.entries(USUAL)) values[name] = fact(value);
  for (const [name, range] of Object.entries(claims.numbers))
    values[name] = fact(valueIn(range, USUAL[name], middle(name, index)));
  for (const [name, [word]] of Object.entries(claims.words)) if (word !== undefined) values[name] = fact(word);
  const ofPerson = Object.entries(values).filter(([name]) => index.fact(name)?.scope !== 'case');
  const ofCase = Object.entries(values).filter(([name]) => index.fact(name)?.scope === 'case');
  const sex = claims.words.sex?.[0];
  const cancerCase: CancerCase = {
    id: 'case-1',
    cancer: fact({ oncotree, name: index.cancer(oncotree)?.name.en ?? oncotree, precision: 'exact' as const }),
    laterality: silent,
    diagnosed: fact('2025-01-01'),
    status: fact('active' as const),
    verification: fact('confirmed' as const),
    stage: stage === undefined ? silent : fact(stage),
    clinicalTnm: { t: category(claims, 't'), n: category(claims, 'n'), m: category(claims, 'm') },
    pathologicTnm: { t: silent, n: silent, m: silent },
    metastases: claims.sites.map((site) => ({ site, date: '2025-02-01', source: SAID })),
    courses: therapiesOf(claims).map((claim) => courseFor(claim, claims, index)),
    biomarkers: Object.entries(claims.markers).map(
      ([name, { result, alterations }]): Biomarker => ({
        name,
        result: fact(result),
        alterations: alterations.map((a) => ({ ...a, source: SAID })),
      }),
    ),
    values: Object.fromEntries(ofCase),
  };
  return {
    id: 'made-up',
    asOf: AS_OF,
    birthDate: silent,
    sex: sex === 'female' || sex === 'male' ? fact(sex) : silent,
    deceased: false,
    cases: [cancerCase],
    conditions: Object.entries(claims.conditions).map(([id, state]) => ({ id, state, source: SAID })),
    allergies: [],
    medications: [],
    values: Object.fromEntries(ofPerson),
    notUnderstood: [],
    remarks: [],
  };
}

/** Who is on treatment has a course that goes on. */
function therapiesOf({ therapies, words }: Claims): Claims['therapies'] {
  const onTreatment = words['on-treatment']?.[0] === 'yes' && !therapies.some((t) => t.when === 'current');
  return onTreatment ? [...therapies, { when: 'current', selector: {} }] : therapies;
}

const category = ({ tnm }: Claims, axis: 't' | 'n' | 'm'): Fact<string> => {
  const said = tnm[axis];
  return said === undefined ? silent : fact(said);
};

/** The claimed code, else one of those offered, or one below it, that is clear of all that it must not be. */
function cancerFor({ cancer, notCancers }: Claims, codes: readonly string[], index: CorpusIndex): string | undefined {
  const starts = cancer === undefined ? codes : codes.some((c) => index.isCancer(cancer, c)) ? [cancer] : [];
  const clear = (code: string) => notCancers.every((not) => !index.isCancer(code, not) && !index.isCancer(not, code));
  const below = () =>
    index.corpus.vocabulary.cancers.map((c) => c.oncotree).filter((c) => starts.some((s) => index.isCancer(c, s)));
  return starts.find(clear) ?? below().find(clear);
}

/** A stage that is none of those excluded; undefined when nothing is said of it, "none" when there is no such stage. */
function stageFor({ stage, notStages }: Claims, oncotree: string, index: CorpusIndex): string | undefined {
  if (stage === undefined && notStages.length === 0) return undefined;
  const known = index.stageGroups(oncotree);
  const groups = known.size > 0 ? [...known] : ['I', 'II', 'III', 'IV'];
  const own = stage === undefined ? groups : [stage, ...groups.filter((g) => stageIs(g, [stage]) === 'met')];
  return own.find((group) => notStages.length === 0 || stageIs(group, notStages, known) === 'not-met') ?? 'none';
}

function middle(name: string, index: CorpusIndex): number {
  const range = index.fact(name)?.plausible;
  return range === undefined ? 10 : Math.round((range[0] + range[1]) / 2);
}

/** An intent that no excluded course has: one that is not told would leave such questions open. */
function intentFor({ notTherapies }: Claims): Course['intent'] {
  const excluded = notTherapies.flatMap(({ selector }) => selector.intent ?? []);
  return (
    (['palliative', 'neoadjuvant', 'adjuvant', 'maintenance'] as const).find((i) => !excluded.includes(i)) ?? 'unknown'
  );
}

/** A course that answers to the selector: it ended three months ago, or as the selector's months want it, after half a year. */
function courseFor({ when, selector }: TherapyClaim, claims: Claims, index: CorpusIndex): Course {
  const drugs = new Set(selector.drug?.slice(0, 1) ?? []);
  for (const wanted of [...(selector.class?.slice(0, 1) ?? []), ...(selector.with ?? [])]) {
    const drug = index.drug(wanted)?.inn ?? drugOf(wanted, claims, index);
    if (drug !== undefined) drugs.add(drug);
  }
  const [procedure] = selector.procedure ?? [];
  // A systemic course whose drugs are not told would leave every question about earlier drugs open.
  if (drugs.size === 0 && procedure === undefined && (selector.modality?.[0] ?? 'systemic') === 'systemic')
    drugs.add(SOME_DRUG);
  const since =
    selector.beforeMonths !== undefined ? selector.beforeMonths + 1 : Math.min(3, (selector.withinMonths ?? 6) / 2);
  const lasted =
    selector.minMonths !== undefined ? selector.minMonths + 1 : Math.min(6, (selector.maxMonths ?? 12) / 2);
  const ended = when === 'current' ? 0 : since;
  const modality =
    selector.modality?.[0] ?? (procedure === undefined ? 'systemic' : index.procedure(procedure)?.modality);
  return {
    modality: (modality ?? 'systemic') as Modality,
    drugs: [...drugs].sort(),
    ...(procedure === undefined ? {} : { procedure }),
    intent: (selector.intent?.[0] ?? intentFor(claims)) as Course['intent'],
    line: selector.line ?? null,
    start: monthsBefore(ended + lasted),
    ...(when === 'current' ? {} : { end: monthsBefore(since) }),
    outcome: when === 'current' ? 'ongoing' : ((selector.outcome?.[0] ?? 'completed') as Course['outcome']),
    sources: [SAID],
  };
}

/** A cancer drug of the class that is none of those excluded. */
function drugOf(classId: string, { notTherapies }: Claims, index: CorpusIndex): string | undefined {
  const excluded = notTherapies.flatMap(({ selector }) => selector.drug ?? []);
  const members = index.corpus.drugs.filter((d) => index.classesOf(d.inn).has(classId) && !excluded.includes(d.inn));
  return (members.find((d) => d.antineoplastic) ?? members[0])?.inn;
}

/** A day so many months before the day of the question, by days of a mean month. */
function monthsBefore(months: number): string {
  const day = Date.UTC(2026, 5, 1) - Math.round(months * 30.4375) * 86_400_000;
  return new Date(day).toISOString().slice(0, 10);
}
