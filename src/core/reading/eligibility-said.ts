// What a note says of a patient's eligibility and of the course in words of its own: "len-refractory", "transplant-ineligible", "кандидат на
// ауто-ТГСК", "mCRPC", "тотальное удаление", "МРФ+", "8 см от ануса". Each gives one fact of the vocabulary.

/** [pattern, fact, word of the fact]; the first that fits a fact counts. */
export const SAID_WORDS: readonly (readonly [RegExp, string, string])[] = [
  [
    /\bn?m[01]?crpc\b|\bcrpc\b|\bcastrat(?:ion|e)[- ]?resistant\b|(?<!\p{L})[нм]?крр?пж|кастрационно[- ]?(?:резистентн|рефрактерн)\p{L}*/u,
    'castration-resistant',
    'yes',
  ],
  [
    /\b(?:transplant|asct|auto-?sct|hdt)[- ](?:ineligible|unfit)|\bnot (?:an? )?(?:transplant|asct)[- ](?:candidate|eligible)|\bnot (?:an? )?(?:candidate|eligible|fit|suitable) for (?:(?:autologous|stem[- ]cell|high-dose|a) )*(?:asct|sct|transplant\w*|hdt)|(?<!\p{L})(?:ауто-?)?(?:трансплантаци\p{L}*|тгск|аутотгск|вдхт)[^.;,]{0,14} не (?:показан|кандидат)\p{L}*|(?<!\p{L})не (?:является )?кандидат\p{L}* (?:на|для) [^.;,]{0,14}(?:вдхт|тгск|трансплант)/u,
    'transplant-eligible',
    'no',
  ],
  [
    /\b(?:transplant|asct|auto-?sct)[- ](?:eligible|candidate)|\b(?:fit|candidate|eligible|suitable) for (?:(?:autologous|stem[- ]cell|high-dose) )*(?:asct|sct|transplant\w*|hdt)|(?<!\p{L})кандидат\p{L}* (?:на|для) [^.;,]{0,20}(?:вдхт|тгск|трансплант)/u,
    'transplant-eligible',
    'yes',
  ],
  [
    /\b(?:fit|candidate|eligible|suitable) for (?:a )?car-?t\b|\bcar-?t (?:candidate|eligible|fit)\b/u,
    'car-t-candidate',
    'yes',
  ],
  [
    /\b(?:not|no) (?:an? )?(?:fit|candidate|eligible|suitable) for (?:[\p{L}-]+ ){0,4}(?:or|nor|and|\/) ?(?:a )?car[- ]?t\b|\b(?:not|no) (?:an? )?(?:fit|candidate|eligible|suitable) for (?:a )?car[- ]?t\b|\bcar[- ]?t(?:-cell)? (?:ineligible|unfit|(?:is )?(?:not|un)[ -]?available)\b|\b(?:unfit|ineligible|unsuitable) for (?:[\p{L}-]+ ){0,4}car[- ]?t\b|(?<!\p{L})не (?:является )?кандидат\p{L}* [^.;]{0,30}car[- ]?t|car[- ]?t[^.;,]{0,14} (?:не (?:показан|возмож|доступ|кандидат)|недоступ|невозмож)\p{L}*/u,
    'car-t-candidate',
    'no',
  ],
  [
    /(?<!in|не)\bunicentric\b|(?<!\p{L})уницентрическ\p{L}*|\bucd\b(?=[^.;]*castleman)/u,
    'castleman-type',
    'unicentric',
  ],
  [
    /\bidiopathic multicentric\b|\bimcd\b|\btafro\b|(?<!\p{L})идиопатическ\p{L}* мультицентрическ\p{L}*/u,
    'castleman-type',
    'idiopathic-multicentric',
  ],
  [
    /\b(?:hhv-?\s?8|kshv)[- ]?(?:associated|positive|related|\+)?[- ]?(?:mcd|multicentric|castleman)|(?:hhv|ввг|вгч)-?\s?8[- ](?:ассоциированн|позитивн|положительн)\p{L}* (?:мультицентрическ|болезн|форм)\p{L}*/u,
    'castleman-type',
    'hhv8',
  ],
  [
    /(?:castleman|imcd|кастлеман)[^.;]*?(?<!non-?|not |не)(?:\b(?:severe|tafro|organ (?:failure|dysfunction))\b|(?<!\p{L})(?:тяжел\p{L}*|органн\p{L}* (?:недостаточност|дисфункц)\p{L}*))/u,
    'castleman-severity',
    'severe',
  ],
  [
    /\bsymptomatic (?:massive )?spleno\w*|\bconstitutional symptoms\b|(?<!\p{L})симптомн\p{L}* спленомегали\p{L}*|(?<!\p{L})конституциональн\p{L}* симптом\p{L}*/u,
    'mpn-symptoms',
    'yes',
  ],
  [
    /(?<!\p{L})(?:int(?:ermediate)?|промежуточн\p{L}{2})[- ]?2(?!\d)(?: risk| риск\p{L}*)?/u,
    'dipss-risk',
    'intermediate-2',
  ],
  [
    /(?<!\p{L})(?:int(?:ermediate)?|промежуточн\p{L}{2})[- ]?1(?!\d)(?: risk| риск\p{L}*)?/u,
    'dipss-risk',
    'intermediate-1',
  ],
  [
    /\bproliferative\b(?=[^.;]*cmml)|\bcmml\b[^.;]*\bproliferative\b|(?<!\p{L})(?:хммл[^.;]*пролиферативн|пролиферативн[^.;]*хммл)\p{L}*/u,
    'cmml-type',
    'proliferative',
  ],
  [
    /(?:castleman|imcd|кастлеман)[^.;]*?(?:\b(?:non-?severe|mild)\b|(?<!\p{L})(?:нетяжел|легк)\p{L}*)/u,
    'castleman-severity',
    'non-severe',
  ],
  [
    /\blen(?:alidomide)?[- ]refract\w*|\brefractory to len\w*|(?<!\p{L})рефрактерн\p{L}* к леналидомиду/u,
    'lenalidomide-refractory',
    'yes',
  ],
  [
    /\b(?:dara(?:tumumab)?|anti-?cd38)[- ]refract\w*|(?<!\p{L})рефрактерн\p{L}* к (?:даратумумабу|анти-?cd38)/u,
    'anti-cd38-refractory',
    'yes',
  ],
  [
    /(?<!sub)\b(?:gross[- ]total|complete|total macroscopic) resection\b|(?<!\p{L})(?:макро)?тотальн\p{L}* (?:удалени|резекци)\p{L}*/u,
    'resection-extent',
    'complete',
  ],
  [
    /\b(?:subtotal|partial|incomplete) resection\b|(?<!\p{L})(?:субтотальн|частичн)\p{L}* (?:удалени|резекци)\p{L}*/u,
    'resection-extent',
    'partial',
  ],
  [/\bmrf ?\+|\bmrf (?:involved|threatened|positive)|(?<!\p{L})мрф ?\+|\bcrm ?\+/u, 'mesorectal-fascia', 'involved'],
  [/\bmrf ?-(?!\p{L})|\bmrf (?:clear|not involved|negative)|(?<!\p{L})мрф ?-(?!\p{L})/u, 'mesorectal-fascia', 'clear'],
  [
    /\b(?:portal|pv)[- ](?:vein|venous) (?:\w+ )?(?:branch )?(?:invasion|thrombus|thrombosis \(tumou?r\))|\bpvtt\b/u,
    'macrovascular-invasion',
    'yes',
  ],
  [
    /\b(?:dota-?tate|dota-?toc|sstr|octreotide|somatostatin[- ]receptor)[- ](?:avid|positive)/u,
    'sstr-imaging',
    'positive',
  ],
  [
    /\b(?:68ga-?)?dota-?(?:tate|toc|noc)(?![\p{L}\d])[^.;,]{0,20}(?:полож|позитив|накопл|avid|positive|uptake)/u,
    'sstr-imaging',
    'positive',
  ],
  ...(['G1', 'G2', 'G3'] as const).map(
    (g) =>
      [
        new RegExp(
          `(?:\\bp?net\\b|neuroendocrine tumou?r|(?<!\\p{L})нэо|нейроэндокринн\\p{L}* опухол)[^.;]{0,60}?(?<![\\p{L}\\d])${g.toLowerCase()}(?![\\p{L}\\d])`,
          'u',
        ),
        'net-grade',
        g,
      ] as const,
  ),
  ...(['A', 'B', 'C'] as const).map(
    (c) =>
      [
        new RegExp(`\\bchild(?:[ -]?pugh)?[ -]?(?:class )?${c.toLowerCase()}(?:[ -]?\\d{1,2})?(?![\\p{L}\\d])`, 'u'),
        'child-pugh',
        c,
      ] as const,
  ),
  [/\bsstr[- ]?(?:positive|pos|\+)|(?<!\p{L})sstr-?\s?(?:позитивн|положительн)\p{L}*/u, 'sstr-imaging', 'positive'],
  [
    /\bresidual (?:invasive )?(?:carcinoma|cancer|disease|tumou?r)(?= (?:of )?\d|[^.;]{0,30}\byp|[^.;]{0,20}\b(?:after|following) (?:neo-?adjuvant|pre-?operative))|\bnon-?pcr\b|\bno pcr\b|(?<!\p{L})остаточн\p{L}* (?:инвазивн\p{L}* )?(?:карцином|рак|опухол)\p{L}*(?= \d|[^.;]{0,30}yp|[^.;]{0,20} после (?:нео-?адъювант|предоперацион))/u,
    'pathologic-response',
    'residual',
  ],
  [
    /\bliver[- ]only (?:mets?|metasta\w+|disease)|\bmets? (?:in|to) (?:the )?liver only|(?<!\p{L})метастаз\p{L}* только в печень?/u,
    'liver-dominant',
    'yes',
  ],
  [/(?<!not |non-?|pre-?)\bfrail\b/u, 'frailty', 'frail'],
  [
    /\b(?:surgery|operation|resection|\p{L}{4,}ectomy) (?:is |are )?contraindicated\b|\bcontraindications? (?:to|for) (?:surgery|operation|resection)\b(?<!\bno contraindications? \p{L}+ \p{L}+)|(?<!\p{L})(?:операци\p{L}*|хирургическ\p{L}* лечени\p{L}*|\p{L}{4,}эктоми\p{L}*) противопоказан\p{L}{0,2}(?!\p{L})|(?<!\p{L})(?:функционально|соматически) не ?операбел\p{L}*|(?<!\p{L})операци\p{L}* не перенес[её]т/u,
    'operable',
    'no',
  ],
  ...(['1', '2', '3'] as const).map((g): readonly [RegExp, string, string] => [
    new RegExp(
      `(?:\\b(?:p|pan|gep-?)?nets?\\b|\\bneuroendocrine (?:tumou?r|neoplasm)s?|\\bcarcinoid|(?<!\\p{L})нэо(?!\\p{L})|(?<!\\p{L})нейроэндокринн\\p{L}* (?:опухол|неоплази)\\p{L}*|(?<!\\p{L})карциноид\\p{L}*)[^.;]{0,60}?(?<![\\p{L}\\d])(?:g|grade |г)\\s?-?${g}(?![\\p{L}\\d-])`,
      'u',
    ),
    'net-grade',
    `G${g}`,
  ]),
  [
    /\bbiopsy[- ](?:proven|confirmed) (?:persistent|residual) (?:local |primary |anal |rectal |viable )*(?:tumou?r|carcinoma|cancer|disease)\b|(?:\bchemo-?radi\p{L}+|\bcrt\b|\bradiotherapy|(?<!\p{L})хлт(?!\p{L})|(?<!\p{L})химио-?лучев\p{L}*)[^.]{0,110}?(?:\b(?:persistent|residual) (?:local |primary |anal |rectal |viable )*(?:tumou?r|carcinoma|cancer)\b|(?<!\p{L})(?:остаточн|персистирующ)\p{L}* (?:\p{L}+ )?опухол\p{L}*)/u,
    'clinical-response',
    'incomplete',
  ],
  [
    /(?<!\p{L})(?:сторожев|сигнальн)\p{L}* (?:л\/у|лимфоуз\p{L}*)(?:(?!без|не |нет)[^.;,]){0,12}(?:мтс|метастаз|поражен|полож)|(?<!\p{L})слу[^.;,]{0,12}(?:мтс|метастаз|поражен|полож)/u,
    'sentinel-node',
    'positive',
  ],
];

/** WHO grade of a tumour of the brain, where the sentence is about one. */
export const BRAIN_TUMOUR = /glio|astrocyt|ependym|mening|oligodendro|глио|астроцит|эпендим|менинг|олигодендро/u;

/** [pattern, fact, unit]; the first group is the number. */
export const SAID_NUMBERS: readonly (readonly [RegExp, string, string | undefined])[] = [
  [
    /(\d{1,2}(?:[.,]\d)?)\s?(?:cm|см) (?:above|from|от|выше) (?:the )?(?:anal|anus|av\b|ануса|анальн|ануc|зубчат)/u,
    'anal-verge-distance',
    'cm',
  ],
  [
    /(\d{1,3}) mitos[ei]s ?(?:\/|per|in) ?50 ?hpf|(?<!\p{L})митоз\p{L}* (\d{1,3}) ?(?:\/|на|в) ?50/u,
    'mitotic-count',
    undefined,
  ],
  [
    /(\d{1,2}) ?(?:weeks?|wks?|\/40|нед\p{L}*)(?: ?\+ ?\d)? ?(?:pregnant|of gestation|gestation|беременн\p{L}*)|беременност\p{L}* (\d{1,2}) нед/u,
    'gestational-age',
    'wk',
  ],
  [
    /(?:\bhcc\b|\bhepatocell\p{L}*|(?<!\p{L})гц[рк](?!\p{L})|(?<!\p{L})гепатоцелл\p{L}*)[^.;]{0,60}?(?<![\d.,])([2-9])\s?(?:nodules|lesions|tumou?rs|foci|узл\p{L}*|очаг\p{L}*)/u,
    'tumour-number',
    undefined,
  ],
  [
    /(?:\bhcc\b|\bhepatocell\p{L}*|(?<!\p{L})гц[рк](?!\p{L})|(?<!\p{L})гепатоцелл\p{L}*)[^.;]{0,60}?(?:nodules|lesions|tumou?rs|foci|узл\p{L}*|очаг\p{L}*)[^.;\d]{0,24}(\d{1,2}(?:[.,]\d)?)\s?(?:cm|см)/u,
    'tumour-size',
    'cm',
  ],
  [/\b(?:folr1|fr(?:a|α|-alpha))(?![\p{L}\d])[^.;,]{0,40}?(\d{2,3}) ?%/u, 'folr1-percent', '%'],
  [
    /\b(?:psa ?dt|doubling time)\D{0,6}(\d{1,2}(?:[.,]\d)?) ?mo|(?<!\p{L})врем\p{L}* удвоения(?: пса)?\D{0,6}(\d{1,2}(?:[.,]\d)?) ?мес/u,
    'psa-doubling-time',
    'mo',
  ],
  [
    /\bgist(?: of the \p{L}+)?,? (\d{1,2}(?:[.,]\d)?) ?cm|(?<!\p{L})гисо[^.;,\d]{0,20}(\d{1,2}(?:[.,]\d)?) ?см/u,
    'tumour-size',
    'cm',
  ],
];
