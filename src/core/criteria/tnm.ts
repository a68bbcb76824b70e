// T, N and M atoms: pathologic when known, else clinical. "T1" covers T1a and T1mi; TX, NX and MX are not known.
import type { Fact } from '../../domain/fact.js';
import { every, some, type Truth } from '../../domain/truth.js';
import type { CorpusIndex } from '../corpus-index.js';
import { translate } from '../language/translate.js';
import type { AtomAnswer, Context } from './trace.js';
import { whyUnknown, withDate } from './words.js';

interface Asked {
  readonly t?: readonly string[];
  readonly n?: readonly string[];
  readonly m?: readonly string[];
}

/** The state alone, for where no words are asked. */
export function tnmState(asked: Asked, { cancerCase: { pathologicTnm, clinicalTnm } }: Context): Truth {
  return every(
    AXES.flatMap((axis) => {
      const categories = asked[axis];
      if (categories === undefined) return [];
      const fact = told(pathologicTnm[axis], clinicalTnm[axis]);
      return [fact?.known ? categoryIn(fact.value, categories) : 'unknown'];
    }),
  );
}

const AXES = ['t', 'n', 'm'] as const;

const told = (pathologic: Fact<string>, clinical: Fact<string>): Fact<string> | undefined =>
  [pathologic, clinical].find((f) => f.known && !/^.X/i.test(f.value));

export function evaluateTnm(asked: Asked, { cancerCase, index }: Context): AtomAnswer {
  const answers = AXES.flatMap((axis) => {
    const categories = asked[axis];
    if (categories === undefined) return [];
    return [
      evaluateAxis(axis.toUpperCase(), categories, cancerCase.pathologicTnm[axis], cancerCase.clinicalTnm[axis], index),
    ];
  });
  const state = every(answers.map((a) => a.state));
  const open = answers.find((a) => a.state === 'unknown')?.asks;
  const facts = answers.flatMap((a) => a.fact ?? []);
  const source = answers.find((a) => a.source)?.source;
  return {
    state,
    ...(facts.length > 0 && { fact: facts.join(', ') }),
    ...(source && { source }),
    ...(state === 'unknown' && open && { asks: open }),
  };
}

function evaluateAxis(
  axis: string,
  categories: readonly string[],
  pathologic: Fact<string>,
  clinical: Fact<string>,
  index: CorpusIndex,
): AtomAnswer {
  const fact = told(pathologic, clinical);
  if (!fact?.known)
    return {
      state: 'unknown',
      asks: { item: translate(index.lang, '{axis} category', { axis }), why: whyUnknown(clinical, index) },
    };
  const kind = fact === pathologic ? 'p' : 'c';
  const state = categoryIn(fact.value, categories);
  return {
    state,
    fact: withDate(`${kind}${fact.value}`, fact.date),
    source: fact.source,
    ...(state === 'unknown' && {
      asks: {
        item: translate(index.lang, '{axis} category', { axis }),
        why: translate(index.lang, 'recorded only as {what}', { what: fact.value }),
      },
    }),
  };
}

/** "N+" says that nodes are involved, and not how many. */
const INVOLVED = ['N1', 'N2', 'N3'];

function categoryIn(value: string, categories: readonly string[]): Truth {
  if (value !== 'N+') return some(categories.map((category) => categoryIs(value, category)));
  if (INVOLVED.every((n) => categories.includes(n))) return 'met';
  return categories.some((category) => /^N[1-3]/.test(category)) ? 'unknown' : 'not-met';
}

function categoryIs(value: string, category: string): Truth {
  const [have, asked] = [value.toUpperCase(), category.toUpperCase()];
  if (have.startsWith(asked)) return 'met';
  return asked.startsWith(have) ? 'unknown' : 'not-met';
}
