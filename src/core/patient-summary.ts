// Who the answer is about, in the few facts that an oncologist reads first, and what treatment was given so far.
import { compareDates } from '../domain/partial-date.js';
import type { CancerCase, Course, Patient } from '../domain/patient.js';
import type { PatientSummary } from '../domain/recommendation.js';
import type { CorpusIndex } from './corpus-index.js';
import { resultOf } from './criteria/biomarker.js';
import { courseInWords } from './criteria/therapy.js';
import type { Context } from './criteria/trace.js';
import { numberFact } from './criteria/value.js';
import { cancerName } from './criteria/words.js';

export function summarise(
  patient: Patient,
  cancerCase: CancerCase | undefined,
  setting: string | null,
  index: CorpusIndex,
): PatientSummary {
  const [any] = patient.cases;
  const asked = cancerCase ?? (patient.cases.length === 1 ? any : undefined);
  const someCase = asked ?? any;
  const ofPerson = (name: string) => (someCase ? numberOf(name, { patient, cancerCase: someCase, index }) : null);
  return {
    cancer: asked?.cancer.known
      ? { oncotree: asked.cancer.value.oncotree, name: cancerName(asked.cancer.value, index) }
      : null,
    stage: asked?.stage.known ? asked.stage.value : null,
    setting,
    line: asked && countsLines(asked, index) ? ofPerson('line') : null,
    age: ofPerson('age'),
    sex: patient.sex.known ? patient.sex.value : null,
    ecog: ofPerson('ecog'),
    biomarkers: asked ? biomarkersOf(asked, { patient, cancerCase: asked, index }) : [],
    treatments: asked ? [...asked.courses].sort(byStart).map((course) => courseInWords(course, index)) : [],
  };
}

/** A line of therapy is said where the disease is advanced, or of blood and lymph: in early disease "line 1" would mislead. */
const countsLines = ({ values, cancer }: CancerCase, index: CorpusIndex): boolean =>
  values.line?.known === true &&
  ((values.metastatic?.known === true && values.metastatic.value === 'yes') ||
    (values['lines-given']?.known === true && values['lines-given'].value !== 0) ||
    (cancer.known && index.isSystemic(cancer.value.oncotree)));

const numberOf = (name: string, context: Context): number | null => numberFact(name, context) ?? null;

/** Facts that carry the number of a protein marker, with the word that a pathologist puts before it. */
const NUMBERS: Readonly<Record<string, readonly (readonly [fact: string, word: string, unit: string])[]>> = {
  ER: [['er-percent', '', ' %']],
  PR: [['pr-percent', '', ' %']],
  HER2: [['her2-ihc', 'IHC ', '+']],
  'PD-L1': [
    ['pd-l1-tps', 'TPS ', ' %'],
    ['pd-l1-cps', 'CPS ', ''],
    ['pd-l1-ic', 'IC ', ' %'],
  ],
  TMB: [['tmb', '', ' mut/Mb']],
};

function biomarkersOf({ biomarkers }: CancerCase, context: Context): PatientSummary['biomarkers'] {
  return biomarkers
    .flatMap((biomarker) => {
      const result = resultOf(biomarker);
      if (result === undefined && biomarker.alterations.length === 0) return [];
      const variants = biomarker.alterations.map(
        (a) => a.protein ?? a.coding ?? (a.exon ? `exon ${a.exon} ${a.kind}` : a.kind),
      );
      const alteration = variants.length > 0 ? { alteration: variants.join(', ') } : {};
      const numbers = (NUMBERS[biomarker.name] ?? []).flatMap(([fact, word, unit]) => {
        const number = numberOf(fact, context);
        return number === null ? [] : [`${word}${number}${unit}`];
      });
      const value = numbers.length > 0 ? { value: numbers.join(', ') } : {};
      return [{ name: biomarker.name, ...alteration, result: result ?? 'contradictory', ...value }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Oldest first; courses without a start come first, as nothing says they are recent. */
function byStart(a: Course, b: Course): number {
  if (a.start === undefined || b.start === undefined)
    return Number(a.start !== undefined) - Number(b.start !== undefined);
  return compareDates(a.start, b.start);
}
