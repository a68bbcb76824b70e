// Facts that letters tell by a number or a turn of phrase of the ward: "1 of 3 SLN positive (1.4 mm deposit)", "necrosis 70 %", "testosterone
// castrate", "karyotype complex", "all lesions DOTATATE-avid". Each gives one fact of the vocabulary.

/** [pattern, fact, word of the fact]. */
export const BEDSIDE_WORDS: readonly (readonly [RegExp, string, string])[] = [
  // From 0.2 ng/mL after a PSA that could not be measured (EAU guideline on prostate cancer).
  [
    /\bpsa (?:was )?undetectable[^.]{0,30}\bnow (?:0[.,][2-9]|[1-9])|(?<!\p{L})пса (?:был )?неопредел\p{L}*[^.]{0,30}сейчас (?:0[.,][2-9]|[1-9])/u,
    'biochemical-recurrence',
    'yes',
  ],
  [
    /\b(?:platinum[- ]free interval|pfi)\D{0,12}(?:[6-9]|[1-9]\d) ?mo|(?<!\p{L})(?:бес|без)?платин\p{L}* (?:\p{L}+ )?интервал\D{0,12}(?:[6-9]|[1-9]\d) ?мес/u,
    'platinum-status',
    'sensitive',
  ],
  [
    /\b(?:clinical complete response|complete clinical response)\b|(?<!\p{L})полн\p{L}* клиническ\p{L}* ответ\p{L}*/u,
    'clinical-response',
    'complete',
  ],
  // Progression at castrate testosterone is castration resistance (EAU guideline on prostate cancer).
  [
    /^(?=.*\b(?:rising|rise|rose|progress\w*|new (?:\w+ )?lesions?)\b).*?\b(?:testosterone (?:level )?(?:is |was |at )?(?:castrate|castration|castrated|<\s?(?:50|20|1[.,]7))|castrate(?:d)? (?:level (?:of )?)?testosterone)|^(?=.*(?:рост|прогресс|нов\p{L}{2} очаг)).*?(?<!\p{L})тестостерон\p{L}*[^.;,]{0,16}(?:кастрац|кастратн|посткастрац)\p{L}*/su,
    'castration-resistant',
    'yes',
  ],
  [
    /\bpain (?:needing|requiring|on|controlled (?:with|by|on)|managed with) (?:\p{L}+ ){0,2}(?:opioids?|opiates?|morphine|tramadol|oxycodone|fentanyl|codeine|tapentadol)|(?<!\p{L})бол(?:ь|и|евой)[^.;,]{0,24}(?:трамадол|морфин|опио|опиат|фентанил|тапентадол|наркотич)\p{L}*/u,
    'symptomatic',
    'yes',
  ],
  [
    /(?<![\p{L}\d])[1-9]\d? ?(?:of|\/|out of|из) ?\d{1,2} (?:sln|sentinel|сторожев|сигнальн)\p{L}*(?: (?:lymph )?nodes?| л\/у| лимфо\p{L}*)? ?(?:\+|pos\p{L}*|involved|metasta\p{L}*|полож\p{L}*|пораж\p{L}*|с метаста\p{L}*)|\b(?:positive|involved) (?:sln|sentinel)|\b(?:slnb?|sentinel (?:lymph )?node(?: biopsy)?)[ :(-]*(?:was |is )?(?:positive|pos\b|\+)|(?<!\p{L})(?:сторожев|сигнальн)\p{L}* (?:л\/у|лимфо\p{L}*)[ :(-]*(?:полож|пораж|с метаста|\+)\p{L}*|(?<!\p{L})(?:метастаз|мтс|mts)\p{L}* в (?:сторожев|сигнальн)/u,
    'sentinel-node',
    'positive',
  ],
  [
    /(?<![\p{L}\d])0 ?(?:of|\/|out of|из) ?\d{1,2} (?:sln|sentinel|сторожев|сигнальн)|\b(?:negative|clear) (?:sln|sentinel)|\b(?:slnb?|sentinel (?:lymph )?node(?: biopsy)?)[ :(-]*(?:was |is )?(?:negative|neg\b|clear|0 ?\/)|(?<!\p{L})(?:сторожев|сигнальн)\p{L}* (?:л\/у|лимфо\p{L}*)[ :(-]*(?:отр|без метаст|чист|интакт|не пораж)\p{L}*/u,
    'sentinel-node',
    'negative',
  ],
  [
    /\b(?:no|without) (?:evidence of )?(?:tumou?r |intra-?operative |pre-?operative )?rupture\b|\bnot ruptured\b|(?<!\p{L})(?:без (?:разрыва|вскрытия|повреждения)(?: капсулы)?|разрыва (?:опухоли |капсулы )?(?:нет|не было))(?!\p{L})/u,
    'tumour-rupture',
    'no',
  ],
  [
    /\bkaryotype(?: is| was)?[ :-]+complex\b|\bcomplex cytogenetics\b|(?<!\p{L})кариотип\p{L}*[ :-]+(?:комплексн|сложн)\p{L}*/u,
    'complex-karyotype',
    'yes',
  ],
  [
    /(?:\bdota(?:tate|toc|noc)\b|(?<!\p{L})дота(?:тат|ток|нок)\p{L}*)(?![^.;]{0,40}(?:\b(?:no|not|negative|without)\b|(?<!\p{L})(?:не|нет|без)(?!\p{L})))[^.;]{0,40}?(?:\b(?:avid|positive|intense|uptake)\b|(?<!\p{L})(?:накаплива|накоплен|гиперфикс|гиперэкспресс|позитивн)\p{L}*)/u,
    'sstr-imaging',
    'positive',
  ],
];

/** [pattern, fact, unit]; the first group is the number. */
export const BEDSIDE_NUMBERS: readonly (readonly [RegExp, string, string | undefined])[] = [
  [
    /(?:\bpsa\b|(?<!\p{L})пса(?!\p{L}))[^.]{0,40}?\(?(?:\b(?:now|currently|latest|today)|(?<!\p{L})(?:сейчас|последн\p{L}*|до))[ :=-]*(\d{1,5}(?:[.,]\d{1,3})?)(?![\d/]|[.,]\d)/u,
    'psa',
    'ug/L',
  ],
  [
    /(?:\bsln\p{L}*|\bsentinel|(?<!\p{L})(?:сторожев|сигнальн)\p{L}*)[^;]{0,60}?(\d{1,2}(?:[.,]\d{1,2})?) ?(?:mm|мм)[ )]*(?:deposit|metasta|focus|foci|депозит|метаста|очаг)|(?:\bdeposit|\bdepositi?s?|(?<!\p{L})депозит)\D{0,12}(\d{1,2}(?:[.,]\d{1,2})?) ?(?:mm|мм)(?!\p{L})/u,
    'sentinel-deposit',
    'mm',
  ],
  [
    /(?:ectomy|resection|excision|эктоми\p{L}|резекци\p{L}|удален\p{L}*)[^.;]{0,28}?[:,] (?:tumou?r |gist |size |опухоль |размер(?:ом)? )?(\d{1,2}(?:[.,]\d)?) ?(?:cm|см)(?!\p{L})/u,
    'tumour-size',
    'cm',
  ],
];

/** Necrosis of a bone sarcoma after chemotherapy: from 90 % it is a good response (EURAMOS-1, Lancet Oncol 2016;17:1396). */
const NECROSIS =
  /(?:\bnecrosis|(?<!\p{L})некроз\p{L}*)(?: \p{L}+){0,2}[ :=(-]{1,3}(?:>|≥|>=|<)?\s?(\d{1,3}) ?%|(\d{1,3}) ?% (?:tumou?r )?(?:necrosis|некроза)/u;
const GOOD_FROM = 90;

export function necrosisIn(
  plain: string,
): { readonly word: 'good' | 'poor'; readonly at: RegExpExecArray } | undefined {
  const at = NECROSIS.exec(plain);
  if (at === null) return undefined;
  const percent = Number(at[1] ?? at[2]);
  return percent > 100 ? undefined : { word: percent >= GOOD_FROM ? 'good' : 'poor', at };
}
