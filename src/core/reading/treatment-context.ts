// What a sentence says of a treatment it names: given, going on, only asked about, planned, refused; for what, in which line, how it ended.
import type { Intent } from '../../domain/patient.js';
import { deniedBefore, saysFamily } from './context.js';
import type { Sentence } from './sentence.js';
import { withoutDots } from './story-date.js';
import type { Treatment } from './treatment.js';

export type Given = 'given' | 'going-on' | 'not-given' | 'asked';

export interface TreatmentSaid {
  readonly given: Given;
  readonly intent?: Exclude<Intent, 'unknown'>;
  readonly line?: number;
  readonly ended?: 'progressed' | 'intolerant' | 'completed' | 'stopped';
  /** Stands behind "after", "following": it came before what the sentence tells first. */
  readonly earlier: boolean;
  /** How many lines of untold treatment: "two prior lines of chemotherapy". */
  readonly lines?: number;
}

const W = '(?<!\\p{L})';
const E = '(?!\\p{L})';
const re = (source: string): RegExp => new RegExp(source, 'u');

const GOING_ON = re(
  `(?:\\b(?:currently|presently|continues?|continuing|remains?|still|now|ongoing|maintained|is taking|takes|is (?:being )?(?:on|receiving|treated with)|has been on|have been on|started on)\\b|${W}(?:в настоящее время|сейчас|продолжает\\p{L}*|получает|принимает|лечится|лечащ\\p{L}*|на фоне приема|находится на|терапия продолжается|продолжена)${E})[^.;]{0,40}$`,
);
/** "On imatinib for 3 years": still taken; not "was on", "progressed on". */
const ON_BEFORE =
  /(?<!\b(?:was|were|been|being|had|initially|then|after|while|progress\w*|pd|disease|failed|relaps\w*|recurr\w*|refractory|stable|respon\w*|remission|controlled) )\b(?:on|taking)\s*$|(?:^|[,;.(]\s*)\s*\p{L}{2,5} на (?:фоне )?$|(?<=(?:^|[,;.(])\s*)на (?:фоне )?$/u;
const FOR_SO_LONG =
  /^\s*(?:\d+(?:\.\d+)? ?(?:mg|мг)[^.,;]{0,20}? )?(?:(?:for |в течение |уже )(?:the )?)?(?:last |past |about |over |more than )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|many)\+? ?(?:(?:years?|yrs?|months?|mos?|weeks?)\b|(?:лет|года?|мес(?:яц(?:а|ев)?)?|нед(?:ел[иья]?)?)(?!\p{L}))(?!\s*(?:ago|later|after|назад|спустя))(?![^.]*(?:\b(?:then|until|stopped|completed|followed|before)\b|(?<!\p{L})(?:затем|до прогресс|отмен|заверш)))/u;
/** "CML, dasatinib for 3 months, BCR-ABL1 8 %": in chronic myeloid leukaemia such a drug is taken for years, unless the words are of the past. */
const LIFELONG = /^(?:imatinib|dasatinib|nilotinib|bosutinib|ponatinib|asciminib|olverembatinib|flumatinib|radotinib)$/;
const isNow = (before: string, { plain }: Sentence): boolean =>
  /\bcml\b|chronic myel|(?<!\p{L})хмл(?!\p{L})|хроническ\p{L}* миело|bcr/u.test(plain) &&
  !/\b(?:was|were|had|previously|received|after|initially|first|stopped)\b|(?<!\p{L})(?:получал|ранее|после|сначала|был)/u.test(
    before,
  );

/** "Stable on imatinib": the drug is still given, unless the sentence goes on to tell otherwise. */
const CONTROLLED_ON = re(
  `(?:(?<!\\b(?:was|were|been|had|initially|then) )\\b(?:stable(?: disease)?|responding(?: well)?|in (?:complete |partial |molecular )?(?:remission|response)|well controlled|disease controlled)(?: now)? on(?: (?:first|second|third)[- ]line)? |${W}(?:стабильн\\p{L}*(?: заболевани\\p{L}*)?|стабилизаци\\p{L}*(?: процесса| заболевания)?|ремисси\\p{L}*) на (?:фоне (?:приема |терапии |лечения )?)?)$`,
);
const SINCE_BEFORE =
  /(?<!\p{L})(?:с|since|from) (?:\d{1,2}[./])?(?:\d{1,2}[./])?(?:19|20)\d\d(?: ?г\.?)?[,:]?\s*(?:начат\p{L}* |проводится |получает )?(?:терапия |лечение |пхт |хт )?$/u;
const SINCE_AFTER =
  /^(?:\s?[/+]\s?(?:p\b|pred\p{L}*|dex\p{L}*|преднизолон\p{L}*|дексаметазон\p{L}*))?\s*(?:\([^)]*\))?,?\s*(?:[\p{L}.]{4,10} )?(?:\d+ ?(?:mg|мг) )?(?:с|since|from) (?:\d{1,2}[./])?(?:\d{1,2}[./])?(?:[a-z]+ )?(?:19|20)\d\d(?!\s*(?:г\.?)?\s*(?:по|до|to|until|till|-))/u;
const ONGOING_AFTER =
  /^[^.;,]{0,25}\b(?:ongoing|continues|continued to date|to date|to present|- ?present|since|until now)\b|^[^.;,]{0,30}(?:по настоящее время|по н\.?\s?в\.?|продолжает|до настоящего времени)/u;
/** "Lumpectomy May 2026, ..., endocrine therapy?": what has its day was done, though the sentence asks. */
const DATED_AFTER =
  /^\s*\(?(?:in |on |of |в |от )?(?:(?:\d{1,2}[./]){0,2}(?:19|20)\d\d(?!\d)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\p{L}*\.? (?:19|20)\d\d(?!\d))/u;
/** "2 cycles of MAP from 02.2026, resection in 05.2026": so many were given, and the operation came. */
const CYCLES_BEFORE = /(?<![\d.])\d{1,2} (?:cycles?(?: of)?|courses?(?: of)?|курс\p{L}*|цикл\p{L}*) $/u;
const OPERATED_THEN = /\b(?:resect|operat|surgery|\p{L}+ectomy)|(?<!\p{L})(?:резекци|операци|удален|\p{L}*эктоми)/u;
/** One or two cycles told as done are a course in its beginning; perioperative ones may be all of it. */
const FEW_CYCLES =
  /^(?![\s\S]*(?:adjuvant|адъювант|operat|completed|завершен|законч))[\s\S]*?(?:(?<!\p{L})проведен\p{L}* (?:уже )?(?:1|2|один|два)\s(?:курс|цикл)\p{L}*(?: (?:п?хт|терапии|химиотерапии|по схеме|в режиме))*\s$|\b(?:received|had|given|after) (?:1|2|one|two) cycles? (?:of )?$)/u;
const SO_FAR =
  /^[^.;]{0,30}?(?:\b(?:so far|thus far|to date)\b|(?<!\p{L})(?:на данный момент|к настоящему времени)(?!\p{L}))/u;
const PLANNED = re(
  `(?:\\b(?:plan(?:s|ned|ning)?(?: to| for)?|options?(?: are| include| were)?|keen on|arrange|consider(?:ed|ing|ation)?(?: of)?|candidate for|eligible for|suitable for|fit for|recommend\\w*|propos\\w+|scheduled|awaiting|discuss\\w*|will (?:receive|start|begin)|to (?:start|begin|receive|initiate)|option of|role (?:for|of)|add(?:ing|ition of)?|benefit (?:from|of)|switch(?:ing)? to|rechallenge|indication for|access to|interested in|requests?|needs?|needing|requir(?:es|ing)|in need of|before starting|intended|prior to starting|ahead of)\\b|(?:^|[.;]\\s*)\\s*for\\s*$|${W}(?:в планах|определ\\p{L}* тактик\\p{L}*|решить вопрос|решения вопроса|тактик\\p{L}*|вопрос\\p{L}* о(?:б)?|(?:за)?планир\\p{L}*|рассм\\p{L}*|рекоменд\\p{L}*|предлож\\p{L}*|показан\\p{L}*|кандидат\\p{L}*|возможн\\p{L}*|назначить|начать|добав\\p{L}*|целесообразн\\p{L}*|обсужд\\p{L}*|нужн[аоы]? ли|стоит ли|роль|подготовк\\p{L}*)${E})[^.;]{0,50}$`,
);
const RECEIVED = re(
  `(?:\\b(?:after|following|post(?![- ]?op)|on|during|under|despite|through|received|receiving|treated (?:with|by)|prior|previous(?:ly)?|underwent|completed|given|had|s\\/p|status post|progress\\w*(?: disease)? (?:on|after|with|under|during|through|following)|refractory to|resist\\w+ to|failed|failure of|failing|pretreated with|exposed to|intoleran\\w+ (?:to|of)|since|responded to|relapsed? (?:after|on|from|following)|recurr\\w+ (?:after|following|on)|was (?:on|given)|discontinued|stopped)\\b|${W}(?:после|на фоне|получ(?:ил|ала|ал|ила|ено|ена|ены|авш\\p{L}*|авший)\\p{L}*|проведен\\p{L}*|провод\\p{L}*|выполнен\\p{L}*|прошел|прошла|перенес\\p{L}*|ранее|завершен\\p{L}*|рефрактер\\p{L}*|резистент\\p{L}*|неэффективн\\p{L}*|при|в виде|состояние после|предшеств\\p{L}*|исчерпан\\p{L}*)${E})[^.;?]{0,60}$`,
);
const NOT_GIVEN_BEFORE = re(
  `(?:\\b(?:no (?:prior|previous|earlier|adjuvant|further)|never (?:received|had|been|treated)|not (?:yet )?(?:received|had|been|given|started|undergone|treated)(?: with)?|has not|have not|did not (?:receive|have|undergo)|without(?: prior| any| previous)?|contraindicat\\w+|declin\\w+|refus\\w+|not (?:a )?(?:candidate|eligible|fit|suitable)(?: for)?|ineligible for|unfit for|unsuitable for|naive to|not amenable to|not (?:in )?need(?:ing)?(?: of)?(?: immediate| urgent)?|no need (?:for|of)|avoid\\w*|opposed to|does not want|instead of|not received:?)\\b|${W}(?:не (?:получ|провод|выполн|назнач|лечил)\\p{L}*|без(?: предшествующ\\p{L}*)?|ранее не|не показан\\p{L}*|отказ\\p{L}*(?: от)?|противопоказан\\p{L}*|не кандидат)${E})(?:(?!\\b(?:but|then|after|received|progress\\w*)\\b|но |после )[^.;:,]){0,40}$|\\b(?:not received|never (?:had|received)|not treated with)\\b:?(?:(?!\\b(?:but|then|after)\\b)[^.;]){0,50}$`,
);
const NOT_GIVEN_AFTER =
  /^(?:[- ](?:naive|free|unfit|ineligible|eligible|na[iï]ve)|-наивн\p{L}*|[^.;,]{0,14}(?:contraindicated|declined|refused|never (?:given|received|used|had)|not a candidate|не кандидат|not (?:yet |been )*(?:started|begun|commenced)|was not (?:treated|given)|not (?:given|done|performed|received|feasible|possible|indicated|tolerated yet)|(?:ранее )?не (?:провод|получ|выполн|показан|назнач|применя|было|был|использ)\p{L}*|невозмож\p{L}*|неосуществим\p{L}*|противопоказан\p{L}*|отказ|жоқ(?!\p{L})|\p{L}{2,}(?:[мбп]а(?:ған|ды)|[мбп]е(?:ген|ді))(?!\p{L}))|\s*по поводу \p{L}+(?: \p{L}+)? (?:ранее )?не (?:провод|получ)\p{L}*|[^.;,]{0,30}(?<!\p{L})отказ(?:ал|ыва|)\p{L}{0,5}(?!\p{L})|[^.;,]{0,30}\b(?:declined|refused)\b)/u;

const PLANNED_AFTER =
  /^[^.;,]{0,24}(?:\b(?:is |was |being |to be )?(?:planned|scheduled|proposed|recommended|considered|booked|awaited|to be started|to start|an option|(?:not )?available|under discussion|next\?)\b|(?<!\p{L})(?:запланирован|планируется|предложен|предлага|рекомендован|показан|обсуждается|рассматрива|доступ|недоступ|не начат|ещ?е не|еще не начат)\p{L}*)(?! for [^.;]{0,20}but)/u;

/** "Osteosarcoma, localised, before surgery.": the state of the patient, not the end of what was given before. */
const STILL_BEFORE = /(?:^|[,.;])\s*(?:before|prior to|awaiting|до|перед)\s+(?:the )?$/u;
const PROGRESSED_BEFORE = re(
  `(?:\\b(?:progress\\w*|pd(?!-?l)|refractory|resistan\\w+|fail\\w*|relaps\\w*|recurr\\w*|no response|worsening|growth)\\b[^.;,]{0,40}\\b(?:on|to|under|during|through|despite|while (?:on|receiving|taking)|within \\d+ \\w+ of|with)\\s+(?:(?!\\bafter\\b)[^.;,]){0,50}|\\b(?:failed|failure (?:of|on|to)|refractory to|resistant to|post-progression on|progression post|progressed (?:after|through|following|post)|progression (?:after|following|post)|progressive disease (?:after|following))\\s+(?:[^.;,]){0,50}|${W}(?:прогресс\\p{L}*|рефрактер\\p{L}*|резистент\\p{L}*|неэффективн\\p{L}*|отсутстви\\p{L}* эффекта|рост\\p{L}*|рецидив\\p{L}*)${E}[^.;,]{0,40}(?:на фоне|к|при|от|на)\\s+[^.;,]{0,40}|${W}метастаз\\p{L}*\\s+на фоне\\s+[^.;,]{0,40}|${W}прогресс\\p{L}*\\s+(?:(?:заболевания|процесса|болезни)\\s+)?после\\s+[^.;,]{0,40}|${W}рефрактерн\\p{L}*[^.;,]{0,10}к?\\s*|${W}неудач\\p{L}*(?:\\s+(?:терапи|лечени|применени|при[её]м)\\p{L}*)?(?:\\s+(?:от|на))?\\s+(?:[12]\\s+)?)$`,
);
const PROGRESSED_AFTER =
  /^(?:(?!\b(?:no|without|then|followed|currently|for (?:a )?(?:biochemical |psa |local )?(?:relapse|recurrence))\b|(?<!\p{L})(?:без|нет|затем)(?!\p{L}))[^.;]){0,70}?(?:\b(?:until|till|with|but|and|to|developed|had|showed?|at|upon|due to|because of|for|further|followed by|disease|clinical|radiolog\w+|psa|,|-|biochemical)?\s*(?:disease )?(?:psa (?:rise|rising|rose)|rising psa|progress(?:ed|ion|ive|ing)|pd\b(?!-?l)|relaps\w+|failed|failure|refractory|loss of response|lost response|resistan\w+)|(?<!\p{L})(?:рост\p{L}* пса|прогр(?:есс\p{L}*|\.?(?=[\s),]))|резистентн\p{L}*|потер\p{L}* ответ\p{L}*|рефрактерн\p{L}*|неэффективн\p{L}*|без эффекта|рецидив\p{L}*))/u;
const INTOLERANT_BEFORE = re(
  `(?:\\b(?:intoleran\\w+ (?:to|of)|did not tolerate|could not tolerate|unable to tolerate|toxicity (?:on|from|to|of)|(?:discontinued|stopped|ceased) (?=[^.;]{0,40}(?:due|because)))|${W}(?:непереносимост\\p{L}*|плохая переносимость|не перенес\\p{L}*))[^.;]{0,30}$`,
);
const INTOLERANT_AFTER =
  /^[^.;]{0,50}?(?:\b(?:intoleran\w+|not tolerated|(?:stopped|discontinued|ceased|withdrawn|interrupted|held)[^.;]{0,25}(?:due to|because of|for|owing to|after|:|\()[^.;]{0,30}(?:toxicit\w+|intoleran\w+|neuropath\w+|colitis|pneumonitis|hepatitis|diarrh\w+|rash|adverse|reaction|myocarditis|fatigue|cytopenia\w*|side effects?|thrombo\w+))|(?<!\p{L})(?:непереносим\p{L}*|переносимость (?:плохая|неудовлетворительн\p{L}*|крайне плохая)|отмен\p{L}*[^.;]{0,20}(?:из-за|в связи с|по причине)[^.;]{0,20}(?:токсич\p{L}*|непереносим\p{L}*|нейропат\p{L}*|пневмонит\p{L}*|колит\p{L}*|гепатит\p{L}*|нежелательн\p{L}*)))/u;
const COMPLETED =
  /\b(?:completed|finished|s\/p|status post|courses? of|cycles? of|x ?\d+|\d+ cycles?|\d+ courses?)\b|(?<!\p{L})(?:заверш\p{L}*|законч\p{L}*|\d+ (?:курс|цикл)\p{L}*|проведен\p{L}*)/u;

const RESPONDED = /\b(?:cm?r|pr|vgpr|remission|response|responded)\b|(?<!\p{L})(?:ремисси|ответ|регресс)\p{L}*/u;

const INTENTS: readonly (readonly [Exclude<Intent, 'unknown'>, RegExp])[] = [
  [
    'neoadjuvant',
    /\b(?:neo-?adjuvant(?:ly)?|neo-?adj|nact?|pre-?op|pre-?operative(?:ly)?|induction before surgery|perioperative)\b|(?<!\p{L})(?:нео-?адъювант\p{L}*|нахт|предоперационн\p{L}*|периоперационн\p{L}*)/u,
  ],
  [
    'adjuvant',
    /(?<!neo-?)\b(?:adjuvant(?:ly)?|adj|post-?operative(?:ly)?)\b|(?<!\p{L})(?<!нео-?)(?:адъювант\p{L}*|ахт|послеоперационн\p{L}*)/u,
  ],
  ['maintenance', /\bmaintenance\b|(?<!\p{L})поддерживающ\p{L}*/u],
  ['palliative', /\bpalliative\b|(?<!\p{L})паллиативн\p{L}*/u],
];

/** "Olaparib maintenance (BRCA2) -> relapse -> carboplatin": the intent behind a treatment that a chain goes on from is of that one. */
export const withoutIntentOfLast = (before: string, chained: boolean): string =>
  chained
    ? before.replace(
        /^\s*(?:as )?(?:maintenance|adjuvant(?:ly)?|neo-?adjuvant(?:ly)?|в поддерживающ\p{L}* режиме|адъювантно|неоадъювантно)(?=\s*(?:\([^)]*\)\s*)?(?:->|→|=>|;|,|until|till|до |with|for|\d|from|since|с ))/u,
        (m) => ' '.repeat(m.length),
      )
    : before;

const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [
    /\b(?:first|1st|1)[- ]?line\b|\bfrontline\b|\bfront-line\b|\b1l\b|(?<!\p{L})(?:перв(?:ой|ая|ую)|1-?(?:я|й|ой|ую)?|i) лини\p{L}*|1 ?л\b/u,
    1,
  ],
  [/\b(?:second|2nd|2)[- ]?line\b|\b2l\b|(?<!\p{L})(?:втор(?:ой|ая|ую)|2-?(?:я|й|ой|ую)?|ii) лини\p{L}*/u, 2],
  [/\b(?:third|3rd|3)[- ]?line\b|\b3l\b|(?<!\p{L})(?:треть(?:ей|я|ю)|3-?(?:я|й|ей|ю)?|iii) лини\p{L}*/u, 3],
  [/\b(?:fourth|4th|4)[- ]?line\b|\b4l\b|(?<!\p{L})(?:четверт(?:ой|ая|ую)|4-?(?:я|й|ой|ую)?|iv) лини\p{L}*/u, 4],
];
/** The line that a text names last. */
export function lineIn(plain: string): number | undefined {
  const hits = ORDINALS.flatMap(([p, n]) =>
    [...plain.matchAll(new RegExp(p.source, 'gu'))].map((m) => ({ at: m.index, n })),
  );
  return hits.sort((a, b) => a.at - b.at).at(-1)?.n;
}

const COUNTED =
  /\b(one|two|three|four|\d)\s+(?:or more\s+)?(?:prior |previous |earlier )?(?:lines?|regimens?)\b|\b(?:prior|previous) (one|two|three|four|\d) lines?\b|(?<!\p{L})(?<=(?:после|получ\p{L}*|провед\p{L}*|ранее|прошл\p{L}*) (?:\p{L}+ )?)(одн\p{L}{1,3}|дв(?:е|ух|умя)|тр(?:и|ех|емя)|четыр\p{L}*|\d)\s+(?:предшествующ\p{L}* |предыдущ\p{L}* )?лини(?:и|й|ями|ях|ю)(?!\p{L})/u;
export function linesCounted(plain: string): number | undefined {
  const m = COUNTED.exec(plain);
  if (
    m === null &&
    /\b(?:all|exhausted) (?:\p{L}+ )?(?:standard|available)\b|(?<!\p{L})все\p{L}? стандартн/u.test(plain)
  )
    return 2;
  const word = m?.[1] ?? m?.[2] ?? m?.[3];
  if (word === undefined) return undefined;
  if (/\d/.test(word)) return Number(word);
  return /^(?:one|одн)/.test(word) ? 1 : /^(?:two|дв)/.test(word) ? 2 : /^(?:three|тр)/.test(word) ? 3 : 4;
}

/** @param before the part of the sentence since the treatment named before; @param after up to the next one */
export function treatmentSaid(sentence: Sentence, treatment: Treatment, written: string, tail: string): TreatmentSaid {
  const [before, after] = [withoutDots(written), withoutDots(tail)];
  const wide = sentence.plain.slice(Math.max(0, treatment.start - 110), treatment.start);
  const given = givenSaid(sentence, treatment, before, after, wide);
  const intent = intentSaid(before, after);
  // "third line, after FOLFOX": the line is of what comes.
  const own =
    before
      .slice(-60)
      .split(
        /\b(?:after|following|post|failure of|failed|progress\w*)\b|(?<!\p{L})(?:после|неудач\p{L}*|прогресс\p{L}*)(?!\p{L})/u,
      )
      .at(-1) ?? '';
  // "3 lines: A, B, C" counts; "3 линия: A" is the third.
  const line =
    lineIn(own.replace(/[2-9] (?:лини[ий]|lines)\s*:\s*$/u, ' ')) ?? lineIn(/^[^.;,]{0,40}/.exec(after)?.[0] ?? '');
  const ended = endSaid(before, after, given);
  const lines =
    treatment.kind === 'untold'
      ? linesCounted(`${before.slice(-40)}${sentence.plain.slice(treatment.start, treatment.end)}`)
      : undefined;
  return {
    given,
    earlier:
      /(?:\b(?:after|following|post|since|prior|previous(?:ly)?)\b|(?<!\p{L})(?:после|ранее|вслед за|предшеств\p{L}*)(?!\p{L}))[^.;,]{0,55}$/u.test(
        before,
      ),
    ...(intent === undefined ? {} : { intent }),
    ...(line === undefined ? {} : { line }),
    ...(ended === undefined ? {} : { ended }),
    ...(lines === undefined ? {} : { lines }),
  };
}

function givenSaid(sentence: Sentence, treatment: Treatment, before: string, after: string, wide: string): Given {
  if (sentence.section === 'family' || saysFamily(before.slice(-80))) return 'not-given';
  if (NOT_GIVEN_AFTER.test(after) || NOT_GIVEN_BEFORE.test(before)) return 'not-given';
  if (/(?:\b(?:no|without)|(?<!\p{L})без)\s+$/u.test(before)) return 'not-given';
  if (/\?\s?$/u.test(before)) return 'asked';
  if (treatment.kind !== 'procedure' && deniedBefore(before.slice(-60)) && !RECEIVED.test(before.slice(-25)))
    return 'not-given';
  const received = RECEIVED.exec(before);
  const planned = PLANNED.exec(before);
  if (/^(?:resected|operated|прооперирован)/u.test(sentence.plain.slice(treatment.start))) return 'given';
  if (sentence.section === 'plan' || PLANNED_AFTER.test(after)) return 'asked';
  if (
    treatment.modality === 'surgery' &&
    received === null &&
    STILL_BEFORE.test(before) &&
    /^\s*[.?;]?\s*$/u.test(after)
  )
    return 'asked';
  if (planned !== null && (received === null || planned.index > received.index)) return 'asked';
  if (sentence.asks && received === null && !/s\/p|treated/.test(before) && !DATED_AFTER.test(after)) {
    // In a question everything before the asking words is history: "61-year-old, FOLFOX 6 cycles, PD: what next?"
    const asking =
      /(?:what|which|should|would|could|can we|is there|any role|role for|how to|что|какое|какая|какую|какой|можно ли|стоит ли|нужн[аоы]? ли|показан[аоы]? ли|или)/u.exec(
        sentence.plain,
      );
    const rest = sentence.plain.slice(0, asking?.index ?? 0);
    if (asking === null || asking.index < treatment.start || rest.trim().length < 15)
      return asksOf(wide, after) ? 'asked' : 'given';
  }
  if (FEW_CYCLES.test(before) || SO_FAR.test(after)) return 'going-on';
  if (GOING_ON.test(before.slice(-70)) || ONGOING_AFTER.test(after)) return 'going-on';
  if (ON_BEFORE.test(before) && FOR_SO_LONG.test(after)) return 'going-on';
  if (treatment.drugs.some((d) => LIFELONG.test(d)) && FOR_SO_LONG.test(after) && isNow(before, sentence))
    return 'going-on';
  const told = sentence.plain.slice(treatment.end);
  if (
    CONTROLLED_ON.test(before) &&
    !PROGRESSED_AFTER.test(told) &&
    !/\b(?:then|until|stopped|completed|followed)\b|затем|заверш|отмен|далее/u.test(told)
  )
    return 'going-on';
  if (treatment.modality !== 'surgery' && (SINCE_BEFORE.test(before.slice(-60)) || SINCE_AFTER.test(after)))
    return CYCLES_BEFORE.test(before) && OPERATED_THEN.test(told) ? 'given' : 'going-on';
  return 'given';
}

/** In a question: what stands before or after "vs", "or", or is its subject, is asked about. */
const asksOf = (wide: string, after: string): boolean =>
  !/(?:\b(?:on|after|following|progress\w*|failed|prior)\b|после(?!операц)|на фоне)[^.;,?]{0,40}$/u.test(wide) ||
  /^\s*(?:or|vs|versus|или)\b/.test(after);

function intentSaid(before: string, after: string): TreatmentSaid['intent'] {
  const near = before.slice(-70);
  const hits = INTENTS.flatMap(([intent, pattern]) => {
    const last = [...near.matchAll(new RegExp(pattern.source, 'gu'))].at(-1);
    return last === undefined ? [] : [{ intent, at: last.index }];
  }).sort((a, b) => b.at - a.at);
  if (hits[0] !== undefined) return hits[0].intent;
  const next = /^[^.;,]{0,32}/.exec(after)?.[0] ?? '';
  return /^\s*(?:as |in the |\(|-|в )?/.test(next)
    ? INTENTS.find(([, p]) => p.test(next) && !/(?:then|followed|before|after|затем|после)/u.test(next))?.[0]
    : undefined;
}

function endSaid(before: string, after: string, given: Given): TreatmentSaid['ended'] {
  if (given === 'not-given' || given === 'asked') return undefined;
  const near = before.slice(-110);
  if (INTOLERANT_BEFORE.test(near) || INTOLERANT_AFTER.test(after)) return 'intolerant';
  const denied = /\b(?:no|without|free of|non)\b[^.;,]{0,25}progress|без (?:признаков )?прогресс/u;
  if (PROGRESSED_BEFORE.test(near) && !denied.test(near.slice(-80))) return 'progressed';
  const failed = PROGRESSED_AFTER.exec(after);
  const completed = COMPLETED.test(near.slice(-50)) || COMPLETED.test(after.slice(0, 30));
  if (failed !== null && !denied.test(after.slice(0, 90)) && !/^[^.;]{0,60}progression[- ]free/.test(after)) {
    // What comes back after cycles that were given or after a response is no failure during them.
    const back = /(?:relaps\w+|рецидив\p{L}*)$/u.test(failed[0]);
    if (!back || !(completed || RESPONDED.test(failed[0]))) return 'progressed';
    return 'completed';
  }
  if (given === 'going-on') return undefined;
  return completed ? 'completed' : undefined;
}
