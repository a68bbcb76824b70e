// Progression that no disease status records: said in the conclusion of a report or in a finding ("CT: disease progression"), or
// shown by a new site of metastasis well after treatment for metastatic disease began.
import type { Entry } from '../../domain/history.js';
import { valueTexts } from './biomarker-reading.js';
import type { CaseDraft } from './case-draft.js';
import { firstDay } from './disease-phase.js';
import { placedEvent, type StatusEvent, type StatusWord, statusEvent } from './disease-status.js';
import { factNamed } from './facts.js';
import { conceptTexts } from './reading-log.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

/** RECIST words in full; "PD" and "stable" alone say too little in free text. */
const WORDS: readonly (readonly [StatusWord, RegExp])[] = [
  [
    'PD',
    /\bprogressive disease\b|\b(?:disease|tumou?r|radiological|radiographic|clinical) progression\b|\bprogression of (?:the )?(?:disease|tumou?r|cancer)\b|\bdisease (?:has )?progressed\b|\bnew (?:\w+ ){0,3}(?:lesions?|metastas[ei]s)\b|прогрессировани|отрицательная динамика|появлени[а-я]+ новых (?:очагов|метастазов)/giu,
  ],
  ['SD', /\bstable disease\b|стабилизаци[а-я]+(?: процесса)?/giu],
  ['PR', /\bpartial (?:response|remission)\b|частичн[а-я]+ (?:ответ|регресс)/giu],
  ['CR', /(?<!patholog\w* )\bcomplete (?:response|remission)\b|полн[а-я]+ (?:ответ|регресс)/giu],
];
const DENIED =
  /(?:\b(?:no|not|without|absence of|free of|risk of|rule out|exclude|suspect\w*|possible|patholog\w*)\b[^.;,]{0,40}|\b(?:prior|previous|history of|until|time to|free from)\s+|(?<![а-я])(?:без|нет|не|подозрени[а-я]+|отсутстви[а-я]+|риск[а-я]*)(?![а-я])[^.;,]{0,40}|(?<![а-я])до\s+)$/iu;

/** The status that a report or a finding states in words; undefined where it states none, or several. */
export const toldStatus = rememberedSaid(readStatus, placedEvent);

function readStatus(entry: Entry, terms: Terminology): StatusEvent | undefined {
  const texts = statementsOf(entry, terms);
  const words = new Set(WORDS.flatMap(([word, pattern]) => (texts.some((t) => states(t, pattern)) ? [word] : [])));
  // Mixed response: what grows decides.
  const word = words.has('PD') ? 'PD' : words.size === 1 ? [...words][0] : undefined;
  return word && { word, source: entry.source };
}

/** Free text that may judge the disease: not of a fact or a marker of its own, where the words are about something else. */
function statementsOf(entry: Entry, terms: Terminology): readonly string[] {
  if (entry.kind === 'report') {
    const texts = [...(entry.text === undefined ? [] : [entry.text]), ...entry.conclusions.flatMap(conceptTexts)];
    return texts.some((t) => terms.inText('biomarker', t).length > 0) ? [] : texts;
  }
  if (entry.kind !== 'observation' || statusEvent(entry, terms) !== undefined) return [];
  if (factNamed(entry.code, terms) !== undefined) return [];
  return terms.findAll('biomarker', entry.code).length > 0 ? [] : valueTexts(entry.value);
}

const states = (text: string, pattern: RegExp): boolean =>
  [...text.matchAll(pattern)].some((hit) => !DENIED.test(text.slice(0, hit.index)));

/** Sites found within four months of the first are of the same staging (as in disease-phase). */
const SAME_STAGING_DAYS = 120;

/** A new site of metastasis long after metastatic disease was found is progression (RECIST 1.1: a new lesion). */
export function newSites(draft: CaseDraft): readonly StatusEvent[] {
  const stageDay = draft.stage.known && draft.stage.value.startsWith('IV') ? firstDay(draft.stage.date) : undefined;
  const days = [stageDay, ...draft.metastases.map((m) => firstDay(m.date))].filter((d) => d !== undefined);
  const first = Math.min(...days);
  return draft.metastases.flatMap((m): StatusEvent[] => {
    const day = firstDay(m.date);
    if (day === undefined || m.date === undefined || day <= first + SAME_STAGING_DAYS) return [];
    return [{ word: 'PD', date: m.date, source: m.source }];
  });
}
