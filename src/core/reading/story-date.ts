// When what a sentence names happened: its dates, told lengths ("for 8 months", "6 cycles"), and the date beside a turn of the disease.
import type { PartialDate } from '../../domain/partial-date.js';
import { count, type DateHit, DURATION, unitDays } from './reading-date.js';
import type { Treatment } from './treatment.js';

/** The dates and the length of a treatment, from the part of the sentence that is its own. */
export function datesOf(
  t: Treatment,
  dates: readonly DateHit[],
  plain: string,
  from: number,
  to: number,
): { date?: PartialDate; until?: PartialDate; days?: number } {
  const own = dates.filter((d) => d.start >= from && d.end <= to);
  const after = own.filter((d) => d.start >= t.end && !statusBetween(plain, t.end, d.start));
  // "neck dissection 05/2025, CRT ...": the date is of what stands before it, and so is the whole of a range with what is said of it
  // ("энзалутамид 05.2023-02.2025 (прогр.), доцетаксел ... 03.2025-09.2025").
  const taken = (d: DateHit): boolean =>
    (from > 0 &&
      d.start >= from &&
      (d.start - from <= 3
        ? /^\s*(?:[,;)]|->|→|=>|(?:after|following|post|после)\b|после )/.test(plain.slice(d.end, t.start))
        : false)) ||
    (from > 0 && after.length > 0 && rangeFrom(own, from, plain) && /[,;)]/.test(plain.slice(d.end, t.start)));
  const before = own.filter((d) => d.end <= t.start && !taken(d));
  const gapBefore = before.at(-1) === undefined ? 99 : t.start - (before.at(-1)?.end ?? 0);
  const gapAfter = after[0] === undefined ? 99 : after[0].start - t.end;
  const chosen =
    gapAfter < 45 && (gapAfter <= gapBefore || UNTIL.test(plain.slice(t.end, after[0]?.start)))
      ? after
      : before.length > 0
        ? rangeBefore(before, plain)
        : dates[0] !== undefined && dates[0].start < 6
          ? [dates[0]]
          : [];
  const [start, next] = chosen;
  const until =
    next !== undefined &&
    start !== undefined &&
    /^\s*(?:г\.?)?\s*(?:-|to|until|till|through|по|до|and)\s*(?:\p{L}{1,2}\s)?$/u.test(
      plain.slice(start.end, next.start),
    )
      ? next
      : undefined;
  const lead = start === undefined ? '' : plain.slice(Math.max(t.end, start.start - 16), start.start);
  // "08/2021 bone metastases: palbociclib till 09/2023", and the date that a line of a chronology begins with.
  const opening = before.at(-1) ?? (dates[0] !== undefined && dates[0].start < 6 ? dates[0] : undefined);
  const days = durationOf(plain.slice(t.end, Math.min(to, t.end + 60))) ?? durationBefore(plain.slice(from, t.start));
  const ends =
    start !== undefined &&
    chosen === after &&
    (/(?:until|till|to|stopped|completed(?: in| on)?|finished(?: in| on)?|ended(?: in| on)?|до|(?:завершен|завершил|окончен|окончил|окончание|закончен|закончил)\p{L}*(?: в)?)\s*$/u.test(
      lead,
    ) ||
      UNTIL_FAILED.test(plain.slice(t.end, start.start)) ||
      // "Completed CROSS 12/2025", "закончил ХЛТ 10.05.2026": one day behind what was finished is its last.
      (next === undefined && FINISHED.test(plain.slice(from, t.start))));
  return {
    ...(start === undefined || (ends && opening === undefined)
      ? {}
      : { date: ends ? (opening?.date ?? start.date) : start.date }),
    ...(ends && start !== undefined ? { until: start.date } : until === undefined ? {} : { until: until.date }),
    ...(days === undefined ? {} : { days }),
  };
}

/** Does a range of dates stand right behind the treatment named before? */
const rangeFrom = (own: readonly DateHit[], from: number, plain: string): boolean => {
  const [first, second] = own.filter((d) => d.start >= from);
  return (
    first !== undefined &&
    second !== undefined &&
    first.start - from <= 4 &&
    /^\s*(?:г\.?)?\s*(?:-|to|по|до)\s*$/u.test(plain.slice(first.end, second.start))
  );
};

/** "07/2024-02/2026 T-DXd": the range, else the date that stands nearest. */
function rangeBefore(before: readonly DateHit[], plain: string): readonly DateHit[] {
  const [first, second] = before.slice(-2);
  const joined =
    first !== undefined &&
    second !== undefined &&
    /^\s*(?:г\.?)?\s*(?:-|to|по|до)\s*$/u.test(plain.slice(first.end, second.start));
  return joined ? [first, second] : before.slice(-1);
}

/** "until PD 11/2025", "до прогрессирования в 03.2024": the day of the failure is the last of the treatment. */
const UNTIL_FAILED =
  /^[^.;]{0,40}(?:\b(?:until|till)|(?<!\p{L})до) (?:disease )?(?:pd|progress\w*|relapse|failure|прогресс\p{L}*|рецидива)(?: \p{L}+)?[ ,(]*(?:in |on |в )?$/u;
/** Right before a day: what it names ended then, whatever stands before it. */
const UNTIL =
  /^[^.;,()]{0,40}(?:\b(?:until|till|completed(?: in| on)?|finished(?: in| on)?|ended(?: in| on)?)|(?<!\p{L})(?:до|(?:завершен|окончен|закончен)\p{L}*(?: в)?))\s*$/u;
const FINISHED =
  /(?:\b(?:completed|finished)|(?<!\p{L})(?:завершил|закончил|окончил|завершен|закончен|окончен)\p{L}{0,2})(?: \p{L}+){0,3}\s*$/u;

const statusBetween = (plain: string, from: number, to: number): boolean =>
  !UNTIL_FAILED.test(withoutDots(plain.slice(from, to))) &&
  /progress|relaps|recurr|прогресс|рецидив|метаста|metasta|\bpd\b|[;.]/u.test(withoutDots(plain.slice(from, to)));

/** Dates keep their digits; their points end no clause ("с 03.2024 по 05.2026"). */
export const withoutDots = (text: string): string => text.replace(/(?<=\d)[.](?=\d)/g, '/');

/** "for 8 months", "x 14 months", "6 cycles" (three weeks each). */
function durationOf(after: string): number | undefined {
  const long = new RegExp(
    `(?:for|x|during|over|в течение|на протяжении)\\s+(?:about |approximately |около )?${DURATION.source.replace('(?<![\\d.])', '')}`,
    'u',
  ).exec(after);
  if (long !== null) return count(long[1] ?? '') * unitDays(long[2] ?? '');
  // "Imatinib 400 mg 18 months", "иматиниб 18 мес": a length right behind the drug.
  const bare = new RegExp(
    `^\\s*(?:\\d+ ?(?:mg|мг)\\s*)?${DURATION.source}(?!\\s*(?:ago|later|after|before|old|назад|спустя|после|до))`,
    'u',
  ).exec(after);
  if (bare !== null) return count(bare[1] ?? '') * unitDays(bare[2] ?? '');
  const cycles = /^[^.;,]{0,14}?(?:x ?)?(\d{1,2})\s*(?:cycles?|courses?|курс\p{L}*|цикл\p{L}*)/u.exec(after)?.[1];
  return cycles === undefined ? undefined : Number(cycles) * 21;
}

/** "after 5 months of FOLFIRINOX", "после 5 месяцев FOLFIRINOX". */
function durationBefore(before: string): number | undefined {
  if (/(?:через|спустя)[^.;,]{0,12}$/u.test(before)) return undefined;
  const m = new RegExp(`(?:${DURATION.source})\\s+(?:of |on |терапии |лечения )?$`, 'u').exec(before.slice(-40));
  return m === null ? undefined : count(m[1] ?? '') * unitDays(m[2] ?? '');
}

/** A date in the neighbourhood of a turn of the disease, in its own clause. */
export function nearestDate(dates: readonly DateHit[], start: number, end: number, plain: string): DateHit | undefined {
  const near = dates
    .map((d) => ({
      d,
      gap: d.start >= end ? d.start - end : start - d.end,
      between: d.start >= end ? plain.slice(end, d.start) : plain.slice(d.end, start),
    }))
    .filter(
      (n) =>
        n.gap >= 0 &&
        n.gap < 50 &&
        !/[;]/.test(n.between) &&
        !/\b(?:since|started|from|until|surgery|received|diagnos)/.test(n.between),
    );
  return near.sort((a, b) => a.gap - b.gap)[0]?.d;
}
