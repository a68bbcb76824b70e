// Facts that notes tell without the fact's name: "wants to keep his bladder", "grade 3 sensory neuropathy", "palpable inguinal nodes", "not
// curable by surgery", "slowly growing". Each gives one fact of the vocabulary.

/** [pattern, fact, word of the fact]. */
export const TOLD_WORDS: readonly (readonly [RegExp, string, string])[] = [
  [
    /\b(?:wants?|wish(?:es)?|prefers?|desires?|insists? on) (?:to )?(?:keep\w*|preserv\w+|sav\w+|retain\w*) (?:the |his |her |their )?(?:own )?bladder|\bbladder[- ](?:preserv\w+|sparing) (?:is |was )?(?:desired|preferred|wanted|requested)|(?<!\p{L})(?:желает|хочет|настаивает на) (?:сохранить|сохранении) (?:свой )?моч\p{L}* пузыр\p{L}*/u,
    'refuses-surgery',
    'yes',
  ],
  [
    /\b(?:wish(?:es)?|wants?|desires?) (?:for |to keep |to retain )?(?:her |his )?(?:fertility|children|a (?:child|baby))\b|(?<!\p{L})хочет (?:иметь )?(?:детей|ребенка)|(?<!\p{L})желает (?:сохранения фертильности|ребенка)/u,
    'fertility-wish',
    'yes',
  ],
  [
    /\bnot (?:curable|treatable|controllable|salvageable) (?:by|with) (?:further )?(?:surgery|resection|an operation)|\bnot (?:a )?candidates? for (?:curative )?(?:surgery|resection)(?: (?:or|and|nor) (?:curative )?(?:radiation|radiotherapy|rt))|(?<!\p{L})не подлеж\p{L}* (?:хирургическ\p{L}* лечени\p{L}*|операции|резекции|удалению)/u,
    'resectable',
    'no',
  ],
  [
    /\b(?:palpable|bulky|macroscopic|clinically (?:detected|apparent|evident|involved|positive|enlarged))(?: (?:and )?[\p{L}-]+){0,3} (?:lymph ?)?nod(?:es?|al)\b|(?<!\p{L})(?:пальпируем|клинически (?:определяем|явн|поражен))\p{L}* (?:\p{L}+ )?(?:лимфо\p{L}*|л\/у)/u,
    'clinical-nodes',
    'yes',
  ],
  [
    /\b(?:solitary|single|isolated) (?:\p{L}+ ){0,2}metastas[ei]s\b(?! (?:in|to) (?:the )?(?:lymph|node))|(?<!\p{L})(?:солитарн|единственн|одиночн)\p{L}* (?:\p{L}+ )?метастаз(?!\p{L}*ы)/u,
    'oligometastatic',
    'yes',
  ],
  [
    /\bslow(?:ly)?[- ](?:growing|growth|progress\w*)|\bindolent (?:course|disease|growth|behaviou?r)|\bgrow\w* slowly\b|(?<!\p{L})медленн\p{L}* (?:рост|прогресс)\p{L}*/u,
    'disease-pace',
    'slow',
  ],
  [
    /\brapid(?:ly)?[- ](?:progress\w*|growing|growth)|(?<!\p{L})быстр\p{L}* (?:рост|прогресс)\p{L}*/u,
    'disease-pace',
    'rapid',
  ],
  [
    /\b(?:limited|confined) to (?:the )?endometrium\b|\bno myometrial (?:invasion|involvement|infiltration)|(?<!\p{L})(?:без инвазии (?:в )?миометри\p{L}*|в пределах эндометри\p{L}*|ограничен\p{L}* эндометри\p{L}*)/u,
    'myometrial-invasion',
    'none',
  ],
  [
    /\b(?:tumou?r |serum |afp and hcg )?markers? (?:are |were |have |has |is )?(?:now )?(?:normal\w*|within normal)|(?<!\p{L})маркер\p{L}* (?:(?:-|:) ?)?(?:в норме|норма(?!\p{L})|N(?!\p{L})|в пределах нормы|нормал\p{L}*)/u,
    'germ-cell-markers',
    'normal',
  ],
  [
    /\b(?:fdg[- ])?pet(?:[/ -]ct)? (?:scan )?(?:is |was )?(?:negative|not avid|without uptake)|(?<!\p{L})пэт(?:[/ -]?кт)? ?-? ?(?:отриц\p{L}*|без накоплени\p{L}*)/u,
    'fdg-pet',
    'negative',
  ],
];

/** [pattern, fact, unit]; the first group is the number. */
export const TOLD_NUMBERS: readonly (readonly [RegExp, string, string | undefined])[] = [
  [
    /\bgrade ([1-4]) (?:(?:peripheral|sensory|motor|sensorimotor|painful|diabetic|residual|persistent) )*(?:poly)?neuropath\w*|(?<!\p{L})(?:поли)?н[её]йропати\p{L}* ([1-4])(?:-?\p{L}{1,2})? (?:ст(?!\p{L})|степен\p{L}*)/u,
    'neuropathy-grade',
    undefined,
  ],
  [
    /\bpregnan(?:t|cy),? (?:at |of |in (?:the )?)?(?:week )?(\d{1,2})(?:th)? ?(?:weeks?|wks?)?\b/u,
    'gestational-age',
    'wk',
  ],
  [
    /\b(?:stromal )?invasion (?:depth )?(?:of |to |is )?(\d{1,2}(?:[.,]\d)?) ?mm\b|(?<!\p{L})инвази\p{L}* (?:стромы )?(?:до |на )?(\d{1,2}(?:[.,]\d)?) ?мм/u,
    'depth-of-invasion',
    'mm',
  ],
  [/\bfr-?alpha(?![\p{L}\d])[^.;,]{0,40}?(\d{2,3}) ?%/u, 'folr1-percent', '%'],
];
