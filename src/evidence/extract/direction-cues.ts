// Words that tell a direction, and the one that stands nearest to an outcome.
import { NO_DIFFERENCE } from './direction.js';
import { contentStems, expand } from './words.js';

/** A fresh search each time: the patterns are global, and a global pattern remembers where it stopped. */
export const hasCue = (clause: string): boolean =>
  clause.search(UP) !== -1 || clause.search(DOWN) !== -1 || NO_DIFFERENCE.test(clause);

const UP =
  /\b(?:increas(?:e|ed|es|ing)|higher|greater|more|longer|larger|improv(?:e|ed|es|ing|ement|ements)|better|superior|elevat(?:ed|ion)|rose|rise|risen|enhanc(?:e|ed|es|ing|ement)|prolong(?:ed|s|ation)?|faster|gain(?:ed|s)?|stronger|doubled|exceeded|benefit(?:s|ed)?|favou?r(?:ed|ing|s)?|raised|extended|advantage)\b/gi;
const DOWN =
  /\b(?:decreas(?:e|ed|es|ing)|lower(?:ed|ing|s)?|reduc(?:e|ed|es|ing|tion|tions)|fewer|rarer|less|shorter|shorten(?:ed|s)?|declin(?:e|ed|es)|smaller|worse|worsened|inferior|fell|fallen|drop(?:ped)?|prevent(?:ed|s|ing|ion)?|attenuat(?:e|ed|es|ing|ion)|diminish(?:ed|es)?|suppress(?:ed|es|ion)?|slower|alleviat(?:ed|es)|reliev(?:ed|es)|loss|lost|protect(?:ed|s|ive)?|inhibit(?:ed|s)?|poorer|weaker|lesser|lessen(?:ed)?|low|minimi[sz]ed|earlier|blunted)\b/gi;
/** Outcomes that "improve" by getting less. */
export const BURDEN =
  /\b(?:pain|symptom|mortality|death|risk|adverse|complication|infection|relapse|recurrence|anxiety|depress|fatigue|nausea|vomiting|bleeding|failure|progression|toxicity|pressure|weight|bmi|hba1c|glucose|cholesterol|ldl|crp|stress|disability|severity|burden|distress|score on|duration|length of|time to|incidence|cost|loss|decline|inflammation|injury|lesion|insomnia|events?|hospitali[sz]ation|exacerbation|resistance|use of|consumption|hypertension|bother|impairment|dyspn|swelling|(?:o)?edema|stiffness|cough|arrhythmia|fibrillation|wheez|fever|itch|prurit|cramp|spasm|craving|nightmare|h(?:a)?emorrhage|vomit|dropout|errors?)/i;

export interface Cue {
  readonly word: string;
  readonly at: number;
  readonly up: boolean;
}

/** The word of direction that stands nearest to the outcome's words. */
export function nearestCue(
  clause: string,
  outcome: ReadonlySet<string>,
  long: ReadonlyMap<string, string>,
): Cue | undefined {
  const cues: Cue[] = [
    ...[...clause.matchAll(UP)].map((m) => ({ word: m[0], at: m.index, up: true })),
    ...[...clause.matchAll(DOWN)].map((m) => ({ word: m[0], at: m.index, up: false })),
  ].filter(
    ({ at, word }) =>
      !(/^more$/i.test(word) && /^more (?:than|likely to (?:have|be)? ?(?:less|lower|fewer))/i.test(clause.slice(at))),
  );
  const places = [...clause.matchAll(/[A-Za-z][\w-]*/g)]
    .filter((m) => contentStems(expand(m[0], long)).some((s) => outcome.has(s)))
    .map((m) => m.index);
  const distance = ({ at }: Cue): number =>
    places.length === 0 ? at : Math.min(...places.map((p) => Math.abs(p - at) + (p < at ? 0 : 8)));
  // an outcome may hold a cue itself ("weight loss", "pain reduction")
  return (
    cues
      .filter(({ word }) => !contentStems(word).some((s) => outcome.has(s)))
      .sort((a, b) => distance(a) - distance(b))[0] ?? cues.sort((a, b) => distance(a) - distance(b))[0]
  );
}
