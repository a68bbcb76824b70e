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

/** "Previously, in 2012, breast cancer, mastectomy": wherever in the note it stands. */
const EARLIER =
  /(?<!\p{L})(?:previously|earlier|formerly|in the past|ранее|раньше|в прошлом|перенес\p{L}*)(?!\p{L})[^.;]*(?:(?<!\d)(?:19|20)\d\d(?!\d)|resect|operat|surg|\p{L}ectomy|treated|radiotherap|оперир|операци|удал|лечен|эктоми)/u;

/** The same, with cancers of other organs that were treated before as past ones. */
export function withOlderPast(named: readonly Named[]): readonly Named[] {
  const at = named.findLastIndex(({ s, cancers }) => NOW.test(s.plain) && cancers.some(isFirm));
  return named.map((one, i) => {
    const { s, cancers } = one;
    if (cancers.length === 0 || !cancers.every(isFirm)) return one;
    const rest = named.filter((_, j) => (EARLIER.test(s.plain) ? j !== i : j >= at)).flatMap((other) => other.cancers);
    const other = rest.some(isFirm) && cancers.every((c) => rest.every((r) => r.organ !== c.organ));
    const older = other && (EARLIER.test(s.plain) || (i < at && TREATED_ONCE.test(s.plain)));
    return older ? { ...one, cancers: cancers.map((c) => ({ ...c, past: true })) } : one;
  });
}

const isFirm = (c: CancerSaid): boolean =>
  !c.past && !c.generic && !c.suspected && c.organ !== '' && c.organ !== 'OTHER';
