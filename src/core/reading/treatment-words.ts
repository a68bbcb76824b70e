// Words for treatment that names no drug and no operation of the vocabulary: "chemotherapy", "radiotherapy", "resected".

/** A kinase inhibitor of which the organ says the kind (organ-operation.ts). */
export const TKI = 'kinase inhibitor';

/** Chemotherapy with an antibody; which antibody the disease tells. */
export const CHEMOIMMUNOTHERAPY = 'chemoimmunotherapy';

export const UNTOLD: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:chemo-?immuno-?therapy|immuno-?chemo-?therapy|chemo-io)\b|(?<!\p{L})(?:химио-?иммунотерапи|иммуно-?химиотерапи)(?:я|и|ю|ей)(?!\p{L})/gu,
    CHEMOIMMUNOTHERAPY,
  ],
  [
    /\b(?:platinum|cisplatin|carboplatin)[- ]based (?:doublet |combination |systemic )?(?:chemotherapy|chemo|therapy|doublet|regimen)\b|\bplatinum (?:doublet|chemotherapy|etoposide)\b|(?<!\p{L})(?:платиносодержащ\p{L}*|на основе препаратов платины) ?(?:химиотерапи\p{L}*|пхт|хт|терапи\p{L}*|режим\p{L}*)?/gu,
    'platinum',
  ],
  [
    /(?<=\b(?:completed|finished|after|following) (?:the )?)(?:frontline|front-line|main|initial|intensive|standard|first) (?:phase|part|treatment|therapy)\b|(?<=(?:закончен|завершен|окончен|после)\p{L}* )(?:основн|интенсивн|инициальн|стандартн|программн)\p{L}* (?:терапи|лечени|этап|фаз)\p{L}*/gu,
    'chemotherapy',
  ],
  [
    /\b(?:chemotherapy|polychemotherapy|chemo)\b(?![- ]?(?:free|naive|radio|immuno))|(?<!\p{L}|отделени\p{L}* )(?:поли)?химиотерапи(?:я|и|ю|ей)(?!\p{L})|(?<!\p{L})(?:н?а?пхт|хт)(?!\p{L})|(?<!\p{L})химиотерапевтическ\p{L}*|(?<=(?:закончен|завершен|окончен)\p{L}* )индукци\p{L}*(?! ремисси)|(?<=\b(?:completed|finished|after|following) )induction\b(?! (?:chemo|therapy|treatment|with|of))/gu,
    'chemotherapy',
  ],
  [
    /\b(?:immunotherapy|checkpoint inhibitors?|anti-?pd-?l?1(?: therapy)?|pd-?l?1 inhibitors?)\b|(?<!\p{L})(?:иммунотерапи(?:я|и|ю|ей))(?!\p{L})/gu,
    'immunotherapy',
  ],
  [
    /\b(?:endocrine|hormonal|hormone) (?:therapy|treatment)\b|(?<!\p{L})(?:гормонотерапи(?:я|и|ю|ей)|эндокринотерапи(?:я|и|ю|ей))(?!\p{L})/gu,
    'endocrine therapy',
  ],
  [
    /\b(?:androgen[- ]deprivation(?: therapy)?|adt|lhrh (?:agonist|analog(?:ue)?|antagonist)s?|gnrh (?:agonist|analog(?:ue)?|antagonist)s?)\b|(?<!\p{L})(?:андроген\p{L}*[- ]депривац\p{L}*(?: терапи\p{L}*)?|адт|аналог\p{L}* (?:лгрг|гнрг)|медикаментозн\p{L}* кастраци\p{L}*)(?!\p{L})/gu,
    'androgen deprivation',
  ],
  [/(?<!egfr[- ]|alk[- ]|bcr-abl[- ])\btkis?\b|(?<!\p{L})тки(?!\p{L})/gu, TKI],
  [/\b(?:targeted therapy|egfr[- ]tki|tki)\b|(?<!\p{L})таргетн\p{L}* терапи\p{L}*/gu, 'targeted therapy'],
  [
    /\b(?:systemic (?:therapy|treatment))\b|(?<!\p{L})(?:системн\p{L}* (?:терапи\p{L}*|лечени\p{L}*)|лекарственн\p{L}* (?:терапи\p{L}*|лечени\p{L}*))/gu,
    'systemic therapy',
  ],
];

/** "Induction, transplant and radiotherapy": behind chemotherapy in one list it is one of stem cells. */
const LISTED_TRANSPLANT =
  /(?<=\b(?:induction|chemotherapy|d-?vrd|vrd|vtd|krd|cybord|bvd)(?: chemotherapy)?(?:,| and|, and|,? then) (?:an? )?)transplant(?:ation)?\b|(?<=(?<!\p{L})(?:индукци\p{L}*|химиотерапи\p{L}*|пхт|хт)(?:,| и|,? затем) )(?:трансплантаци(?:я|и|ю|ей)|тгск|аутотрансплантаци\p{L}*)(?!\p{L})/gu;
/** "Triple-class refractory": a proteasome inhibitor, an immunomodulatory drug and an anti-CD38 antibody were given (IMWG). */
const MYELOMA_CLASSES =
  /\b(?:triple|penta)(?:-| )?(?:class|drug)?(?=[ -](?:refractory|exposed)\b)|(?<!\p{L})(?:трижды|пента|тройн\p{L}*)(?=[ -]?(?:рефрактерн|экспонирован))/gu;
export const THREE_CLASSES = [
  'proteasome inhibitor not named',
  'immunomodulatory drug not named',
  'anti-cd38 not named',
] as const;

/** Treatment told by a word that is no name of it. */
export const SAID_OTHERWISE = [
  {
    pattern: MYELOMA_CLASSES,
    kind: 'drugs',
    drugs: THREE_CLASSES,
    words: THREE_CLASSES.join(' + '),
    modality: 'systemic',
    definitive: false,
  },
  {
    pattern: LISTED_TRANSPLANT,
    kind: 'procedure',
    drugs: [],
    words: 'autologous stem cell transplantation',
    modality: 'transplant',
    definitive: false,
    procedure: 'autologous-transplant',
  },
] as const;

export const RADIOTHERAPY =
  /(?<=[\p{L}])[-/+]rt\b|\b(?:(?:chemo-?)?radio-?therapy|(?:chemo-?)?radiation(?: therapy)?|chemo-?radiation|crt|ccrt|irradiation|irradiated|\d{2,3}(?:[.,]\d)? ?gy(?: in \d+ fractions)?|ebrt|imrt|sbrt|sabr|wbrt|whole[- ]brain radio\w+|brachytherapy|radiosurgery|srs|rt|gamma[- ]?knife|cyber-?knife|pci|tbi)\b|(?<!\p{L})(?:химио-?лучев\p{L}* (?:терапи\p{L}*|лечени\p{L}*)|хлт|хлл|лучев\p{L}* (?:терапи\p{L}*|лечени\p{L}*)|длт|лт|длтт|облучени\p{L}*|стереотакси\p{L}*|кибернож|гамма-нож|сод \d+ ?гр)(?!\p{L})/gu;

export const SURGERY =
  /\b(?:(?:radical |curative |complete |r0 |surgical |upfront |definitive )*(?:resection|surgery|operation)|(?:wide local|wide|re-?|complete) ?-?excision|wle|excision(?= ?[-:,][^;]*\b(?:melanoma|carcinoma|margins?)\b)|excised|resected|operated|surgically (?:removed|resected|treated)|tumou?rectomy|(?<!(?:pelvic|staging|diagnostic|axillary|sentinel|mediastinal|retroperitoneal) )(?:lymphadenectomy|lymph node dissection))\b|(?<!\p{L})(?:(?:радикальн\p{L}* )?(?:операци(?:я|и|ю)|хирургическ\p{L}* (?:лечени\p{L}*|вмешательств\p{L}*)|резекци\p{L}*)|прооперирован\p{L}*|(?<!(?:тазов|подмышечн|аксиллярн|медиастинальн|забрюшинн|парааортальн)\p{L}* )(?:лимфаденэктоми|лимфодиссекци)\p{L}*|(?:тотальн|субтотальн|макрототальн|радикальн|частичн)\p{L}* удалени(?:е|я)|удалени\p{L}* опухоли|(?:удален|иссечен|резецирован)(?:а|о|ы|)(?= (?:r0|r1|радикально|тотально|субтотально|частично|макроскопически|полностью|эндоскопически|хирургически|в пределах|с отрицательн))|(?<=(?:опухоль|образование|полип|гисо|нэо|карциноид) )(?:удален|иссечен)(?:а|о|ы|))(?!\p{L})/gu;

/** Words that the vocabulary of procedures knows. */
export function radiotherapyWords(said: string, plain: string, at: number): string {
  const near = plain.slice(Math.max(0, at - 40), at + said.length + 60);
  if (
    /chemo-?radi|crt|^[-/+]rt|химио-?лучев|хлт|хлл/u.test(said) ||
    /concurrent|concomitant|одновременн|конкурентн/u.test(near.slice(0, 40))
  )
    return 'chemoradiotherapy';
  if (/whole[- ]brain|wbrt|pci/.test(said))
    return said.includes('pci') ? 'prophylactic cranial irradiation' : 'whole brain radiotherapy';
  if (/radiosurgery|srs|knife|кибернож|гамма-нож/u.test(said)) return 'radiosurgery';
  if (/sbrt|sabr|стереотакси/u.test(said))
    return /brain|мозг/u.test(near) ? 'radiosurgery' : 'stereotactic body radiotherapy';
  if (/brachy/.test(said)) return 'brachytherapy';
  if (/brain|мозг/u.test(near)) return 'whole brain radiotherapy';
  if (/bone|spin|vertebr|femur|rib|кост|позвон/u.test(near) || /palliativ|паллиатив/u.test(near))
    return 'palliative radiotherapy';
  if (/breast|chest wall|молочн/u.test(near)) return 'breast radiotherapy';
  if (/thorax|thoracic|chest|lung|mediastin|грудн|легк|средостен/u.test(near)) return 'thoracic radiotherapy';
  if (/prostate bed|ложе простаты|salvage/u.test(near)) return 'prostate bed radiotherapy';
  if (/prostat|простат|предстательн/u.test(near)) return 'prostate radiotherapy';
  if (/neck|larynx|oral|tongue|шеи|гортан|головы и шеи/u.test(near)) return 'head and neck radiotherapy';
  if (/pelvi|rect|cervi|vagin|таз|прямой|шейк/u.test(near)) return 'pelvic radiotherapy';
  return 'radiotherapy';
}

/** Nothing was given so far; who asks for neoadjuvant treatment has given none. */
export const UNTREATED =
  /^(?!.*(?:\b(?:after|post|following|received|completed|residual)\b|(?<!\p{L})(?:после|проведен|завершен|получ|остаточн))).*(?:\bneo-?adjuvant|(?<!\p{L})нео-?адъювант)[^.;?]{0,40}\?|\b(?:treatment|therapy|chemotherapy|chemo)[- ]na[iï]ve\b|\bno (?:prior|previous) (?:\w+ )?(?:treatment|therapy)\b|\b(?:previously )?untreated\b|\bnever (?:been )?treated\b|\bnever had (?:[a]ny )?(?:systemic )?(?:treatment|therapy)\b|\bnewly[- ]diagnosed\b|\bnew(?:ly)? diagnos\w+|\bde novo\b|(?<!\p{L})(?:ранее не леч\p{L}*|впервые (?:выявлен|диагностир|установлен)\p{L}*|не получал\p{L}* (?:специальн\p{L}*|противоопухолев\p{L}*)?\s*лечени\p{L}*|лечение (?:еще |пока )?не (?:проводилось|начато)|(?:лечени[ея]|терапи[июя]|системного лечения|специального лечения) (?:ранее |еще |пока )?не (?:получал\p{L}*|было|проводил\p{L}*)|(?:ранее )?(?:системно )?не лечил\p{L}*|ем (?:алмаған|жүргізілмеген|басталмаған|басталған жоқ|қабылдамаған)|алғаш рет (?:анықталған|табылған)|специфическ\p{L}* лечени\p{L}* не проводил\p{L}*)/u;
