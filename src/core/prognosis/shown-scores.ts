// The published scores that an oncologist expects beside this patient. Those that decide are asked by criteria as well; the others inform.
import type { Score } from '../../domain/corpus/score.js';
import type { PatientScore } from '../../domain/recommendation.js';
import { verdictOf } from '../criteria/state.js';
import type { Context } from '../criteria/trace.js';
import { factOf } from '../criteria/value.js';
import { say } from '../criteria/words.js';
import type { Lang } from '../language/translate.js';
import { speaksOf } from './score.js';

/** In the order of the corpus. One that cannot be worked out stands with what would settle it, where doctors ask for it by name. */
export function shownScores(context: Context, lang: Lang): readonly PatientScore[] {
  return (context.index.corpus.scores ?? []).flatMap((score): readonly PatientScore[] => {
    if (!isShown(score, context)) return [];
    const head = { id: score.id, name: say(score.name, lang) };
    const fact = factOf(score.id, context);
    if (!fact.known)
      return score.shown === undefined || fact.detail === undefined
        ? []
        : [{ ...head, value: null, workings: fact.detail }];
    const { value, source } = fact;
    const means = meaningOf(score, value, lang);
    const workings = source.kind === 'derived' ? source.from : say(RECORDED, lang);
    return [{ ...head, value, ...(means !== undefined && { means }), workings }];
  });
}

const RECORDED = { en: 'as recorded', ru: 'как записано', kk: 'жазылғандай' };

/** Most scores are of the time before the first systemic treatment; later inputs would give another number of the same name. */
const isShown = (score: Score, context: Context): boolean =>
  speaksOf(score, context) &&
  (score.shown === undefined
    ? score.cancers !== undefined && !treatedSystemically(context)
    : verdictOf(score.shown, context).state === 'met');

const treatedSystemically = ({ cancerCase }: Context): boolean =>
  cancerCase.courses.some(({ modality }) => modality !== 'surgery' && modality !== 'observation');

function meaningOf({ means }: Score, value: string | number, lang: Lang): string | undefined {
  if (typeof value !== 'number') return undefined;
  const found = means?.find(({ max }) => max === undefined || value <= max);
  return found && say(found.text, lang);
}
