// The words beside a biomarker that say what was found, that nothing was, or that the result is still to come.

export const PENDING =
  /\b(?:pending|awaited|awaiting|not (?:yet )?(?:tested|done|performed|available|known)|unknown|to be (?:tested|done)|requested|unavailable|insufficient)\b|(?<!\p{L})(?:в работе|не (?:определ|исследов|провод|изуч)\p{L}*|неизвест\p{L}*|ожида\p{L}*|нет данных)/u;
export const NEGATIVE_WORD =
  /(?:\b(?:negative|neg|wild[- ]?type|wt|not (?:detected|found|identified|present|amplified|rearranged|mutated|expressed)|non-?mutated|unmutated|absent|none detected|intact|non-?amplified|without (?:mutation|alteration)s?|no (?:pathogenic |known |clinically \w+ )?(?:rearrangements?|mutations?|alterations?|fusions?|variants?))\b|^\s?\(?-\)?(?=[,;./)]|$|\s(?=her2|er|pr|ki|[^\p{L}]))|(?<!\p{L})(?:отриц\p{L}*\.?|отр\.?|теріс|негатив\p{L}*|не (?:выявлен|обнаруж|найден|амплифиц|определя|детект)\p{L}*|дик\p{L}{2,3} тип\p{L}*|отсутств\p{L}*|без (?:патогенн\p{L}* |значим\p{L}* )?(?:вариант|мутаци|изменени|перестро)\p{L}*|нет(?: мутаци\p{L}*)?)(?!\p{L}))/u;
export const POSITIVE_WORD =
  /(?:\b(?:positive|pos|mutat(?:ed|ion|ions)|mutant|mut|rearrang\w*|fusion|translocat\w+|amplif\w+|detected|present|pathogenic|overexpress\w*|altered|alteration|carrier|loss|deleted|deletion|abnormal|expressed|high)\b|^\+|^\s?\(\+\)|(?<!\p{L})(?:положит\p{L}*|полож\.?|оң|экспресс\p{L}*|позитив\p{L}*|мутаци\p{L}*|перестройк\p{L}*|реаранжиров\p{L}*|транслокац\p{L}*|амплификац\p{L}*|выявлен\p{L}*|обнаружен\p{L}*|слияни\p{L}*|фьюжн\p{L}*|мутирован\p{L}*|мут(?:\.|(?!\p{L}))|метилирован\p{L}*|делеци\p{L}*)(?!\p{L}))/u;
export const LEFT_NEGATIVE =
  /(?:\b(?:no|not|without|negative for|absence of|lack of|wild[- ]?type(?: for)?|wt|non|neither|nor|lacks)\b|(?<!\p{L})(?:без|отсутств\p{L}*|нет|отрицательн\p{L}* на))\s*(?:[\p{L}/-]+\s+){0,3}(?:in |of |in the |в гене |гена |в генах |генов )?$|\bno (?:\p{L}+ ){0,3}(?:detected|found|identified)(?: in)?:? $|(?<!\p{L})не (?:выявлен|обнаруж)\p{L}*(?: (?:изменени|мутаци|вариант)\p{L}*)?(?: в(?: генах)?)?:? $/u;
export const LEFT_POSITIVE =
  /(?:\b(?:mutations?|variants?|fusion|rearrangement|amplification|alterations?|positive|carrier|pathogenic)\b(?: \p{L}+){0,2} (?:in|of|for)(?: the)?|(?<!\p{L})(?:мутаци\p{L}*|перестройк\p{L}*|амплификаци\p{L}*|транслокаци\p{L}*|слияни\p{L}*|фьюжн\p{L}*|делеци\p{L}*|носител\p{L}*(?: мутаци\p{L}*)?)(?: (?:в )?ген\p{L}*)?)\s*$/u;
export const JOINED = /^[\s,/&+()-]*(?:and|or|nor|и|или)?[\s(]*(?:the )?$/u;
