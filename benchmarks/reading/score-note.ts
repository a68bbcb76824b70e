// The patient that was read from a note against the patient that is in it, fact by fact.
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import type { Fact } from '../../src/domain/fact.js';
import type { CancerCase, Patient, Value } from '../../src/domain/patient.js';
import type { Recommendation } from '../../src/domain/recommendation.js';
import type { Expected, GoldenNote } from './golden-note.js';
import { compareOne, compareSets, type Kind, type Outcome } from './outcome.js';
import { scoreBiomarkers } from './score-biomarkers.js';
import { scoreTreatment } from './score-treatment.js';

/** @param patient undefined where the reader found nothing that is about a patient */
export function scoreNote(
  { expected }: GoldenNote,
  patient: Patient | undefined,
  record: Recommendation | undefined,
  corpus: Corpus,
): readonly Outcome[] {
  const cancerCase = patient && chosenCase(patient, expected);
  const value = (id: string): Value | undefined => {
    const fact: Fact<Value> | undefined = cancerCase?.values[id] ?? patient?.values[id];
    return fact?.known ? fact.value : undefined;
  };
  const person = (kind: 'age' | 'sex' | 'ecog'): string | undefined => {
    const got = kind === 'sex' && patient?.sex.known ? patient.sex.value : value(kind);
    return got === undefined ? undefined : String(got);
  };
  return [
    ...scoreCancer(expected, patient),
    ...scoreStage(expected, cancerCase),
    ...scoreTnm(expected, cancerCase),
    ...compareOne('age', expected.age?.toString(), person('age')),
    ...compareOne('sex', expected.sex, person('sex')),
    ...compareOne(
      'ecog',
      (expected.ecog ?? expected.ecogIn?.[0])?.toString(),
      person('ecog'),
      expected.ecogIn?.map(String),
    ),
    ...scoreBiomarkers(expected, cancerCase?.biomarkers ?? [], corpus.vocabulary.biomarkers),
    ...scoreTreatment(expected, cancerCase?.courses ?? [], corpus.vocabulary.procedures),
    ...scoreMetastases(expected, cancerCase),
    ...scoreFacts(expected, value),
    ...scorePerson(expected, patient, corpus),
    ...compareOne('line', expected.line?.toString(), record?.patient.line?.toString()),
    ...compareOne('setting', expected.setting, record?.patient.setting ?? undefined, expected.acceptSetting),
    ...expected.unknown.flatMap((name) => leftOpen(name, value, cancerCase)),
  ];
}

const cancerCodes = ({ cancer }: Expected): readonly string[] =>
  cancer === null ? [] : [cancer.oncotree, ...cancer.accept];

const codeOf = ({ cancer }: CancerCase): string | undefined => (cancer.known ? cancer.value.oncotree : undefined);

/** The case that the note is about: the expected one if it was read, else the first. */
function chosenCase(patient: Patient, expected: Expected): CancerCase | undefined {
  const codes = cancerCodes(expected);
  return patient.cases.find((c) => codes.includes(codeOf(c) ?? '')) ?? patient.cases[0];
}

function scoreCancer(expected: Expected, patient: Patient | undefined): readonly Outcome[] {
  // A diagnosis that is only thought of, or that was ruled out, is none.
  const read = (patient?.cases ?? [])
    .filter((c) => !c.verification.known || c.verification.value === 'confirmed')
    .flatMap((c) => codeOf(c) ?? []);
  const codes = cancerCodes(expected);
  const right = read.find((code) => codes.includes(code));
  const others = read.filter((code) => !codes.includes(code) && !expected.otherCancers.includes(code));
  const [wanted] = codes;
  if (wanted === undefined) return others.map((got): Outcome => ({ kind: 'cancer', right: false, got }));
  if (right === undefined) {
    const [got, ...more] = others;
    return [
      { kind: 'cancer', right: false, expected: wanted, ...(got !== undefined && { got }) },
      ...more.map((g): Outcome => ({ kind: 'cancer', right: false, got: g })),
    ];
  }
  return [
    { kind: 'cancer', right: true, expected: wanted, got: right },
    ...others.map((got): Outcome => ({ kind: 'cancer', right: false, got })),
  ];
}

function scoreStage(expected: Expected, cancerCase: CancerCase | undefined): readonly Outcome[] {
  const got = cancerCase?.stage.known ? cancerCase.stage.value : undefined;
  if (expected.stage !== undefined) return compareOne('stage', expected.stage, got, expected.acceptStage);
  const allowed = expected.acceptStage.length === 0 || got === undefined || expected.acceptStage.includes(got);
  return allowed ? [] : [{ kind: 'stage', right: false, ...(got !== undefined && { got }) }];
}

/** Category by category. A note that writes no prefix may be read as clinical or pathologic. */
function scoreTnm({ tnm }: Expected, cancerCase: CancerCase | undefined): readonly Outcome[] {
  return (['c', 'p'] as const).flatMap((kind) =>
    (tnm?.[kind]?.split(/\s+/) ?? []).flatMap((category) => {
      const letter = category[0]?.toLowerCase() as 't' | 'n' | 'm';
      const own = kind === 'c' ? cancerCase?.clinicalTnm : cancerCase?.pathologicTnm;
      const other = kind === 'c' ? cancerCase?.pathologicTnm : cancerCase?.clinicalTnm;
      const said = [own?.[letter], other?.[letter]].flatMap((fact) => (fact?.known ? [fact.value] : []));
      return compareOne('tnm', category, said.includes(category) ? category : said[0]);
    }),
  );
}

function scoreMetastases(expected: Expected, cancerCase: CancerCase | undefined): readonly Outcome[] {
  const sites = (cancerCase?.metastases ?? []).map((m) => m.site);
  const metastatic = cancerCase?.values.metastatic;
  const wrongly: readonly Outcome[] =
    expected.notMetastatic === true && metastatic?.known === true && metastatic.value === 'yes'
      ? [{ kind: 'metastases', right: false, got: 'metastatic' }]
      : [];
  if (expected.metastases === undefined) return wrongly;
  return [...compareSets('metastases', expected.metastases, sites, expected.acceptMetastases), ...wrongly];
}

/** Two per cent: conversions of units are rounded in notes. */
const TOLERANCE = 0.02;

function scoreFacts(expected: Expected, value: (id: string) => Value | undefined): readonly Outcome[] {
  return Object.entries(expected.facts).flatMap(([id, wanted]): readonly Outcome[] => {
    const other = expected.acceptFacts[id];
    const got = value(id) ?? (other === undefined ? undefined : value(other));
    if (got === undefined && expected.acceptUnknownFacts.includes(id)) return [];
    const right =
      typeof wanted === 'number' && typeof got === 'number'
        ? Math.abs(got - wanted) <= TOLERANCE * Math.abs(wanted)
        : String(got) === String(wanted);
    return [{ kind: 'facts', right, expected: `${id} ${wanted}`, ...(got !== undefined && { got: `${id} ${got}` }) }];
  });
}

function scorePerson(expected: Expected, patient: Patient | undefined, corpus: Corpus): readonly Outcome[] {
  const present = (patient?.conditions ?? []).filter((c) => c.state !== 'absent').map((c) => c.id);
  const above = (id: string): readonly string[] => {
    const parents = corpus.vocabulary.conditions.find((c) => c.id === id)?.parents ?? [];
    return [...parents, ...parents.flatMap(above)];
  };
  // Derived from an operation, not read.
  const named = [...expected.conditions, ...expected.acceptConditions, 'recent-surgery'];
  // Those named as absent are wrong whatever else would allow them.
  const allowed = [...named, ...named.flatMap(above)].filter((id) => !expected.absentConditions.includes(id));
  const allergies = (patient?.allergies ?? []).map((a) => a.substance);
  return [
    ...compareSets('conditions', expected.conditions, present, allowed),
    ...compareSets(
      'medications',
      expected.medications,
      (patient?.medications ?? []).map((m) => m.drug),
      expected.acceptMedications,
    ),
    ...compareSets('allergies', expected.allergies, allergies, expected.acceptAllergies),
  ];
}

/** What the note leaves open must not be known: a fact, a biomarker, the stage. */
function leftOpen(
  name: string,
  value: (id: string) => Value | undefined,
  cancerCase: CancerCase | undefined,
): readonly Outcome[] {
  const marker = cancerCase?.biomarkers.find((b) => b.name === name);
  const got =
    name === 'stage'
      ? cancerCase?.stage.known && cancerCase.stage.value
      : marker !== undefined
        ? (marker.result.known && marker.result.value) || marker.alterations.length > 0
        : value(name);
  const kind: Kind = 'unknown';
  return got === undefined || got === false
    ? [{ kind, right: true, expected: name, got: name }]
    : [{ kind, right: false, expected: `${name} open`, got: `${name} ${got}` }];
}
