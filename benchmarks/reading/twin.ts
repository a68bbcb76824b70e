// The structured twin of a golden note: the same patient as the FHIR Bundle that a hospital would send (bin/cases.mjs form).
// "The recommendation from the note equals that from the structured history" is measured against it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/cli/project.js';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import type { FactTerm } from '../../src/domain/corpus/vocabulary.js';
import type { Expected, GoldenNote, Step } from './golden-note.js';

export type ToBundle = (note: GoldenNote) => string;

/** Loads the writer of Bundles, which is plain JavaScript beside the commands. */
export async function twinWriter(corpus: Corpus): Promise<ToBundle> {
  const module = (await import(pathToFileURL(join(projectRoot, 'bin', 'case-bundle.mjs')).href)) as {
    bundleOf: (spec: object) => { entry: object[] };
  };
  return (note) => {
    const bundle = module.bundleOf(specOf(note, corpus));
    bundle.entry.push(
      ...note.expected.absentConditions.map((id, i) => denied(nameIn(corpus.vocabulary.conditions, id), i)),
    );
    return JSON.stringify(bundle);
  };
}

function specOf({ slug, expected }: GoldenNote, corpus: Corpus): object {
  const { vocabulary } = corpus;
  const facts = Object.entries(expected.facts).map(([id, value]) => writtenFact(id, value, vocabulary.facts));
  const ecog = expected.ecog ?? expected.ecogIn?.[0];
  const therapies = datedSteps(expected);
  const spread = spreadDate(therapies, expected.asOf);
  const [first] = therapies.flatMap((step) => startOf(step) ?? []);
  return {
    slug: `notes/${slug}`,
    asOf: expected.asOf,
    ...(expected.age !== undefined && { born: `${Number(expected.asOf.slice(0, 4)) - expected.age}-01-01` }),
    ...(expected.sex && { sex: expected.sex }),
    cancer: { text: expected.cancer?.text, date: first ?? monthsBefore(expected.asOf, 1) },
    ...(expected.stage && { stage: expected.stage }),
    ...(expected.tnm && { tnm: expected.tnm }),
    metastases: (expected.metastases ?? []).map((id) => ({
      text: `Metastasis to ${nameIn(vocabulary.sites, id)}`,
      date: spread,
    })),
    facts: Object.fromEntries([...facts, ...(ecog === undefined ? [] : [['ECOG', ecog] as const])]),
    markers: expected.markers,
    others: expected.conditions.map((id) => nameIn(vocabulary.conditions, id)),
    allergies: expected.allergies,
    medications: expected.medications,
    therapies: therapies.map((step) => written(step, corpus)),
    ...expected.twin,
  };
}

/** A fact in words that a structured source uses: its first phrase, and a number with its unit. */
function writtenFact(
  id: string,
  value: string | number,
  terms: readonly FactTerm[],
): readonly [string, string | number] {
  const multiple = /^(.+)-uln$/.exec(id)?.[1];
  const base = terms.find((f) => f.id === multiple);
  if (base?.upperNormal !== undefined && typeof value === 'number')
    return writtenFact(base.id, value * base.upperNormal, terms);
  const term = terms.find((f) => f.id === id);
  if (term === undefined) throw new Error(`there is no fact "${id}"`);
  const name = term.phrases[0] ?? term.name.en;
  const word = term.words[String(value)];
  if (word !== undefined) return [name, word.phrases[0] ?? value];
  return [name, term.unit !== undefined && term.unit !== '1' ? `${value} ${term.unit}` : value];
}

/** When the disease had spread: at the recurrence told, else when the first treatment without a curative intent began. */
function spreadDate(therapies: readonly Step[], asOf: string): string {
  const recurrence = therapies.find((step) => 'status' in step && step.status === 'distant recurrence');
  const palliative = therapies.find((step) => 'drugs' in step && step.intent === undefined && step.with === undefined);
  return [recurrence, palliative].flatMap((step) => (step && startOf(step)) ?? [])[0] ?? monthsBefore(asOf, 1);
}

/** Steps without a date stand a month apart, the last a month before the question. */
const datedSteps = ({ therapies, asOf }: Expected): readonly Step[] =>
  therapies.map((step, i) =>
    startOf(step) === undefined ? { ...step, start: monthsBefore(asOf, therapies.length - i) } : step,
  );

const startOf = (step: Step): string | undefined =>
  'status' in step ? step.date : 'procedure' in step ? (step.start ?? step.date) : step.start;

function written(step: Step, corpus: Corpus): object {
  if ('status' in step) return step;
  if ('procedure' in step)
    return { ...step, procedure: step.text ?? nameIn(corpus.vocabulary.procedures, step.procedure) };
  const { drugs, outcome, start, end, intent } = step;
  const reason = { progressed: 'progression', intolerant: 'toxicity', stopped: 'other' }[outcome as string];
  return { drugs, start, ...(end && { end }), ...(intent && { intent }), ...(reason && { reason }) };
}

const denied = (text: string, i: number): object => ({
  fullUrl: `https://hospital.example/fhir/Condition/denied-${i}`,
  resource: {
    resourceType: 'Condition',
    id: `denied-${i}`,
    subject: { reference: 'Patient/p' },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'refuted' }],
    },
    code: { text },
  },
});

function nameIn(terms: readonly { readonly id: string; readonly name: { readonly en: string } }[], id: string): string {
  const term = terms.find((t) => t.id === id);
  if (term === undefined) throw new Error(`"${id}" is not in the vocabulary`);
  return term.name.en;
}

function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const at = year * 12 + month - 1 - months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-15`;
}
