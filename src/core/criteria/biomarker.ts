// Biomarker atoms: result words of proteins and signatures, and alterations of genes. "Low" of HER2 and its family is here;
// what a single alteration answers to is in alteration.ts. Rules: docs/data-model.md, "Biomarkers".
import type { Biomarker } from '../../domain/patient.js';
import { some, type Truth } from '../../domain/truth.js';
import type { CorpusIndex } from '../corpus-index.js';
import { type Lang, translate, word as wordIn } from '../language/translate.js';
import { alterationIs, counts } from './alteration.js';
import type { AtomAnswer, Context } from './trace.js';
import { whyUnknown, withDate } from './words.js';

const RESULTS = ['positive', 'negative', 'equivocal', 'low', 'ultralow', 'zero'];
/** Results that are all "negative" by themselves (HER2: ASCO/CAP 2023 affirms that low and ultralow are reported as negative). */
const NEGATIVE_FAMILY = ['negative', 'low', 'ultralow', 'zero'];

/** The state alone, for where no words are asked. */
export function biomarkerState(name: string, is: readonly string[], { cancerCase, index }: Context): Truth {
  const biomarker = cancerCase.biomarkers.find((b) => b.name === name);
  if (biomarker === undefined) return 'unknown';
  const result = resultOf(biomarker);
  return some(is.map((selector) => selectorIs(biomarker, result, selector, index)));
}

export function evaluateBiomarker(name: string, is: readonly string[], { cancerCase, index }: Context): AtomAnswer {
  const biomarker = cancerCase.biomarkers.find((b) => b.name === name);
  if (biomarker === undefined)
    return { state: 'unknown', asks: { item: name, why: translate(index.lang, 'not recorded') } };
  const result = resultOf(biomarker);
  const state = some(is.map((selector) => selectorIs(biomarker, result, selector, index)));
  const [first] = biomarker.alterations;
  const source = biomarker.result.known ? biomarker.result.source : first?.source;
  const fact = inWords(biomarker, result, index.lang);
  return {
    state,
    ...(fact !== undefined && { fact }),
    ...(source && { source }),
    ...(state === 'unknown' && {
      asks: { item: itemOf(name, is, index.lang), why: whyOpen(biomarker, result, index) },
    }),
  };
}

/** The result that the alterations and the recorded word give together; undefined when it is not known. */
export function resultOf({ result, alterations }: Biomarker): string | undefined {
  const counted = alterations.filter(counts);
  if (!result.known) return counted.length > 0 ? 'positive' : undefined;
  // A "positive" report whose every variant is of uncertain significance or benign found nothing to act on.
  if (result.value === 'positive' && alterations.length > 0 && counted.length === 0) return 'negative';
  // A "negative" beside a variant that counts contradicts itself.
  if (result.value === 'negative' && counted.length > 0) return undefined;
  return result.value;
}

function selectorIs(biomarker: Biomarker, result: string | undefined, selector: string, index: CorpusIndex): Truth {
  if (RESULTS.includes(selector)) return resultIs(result, selector);
  const counted = biomarker.alterations.filter(counts);
  if (result === undefined) {
    const found = some(counted.map((a) => alterationIs(a, selector)));
    return found === 'met' ? 'met' : 'unknown';
  }
  if (result === 'equivocal') return 'unknown';
  if (result !== 'positive') return 'not-met';
  if (counted.length > 0) return some(counted.map((a) => alterationIs(a, selector)));
  return selector === 'mutation' && index.biomarker(biomarker.name)?.means === 'mutation' ? 'met' : 'unknown';
}

function resultIs(result: string | undefined, selector: string): Truth {
  if (result === undefined) return 'unknown';
  if (result === selector) return 'met';
  if (selector === 'negative' && NEGATIVE_FAMILY.includes(result)) return 'met';
  // A bare "negative" may be low, ultralow or zero; an equivocal result (2+ without ISH) may turn out positive or low.
  if (result === 'negative') return NEGATIVE_FAMILY.includes(selector) ? 'unknown' : 'not-met';
  if (result === 'equivocal') return ['positive', 'negative', 'low'].includes(selector) ? 'unknown' : 'not-met';
  return 'not-met';
}

function inWords(
  { name, result, alterations }: Biomarker,
  effective: string | undefined,
  lang: Lang,
): string | undefined {
  const variants = alterations.map((a) => {
    const what = a.protein ?? a.coding ?? (a.exon === undefined ? a.kind : `exon ${a.exon} ${a.kind}`);
    return counts(a) ? what : `${what} (${a.significance} significance, not counted)`;
  });
  const word = effective ?? (result.known ? `${result.value}, contradicted` : undefined);
  if (word === undefined && variants.length === 0) return undefined;
  const said = word === undefined ? undefined : wordIn(lang, word);
  const words = [name, said, variants.length > 0 ? variants.join(', ') : undefined].filter((w) => w !== undefined);
  return withDate(words.join(' '), result.known ? result.date : undefined);
}

const itemOf = (name: string, is: readonly string[], lang: Lang): string =>
  is.some((s) => !RESULTS.includes(s)) ? translate(lang, '{what} (exact alteration)', { what: name }) : name;

function whyOpen({ name, result, alterations }: Biomarker, effective: string | undefined, index: CorpusIndex): string {
  const { lang } = index;
  if (!result.known && alterations.length === 0) return whyUnknown(result, index);
  if (effective === undefined) return translate(lang, 'the results for {what} contradict each other', { what: name });
  if (effective === 'positive') return translate(lang, 'reported positive without the precision that decides');
  return translate(lang, 'reported only as {what}', { what: wordIn(lang, effective) });
}
