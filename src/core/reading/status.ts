// What a sentence says of the course of the disease: progression, relapse, response, no evidence of disease, metastases found; and how
// long after what ("relapsed 14 months after", "progressed after 8 months").
import { count, DURATION, unitDays } from './reading-date.js';
import type { Sentence } from './sentence.js';

export type StatusWord = 'CR' | 'PR' | 'SD' | 'PD' | 'NED';

export interface StatusSaid {
  readonly word: StatusWord;
  readonly start: number;
  readonly end: number;
  readonly recurrence: boolean;
  /** Said of the disease as it now is ("relapsed lymphoma", "platinum-resistant"): it stands after all that was given. */
  readonly now: boolean;
  /** "Now", "currently" stands before it. */
  readonly today: boolean;
  /** Days after the start or the end of the treatment named before it. */
  readonly after?: { readonly days: number; readonly of: 'start' | 'end' };
}

const WORDS: readonly (readonly [StatusWord, RegExp])[] = [
  [
    'NED',
    /\b(?:no evidence of (?:disease|recurrence|relapse|residual disease)|ned|disease[- ]free|without evidence of disease)\b|(?<!\p{L})(?:без признаков (?:рецидива|прогрессирования|заболевания|болезни)(?: и метастазов)?|данных за (?:рецидив|прогрессирование)[^.;]{0,30}нет)(?!\p{L})/gu,
  ],
  [
    'PD',
    /\b(?:progress(?:ed|ion|ive disease|ing|es)|pd(?!-?(?:l?1|ecgf))|relaps(?:e|ed|es|ing)|platinum[- ](?:resistant|refractory)|recurr(?:ed|ence|ent|ences)|(?:primary )?refractory(?=\s*(?:[.,;?)]|$))|(?:double|triple|penta|quad|dual)(?:-class)?[- ]refractory|progressive (?=after|on|following|despite|through)|(?:primary )?refractory (?=disease|to|lymphoma|leuk|myeloma|after|relapse|cancer|tumou?r)|(?:condition|disease) (?:has )?worsened|progressive (?=nodes|lymph|adenopathy|spleno|cytop|bulky)|(?:histological(?:ly)? |richter'?s? |large[- ]cell )?transform(?:ed|ation)\b(?! (?:was |is |has been )?(?:excluded|ruled out|not |absent))|richter'?s?(?: syndrome)?|new (?:\w+ ){0,3}(?:lesions?|metastas[ei]s|mets))\b|(?<!\p{L})(?:прогрессир\p{L}*|рецидив\p{L}*|отрицательн\p{L}* динамик\p{L}*|появлени\p{L}* новых|(?:дважды|трижды|тройн\p{L}*)[ -]?рефрактерн\p{L}*|рефрактерн\p{L}*(?=\s*(?:[.,;?)]|$))|рефрактерн\p{L}* (?=форм|течени|к|после|заболевани|лимфом|лейкоз)|возврат\p{L}* (?:болезни|заболевания)|новые (?:очаги|метастазы)|(?:синдром\p{L}* )?рихтера|трансформир\p{L}*|трансформаци\p{L}*(?![^.;,]{0,12}(?:исключ|не |нет|отсутств))|платинорезистентн\p{L}*|платинорефрактерн\p{L}*)/gu,
  ],
  [
    'PR',
    /\b(?:in (?:ongoing |good |continued |objective )?response(?= (?:after|to|following|on))|partial (?:response|remission|metabolic response)|pr(?!\s*(?:pos|neg|[+:=(-]|\d|and|status|receptor|expression))|vgpr|very good partial response|condition improved)\b|(?<!\p{L})частичн\p{L}* (?:ответ|ремисси|регресс)\p{L}*|(?<!\p{L})положительн\p{L}* динамик\p{L}*/gu,
  ],
  [
    'CR',
    /(?<!patholog\w* )\b(?:complete (?:response|remission|metabolic response|metabolic remission)|cr\d?|cmr|in remission|(?:first|second) remission)\b|(?<!\p{L})полн\p{L}* (?:ответ|ремисси|регресс|метаболическ\p{L}* ответ)\p{L}*|(?<!\p{L})(?:в|достигнута|перв\p{L}{2}|втор\p{L}{2}) ремисси\p{L}*/gu,
  ],
  [
    'SD',
    /\b(?:stable disease|sd|disease (?:is )?stable|(?:remains |is |currently |now )?stable (?=(?:after|on|following|under) (?!surgery|operation))|disease control(?:led)? (?=after|on|with))\b|(?<!\p{L})стабилизаци\p{L}*/gu,
  ],
];
/** "Третий рецидив", "second relapse": the disease as it now is. */
const NUMBERED =
  /(?:\b(?:first|second|third|fourth|[1-5](?:st|nd|rd|th))|(?<!\p{L})(?:перв|втор|трет|четверт)\p{L}{1,3}|[1-5]-?й) (?:relapse|рецидив)$/u;
const TODAY =
  /(?:\b(?:now|currently|at present|today)|(?<!\p{L})(?:сейчас|теперь|в настоящее время|на данный момент))(?: (?:with|has|have|there is|shows?|отмечается|выявлено))?:? $/u;
const PRESENT = /^progressive (?:nodes|lymph|adenopathy|spleno|cytop|bulky)/u;
const ADJECTIVE =
  /^(?:relapsed|recurrent|relapsing|(?:primary )?refractory|рецидивирующ\p{L}*|рецидивн\p{L}*|рефрактерн\p{L}*)(?:\s?\/\s?\p{L}+| (?:or|and|и) \p{L}+)?\s+(?:[\p{L}-]+\s+){0,3}?(?:cancer|carcinoma|lymphoma|myeloma|leuka?emia|glio\w+|sarcoma|melanoma|tumou?r|mesothelioma|dlbcl|cll|aml|all|mm|hodgkin|scc|rcc|disease|рак\p{L}*|лимфом\p{L}*|миелом\p{L}*|лейкоз\p{L}*|глио\p{L}*|саркома\p{L}*|опухол\p{L}*)/u;
const DENIED =
  /(?:\b(?:no|not|without|absence of|free of|risk of|rule out|exclude|patholog\w*|until|time to|to(?! \d)|high risk of|prevent|avoid|never|if|slow(?:ly)?|before)\b(?! (?:prior|response))[^.;,]{0,25}|(?<![а-я])(?:без|нет|не|подозрени[а-я]+|отсутстви[а-я]+|риск[а-я]*|до|при)(?![а-я])[^.;,]{0,25})$/u;

/** "Recurrent infections", "рецидивирующий плеврит": what comes back is not the cancer. */
const OTHER_ILLNESS =
  /^,?\s+(?:(?:severe|bacterial|urinary|respiratory|chest|oral|bowel|small bowel|deep|venous|тяжел\p{L}*|бактериальн\p{L}*|респираторн\p{L}*)\s+){0,2}(?:infection|uti\b|pneumonia|sinusitis|cystitis|cholangitis|fever|febrile|sepsis|bleed|haemorrhage|hemorrhage|thrombo|dvt|pulmonary embol|effusion|ascites|aspiration|fall|syncope|seizure|pain|herpes|zoster|diarrh|epistaxis|obstruction|инфекц|пневмони|синусит|цистит|холангит|лихорад|сепсис|кровотеч|тромбо|плеврит|асцит|герпес|боль|боли|судорог)/u;

export function statusesIn(sentence: Sentence): readonly StatusSaid[] {
  const { plain } = sentence;
  const found: StatusSaid[] = [];
  for (const [word, pattern] of WORDS)
    for (const m of plain.matchAll(pattern)) {
      const [start, end] = [m.index, m.index + m[0].length];
      if (found.some((f) => start < f.end && end > f.start)) continue;
      if (
        word !== 'NED' &&
        DENIED.test(plain.slice(Math.max(0, start - 40), start)) &&
        !/^until|^до/.test(plain.slice(Math.max(0, start - 9), start).trim())
      )
        continue;
      if (OTHER_ILLNESS.test(plain.slice(end, end + 40))) continue;
      if (/^-free|^ risk|^[- ]free|^ score|^ survival/.test(plain.slice(end, end + 10))) continue;
      if (word === 'PR' && m[0] === 'pr' && /\b(?:er|her2|ki-?67)\b/.test(plain)) continue;
      // "Pd" is pomalidomide and dexamethasone, progression is "PD".
      if (m[0] === 'pd' && sentence.text.slice(start, end) === 'Pd') continue;
      if (m[0] === 'cr' && /\d|creat/.test(plain.slice(end, end + 4))) continue;
      const after = intervalOf(plain, start, end);
      found.push({
        word,
        start,
        end,
        now:
          /platin|платин|^progressive |-refractory|трижды|дважды|тройн/u.test(m[0]) ||
          NUMBERED.test(plain.slice(Math.max(0, start - 12), end)) ||
          PRESENT.test(plain.slice(start, end + 18)) ||
          (word === 'PD' && ADJECTIVE.test(plain.slice(start, end + 70))),
        today: TODAY.test(plain.slice(Math.max(0, start - 24), start)),
        recurrence: /relaps|recurr|рецидив|возврат/u.test(m[0]),
        ...(after === undefined ? {} : { after }),
      });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** "14 months after R-CHOP", "after 8 months", "within 6 months of completing", "через 14 месяцев после". */
function intervalOf(plain: string, start: number, end: number): StatusSaid['after'] {
  const near = plain.slice(Math.max(0, start - 45), end + 60);
  for (const m of near.matchAll(DURATION)) {
    const before = near.slice(Math.max(0, m.index - 14), m.index);
    const after = near.slice(m.index + m[0].length, m.index + m[0].length + 30);
    if (/^[ -]?(?:old|of age)|ago|назад|history/.test(after)) continue;
    // "stable after 5 months of FOLFIRINOX": how long the treatment lasted.
    if (/\bafter\s*$/u.test(before) && /^\s*of (?!complet|start|the end|stopp)/u.test(after)) continue;
    const days = count(m[1] ?? '') * unitDays(m[2] ?? '');
    if (/^\s*(?:after|following|from|post|later than|of|since|после)(?:\s|$)/u.test(after))
      return {
        days: /within|менее/u.test(before) ? days / 2 : days,
        of: /start|initiat|beginning|diagnos|начал/u.test(after) ? 'start' : 'end',
      };
    if (/\b(?:after|at|within)\s*$|(?:через|спустя|в течение)\s*$/u.test(before))
      return { days, of: /через|спустя/u.test(before) ? 'end' : 'start' };
    if (/^\s*(?:later|спустя)/u.test(after)) return { days, of: 'end' };
  }
  return undefined;
}
