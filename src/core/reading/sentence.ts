// A document cut into sections by its headings and into sentences, with the place of each. Wrapped lines are joined; a list item and a
// table row stand alone; abbreviations, initials and decimal points end nothing.
import type { PartialDate } from '../../domain/partial-date.js';
import { plainText } from './plain-text.js';

export type SectionKind =
  | 'body'
  | 'family'
  | 'allergy'
  | 'medication'
  | 'comorbidity'
  | 'plan'
  | 'question'
  | 'history'
  | 'laboratory';

export interface Sentence {
  /** Lower case, Latin codes: see plain-text. */
  readonly plain: string;
  readonly text: string;
  /** Offset in the document. */
  readonly start: number;
  readonly section: SectionKind;
  /** Ends with a question mark, stands under "Question", or asks by its words. */
  readonly asks: boolean;
  /** Day of the document that it stands in, where several were handed in: "ago" and "now" are told of it. */
  readonly day?: PartialDate;
}

const HEADINGS: readonly (readonly [SectionKind, RegExp])[] = [
  ['family', /^(?:family (?:history|hx)|fh|fhx|семейный анамнез|наследственность|отбасылық анамнез)/u],
  [
    'allergy',
    /^(?:allerg(?:y|ies)|drug allergies|known allergies|аллерголог\p{L}*(?: анамнез)?|аллерги\p{L}*|аллергоанамнез)/u,
  ],
  [
    'medication',
    /^(?:(?:current |home |concomitant |regular )?medications?|meds|concurrent medication|сопутствующая терапия|принимаемые препараты|постоянно принимает|дәрі-дәрмектер)/u,
  ],
  [
    'comorbidity',
    /^(?:(?:past )?medical history|pmhx?|comorbidit(?:y|ies)|co-morbidities|сопутствующ\p{L}* (?:заболевани\p{L}*|патолог\p{L}*|диагноз\p{L}*)|қосымша аурулар)/u,
  ],
  [
    'plan',
    /^(?:plan|recommendations?|proposed (?:treatment|plan)|план(?: лечения)?|рекомендаци\p{L}*|рекомендовано|жоспар)/u,
  ],
  [
    'question',
    /^(?:(?:clinical |consult(?:ation)? |referral )?questions?(?: for (?:the )?(?:board|mdt|tumou?r board))?|reason for (?:referral|consultation)|asked|вопрос\p{L}*(?: консилиум\p{L}*)?|цель (?:консультации|направления)|сұрақ)/u,
  ],
  [
    'laboratory',
    /^(?:lab(?:s|oratory)?(?: results?| data| values?)?|blood (?:tests?|work)|анализы|лабораторн\p{L}*(?: данные)?|общий анализ крови|биохими\p{L}*|оак|бак)/u,
  ],
  [
    'history',
    /^(?:history(?: of (?:present(?:ing)? )?(?:illness|complaint))?|hpi|oncolog(?:y|ic|ical) history|treatment(?: history)?|previous treatment|prior (?:treatment|therapy|therapies)|past treatment|анамнез(?: заболевания| болезни)?|история заболевания|онкоанамнез|(?:проведенное|предшествующее|предыдущее) лечение|лечение|аурудың анамнезі)/u,
  ],
  [
    'body',
    /^(?:(?:final |primary |clinical |pathological )?diagnos[ie]s|dx|impression|conclusion|assessment|imaging|ct|mri|pet(?:-ct|\/ct)?|patholog\p{L}*|histolog\p{L}*|ihc|molecular(?: \p{L}+)?|biomarkers?|genomics?|stag(?:e|ing)|performance status|examination|findings|(?:клинический |основной |заключительный )?диагноз|ds|гистолог\p{L}*|игх|иммуногистохими\p{L}*|мрт|кт|пэт\p{L}*|молекулярн\p{L}*(?: \p{L}+){0,2}|заключение|объективно|status|статус|стадия|осмотр|узи)/u,
  ],
];

/** Words of a question that came without a question mark. */
const ASKS =
  /\?|^(?:what|which|is there|should|would|could|can|please advise|how (?:to|should)|any role|do you|kindly advise|request)|(?:what next|please advise|next (?:step|line)\b.{0,20}$|advice (?:on|regarding)|opinion (?:on|regarding))|(?:^|\s)(?:что дальше|какое лечение|какая терапия|какую терапию|какой режим|чем лечить|какова тактика|тактика лечения|подскажите|прошу|просим|можно ли|стоит ли|нужна ли|нужно ли|показан[аоы]? ли|возможно ли|не қылу|қандай ем)/u;

/** @param plain the plain text of the document, of the same length */
export function sentencesOf(document: string, plain: string = plainText(document)): readonly Sentence[] {
  const found: Sentence[] = [];
  let section: SectionKind = 'body';
  for (const line of lines(document, plain)) {
    const text = plain.slice(line.start, line.end);
    const heading = headingOf(text);
    const inline = heading !== undefined && /[\p{L}\d]/u.test(plain.slice(line.start + headingReach(text), line.end));
    if (heading !== undefined) section = heading.kind;
    else if (line.start > 0 && /\n[ ]*\n[ ]*$/.test(plain.slice(0, line.start)) && section !== 'family')
      section = section === 'question' ? 'question' : 'body';
    const from = line.start + (heading?.length ?? 0);
    let local: SectionKind = section;
    for (const [start, end] of sentenceSpans(document, plain, from, line.end)) {
      const part = plain.slice(start, end);
      // A heading run in a line: "... Family history: mother had breast cancer. Allergies: none."
      const own = start > from ? headingOf(part) : undefined;
      if (own !== undefined) local = own.kind;
      else if (local === 'family' && section !== 'family') local = section;
      const begin = start + (own?.length ?? 0);
      if (plain.slice(begin, end).trim() === '') continue;
      found.push({
        plain: plain.slice(begin, end),
        text: document.slice(begin, end),
        start: begin,
        section: local,
        asks: local === 'question' || ASKS.test(part.trim()),
      });
    }
    // What stands in the line of its heading ends with it; a history or a list of laboratory values goes on.
    if (inline && section !== 'history' && section !== 'laboratory') section = 'body';
  }
  return found;
}

/** Length of the heading with its colon, whatever its kind. */
const headingReach = (text: string): number => /^[^:]{0,50}:/u.exec(text)?.[0].length ?? text.length;

/** "Diagnosis: ..." or a line that is nothing but a heading. */
function headingOf(text: string): { readonly kind: SectionKind; readonly length: number } | undefined {
  const lead = /^[\s#*•\-\d.)]*/u.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead);
  for (const [kind, pattern] of HEADINGS) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const after = /^\s*(?:\([^)]{0,30}\))?\s*(?:[:：]|-\s|$)/u.exec(rest.slice(match[0].length));
    if (after === null) continue;
    return { kind, length: kind === 'body' || kind === 'laboratory' ? 0 : lead + match[0].length + after[0].length };
  }
  return undefined;
}

interface Line {
  readonly start: number;
  readonly end: number;
}

/** Lines, a wrapped one joined to the line before: it begins in lower case and that one ends without a stop. */
function lines(document: string, plain: string): readonly Line[] {
  const found: { start: number; end: number }[] = [];
  for (const match of plain.matchAll(/[^\n]+/g)) {
    const start = match.index;
    const end = start + match[0].length;
    if (match[0].trim() === '') continue;
    const last = found.at(-1);
    const before = last === undefined ? '' : plain.slice(last.start, last.end).trimEnd();
    const first = document.slice(start, end).trimStart()[0] ?? '';
    const wrapped =
      last !== undefined &&
      start - last.end === 1 &&
      before.length > 50 &&
      !/[.!?;:]$/.test(before) &&
      /[\p{Ll}\d(]/u.test(first) &&
      !/^\s*(?:[-*•]|\d+[.)])\s/.test(match[0]);
    if (wrapped && last !== undefined) last.end = end;
    else found.push({ start, end });
  }
  return found;
}

const ABBREVIATION =
  /(?:^|[\s(,])(?:e\.?g|i\.?e|vs|dr|mr|mrs|ms|prof|no|approx|ca|cf|fig|resp|incl|st|p\.?o|i\.?v|b\.?i\.?d|t\.?i\.?d|q\.?d|q\.?o\.?d|y\.?o|s\.?p|d\.?t|yrs?|mos?|wks?|т|г|гг|д|см|мм|мг|мкг|мл|кг|ст|стр|им|ул|обл|лет|мес|нед|дн|сут|ч|мин|тыс|млн|ед|т\.?е|т\.?к|т\.?д|т\.?ч|т\.?н|пр|в\/в|внутр|др|напр|проф|м\.?б|р|к\.?м\.?н|акад|отр|отриц|полож|мут|дифф?|неопр|нерезект?а?б?|плоскоклет|множеств|умеренно-?дифф?|цитологич|гистологич|neg|pos|мтс|тр|нф|лф|креат|бил|общ|adj|neoadj|approx|appr|bx|hx|dx|rx|tx|sx|appt|inj|tab|cap|пролонг|лаб|гр|в\/м|[a-zа-я])$/u;

/** Does the writer begin sentences with capitals? Then a point before a small letter ends an abbreviation. */
const capitalised = (document: string): boolean =>
  (document.match(/[.!?]\s+\p{Lu}/gu)?.length ?? 0) > (document.match(/[.!?]\s+\p{Ll}{3}/gu)?.length ?? 0);

/** A clause that begins with its month or year and a colon. */
const DATED = /^\s*(?:\p{L}{3,9}\.? |\d{1,2}[./])?(?:19|20)\d\d ?(?:г\.?)? ?:/u;

/** "(кости, контралат. легкое)": a point within brackets that are closed soon ends nothing. */
function insideBracket(plain: string, from: number, at: number): boolean {
  const before = plain.slice(Math.max(from, at - 80), at);
  const open = before.lastIndexOf('(');
  if (open < 0 || before.indexOf(')', open) >= 0) return false;
  const close = /^[^()\n]{0,80}\)/.exec(plain.slice(at + 1));
  return close !== null;
}

function sentenceSpans(
  document: string,
  plain: string,
  from: number,
  to: number,
): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  const capitals = capitalised(document);
  let start = from;
  const stop = /[.!?;]+(?=\s|$)|\n/g;
  stop.lastIndex = from;
  for (let m = stop.exec(plain); m !== null && m.index < to; m = stop.exec(plain)) {
    const end = m.index + m[0].length;
    const before = plain.slice(Math.max(start, m.index - 12), m.index);
    const next = plain.slice(end, end + 3).trimStart();
    // "? immunotherapy" asks; "April 2026: bone pain; PET - bone metastases" is of that day to its end.
    if (plain.slice(start, m.index).trim() === '' && m[0] === '?') continue;
    if (m[0] === ';' && (DATED.test(plain.slice(start, m.index)) || /^\s*(?:now|сейчас) \d/u.test(plain.slice(end))))
      continue;
    if (m[0] === '.' && insideBracket(plain, start, m.index)) continue;
    if (m[0] === '.' && capitals && /\p{L}$/u.test(before) && /^\s+\p{Ll}{2}/u.test(document.slice(end, end + 4)))
      continue;
    if (m[0] === '.' && ABBREVIATION.test(before) && !/^\d\)/.test(next) && next !== '') continue;
    if (
      m[0] === '.' &&
      /(?:^|\s)\d{1,2}$/.test(before) &&
      /^[\p{L}\d]/u.test(next) &&
      plain.slice(start, m.index).trim().length < 3
    )
      continue;
    spans.push([start, end]);
    start = end;
  }
  if (start < to) spans.push([start, to]);
  return spans;
}
