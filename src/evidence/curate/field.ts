// The fields of a draft, as a reviewer names them: "name", "arm.a", "arm.b.n", "OS.effect", "PFS/PD-L1 high.median.a", "OS.at.24.b", "ORR.rate.a",
// "OS.followUp", "harm.a". Arms are letters: a is the intervention, b the comparator.
import { OutcomeName } from '../../domain/corpus/study.js';

export const STUDY_FIELDS = [
  'study',
  'name',
  'title',
  'year',
  'journal',
  'firstAuthor',
  'nct',
  'pmid',
  'phase',
  'design',
  'blinded',
  'cancer',
  'population',
  'funding',
  'note',
] as const;
export type StudyField = (typeof STUDY_FIELDS)[number];

export type ArmLetter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

export type Field =
  | { readonly kind: 'study'; readonly name: StudyField }
  | { readonly kind: 'arm'; readonly arm: ArmLetter; readonly name: 'name' | 'id' | 'regimen' | 'n' }
  | { readonly kind: 'harm'; readonly arm: ArmLetter }
  | (ResultPlace & ResultPart);

export interface ResultPlace {
  readonly kind: 'result';
  readonly outcome: OutcomeName;
  /** Subgroup in words; undefined for all patients. */
  readonly population: string | undefined;
}

export type ResultPart =
  | { readonly part: 'effect' }
  | { readonly part: 'followUp' }
  | { readonly part: 'median' | 'rate'; readonly arm: ArmLetter }
  | { readonly part: 'at'; readonly months: number; readonly arm: ArmLetter };

const ARM = /^arm\.([a-f])(?:\.(id|regimen|n))?$/;
const HARM = /^harm\.([a-f])$/;
const RESULT = /^([A-Za-z]+)(?:\/(.+?))?\.(?:(effect|followUp)|(median|rate)\.([a-f])|at\.(\d+(?:\.\d+)?)\.([a-f]))$/;

/** @returns undefined when it is no field */
export function parseField(text: string): Field | undefined {
  const study = STUDY_FIELDS.find((name) => name === text);
  if (study !== undefined) return { kind: 'study', name: study };
  const arm = ARM.exec(text);
  if (arm !== null)
    return { kind: 'arm', arm: arm[1] as ArmLetter, name: (arm[2] ?? 'name') as 'name' | 'id' | 'regimen' | 'n' }; // By the pattern.
  const harm = HARM.exec(text);
  if (harm !== null) return { kind: 'harm', arm: harm[1] as ArmLetter };
  return resultField(text);
}

function resultField(text: string): Field | undefined {
  const match = RESULT.exec(text);
  if (match === null) return undefined;
  const [, name = '', population, whole, figure, figureArm, months, atArm] = match;
  const outcome = outcomeName(name);
  if (outcome === undefined) return undefined;
  const place = { kind: 'result', outcome, population } as const;
  if (whole !== undefined) return { ...place, part: whole === 'effect' ? 'effect' : 'followUp' };
  if (figure !== undefined)
    return { ...place, part: figure === 'median' ? 'median' : 'rate', arm: figureArm as ArmLetter };
  return { ...place, part: 'at', months: Number(months), arm: atArm as ArmLetter };
}

/** "iDFS" and "idfs" are IDFS. */
export const outcomeName = (text: string): OutcomeName | undefined =>
  OutcomeName.options.find((name) => name.toLowerCase() === text.toLowerCase());

/** "OS", "PFS/PD-L1 high": the head of a result's fields. */
export const resultHead = (outcome: string, population?: string): string =>
  population === undefined ? outcome : `${outcome}/${population.replaceAll('.', ',')}`;
