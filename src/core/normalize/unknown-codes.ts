// Codes of a history that no mapping of the vocabulary knows, so that one can be added: which system and code, where it stood, and
// whether the words beside it were understood all the same. Only codes, never a display or a text: these may be a patient's.
import type {
  Coding,
  Concept,
  ConditionEntry,
  Entry,
  History,
  ObservationEntry,
  ProcedureEntry,
} from '../../domain/history.js';
import { biomarkerReadings } from './biomarkers.js';
import { writtenMorphologies } from './cancer-code.js';
import { icdCodes, icdMeaning } from './cancer-words.js';
import { statusEvent } from './disease-status.js';
import { factNamed, factReadings } from './facts.js';
import { procedureTerms } from './local-treatment.js';
import { receptorObservations } from './receptor-text.js';
import { observationEvidence } from './stage-evidence.js';
import type { Terminology, TermKind } from './terminology.js';
import { GENOMIC_CODES } from './variant-reading.js';

/** Where a code stood. */
export type CodePlace = Exclude<Entry['kind'], 'report'> | 'component' | 'value';

export interface UnknownCode {
  readonly place: CodePlace;
  /** As recorded; "" when the code has none. */
  readonly system: string;
  readonly code: string;
  /** True: the entry was understood without it, mostly by the words beside it, so nothing is lost yet. */
  readonly byWords: boolean;
}

export interface CodeCount extends UnknownCode {
  readonly n: number;
}

/** Kinds of terms that a code at a place may mean. */
const KINDS: Readonly<Record<CodePlace, readonly TermKind[]>> = {
  condition: ['cancer', 'condition', 'fact'],
  observation: ['fact', 'biomarker', 'cancer'],
  component: ['fact', 'biomarker'],
  value: ['fact', 'biomarker', 'cancer', 'site', 'condition', 'procedure'],
  medication: [],
  procedure: ['procedure'],
  allergy: ['condition'],
};

/** Longer "codes" are texts in the wrong field, and may say anything. */
const LONGEST_CODE = 64;
const LONGEST_SYSTEM = 200;

/** The unknown codes of a history, each once for each entry that holds it. Pure; what was found of an equal concept is kept. */
export function unknownCodes(history: History, terms: Terminology): readonly UnknownCode[] {
  const found = foundBy(terms);
  const unknown: UnknownCode[] = [];
  for (const entry of history.entries) {
    if (entry.kind === 'report') continue;
    for (const code of found(entry.kind, entry.code, () => understood(entry, terms))) unknown.push(code);
    if (entry.kind === 'observation') for (const code of inside(entry, terms, found)) unknown.push(code);
  }
  return unknown;
}

type Find = (place: CodePlace, concept: Concept, read: () => boolean) => readonly UnknownCode[];

/** Components, and a coded value that the observation's own reading could make nothing of. */
function inside(entry: ObservationEntry, terms: Terminology, found: Find): readonly UnknownCode[] {
  const { value, components } = entry;
  const whole = () => understood(entry, terms);
  const own = value?.kind === 'concept' ? found('value', value.concept, () => !valueRefused(entry, terms)) : NONE;
  if (components.length === 0) return own.length === 0 ? NONE : own.filter((code) => !code.byWords);
  // Codes of parts ("gene studied") are read together with the whole; where that was understood, so were they.
  return [...own, ...components.flatMap((c) => found('component', c.code, whole))].filter((code) => !code.byWords);
}

/** Values of named facts only: what stages and markers make of theirs is not said apart from the whole. */
function valueRefused(entry: ObservationEntry, terms: Terminology): boolean {
  const fact = factNamed(entry.code, terms);
  if (fact === undefined || entry.value?.kind !== 'concept') return false;
  if (terms.word(fact.id, entry.value.concept) !== undefined) return false;
  return factReadings(entry, terms).some((r) => !r.result.ok && r.result.reason !== 'pending');
}

/** Was anything read of the entry, whether by code or by words? */
function understood(entry: Exclude<Entry, { kind: 'report' }>, terms: Terminology): boolean {
  switch (entry.kind) {
    case 'condition':
      return conditionUnderstood(entry, terms);
    case 'observation':
      // What the name alone tells is kept by the look-ups; only the rest is read whole.
      return (
        factNamed(entry.code, terms) !== undefined ||
        terms.findAll('biomarker', entry.code).length > 0 ||
        factReadings(entry, terms).length > 0 ||
        biomarkerReadings(entry, terms).length > 0 ||
        receptorObservations(entry).length > 0 ||
        statusEvent(entry, terms) !== undefined ||
        staged(entry, terms)
      );
    case 'medication':
      return terms.drugs(entry.code).length > 0;
    case 'procedure':
      return procedureTerms(entry satisfies ProcedureEntry, terms).length > 0;
    case 'allergy':
      return terms.drugs(entry.code).length > 0 || terms.findAll('condition', entry.code).length > 0;
  }
}

const conditionUnderstood = ({ code }: ConditionEntry, terms: Terminology): boolean =>
  terms.findAll('cancer', code).length > 0 || terms.findAll('condition', code).length > 0;

function staged(entry: ObservationEntry, terms: Terminology): boolean {
  const { groups, categories } = observationEvidence(entry, terms);
  return groups.length + categories.length > 0;
}

/** True when the code itself stands in a table of the vocabulary, whatever the words beside it. */
function mapped(place: CodePlace, { system, code }: Coding, terms: Terminology): boolean {
  if (code === undefined) return true;
  const alone: Concept = { codings: [system === undefined ? { code } : { system, code }] };
  if (KINDS[place].some((kind) => terms.findAll(kind, alone).length > 0)) return true;
  if ((place === 'observation' || place === 'component') && GENOMIC_CODES.has(code)) return true;
  const { groups, categories } = terms.vocabulary.stageCodes;
  if (groups[code] !== undefined || categories[code] !== undefined) return true;
  if (place === 'medication' || place === 'allergy' || place === 'value')
    if (terms.drugs(alone).length > 0) return true;
  if (place !== 'condition') return false;
  return writtenMorphologies(alone).length > 0 || (icdCodes(alone).length > 0 && icdMeaning(alone) !== 'other');
}

/** Codes come again and again: which are known is kept by place, code and system, for each terminology apart. */
const MOST_KEPT = 20_000;
const NONE: readonly UnknownCode[] = [];
const kept = new WeakMap<Terminology, Map<string, Map<string, boolean>>>();

function foundBy(terms: Terminology): Find {
  const answers = kept.get(terms) ?? new Map<string, Map<string, boolean>>();
  kept.set(terms, answers);
  const isMapped = (place: CodePlace, coding: Coding): boolean => {
    // The system is looked up apart: a key with its long address in it would cost more than all the rest.
    const key = PLACE_KEY[place] + (coding.code ?? '');
    let bySystem = answers.get(key);
    if (bySystem === undefined) {
      if (answers.size >= MOST_KEPT) answers.clear();
      bySystem = new Map();
      answers.set(key, bySystem);
    }
    const system = coding.system ?? '';
    let known = bySystem.get(system);
    if (known === undefined) {
      known = mapped(place, coding, terms);
      if (bySystem.size < MOST_KEPT) bySystem.set(system, known);
    }
    return known;
  };
  return (place, concept, read) => {
    let coded = false;
    // One known code of a concept is enough: the others say the same in other systems.
    for (const coding of concept.codings) {
      if (coding.code === undefined) continue;
      if (isMapped(place, coding)) return NONE;
      coded = true;
    }
    return coded ? unknownOf(place, concept, read()) : NONE;
  };
}

const PLACE_KEY: Readonly<Record<CodePlace, string>> = {
  condition: 'c ',
  observation: 'o ',
  component: 'p ',
  value: 'v ',
  medication: 'm ',
  procedure: 'd ',
  allergy: 'a ',
};

const unknownOf = (place: CodePlace, { codings }: Concept, byWords: boolean): readonly UnknownCode[] =>
  codings.flatMap(({ system = '', code }): UnknownCode[] =>
    code === undefined
      ? []
      : [
          {
            place,
            system: system.slice(0, LONGEST_SYSTEM),
            code: code.length > LONGEST_CODE ? '(a text in the place of a code)' : code,
            byWords,
          },
        ],
  );

/** Equal ones together, with their number, in a settled order. */
export function countCodes(codes: readonly UnknownCode[]): readonly CodeCount[] {
  const counts = new Map<string, CodeCount>();
  for (const code of codes) {
    const key = `${code.place}\n${code.system}\n${code.code}\n${code.byWords}`;
    counts.set(key, { ...code, n: (counts.get(key)?.n ?? 0) + 1 });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, count]) => count);
}
