// States that plain words tell without naming the fact: "unresectable", "unfit".
import type { Diagnosed } from './diagnosis-settled.js';
import type { Sentence } from './sentence.js';

export const UNRESECTABLE =
  /\b(?:unresectable|irresectable|inoperable|not resectable|non-?resectable)\b|(?<!\p{L})(?:не ?резектабельн\p{L}*|неоперабельн\p{L}*|не ?операбельн\p{L}*)/u;

/** Plain words for states that the case's facts hold. */
const PLAIN: readonly (readonly [string, string, RegExp, RegExp?])[] = [
  [
    'Fit for intensive chemotherapy',
    'no',
    /(?<!(?:cisplatin|platinum|transplant|asct|medically|surgically)[- ])\bunfit\b(?! for (?:surg|transplant|asct|cisplatin|platinum|operation|radio|resection))|\bnot (?:fit|a candidate) for intensive\b/u,
  ],
  ['Resectable', 'no', UNRESECTABLE],
  [
    'Resectable',
    'yes',
    /(?<!un|ir|not |non-?|borderline )\b(?:potentially |upfront )?resectable\b|(?<!\p{L}|не|не )резектабельн\p{L}*/u,
    /borderline|пограничн|погранично/u,
  ],
];

/** "Initially unresectable", "нерезектабельна исходно": what was then says nothing of now. */
export const ofThen = (plain: string, start: number, end: number): boolean =>
  /(?:\b(?:initially|originally|at (?:diagnosis|presentation|baseline))|(?<!\p{L})(?:исходно|изначально|первично|на момент (?:выявления|диагностики|постановки диагноза)))[ ,]*(?:\p{L}+ )?$/u.test(
    plain.slice(Math.max(0, start - 40), start),
  ) ||
  /^ (?:initially|originally|at (?:diagnosis|presentation|baseline)|исходно|изначально)(?!\p{L})/u.test(
    plain.slice(end),
  );

export function plainFacts(sentences: readonly Sentence[]): Diagnosed['facts'] {
  const found: { name: string; value: string; start: number; end: number }[] = [];
  for (const s of sentences) {
    if (s.section === 'family') continue;
    for (const [name, value, pattern, unless] of PLAIN) {
      const m = pattern.exec(s.plain);
      if (m !== null && name === 'Resectable' && ofThen(s.plain, m.index, m.index + m[0].length)) continue;
      if (m === null || unless?.test(s.plain) === true || found.some((f) => f.name === name)) continue;
      found.push({ name, value, start: s.start + m.index, end: s.start + m.index + m[0].length });
    }
  }
  return found;
}
