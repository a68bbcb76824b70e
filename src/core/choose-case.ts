// Which of the patient's cancers the answer is about. Refuted diagnoses are dropped; resolved, disease-free and long-quiet ones are
// history; of several of one kind (bilateral breast cancer) the more advanced leads; two different active cancers are a conflict.

import type { CancerFolder } from '../domain/corpus/corpus.js';
import { atoms } from '../domain/corpus/criterion.js';
import { monthsBetween } from '../domain/partial-date.js';
import type { CancerCase, Patient } from '../domain/patient.js';
import type { AbstainCode } from '../domain/recommendation.js';
import { type CorpusIndex, ROOT } from './corpus-index.js';
import { resultOf } from './criteria/biomarker.js';
import type { OpenItem } from './criteria/trace.js';
import { say } from './criteria/words.js';

export interface Abstention {
  readonly kind: 'abstained';
  readonly code: AbstainCode;
  readonly message: string;
  /** The case that the answer would have been about, when one was chosen. */
  readonly cancerCase?: CancerCase;
  readonly asks: readonly OpenItem[];
  readonly notes: readonly string[];
}

export interface ChosenCase {
  readonly kind: 'chosen';
  readonly cancerCase: CancerCase;
  readonly folder: CancerFolder;
  /** What keeps the folder itself open: the histology, when only the organ is recorded. */
  readonly asks: readonly OpenItem[];
  readonly notes: readonly string[];
  /** The cancer has no folder of its own, and the answer holds only what is for any tumour: what is to be said of it. */
  readonly uncovered?: string;
}

/** Months without any event after which an earlier cancer counts as history beside a newer one; sooner when no disease is left. */
const QUIET_MONTHS = { unstated: 60, diseaseFree: 12 };
/** Skin cancers that registries leave out (basal and squamous cell) do not hold up the treatment of another cancer. */
const MINOR = ['BCC', 'CSCC'];

export function chooseCase(patient: Patient, index: CorpusIndex, caseId?: string): ChosenCase | Abstention {
  if (patient.deceased) return abstain('deceased', 'The patient has died; no treatment is to be decided.');
  if (patient.cases.length === 0) return abstain('no-cancer', 'The history holds no cancer diagnosis.');
  const asked = patient.cases.find((c) => c.id === caseId);
  if (caseId !== undefined && asked === undefined)
    return abstain('no-cancer', `No cancer of this patient has the id "${caseId}".`);
  const current = withoutHistory(established(patient.cases), patient);
  const candidates = asked ? [asked] : current;
  const rivals = candidates.filter((c) => conflicts(c, candidates, index));
  if (rivals.length > 1) {
    const names = rivals.map(nameOf).sort().join('; ');
    return abstain(
      'primaries-conflict',
      `More than one active cancer needs a decision (${names}). Say which one to ask for.`,
    );
  }
  const [lead] = [...candidates].sort((a, b) => leads(a, b, index));
  if (lead === undefined) return abstain('no-cancer', 'The history holds no cancer diagnosis.');
  const notes = patient.cases.filter((c) => c !== lead).map((other) => aside(other, lead, current));
  return covered(lead, index, notes.sort());
}

/** A suspected or refuted diagnosis gives way to an established one. */
function established(cases: readonly CancerCase[]): readonly CancerCase[] {
  const firm = cases.filter(isEstablished);
  return firm.length > 0 ? firm : cases;
}

/** A diagnosis without a verification status counts as established, as it was coded as a cancer. */
const isEstablished = ({ verification }: CancerCase): boolean =>
  !verification.known || verification.value === 'confirmed';

function withoutHistory(cases: readonly CancerCase[], patient: Patient): readonly CancerCase[] {
  if (cases.length < 2) return cases;
  const current = cases.filter((c) => !isHistory(c, patient));
  return current.length > 0 ? current : cases;
}

function isHistory(cancerCase: CancerCase, patient: Patient): boolean {
  const { status, courses, diagnosed } = cancerCase;
  if (is(cancerCase, 'metastatic', 'yes') || courses.some((c) => c.outcome === 'ongoing')) return false;
  if (status.known && status.value !== 'active') return true;
  if (is(cancerCase, 'recurrence', 'locoregional', 'distant') || is(cancerCase, 'progressing', 'yes')) return false;
  const events = [...(diagnosed.known ? [diagnosed.value] : []), ...courses.flatMap((c) => c.end ?? c.start ?? [])];
  const quiet = is(cancerCase, 'disease-free', 'yes') ? QUIET_MONTHS.diseaseFree : QUIET_MONTHS.unstated;
  return events.length > 0 && events.every((date) => monthsBetween(date, patient.asOf) > quiet);
}

const is = (cancerCase: CancerCase, name: string, ...words: readonly string[]): boolean => {
  const fact = cancerCase.values[name];
  return fact?.known === true && words.includes(String(fact.value));
};

/** A case that differs in kind from another one that also needs a decision. */
function conflicts(one: CancerCase, all: readonly CancerCase[], index: CorpusIndex): boolean {
  return weighty(one) && all.some((other) => other !== one && weighty(other) && !sameKind(one, other, index));
}

/** In situ disease and registry-exempt skin cancers wait; a cancer of unstated kind cannot contradict a stated one. */
function weighty(cancerCase: CancerCase): boolean {
  const { cancer, stage } = cancerCase;
  return cancer.known && !MINOR.includes(cancer.value.oncotree) && !(stage.known && stage.value === '0');
}

function sameKind(a: CancerCase, b: CancerCase, index: CorpusIndex): boolean {
  if (!a.cancer.known || !b.cancer.known) return true;
  const [x, y] = [a.cancer.value.oncotree, b.cancer.value.oncotree];
  const [folder] = ownFolders(x, index);
  return index.isCancer(x, y) || index.isCancer(y, x) || (folder !== undefined && folder === ownFolders(y, index)[0]);
}

/** Negative when a leads: covered, metastatic, higher stage, later diagnosis; the words of the case settle the rest. */
function leads(a: CancerCase, b: CancerCase, index: CorpusIndex): number {
  const weight = (c: CancerCase) => [
    Number(weighty(c)),
    Number(c.cancer.known && ownFolders(c.cancer.value.oncotree, index).length > 0),
    Number(is(c, 'metastatic', 'yes')),
    c.stage.known ? stageRank(c.stage.value) : -1,
    c.diagnosed.known ? Number(c.diagnosed.value.slice(0, 7).replace('-', '').padEnd(6, '0')) : 0,
  ];
  const [x, y] = [weight(a), weight(b)];
  const first = x.findIndex((value, i) => value !== y[i]);
  if (first >= 0) return (y[first] ?? 0) - (x[first] ?? 0);
  return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
}

/** 0 for in situ, then by group and letter: IA 101, IIB 202, IV 400. */
export function stageRank(stage: string): number {
  const [, number = '0', letter = ''] = /^(0|IV|I{1,3})([A-D])?/.exec(stage.toUpperCase()) ?? [];
  return ['0', 'I', 'II', 'III', 'IV'].indexOf(number) * 100 + (letter ? letter.charCodeAt(0) - 64 : 0);
}

/** Folders that are about this cancer, not about every tumour. */
export const ownFolders = (code: string, index: CorpusIndex): readonly CancerFolder[] =>
  index.foldersOf(code).filter((folder) => !isAgnostic(folder));

/** The tumour-agnostic folder covers the root of OncoTree. */
export const isAgnostic = (folder: CancerFolder): boolean => folder.profile.oncotree.includes(ROOT);

function covered(cancerCase: CancerCase, index: CorpusIndex, notes: readonly string[]): ChosenCase | Abstention {
  const { cancer, verification } = cancerCase;
  const unless = { cancerCase, notes };
  if (verification.known && verification.value !== 'confirmed')
    return abstain(
      'diagnosis-not-established',
      `The diagnosis of ${nameOf(cancerCase)} is recorded as ${verification.value}; confirm it (histology) first.`,
      unless,
    );
  if (!cancer.known)
    return abstain(
      'diagnosis-not-established',
      'The kind of cancer is not recorded in a way that was understood.',
      unless,
    );
  const { oncotree, name } = cancer.value;
  const [folder] = ownFolders(oncotree, index);
  if (folder !== undefined) return { kind: 'chosen', cancerCase, folder, asks: [], notes };
  const [anyTumour] = index.foldersOf(oncotree);
  if (oncotree === ROOT && anyTumour !== undefined) {
    const uncovered = 'What kind of tumour it is, is not told: only what holds for any solid tumour is shown.';
    return { kind: 'chosen', cancerCase, folder: anyTumour, asks: [], notes: [uncovered, ...notes], uncovered };
  }
  const narrower = index.corpus.cancers.filter(
    (f) => !isAgnostic(f) && f.profile.oncotree.some((code) => index.isCancer(code, oncotree)),
  );
  const [likely] = narrower.filter((f) => wasWorkedUpAs(f, cancerCase));
  if (likely !== undefined) {
    const why = `the biomarkers tested are those of ${say(likely.profile.name)}`;
    return { kind: 'chosen', cancerCase, folder: likely, ...histologyOpen(likely, name, why, notes) };
  }
  const [meant] = [
    ...index.corpus.cancers.filter((f) => f.profile.unspecified?.includes(oncotree) === true),
    ...(narrower.length === 1 ? narrower : []),
  ];
  if (meant !== undefined) {
    const why = `${name} is most often that of ${say(meant.profile.name)}`;
    return { kind: 'chosen', cancerCase, folder: meant, ...histologyOpen(meant, name, why, notes) };
  }
  if (narrower.length > 0)
    return abstain(
      'diagnosis-not-established',
      `The histology is needed: the diagnosis is recorded only as ${name}.`,
      unless,
    );
  const [agnostic] = index.foldersOf(oncotree);
  if (agnostic !== undefined) {
    const uncovered = `${name} (${oncotree}) is not covered by this corpus: its own standard treatment is not shown, only what holds for any solid tumour.`;
    return { kind: 'chosen', cancerCase, folder: agnostic, asks: [], notes: [uncovered, ...notes], uncovered };
  }
  const known = index.corpus.cancers.filter((f) => !isAgnostic(f)).map((f) => f.profile.name.en.toLowerCase());
  return abstain(
    'not-covered',
    `${name} (${oncotree}) is not covered; this corpus covers ${known.join(', ')}.`,
    unless,
  );
}

/** Its biomarkers were tested, which is done in this cancer only: "lung cancer" with an EGFR result is read as non-small-cell. */
function wasWorkedUpAs({ indications }: CancerFolder, { biomarkers }: CancerCase): boolean {
  const asked = new Set(
    indications.flatMap((i) => atoms(i.criteria).flatMap((a) => (a.op === 'biomarker' ? a.name : []))),
  );
  return biomarkers.some((b) => asked.has(b.name) && resultOf(b) !== undefined);
}

function histologyOpen({ profile }: CancerFolder, recorded: string, because: string, notes: readonly string[]) {
  const atom = { op: 'cancer', codes: profile.oncotree } as const;
  const why = `recorded only as ${recorded}`;
  const note = `The histology is not recorded; ${because}, and so the answer is given for it, provisionally.`;
  return { asks: [{ atom, item: 'histology', why, assumed: false }], notes: [note, ...notes] };
}

function aside(other: CancerCase, lead: CancerCase, current: readonly CancerCase[]): string {
  const name = nameOf(other);
  if (!isEstablished(other)) return `Also recorded, not confirmed: ${name}.`;
  if (!current.includes(other)) return `Earlier cancer, taken as history: ${name}.`;
  return `A second cancer needs its own decision: ${name}. This answer is about ${nameOf(lead)}.`;
}

export function nameOf({ cancer, laterality, stage, diagnosed }: CancerCase): string {
  return [
    cancer.known ? cancer.value.name : 'cancer of unstated kind',
    ...(laterality.known ? [laterality.value] : []),
    ...(stage.known ? [`stage ${stage.value}`] : []),
    ...(diagnosed.known ? [`diagnosed ${diagnosed.value}`] : []),
  ].join(', ');
}

const abstain = (
  code: AbstainCode,
  message: string,
  more: { readonly cancerCase?: CancerCase; readonly notes?: readonly string[] } = {},
): Abstention => ({
  kind: 'abstained',
  code,
  message,
  asks: [],
  notes: more.notes ?? [],
  ...(more.cancerCase && { cancerCase: more.cancerCase }),
});
