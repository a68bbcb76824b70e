// "LDH elevated", "raised LDH", "LDH twice the upper limit", "билирубин в норме": a laboratory value told by where it stands to normal.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import { type FindingSaid, nameOf } from './finding-alias.js';
import type { Hit } from './lexicon.js';

const TIMES: Readonly<Record<string, number>> = {
  twice: 2,
  double: 2,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  вдвое: 2,
  втрое: 3,
};
const NUMBER = String.raw`(\d{1,2}(?:[.,]\d{1,2})?|twice|double|two|three|four|five|вдвое|втрое)`;
const LINK = String.raw`^\s*(?:level|levels|уровень|was|is|are|of|at|[:=,(-]|\s)*`;
/** "2 x ULN", "twice the upper limit of normal", "elevated 3-fold", "повышена в 2 раза", "2,5 нормы". */
const MULTIPLE = new RegExp(
  `${LINK}(?:elevated|raised|increased|повышен\\p{L}*|выше нормы)?[\\s(]*(?:to|by|до|в)?\\s*${NUMBER}\\s*(?:[xх×]|-?fold|times|раза?(?!\\p{L})|норм\\p{L}*|внг|верхн\\p{L}* границ|(?:the )?(?:uln|upper limit))`,
  'u',
);
const RAISED = String.raw`(?:elevated|raised|increased|above (?:the )?(?:normal|uln|upper)|high(?!\p{L}|-)|повышен\p{L}*|высок\p{L}*|выше нормы)`;
const WITHIN = String.raw`(?:(?:within )?normal(?! limit of)|wnl|not (?:elevated|raised|increased)|не повышен\p{L}*|в (?:пределах )?норм\p{L}*|норма(?!\p{L})|нормальн\p{L}*)`;
const RAISED_AFTER = new RegExp(`${LINK}(?:not )?${RAISED}`, 'u');
const WITHIN_AFTER = new RegExp(`${LINK}${WITHIN}`, 'u');
const RAISED_BEFORE = new RegExp(`${RAISED}(?: serum| уровень| уровня)?\\s*$`, 'u');
const WITHIN_BEFORE = /(?<!ab)(?:normal|not elevated|нормальн\p{L}*)(?: serum| уровень)?\s*$/u;

/** Only of what has a usual upper limit. */
export function againstNormal(term: FactTerm, hit: Hit<'fact'>, plain: string): FindingSaid | undefined {
  const { upperNormal } = term;
  if (upperNormal === undefined) return undefined;
  const after = plain.slice(hit.end, hit.end + 60);
  const before = plain.slice(Math.max(0, hit.start - 24), hit.start);
  const said = (value: FindingSaid['value'], length: number): FindingSaid => ({
    fact: term.id,
    name: nameOf(term),
    value,
    start: hit.start,
    end: hit.end + length,
  });
  const multiple = MULTIPLE.exec(after);
  if (multiple !== null) {
    const [whole, written = ''] = multiple;
    const times = TIMES[written] ?? Number(written.replace(',', '.'));
    const unit = term.unit === undefined ? {} : { unit: term.unit };
    return said({ kind: 'quantity', quantity: { value: times * upperNormal, ...unit } }, whole.length);
  }
  const within = WITHIN_AFTER.exec(after);
  if (within !== null) return said({ kind: 'text', text: 'normal' }, within[0].length);
  const raised = RAISED_AFTER.exec(after);
  // A number behind the word says more: "elevated at 540".
  if (raised !== null)
    return /^[^.;,]{0,12}\d/u.test(after.slice(raised[0].length))
      ? undefined
      : said({ kind: 'text', text: 'elevated' }, raised[0].length);
  if (/^[^.;,]{0,14}\d/u.test(after)) return undefined;
  if (WITHIN_BEFORE.test(before)) return said({ kind: 'text', text: 'normal' }, 0);
  if (RAISED_BEFORE.test(before))
    return said({ kind: 'text', text: /\bnot |не /u.test(before) ? 'normal' : 'elevated' }, 0);
  return undefined;
}
