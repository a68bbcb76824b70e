// What the entries of a case say of its stage: groups and T, N, M categories, each with its kind, date and source.

import type { Source } from '../../domain/fact.js';
import type { Concept, ConditionEntry, ObservationEntry, RawValue } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import { wordsOf } from './cancer-words.js';
import { rememberedWith } from './remembered.js';
import { rememberedSaid } from './said.js';
import { latin, parseStageGroup } from './stage-group.js';
import type { Terminology } from './terminology.js';
import { type Category, parseCategories } from './tnm-category.js';

interface Said {
  readonly date?: PartialDate;
  readonly source: Source;
  /** "7", "8", "9" when the method names an edition of AJCC or UICC. */
  readonly edition?: string;
  /** Observations say it on a day; a Condition's stage or words are a summary. */
  readonly summary: boolean;
}

export interface GroupSaid extends Said {
  readonly group: string;
  readonly kind: 'clinical' | 'pathologic' | 'unstated';
  readonly afterTherapy: boolean;
}

export interface CategorySaid extends Said, Category {}

export interface StageEvidence {
  readonly groups: readonly GroupSaid[];
  readonly categories: readonly CategorySaid[];
}

export const NO_EVIDENCE: StageEvidence = { groups: [], categories: [] };

/** Staging systems that are no TNM group; their "II" is another thing. */
const OTHER_SYSTEM =
  /binet|\brai\b|\briss\b|\biss\b|durie|ann arbor|lugano|lymphoma|deauville|gleason|isup|breslow|clark|wilms|neuroblastoma|rhabdomyo|inrg|child|nyha|kidney disease|ckd|pressure|fibrosis|bclc|okuda|dukes|masaoka|gold\b|charcot/u;
const STAGING = /stage|staging|tnm|ajcc|uicc|figo|стади|тнм|категори/u;
/** "FIGO score 3", "FIGO grade 2": of the same body, but no stage. */
const NO_STAGE = /^(?!.*(?:stage|staging|стади)).*(?:score|grade|балл|шкал|сч[её]т|степен)/u;

export const observationEvidence = rememberedSaid(readObservation, (evidence, { source, date }) =>
  placedOn(evidence, source, date),
);

const placedOn = (evidence: StageEvidence, source: Source, date: PartialDate | undefined): StageEvidence => {
  if (evidence.groups.length + evidence.categories.length === 0) return evidence;
  const place = { source, ...(date === undefined ? {} : { date }) };
  return {
    groups: evidence.groups.map((g) => ({ ...g, ...place })),
    categories: evidence.categories.map((c) => ({ ...c, ...place })),
  };
};

function readObservation(entry: ObservationEntry, terms: Terminology): StageEvidence {
  const method = entry.method === undefined ? '' : wordsOf(entry.method);
  const said: Said = {
    source: entry.source,
    summary: false,
    ...editionOf(entry.method, method),
  };
  const pairs = [{ code: entry.code, value: entry.value }, ...entry.components];
  return together(
    pairs.map(({ code, value }) => {
      const held = heldBy(code, terms);
      if (held === undefined || value === undefined || OTHER_SYSTEM.test(method)) return NO_EVIDENCE;
      return fromValue(value, held, wordsOf(code), said, terms);
    }),
  );
}

/** Condition.stage summaries, and a stage in the code or words of the condition itself. */
export const conditionEvidence = rememberedSaid(readCondition, (evidence, entry) =>
  placedOn(evidence, entry.source, entry.date ?? entry.recordedDate),
);

function readCondition(entry: ConditionEntry, terms: Terminology): StageEvidence {
  const said: Said = { source: entry.source, summary: true };
  const own =
    groupCode(entry.code, terms) ??
    (/stage|стади|(?<!\p{L})ст(?!\p{L})/u.test(wordsOf(entry.code)) ? wordsOf(entry.code) : undefined);
  const stages = entry.stages.filter((stage) => !OTHER_SYSTEM.test(wordsOf(stage)));
  return together([
    ...stages.map((stage) => fromConcept(stage, 'stage', '', said, terms)),
    ...(own === undefined || OTHER_SYSTEM.test(wordsOf(entry.code)) ? [] : [fromText(own, 'stage', '', said)]),
    fromText(tnmOnly(entry), 'stage', '', said),
  ]);
}

/** "C50.9 cT2N1M0" in the text of the diagnosis, as Russian records have it; not a lone letter and digit. */
const tnmOnly = (entry: ConditionEntry): string => {
  const text = [entry.code.text, ...(entry.notes ?? [])].join(' ');
  return /[tт]\s?(?:is|[0-4])[a-dа-д]?\w{0,4}[\s,;]*y?[cpср]?\s?[nн]\s?[0-3x]/iu.test(text) ? text : '';
};

/** What an observation holds of a stage by its code or its words; undefined when it is of another system. */
const heldBy = rememberedWith((code: Concept, terms: Terminology): string | undefined => {
  const words = wordsOf(code);
  if (OTHER_SYSTEM.test(words)) return undefined;
  return holds(code, terms) ?? axisNamed(words) ?? (STAGING.test(words) && !NO_STAGE.test(words) ? 'stage' : undefined);
});

/** LOINC's long names without their codes, "T category", "pN", "категория T": the axis, with its prefix where one is written. */
const AXIS_NAMES: readonly (readonly [RegExp, string])[] = [
  [/primary tumou?r (?:clinical|patholog\w*|other) class/u, 'T'],
  [/regional lymph nodes? (?:clinical|patholog\w*|other) class/u, 'N'],
  [/distant metasta\w+ (?:clinical|patholog\w*|other) class/u, 'M'],
];
const AXIS =
  /^(?:(?:clinical|patholog\w*|tnm|ajcc|клиническ\S*|патологическ\S*)\s)?(?:категория\s)?(y?[cp])?\s?([tnm])(?:\s(?:category|stage|категория))?$/u;

function axisNamed(words: string): string | undefined {
  const long = AXIS_NAMES.find(([name]) => name.test(words))?.[1];
  if (long !== undefined) return long;
  const [, prefix = '', axis] = AXIS.exec(latin(words).trim()) ?? [];
  return axis === undefined ? undefined : prefix + axis.toUpperCase();
}

/** What an observation code holds: "clinical", "pathologic", "stage", "cT", "pN", "M" ... */
function holds(code: Concept, terms: Terminology): string | undefined {
  const { groups, categories } = terms.vocabulary.stageCodes;
  for (const { code: given } of code.codings) {
    const word = given === undefined ? undefined : (groups[given] ?? categories[given]);
    if (word !== undefined && (/^(?:clinical|pathologic|stage)$/.test(word) || /^(?:y?[cp])?[TNM]$/.test(word)))
      return word;
  }
  return undefined;
}

function fromValue(value: RawValue, held: string, context: string, said: Said, terms: Terminology): StageEvidence {
  switch (value.kind) {
    case 'concept':
      return fromConcept(value.concept, held, context, said, terms);
    case 'text':
      return fromText(value.text, held, context, said);
    case 'quantity':
      return fromText(String(value.quantity.value), held, context, said);
    default:
      return NO_EVIDENCE;
  }
}

/** Codes first; else the display, the text or the code itself, whichever says most. */
function fromConcept(concept: Concept, held: string, context: string, said: Said, terms: Terminology): StageEvidence {
  const { groups, categories } = terms.vocabulary.stageCodes;
  const words = concept.codings
    .flatMap(({ code }) => (code === undefined ? [] : [groups[code] ?? categories[code] ?? []]))
    .flat();
  const texts = [...concept.codings.flatMap((c) => [c.code, c.display]), concept.text].filter((t) => t !== undefined);
  const read = [...words, ...texts].map((text) => fromText(text, held, context, said));
  return finestOf(read);
}

function fromText(text: string, held: string, context: string, said: Said): StageEvidence {
  if (text === '' || OTHER_SYSTEM.test(text.toLowerCase())) return NO_EVIDENCE;
  const kind = kindOf(held, context);
  const axis = /[TNM]$/.exec(held)?.[0];
  if (axis !== undefined) {
    const bare = /^\s*(?:[0-4]|x|is)/i.test(text) ? `${axis}${text.trim()}` : text;
    const found = parseCategories(bare)
      .filter((c) => c.axis === axis)
      .slice(0, 1);
    return { groups: [], categories: found.map((c) => settled(c, kind, held.startsWith('y'), said)) };
  }
  const group = parseStageGroup(text);
  const prefix = /^\s*(y)?([cp])\s?[0-4i]/i.exec(text);
  const groups: GroupSaid[] =
    group === undefined
      ? []
      : [
          {
            ...said,
            group,
            kind: prefix === null ? kind : prefix[2]?.toLowerCase() === 'p' ? 'pathologic' : 'clinical',
            afterTherapy: prefix?.[1] !== undefined || /\byp|neoadjuvant|неоадъювант/i.test(`${text} ${context}`),
          },
        ];
  return { groups, categories: parseCategories(text).map((c) => settled(c, kind, false, said)) };
}

const settled = (c: Category, kind: GroupSaid['kind'], after: boolean, said: Said): CategorySaid => ({
  ...said,
  ...c,
  kind: c.kind === 'unstated' ? kind : c.kind,
  afterTherapy: c.afterTherapy || after,
});

function kindOf(held: string, context: string): GroupSaid['kind'] {
  if (held === 'clinical' || /^y?c[TNM]$/.test(held)) return 'clinical';
  if (held === 'pathologic' || /^y?p[TNM]$/.test(held)) return 'pathologic';
  if (/patholog|surgical|патолог|послеоперацион|гистолог/u.test(context)) return 'pathologic';
  return /clinical|клинич/u.test(context) ? 'clinical' : 'unstated';
}

const groupCode = (concept: Concept, terms: Terminology): string | undefined =>
  concept.codings
    .map(({ code }) => (code === undefined ? undefined : terms.vocabulary.stageCodes.groups[code]))
    .find((word) => word !== undefined && parseStageGroup(word) !== undefined);

function editionOf(method: Concept | undefined, words: string): { readonly edition?: string } {
  if (method?.codings.some((c) => c.code === '897275008') === true) return { edition: '8' };
  const digit = /(?:version |ajcc |uicc |v)?([6-9])(?:th| edition|-?[еяй])?(?!\d)/u.exec(words)?.[1];
  return digit === undefined ? {} : { edition: digit };
}

const together = (parts: readonly StageEvidence[]): StageEvidence => ({
  groups: parts.flatMap((p) => p.groups),
  categories: parts.flatMap((p) => p.categories),
});

/** One value said in several spellings is one statement: the longest of those that were read. */
function finestOf(parts: readonly StageEvidence[]): StageEvidence {
  const groups = parts
    .flatMap((p) => p.groups)
    .sort((a, b) => b.group.length - a.group.length || Number(a.kind === 'unstated') - Number(b.kind === 'unstated'));
  const most = [...parts].sort((a, b) => b.categories.length - a.categories.length || detail(b) - detail(a))[0];
  return { groups: groups.slice(0, 1), categories: most?.categories ?? [] };
}

const detail = (e: StageEvidence): number =>
  e.categories.reduce((sum, c) => sum + c.value.length + (c.kind === 'unstated' ? 0 : 1), 0);
