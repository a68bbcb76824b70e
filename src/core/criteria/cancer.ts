// Cancer atoms: OncoTree ancestry. A diagnosis less specific than the one asked for leaves the question open.
import type { Truth } from '../../domain/truth.js';
import { translate } from '../language/translate.js';
import type { AtomAnswer, Context } from './trace.js';
import { cancerName, whyUnknown, withDate } from './words.js';

/** The state alone, for where no words are asked. */
export function cancerState(codes: readonly string[], { cancerCase: { cancer }, index }: Context): Truth {
  if (!cancer.known) return 'unknown';
  const { oncotree } = cancer.value;
  if (codes.some((code) => index.isCancer(oncotree, code))) return 'met';
  return codes.some((code) => index.isCancer(code, oncotree)) ? 'unknown' : 'not-met';
}

export function evaluateCancer(codes: readonly string[], { cancerCase, index }: Context): AtomAnswer {
  const { cancer } = cancerCase;
  if (!cancer.known)
    return { state: 'unknown', asks: { item: translate(index.lang, 'histology'), why: whyUnknown(cancer, index) } };
  const { oncotree } = cancer.value;
  const name = cancerName(cancer.value, index);
  const found = {
    fact: withDate(`${name} (${oncotree})`, cancer.date),
    source: cancer.source,
  };
  if (codes.some((code) => index.isCancer(oncotree, code))) return { state: 'met', ...found };
  if (codes.some((code) => index.isCancer(code, oncotree)))
    return {
      state: 'unknown',
      ...found,
      asks: {
        item: translate(index.lang, 'histology'),
        why: translate(index.lang, 'recorded only as {what}', { what: name }),
      },
    };
  return { state: 'not-met', ...found };
}
