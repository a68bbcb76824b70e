// Disease status observations (mCODE cancer disease status, RECIST words) and recorded relapses, in order of time.
import type { Source } from '../../domain/fact.js';
import type { Concept, ConditionEntry, Entry, ObservationEntry } from '../../domain/history.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import { asConcept } from './biomarker-reading.js';
import { conceptTexts } from './reading-log.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

export type StatusWord = 'CR' | 'PR' | 'SD' | 'PD' | 'NED' | 'NE';

export interface StatusEvent {
  readonly word: StatusWord;
  /** Said as a relapse or a recurrence: the disease had been treated before. */
  readonly relapse?: true;
  readonly date?: PartialDate;
  readonly source: Source;
}

const WORDS: ReadonlySet<string> = new Set(['CR', 'PR', 'SD', 'PD', 'NED', 'NE']);
const isStatus = (word: string | undefined): word is StatusWord => word !== undefined && WORDS.has(word);

/** The status that an observation records; undefined when it is about something else. */
export const statusEvent = rememberedSaid(readStatus, placedEvent);

/** The event with the day and the source of its entry. */
export function placedEvent(event: StatusEvent | undefined, entry: Entry): StatusEvent | undefined {
  const { source, date } = entry;
  const { word, relapse } = event ?? {};
  return word && { word, source, ...(relapse && { relapse }), ...(date === undefined ? {} : { date }) };
}

function readStatus(entry: ObservationEntry, terms: Terminology): StatusEvent | undefined {
  const named = terms.findAll('fact', entry.code).some((m) => m.term.id === 'disease-status');
  const { value } = entry;
  if (value === undefined) return undefined;
  const concept = asConcept(value);
  if (!named) return foundRelapse(entry.code, concept) ? { word: 'PD', source: entry.source } : undefined;
  const word = concept && terms.word('disease-status', concept);
  if (!isStatus(word)) return undefined;
  const relapse = word === 'PD' && conceptTexts(concept).some(saysRelapse);
  return { word, source: entry.source, ...(relapse && { relapse }) };
}

/** "Local recurrence: ipsilateral breast", "Местный рецидив: да": an observation named for the relapse it found. */
const RELAPSE_FOUND =
  /^(?:(?:loco-?regional|local|regional|distant|tumou?r|cancer|disease|in-breast|chest wall|ipsilateral|местный|регионарный|отдал[её]нный|локальный)[\s-]*){0,3}(?:recurrence|relapse|рецидив)(?: (?:заболевания|опухоли|рака))?$/iu;
const NOT_FOUND =
  /\b(?:no|none|not|absent|negative|without|unlikely|false)\b|(?:^|\s)(?:нет|не|без|отсутств\p{L}*)(?=\s|$)/iu;

function foundRelapse(code: Concept, value: Concept | undefined): boolean {
  if (!conceptTexts(code).some((text) => RELAPSE_FOUND.test(text.trim()))) return false;
  const said = value === undefined ? [] : conceptTexts(value);
  return said.length > 0 && !said.some((text) => NOT_FOUND.test(text));
}

/** A cancer condition that is itself recorded as relapsed or recurrent. */
export function relapseEvent(entry: ConditionEntry): StatusEvent | undefined {
  const stated = entry.clinicalStatus === 'recurrence' || entry.clinicalStatus === 'relapse';
  const named = conceptTexts(entry.code).some(saysRelapse);
  if (!stated && !named) return undefined;
  const date = entry.recordedDate ?? (named ? entry.date : undefined);
  return { word: 'PD', relapse: true, source: entry.source, ...(date === undefined ? {} : { date }) };
}

/** "Local recurrence of malignant tumour of breast" is a diagnosis of its own in many sources. */
const RELAPSE = /\brecurren(?:t|ce)\b|\brelapsed?\b|рецидив/iu;
const NO_RELAPSE = /\b(?:no|without|risk of|fear of)\b|без |риск/iu;

const saysRelapse = (text: string): boolean => RELAPSE.test(text) && !NO_RELAPSE.test(text);

/** Oldest first; undated ones first; of one day the worst last. */
export const byDate = (a: StatusEvent, b: StatusEvent): number =>
  day(a) - day(b) || SEVERITY.indexOf(a.word) - SEVERITY.indexOf(b.word);
const SEVERITY: readonly StatusWord[] = ['NE', 'NED', 'CR', 'PR', 'SD', 'PD'];
const day = (e: StatusEvent): number => (e.date === undefined ? Number.NEGATIVE_INFINITY : dayRange(e.date).first);
