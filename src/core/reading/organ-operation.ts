// "Resected" names no operation; the organ does, where the corpus has one name for it.
import type { StoryEvent } from './story.js';
import { GENERIC_SURGERY } from './story-merge.js';

/** Words of vocabulary/procedures that an operation without a name stands for, by organ. */
const OPERATION: Readonly<Record<string, string>> = { BRAIN: 'craniotomy' };

export const withOrganOperation = (events: readonly StoryEvent[], organ: string): readonly StoryEvent[] =>
  events.map((e) =>
    e.kind === 'treatment' && e.treatment.words === GENERIC_SURGERY && OPERATION[organ] !== undefined
      ? { ...e, treatment: { ...e.treatment, words: OPERATION[organ] } }
      : e,
  );
