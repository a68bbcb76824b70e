// When the disease had spread, where an operation long before tells that it came back.
import { daysBetween, type PartialDate } from '../../domain/partial-date.js';
import { datesIn } from './reading-date.js';
import type { Sentence } from './sentence.js';
import type { SpreadSaid } from './spread.js';
import type { Story } from './story.js';

/** The day that stands nearest to the first word of metastases. */
export function firstSpreadDate(
  spreads: readonly { readonly s: Sentence; readonly spread: SpreadSaid }[],
  asOf: PartialDate,
): PartialDate | undefined {
  for (const { s, spread } of spreads) {
    if (!spread.metastatic || spread.byPlace) continue;
    const at = spread.sites[0]?.start ?? 0;
    const [near] = [...datesIn(s.plain, s.day ?? asOf)].sort((a, b) => Math.abs(a.start - at) - Math.abs(b.start - at));
    if (near !== undefined) return near.date;
  }
  return undefined;
}

/** Half a year: less is one story of the same disease. */
const LONG_AGO_DAYS = 180;

/** Was the primary treated with intent to cure more than half a year before that day? */
export const operatedBefore = ({ events }: Story, day: PartialDate): boolean =>
  events.some(
    (e) =>
      e.kind === 'treatment' &&
      e.treatment.definitive &&
      e.date !== undefined &&
      daysBetween(e.date, day) > LONG_AGO_DAYS,
  );
