// "Three cycles of carboplatin and paclitaxel, partial response. Interval debulking?": an operation between courses makes those before it
// neoadjuvant, whatever the stage.
import type { Sentence } from './sentence.js';
import type { Story, StoryEvent } from './story.js';

const INTERVAL =
  /\binterval (?:debulking|cyto-?reduct\w*|surgery|operation|laparotomy)|\b(?:ids)\b|(?<!\p{L})интервальн\p{L}* (?:циторедук\p{L}*|операци\p{L}*|хирург\p{L}*)/u;

/** The last course, where an interval operation is asked about or planned and none was done after it. */
export function beforeInterval(story: Story, sentences: readonly Sentence[]): Story {
  const asks = sentences.some((s) => (s.asks || s.section === 'plan') && INTERVAL.test(s.plain));
  if (!asks || story.events.some((e) => e.kind === 'treatment' && e.treatment.modality === 'surgery')) return story;
  const at = story.events.findLastIndex((e) => e.kind === 'treatment' && e.treatment.kind !== 'procedure');
  return { ...story, events: story.events.map((e, i) => (i === at ? neoadjuvant(e) : e)) };
}

const neoadjuvant = (e: StoryEvent): StoryEvent =>
  e.kind === 'treatment' && e.said.intent === undefined && e.said.ended !== 'progressed'
    ? { ...e, said: { ...e.said, intent: 'neoadjuvant' } }
    : e;
