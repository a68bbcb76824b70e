// Treatment read from a note against treatment told in it: the drugs that were given, how each ended, the procedures done.
import type { ProcedureTerm } from '../../src/domain/corpus/vocabulary.js';
import type { Course } from '../../src/domain/patient.js';
import type { Expected } from './golden-note.js';
import { compareSets, type Outcome } from './outcome.js';

export function scoreTreatment(
  expected: Expected,
  courses: readonly Course[],
  terms: readonly ProcedureTerm[],
): readonly Outcome[] {
  const given = courses.filter((course) => course.outcome !== 'planned');
  const read = distinct(given.flatMap((course) => course.drugs));
  const steps = expected.therapies.flatMap((step) => ('drugs' in step ? [step] : []));
  const wanted = distinct(steps.flatMap((step) => step.drugs)).filter((drug) => !STEROIDS.includes(drug));
  const procedures = given.filter((c) => c.modality !== 'systemic').flatMap((course) => course.procedure ?? []);
  const done = expected.therapies.flatMap((step) => ('procedure' in step ? [step.procedure] : []));
  // "Thyroidectomy" for total thyroidectomy, "resection of the tumour" for one of a brain tumour: less precise, not wrong.
  const named = procedures.map(
    (id) => done.find((wanted) => wanted === id) ?? done.find((wanted) => related(wanted, id, terms)) ?? id,
  );
  return [
    ...compareSets('drugs', wanted, read, [...expected.acceptDrugs, ...STEROIDS]),
    ...wanted.filter((drug) => read.includes(drug)).flatMap((drug) => scoreEnd(drug, steps, given)),
    ...compareSets('procedures', distinct(done), distinct(named), expected.acceptProcedures),
  ];
}

/** Part of regimens (R-CHOP, VRd) and comedication alike: may be read or not. */
const STEROIDS: readonly string[] = ['prednisone', 'prednisolone', 'dexamethasone', 'methylprednisolone'];

/** How the last course with the drug ended. */
function scoreEnd(
  drug: string,
  steps: readonly Extract<Expected['therapies'][number], { drugs: unknown }>[],
  given: readonly Course[],
): readonly Outcome[] {
  const last = steps.findLast((step) => step.drugs.includes(drug));
  if (last === undefined || last.outcome === 'unknown') return [];
  const courses = given.filter((c) => c.drugs.includes(drug));
  const got = [...courses].sort((a, b) => ((a.start ?? '') < (b.start ?? '') ? -1 : 1)).at(-1)?.outcome ?? 'unknown';
  const right = got === last.outcome || last.acceptOutcome.some((outcome) => outcome === got);
  return [{ kind: 'drug-outcome', right, expected: `${drug} ${last.outcome}`, got: `${drug} ${got}` }];
}

/** One is the other's parent, or both are names of one thing in the vocabulary: same parent, same modality, definitive. */
function related(a: string, b: string, terms: readonly ProcedureTerm[]): boolean {
  const [x, y] = [a, b].map((id) => terms.find((t) => t.id === id));
  if (x === undefined || y === undefined || x.modality !== y.modality) return false;
  return (
    x.parents.includes(b) ||
    y.parents.includes(a) ||
    (b === 'tumour-resection' && x.definitive) ||
    SAME.some((set) => set.includes(a) && set.includes(b))
  );
}
const SAME: readonly (readonly string[])[] = [
  ['hysterectomy', 'simple-hysterectomy'],
  ['total-thyroidectomy', 'thyroidectomy'],
  ['neck-dissection', 'neck-node-dissection'],
  ['focal-brain-radiotherapy', 'radiotherapy'],
  ['brain-tumour-resection', 'tumour-resection'],
  ['regional-node-dissection', 'axillary-dissection'],
];

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
