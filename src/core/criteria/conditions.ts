// A criterion taken apart into the conditions that must each hold: "all of" is opened, and "none of" becomes one line for each thing
// that must not be. What remains nested (alternatives) stays one condition.
import type { Criterion } from '../../domain/corpus/criterion.js';
import { not, unlessKnown } from '../../domain/truth.js';
import type { CorpusIndex } from '../corpus-index.js';
import { translate } from '../language/translate.js';
import { describe } from './describe.js';
import type { Trace } from './trace.js';

export function conditionsOf(trace: Trace, index: CorpusIndex): readonly Trace[] {
  const { criterion, parts } = trace;
  if (criterion.op === 'all') return parts.flatMap((part) => conditionsOf(part, index));
  if (criterion.op !== 'not' && criterion.op !== 'unless') return [trace];
  const [inner] = parts;
  if (inner?.criterion.op !== 'any') return [trace];
  const flip = criterion.op === 'not' ? not : unlessKnown;
  return inner.parts.flatMap((part) => {
    const opened = openedOf(criterion.op, part.criterion);
    return conditionsOf(
      { criterion: opened, text: describe(opened, index), state: flip(part.state), parts: [part] },
      index,
    );
  });
}

const OPENED = { not: new WeakMap<Criterion, Criterion>(), unless: new WeakMap<Criterion, Criterion>() };

/** "None of these" as one criterion for each; kept, so that its words are found again. */
function openedOf(op: 'not' | 'unless', part: Criterion): Criterion {
  const kept = OPENED[op].get(part) ?? { op, part };
  OPENED[op].set(part, kept);
  return kept;
}

/** The leaf that made a condition what it is. */
export function decidingLeaf(trace: Trace): Trace {
  const [first] = trace.parts;
  if (first === undefined) return trace;
  const { op } = trace.criterion;
  if (op === 'not' || op === 'unless') return decidingLeaf(first);
  return decidingLeaf(trace.parts.find((part) => part.state === trace.state) ?? first);
}

/** Why a criterion fails, in words: what it needs, or what excludes, and what the record shows. */
export function failures(trace: Trace, index: CorpusIndex): readonly string[] {
  return conditionsOf(trace, index)
    .filter((condition) => condition.state === 'not-met')
    .map((condition) => {
      const [inner] = condition.parts;
      const { op } = condition.criterion;
      const excludes = (op === 'not' || op === 'unless') && inner?.criterion.op !== 'unless';
      const words =
        excludes && inner
          ? translate(index.lang, 'excluded by {what}', { what: inner.text })
          : translate(index.lang, 'needs {what}', { what: condition.text });
      const { fact } = decidingLeaf(condition);
      return fact === undefined ? words : `${words}${translate(index.lang, ' (recorded: {fact})', { fact })}`;
    });
}
