// The gate's patients: a seeded cohort read once and answered by the candidate and by the released model, in batches; what changes is
// counted, every record is held against the laws of safety, and a sample is asked again with facts forgotten and rules removed.
import { type CorpusIndex, indexCorpus } from '../core/corpus-index.js';
import { decide } from '../core/decide.js';
import { prepare } from '../core/prepare.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import type { History } from '../domain/history.js';
import type { ModelInfo } from '../domain/outcome.js';
import type { Patient } from '../domain/patient.js';
import type { Recommendation } from '../domain/recommendation.js';
import { type ChangeGroup, groupChanges, type RecordChange, recordChanges } from '../evidence/gate/record-changes.js';
import { type Breach, clearedByForgetting, raised, recordBreaches } from '../evidence/gate/record-laws.js';
import type { Recommender } from './recommend.js';

export interface CohortGate {
  readonly patients: number;
  /** Lines that no reader takes (a broken transfer): not answered by either. */
  readonly unreadable: number;
  readonly mutated: number;
  /** First options and lost recommendations; none when there is no released model. */
  readonly changes: readonly ChangeGroup[];
  readonly changedPatients: number;
  readonly breaches: readonly Breach[];
}

export interface CohortSides {
  readonly candidate: Recommender;
  readonly released: Recommender | null;
  /** Corpus of the candidate, for the mutations. */
  readonly corpus: Corpus;
}

/** One patient in so many is mutated. */
const MUTATE_EVERY = 100;
const AT_ONCE = 50;

/** `read` gives the histories of patient `index`; none when the line is unreadable. */
export async function gateCohort(
  sides: CohortSides,
  patients: number,
  read: (index: number) => readonly History[],
  report: (done: number) => void = () => {},
): Promise<CohortGate> {
  const laws = mutations(sides.corpus);
  const changes: RecordChange[] = [];
  const breaches: Breach[] = [];
  let [unreadable, mutated, changedPatients] = [0, 0, 0];
  for (let at = 0; at < patients; at += AT_ONCE) {
    const histories: History[] = [];
    for (let index = at; index < Math.min(patients, at + AT_ONCE); index++) {
      const own = read(index);
      if (own.length === 0) unreadable++;
      histories.push(...own);
      if (index % MUTATE_EVERY > 0) continue;
      for (const history of own) {
        mutated++;
        breaches.push(...laws(sides.candidate.normalize(history)));
      }
    }
    const after = await sides.candidate.recommendMany(histories, { tryMissing: false });
    const before = await sides.released?.recommendMany(histories, { tryMissing: false });
    after.forEach((record, i) => {
      breaches.push(...recordBreaches(record));
      const old = before?.[i];
      const found = old === undefined ? [] : recordChanges(old, record);
      changes.push(...found);
      if (found.length > 0) changedPatients++;
    });
    report(Math.min(patients, at + AT_ONCE));
    await new Promise(setImmediate);
  }
  return { patients, unreadable, mutated, changes: groupChanges(changes), changedPatients, breaches };
}

const NO_MODEL: ModelInfo = { id: 'none', corpusHash: '', featuresHash: '', networks: [] };

/** Laws that compare a patient with the same patient changed. Bands need no numbers, so no model is asked. */
export function mutations(corpus: Corpus): (patient: Patient) => readonly Breach[] {
  const ruled = indexCorpus(corpus);
  const free = indexCorpus({ ...corpus, safety: [] });
  const whenUnknown = new Map(corpus.safety.map((rule) => [rule.id, rule.whenUnknown]));
  const asks = (rule: string): boolean => (whenUnknown.get(rule) ?? 'silent') !== 'silent';
  return (patient) => {
    const whole = bands(patient, ruled);
    const demoted = raised(bands(patient, free), whole, 'safety-promotes');
    const turned = JSON.stringify(places(bands(reversed(patient), ruled))) === JSON.stringify(places(whole));
    return [
      ...demoted,
      ...(turned ? [] : [{ law: 'order-of-facts', what: 'the same facts in another order give other bands' }]),
      ...factNames(patient).flatMap((fact) =>
        clearedByForgetting(whole, bands(without(patient, fact), ruled), fact, asks),
      ),
    ];
  };
}

function bands(patient: Patient, index: CorpusIndex): Recommendation {
  const prepared = prepare(patient, index, NO_MODEL, { tryMissing: false });
  return decide(prepared, [], { versions: { code: '', input: '' } });
}

const places = ({ options }: Recommendation) => options.map((o) => [o.decision, o.regimen.id, o.band, o.rank]);

const factNames = (patient: Patient): readonly string[] => [
  ...new Set([patient, ...patient.cases].flatMap(({ values }) => Object.keys(values))),
];

function without(patient: Patient, fact: string): Patient {
  const left = <T extends { readonly values: Patient['values'] }>(of: T): T => {
    const { [fact]: _forgotten, ...values } = of.values;
    return { ...of, values };
  };
  return { ...left(patient), cases: patient.cases.map(left) };
}

function reversed(patient: Patient): Patient {
  const turn = (values: Patient['values']): Patient['values'] => Object.fromEntries(Object.entries(values).reverse());
  return {
    ...patient,
    values: turn(patient.values),
    cases: patient.cases.map((c) => ({ ...c, values: turn(c.values), biomarkers: [...c.biomarkers].reverse() })),
  };
}
