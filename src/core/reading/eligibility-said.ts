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
    /\b(?:not|no) (?:an? )?(?:fit|candidate|eligible|suitable) for car-?t\b|\bcar-?t (?:ineligible|unfit)\b/u,
    'car-t-candidate',
    'no',
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
    /\bresidual (?:invasive )?(?:carcinoma|cancer|disease|tumou?r)(?= (?:of )?\d|[^.;]{0,30}\byp)|\bnon-?pcr\b|\bno pcr\b|(?<!\p{L})остаточн\p{L}* (?:инвазивн\p{L}* )?(?:карцином|рак|опухол)\p{L}*(?= \d|[^.;]{0,30}yp)/u,
    'pathologic-response',
    'residual',
  ],
  [
    /\bliver[- ]only (?:mets?|metasta\w+|disease)|\bmets? (?:in|to) (?:the )?liver only|(?<!\p{L})метастаз\p{L}* только в печень?/u,
    'liver-dominant',
    'yes',
  ],
  [
    /(?<!\p{L})(?:сторожев|сигнальн)\p{L}* (?:л\/у|лимфоуз\p{L}*)[^.;,]{0,12}(?:мтс|метастаз|поражен|полож)|(?<!\p{L})слу[^.;,]{0,12}(?:мтс|метастаз|поражен|полож)/u,
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
