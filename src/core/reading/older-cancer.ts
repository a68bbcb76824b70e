// "Colon cancer resected in 2010. Now metastatic melanoma": the first is a cancer of the past, though nobody says that it is over.
import type { CancerSaid } from './diagnosis.js';
import type { Sentence } from './sentence.js';

interface Named {
  readonly s: Sentence;
  readonly cancers: readonly CancerSaid[];
}

const NOW =
  /(?<!\p{L})(?:now|currently|presents? with|new primary|second primary|сейчас|теперь|ныне|в настоящее время)(?!\p{L})/u;
const TREATED_ONCE =
  /(?<!\d)(?:19|20)\d\d(?!\d)[^.;]*(?:resect|operat|surg|\p{L}ectomy|treated|radiotherap|оперир|операци|удал|лечен|эктоми)|(?:resect|operat|surg|\p{L}ectomy|treated|radiotherap|оперир|операци|удал|лечен|эктоми)[^.;]*(?<!\d)(?:19|20)\d\d(?!\d)/u;

/** The same, with cancers of other organs that were treated in a year named before as past ones. */
export function withOlderPast(named: readonly Named[]): readonly Named[] {
  const at = named.findLastIndex(({ s, cancers }) => NOW.test(s.plain) && cancers.some(isFirm));
  if (at < 1) return named;
  const later = new Set(named.slice(at).flatMap(({ cancers }) => cancers.map((c) => c.organ)));
  return named.map((one, i) => {
    const older =
      i < at && TREATED_ONCE.test(one.s.plain) && one.cancers.every((c) => isFirm(c) && !later.has(c.organ));
    return older ? { ...one, cancers: one.cancers.map((c) => ({ ...c, past: true })) } : one;
  });
}

const isFirm = (c: CancerSaid): boolean => !c.generic && !c.suspected && c.organ !== '' && c.organ !== 'OTHER';
