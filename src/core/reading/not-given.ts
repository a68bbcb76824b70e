// What the record says of treatment that was named only.
import type { Story } from './story.js';

/** What was asked about or planned, and is not told as given afterwards. */
export function notGiven({ asked, events }: Story): readonly string[] {
  const open = asked.filter(
    (a) => !events.some((e) => e.kind === 'treatment' && e.treatment.words === a.words && e.span.start > a.span.start),
  );
  if (open.length === 0) return [];
  return [`named but not as given: ${[...new Set(open.map((a) => a.words))].slice(0, 8).join(', ')}`];
}
