// Ways in which notes on diseases of the blood tell a fact without its name: "BCR-ABL1 4 % IS", "ESA failed",
// "treatment is indicated". Each gives one fact of the vocabulary.

/** [pattern, fact, word of the fact]. */
export const BLOOD_WORDS: readonly (readonly [RegExp, string, string])[] = [
  [
    /\b(?:esas?|epoetin\p{L}*|darbepoetin\p{L}*|erythropoietin|epo) (?:therapy |treatment )?(?:has |have |had |was |were )?(?:failed|failure|fails|ineffective|without (?:effect|response)|refractor\p{L}+|intoleran\p{L}+)|\b(?:fail\p{L}+|no response|unresponsive|non-?responsive|refractory|lost response|loss of response|intoleran\p{L}+|progress\p{L}+)(?: (?:of|to|on|after|under))* (?:an? )?(?:esas?|epoetin|darbepoetin|erythropoiesis|erythropoietin|epo)(?!\p{L})|(?<!\p{L})(?:эпо|эсп|эритропоэтин\p{L}*|эпоэтин\p{L}*|дарбэпоэтин\p{L}*) ?-? ?(?:\p{L}+ )?(?:неэффект|без (?:эффекта|ответа)|неудач|не помог|рефрактер)\p{L}*|(?<!\p{L})(?:неэффективност|неудач|рефрактер|потер\p{L}* ответа|нет ответа|отсутстви\p{L}* (?:ответа|эффекта))\p{L}* (?:к |на |от |после )?(?:терапии )?(?:эпо(?!\p{L})|эсп(?!\p{L})|эритропоэтин|эпоэтин|дарбэпоэтин)/u,
    'esa-failure',
    'yes',
  ],
  [
    /(?<!\p{L})(?:показан[оа]?|нужн[оа]|необходим[оа]|требуется) (?:начало |начать )?(?:перв\p{L}* |втор\p{L}* |1-?я |2-?я )?(?:лечени|терапи|лини)\p{L}*(?! ли)|\b(?:needs?|requir(?:es|ing)|indication for|in need of) (?:first|second|1st|2nd|front)[- ]?line\b/u,
    'treatment-need',
    'yes',
  ],
];

/** [pattern, fact, unit]; the first group is the number. */
export const BLOOD_NUMBERS: readonly (readonly [RegExp, string, string | undefined])[] = [
  [
    /\bbcr(?:[-:/ ]|::)?abl1?(?!\p{L})(?: ?\(?p210\)?)?(?: transcripts?| транскрипт\p{L}*| level| уровень| ratio| pcr| пцр| qpcr| is\b| по is| \(is\))*[ :=,(-]*(?:is |at |was |of |now |level |уровень |сейчас )*[<>~≈]?(\d{1,3}(?:[.,]\d+)?) ?%/u,
    'bcr-abl1-is',
    '%',
  ],
  [/(\d{1,3}(?:[.,]\d+)?) ?% ?(?:\(?is\)? )?(?:of )?bcr(?:[-:/ ]|::)?abl1?(?!\p{L})/u, 'bcr-abl1-is', '%'],
];
