// Stage atoms. A group asked for covers its subgroups ("III" is IIIA, IIIB, IIIC; "I" never II); a recorded group that is
// coarser than the one asked for leaves the question open, unless every subgroup it can mean is asked for.
import { some, type Truth } from '../../domain/truth.js';
import { translate } from '../language/translate.js';
import type { AtomAnswer, Context } from './trace.js';
import { whyUnknown, withDate } from './words.js';

const GROUP = /^(0|IV|V|I{1,3})(.*)$/;

/** The state alone, for where no words are asked. */
export function stageState(groups: readonly string[], { cancerCase: { stage, cancer }, index }: Context): Truth {
  if (!stage.known) return 'unknown';
  return stageIs(stage.value, groups, cancer.known ? index.stageGroups(cancer.value.oncotree) : NO_GROUPS);
}

const NO_GROUPS: ReadonlySet<string> = new Set();

export function evaluateStage(groups: readonly string[], context: Context): AtomAnswer {
  const { cancerCase, index } = context;
  const { stage } = cancerCase;
  if (!stage.known)
    return { state: 'unknown', asks: { item: translate(index.lang, 'stage'), why: whyUnknown(stage, index) } };
  const fact = withDate(translate(index.lang, 'stage {groups}', { groups: stage.value }), stage.date);
  const state = stageState(groups, context);
  return {
    state,
    fact,
    source: stage.source,
    ...(state === 'unknown' && {
      asks: {
        item: translate(index.lang, 'stage subgroup'),
        why: translate(index.lang, 'recorded only as {what}', { what: stage.value }),
      },
    }),
  };
}

/** `known` are the groups that exist for this cancer, to tell when a coarse stage is wholly inside those asked for. */
export function stageIs(value: string, groups: readonly string[], known: ReadonlySet<string> = new Set()): Truth {
  const state = some(groups.map((group) => within(value, group)));
  if (state !== 'unknown') return state;
  const finer = [...known].filter((group) => group !== value && within(group, value) === 'met');
  return finer.length > 0 && finer.every((group) => groups.some((asked) => within(group, asked) === 'met'))
    ? 'met'
    : 'unknown';
}

function within(value: string, group: string): Truth {
  const [, number, rest = ''] = GROUP.exec(value.toUpperCase()) ?? [];
  const [, askedNumber, askedRest = ''] = GROUP.exec(group.toUpperCase()) ?? [];
  if (number === undefined || askedNumber === undefined) return value === group ? 'met' : 'not-met';
  if (number !== askedNumber) return 'not-met';
  if (rest.startsWith(askedRest)) return 'met';
  return askedRest.startsWith(rest) ? 'unknown' : 'not-met';
}
