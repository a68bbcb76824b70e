// Clinic shorthand for a fact that is not named: "not a surgical candidate", "Krenning 4", "all lesions PSMA+", "early favourable (GHSG)",
// "нормальный кариотип", "интенсивная ХТ не показана". Each gives one fact of the vocabulary.

const NOT_FOR = String.raw`(?:not (?:an? )?(?:good )?|no )(?:(?:surgical|operative|resection|surgery|debulking) candidate|candidate for (?:\p{L}+ ){0,2}(?:surg\p{L}+|resection|debulking|cytoreduct\p{L}+|metastasectomy|operation)|surgical disease)|\bnot all (?:lesions|metasta\p{L}+|sites|disease|deposits) (?:are |were |is |could be |can be )?(?:resect\p{L}+|remov\p{L}+)|\bincompletely resectable`;

const RISK_RU = ['низк', 'промежуточн', 'высок', '(?:очень высок|крайне высок)'];

/** [pattern, fact, word of the fact]. */
export const CLINIC_WORDS: readonly (readonly [RegExp, string, string])[] = [
  [
    new RegExp(
      String.raw`\b(?:${NOT_FOR})\b|(?<!\p{L})не (?:является )?кандидат\p{L}* (?:на|для|к) (?:\p{L}+ ){0,2}(?:операци|хирург|резекц|циторедук|метастазэктом)\p{L}*|(?<!\p{L})(?:радикальн\p{L}* )?(?:удаление|удалить|резекция)(?: \p{L}+){0,3} невозможн\p{L}*|(?<!\p{L})не все (?:очаги|метастазы|узлы) (?:\p{L}+ )?(?:удал|резец|резект)\p{L}*`,
      'u',
    ),
    'resectable',
    'no',
  ],
  [
    /\bpsma[ -]?(?:\+(?!\p{L})|avid\b|positiv\w*|pos\b)|(?<!\p{L})псма[ -]?(?:\+|позитивн\p{L}*|положительн\p{L}*)|(?:(?:psma|псма)[- ]?(?:пэт|pet)|(?:пэт|pet)[^.;]{0,6}(?:psma|псма))[^.;]{0,40}?(?:\bavid\b|\buptake\b(?! (?:absent|not))|(?<!\p{L})(?:накопл|накаплив|гиперфикс|экспресс|гиперэкспресс|множественн\p{L}* очаг)\p{L}*)/u,
    'psma-pet',
    'positive',
  ],
  [
    /\bm?(?:hs|cs)pc\b|\bm?hnpc\b|\b(?:hormone|castration)[- ](?:sensitive|na[iï]ve)\b|(?<!\p{L})м?гч?рпж(?!\p{L})|(?<!\p{L})гормон\p{L}*-?чувствительн\p{L}*/u,
    'castration-resistant',
    'no',
  ],
  ...(['low', 'intermediate', 'high', 'very-high'] as const).map(
    (risk, i) =>
      [
        new RegExp(
          String.raw`(?<!very[ -])\b${risk.replace('-', '[ -]')}[- ]risk,? (?:[\p{L}/-]+,? ){0,2}?(?:non-?muscle[- ]invasive|nmibc)|\b(?:nmibc|non-?muscle[- ]invasive (?:\p{L}+ ){0,2}(?:cancer|carcinoma))[^.;]{0,24}?(?<!very[ -])\b${risk.replace('-', '[ -]')}[- ]risk|(?<!\p{L})(?:немышечно-?инвазивн|нмирмп)[^.;]{0,40}?(?<!очень )${RISK_RU[i]}\p{L}* риск`,
          'u',
        ),
        'nmibc-risk',
        risk,
      ] as const,
  ),
  [
    /\b(?:bulky|fixed|matted|ulcerated) (?:bilateral )?(?:inguinal|groin)|\b(?:inguinal|groin)(?: lymph)? (?:nodes?|nodal mass|mass)[^.;,]{0,12}\b(?:bulky|fixed|matted)|(?<!\p{L})(?:пакет\p{L}*|конгломерат\p{L}*|фиксированн\p{L}*) (?:увеличенн\p{L}* )?пахов\p{L}*/u,
    'inguinal-nodes',
    'fixed',
  ],
  [
    /\bmelanoma\b[^.;]*\bresectable (?:\p{L}+ ){0,2}nod\p{L}+|(?<!\p{L})меланом\p{L}*[^.;]*(?<!не)резектабельн\p{L}* (?:\p{L}+ )?(?:лимфо)?узл\p{L}*/u,
    'clinical-nodes',
    'yes',
  ],
  [
    /\b(?:platinum|carboplatin|cisplatin|chemotherapy|\btc)\b[^.;]*\bmaintenance(?: (?:therapy|treatment|with \p{L}+))?\s*\?|\b(?:what|which|role of|best) maintenance\b|(?<!\p{L})(?:карбоплатин|цисплатин|платин|химиотерапи|курс)\p{L}*[^.;]*поддерживающ\p{L}*(?: терапи\p{L}*| лечени\p{L}*)?\s*\?|(?<!\p{L})(?:какая|какую|какое) поддерживающ/u,
    'maintenance-asked',
    'yes',
  ],
  [
    /\b(?:vaginal (?:squamous (?:cell )?)?(?:cancer|carcinoma|scc)|(?:cancer|carcinoma|scc) of (?:the )?vagina)\b|(?<!\p{L})(?:рак|карцином)\p{L}* влагалища/u,
    'vulvovaginal-site',
    'vagina',
  ],
  [
    /\bintermediate(?:-stage)? (?:hcc|hepatocell\p{L}*)|(?<!\p{L})промежуточн\p{L}* (?:стади\p{L}* )?(?:гцк|гцр|гепатоцелл\p{L}*)/u,
    'bclc',
    'B',
  ],
  [
    /\b(?:sclc|small[- ]cell lung (?:cancer|carcinoma)),? extensive\b|\bextensive (?:sclc|small[- ]cell)|(?<!\p{L})мелкоклеточн\p{L}* (?:рак\p{L}* )?(?:легкого |легких )?распространенн\p{L}*|(?<!\p{L})распространенн\p{L}* мелкоклеточн\p{L}*/u,
    'sclc-extent',
    'extensive',
  ],
  [
    /\b(?:sclc|small[- ]cell lung (?:cancer|carcinoma)),? limited\b|\blimited (?:sclc|small[- ]cell)|(?<!\p{L})мелкоклеточн\p{L}* (?:рак\p{L}* )?(?:легкого |легких )?локализованн\p{L}*|(?<!\p{L})локализованн\p{L}* мелкоклеточн\p{L}*/u,
    'sclc-extent',
    'limited',
  ],
  [/\bkrenning(?: score)?[ :=-]*[34]\b|(?<!\p{L})креннинг\p{L}*[^.;,\d]{0,12}[34](?!\d)/u, 'sstr-imaging', 'positive'],
  [/\bkrenning(?: score)?[ :=-]*[01]\b|(?<!\p{L})креннинг\p{L}*[^.;,\d]{0,12}[01](?!\d)/u, 'sstr-imaging', 'negative'],
  [
    /\b(?:somatostatin[- ]receptors?|sstr2?a?|octreotide scan|octreoscan|(?:ga-?68|68-?ga|cu-?64)?[- ]?dota(?:tate|toc|noc)(?:[ -]?(?:pet|scan)(?:[ /-]?ct)?)?)[ ,:-]{1,3}(?:strongly |all lesions |uniformly )?(?:positive|avid|\+(?!\p{L}))|(?<!\p{L})рецептор\p{L}* (?:к )?соматостатин\p{L}*[^.;,]{0,14}(?:положит|экспресс|есть|\+)\p{L}*/u,
    'sstr-imaging',
    'positive',
  ],
  [
    /\bflushing\b(?! (?:of|the line))|(?<!\p{L})приливы(?=[^.;]*(?:нэо|карцин|нейроэндокр))|\bcarcinoid symptoms\b/u,
    'carcinoid-syndrome',
    'yes',
  ],
  [
    /\bearly[- ](?:stage )?(?:intermediate|unfavou?rable)\b|\bunfavou?rable (?:early|limited|stage)|(?<!\p{L})ранн\p{L}{2,3}(?: стади\p{L}*)?[ ,(]+неблагоприятн\p{L}*/u,
    'hl-risk',
    'early-unfavourable',
  ],
  [
    /\bearly[- ](?:stage )?favou?rable\b|\bfavou?rable (?:early|limited|stage)|(?<!\p{L})ранн\p{L}{2,3}(?: стади\p{L}*)?[ ,(]+благоприятн\p{L}*/u,
    'hl-risk',
    'early-favourable',
  ],
  [
    /\b(?:intensive|7 ?\+ ?3|standard induction)(?: chemo(?:therapy)?| induction| therapy)? (?:is |was )?(?:not (?:indicated|possible|feasible|appropriate|an option)|contraindicated|ruled out)|\b(?:ineligible|unsuitable|too (?:frail|old)) for (?:intensive|induction|7 ?\+ ?3)|\bnot (?:an? )?(?:candidate|fit|eligible|suitable) for (?:intensive|induction|7 ?\+ ?3)|(?<!\p{L})интенсивн\p{L}* (?:химиотерапи\p{L}*|хт|пхт|терапи\p{L}*|индукци\p{L}*|лечени\p{L}*)? ?(?:не (?:показан|перенес|возможн|планир|кандидат)\p{L}*|противопоказан\p{L}*|невозможн\p{L}*)|(?<!\p{L})не (?:является )?кандидат\p{L}* (?:на|для|к) интенсивн\p{L}*/u,
    'intensive-fit',
    'no',
  ],
  [
    /\b(?:fit|eligible|suitable|candidate) for (?:intensive|induction|7 ?\+ ?3)(?<!not (?:an? )?(?:fit|eligible|suitable|candidate) for (?:intensive|induction|7 ?\+ ?3))|(?<!\p{L}|не |не является )кандидат\p{L}* (?:на|для|к) интенсивн\p{L}*|(?<!\p{L})интенсивн\p{L}* (?:химиотерапи\p{L}*|хт|пхт|терапи\p{L}*) (?:показан|возможн)\p{L}*/u,
    'intensive-fit',
    'yes',
  ],
  [
    /\b(?:normal|diploid) karyotype\b|\bkaryotype (?:is |was )?normal\b|\bcytogenetics[ :]+(?:is |was )?normal\b|\bnormal cytogenetics\b|(?<!\p{L})нормальн\p{L}* кариотип\p{L}*|(?<!\p{L})кариотип (?:46 ?,? ?x[xy] ?,? ?)?(?:нормальн|в норме|без изменений)\p{L}*/u,
    'aml-cytogenetics',
    'intermediate',
  ],
  [
    /\b(?:pds|ids|debulking|cytoreduction|cytoreductive surgery)(?:[ ,:(-]+(?:optimal|complete|to|with|was|,)){0,2}[ ,:(-]*(?:r0|cc-?0|no (?:gross |visible |macroscopic )?residual\p{L}*)(?![\p{L}\d])|\b(?:complete|r0) (?:cytoreduction|debulking)\b|(?<!\p{L})(?:циторедукци|циторедуктивн\p{L}* операци)\p{L}*[^.;,]{0,16}(?:полн|r0|сс-?0|cc-?0|без (?:макроскопическ\p{L}* )?остаточн)\p{L}*|(?<!\p{L})(?:полн|оптимальн)\p{L}* (?:первичн\p{L}* |интервальн\p{L}* )?циторедукци\p{L}*(?=[^.;]{0,14}r0)/u,
    'residual-disease',
    'none',
  ],
  [
    /\bmyometrial (?:invasion|infiltration)[^.;,\d]{0,12}(?:>=?|≥|over|more than|at least) ?(?:50|half|1\/2)|(?:>=?|≥|over |more than )50 ?% (?:of )?(?:the )?myometri\p{L}*|(?<!\p{L})(?:инвази|прорастани|врастани)\p{L}* (?:в )?(?:миометри\p{L}*|мышечн\p{L}* сло\p{L}*)[^.;,\d]{0,14}(?:>=?|≥|более|больше|свыше) ?(?:чем )?(?:50|половин|1\/2)|(?<!\p{L})(?:более|больше|свыше|>=?|≥) ?(?:50 ?%|половины|1\/2) (?:толщины )?миометри\p{L}*/u,
    'myometrial-invasion',
    'outer',
  ],
  [
    /\bmyometrial (?:invasion|infiltration)[^.;,\d]{0,12}(?:<=?|≤|under|less than) ?(?:50|half|1\/2)|(?:<|≤|less than )50 ?% (?:of )?(?:the )?myometri\p{L}*|(?<!\p{L})(?:инвази|прорастани|врастани)\p{L}* (?:в )?(?:миометри\p{L}*|мышечн\p{L}* сло\p{L}*)[^.;,\d]{0,14}(?:<=?|≤|менее|меньше) ?(?:чем )?(?:50|половин|1\/2)|(?<!\p{L})(?:менее|меньше|<=?|≤) ?(?:50 ?%|половины|1\/2) (?:толщины )?миометри\p{L}*/u,
    'myometrial-invasion',
    'inner',
  ],
  [
    /\b(?:lvsi|lymphovascular (?:space )?invasion)[ :,(-]*(?:is |was )?(?:focal|minimal)|\bfocal (?:lvsi|lymphovascular)|(?<!\p{L})(?:lvsi|лви|лимфоваскулярн\p{L}* инвази\p{L}*)[ :,(-]*(?:очагов|фокальн|минимальн)\p{L}*/u,
    'lvsi-extent',
    'focal',
  ],
  [
    /\b(?:lvsi|lymphovascular (?:space )?invasion)[ :,(-]*(?:is |was )?(?:substantial|extensive|diffuse)|\b(?:substantial|extensive|diffuse) (?:lvsi|lymphovascular)|(?<!\p{L})(?:lvsi|лви|лимфоваскулярн\p{L}* инвази\p{L}*)[ :,(-]*(?:обширн|выражен|диффузн|значительн)\p{L}*/u,
    'lvsi-extent',
    'substantial',
  ],
  [
    /\b(?:lvsi|lymphovascular (?:space )?invasion)[ :,(-]*(?:is |was )?(?:none|absent|negative|not (?:seen|identified|present))|\bno (?:lvsi|lymphovascular)|(?<!\p{L})(?:lvsi|лви|лимфоваскулярн\p{L}* инвази\p{L}*)[ :,(-]*(?:нет|отсутств\p{L}*|отриц\p{L}*|не (?:выявл|обнаруж|определ)\p{L}*)/u,
    'lvsi-extent',
    'none',
  ],
  [
    /(?:nadir|undetectable|\bafter (?:rp|rarp|prostatectomy|radical)|post-?op)[^;]{0,40}\b(?:rising|rise|risen|rose|increas\p{L}+|detectable)\b|(?<!\p{L})рост\p{L}* пса после (?:операции|рпэ|простатэктомии|лт|лучевой)/u,
    'biochemical-recurrence',
    'yes',
  ],
  [
    /\b(?:radio-?iodine|rai|radioactive iodine|iodine|i-?131)[- ](?:refractory|resistant)|\b(?:refractory|resistant) to (?:radio-?iodine|rai|radioactive iodine|i-?131)|(?<!\p{L})(?:рефрактерн|резистентн)\p{L}* к (?:терапии )?(?:радио-?йод|радиоактивн\p{L}* йод|рйт|i-?131)\p{L}*|(?<!\p{L})(?:радио)?йод-?(?:рефрактерн|резистентн)\p{L}*/u,
    'rai-refractory',
    'yes',
  ],
  [
    /\b(?:refus\p{L}+|declin\p{L}+) (?:all|any)(?: further| active| cancer| anti-?cancer| oncological)* (?:treatments?|therap\p{L}+)|\b(?:no (?:further )?|does not want (?:more |any )?(?:further )?)(?:active |cancer )?treatment (?:is )?(?:wanted|desired)|\bdoes not want (?:more |any )?(?:further )?(?:treatment|therapy)\b|\bwants? (?:only )?(?:comfort|palliative care only|symptom control only)|(?<!\p{L})отказ\p{L}* от (?:любо|всяк|всего|всех вид|активного |специального |специфического |противоопухолев)\p{L}* ?(?:лечени|терапи)?\p{L}*/u,
    'goals-of-care',
    'comfort',
  ],
  [/\bgtr\b|\bgross[- ]total (?:resection|removal|excision)/u, 'resection-extent', 'complete'],
  [/\bstr\b|\bsub-?total (?:resection|removal|excision)/u, 'resection-extent', 'partial'],
  [
    /\bacute (?:type )?atll?\b|\batll?,? (?:acute)\b|(?<!\p{L})остр\p{L}* (?:форма )?(?:т-клеточн\p{L}* )?(?:лейкоз-?лимфом|атлл)/u,
    'atll-type',
    'acute',
  ],
  [
    /(?:\bmets?\b|\bmetasta\p{L}+|(?<!\p{L})(?:мтс(?!\p{L})|метаста\p{L}*))[^;]{0,70}?(?:\b(?:initially unresectable|potentially resectable|borderline resectable|convertible)|(?<!\p{L})(?:потенциально|условно|погранично)[ -]?резектабельн\p{L}*)/u,
    'liver-metastases-resectability',
    'potentially',
  ],
  [
    /(?:\bmets?\b|\bmetasta\p{L}+|(?<!\p{L})(?:мтс(?!\p{L})|метаста\p{L}*))[^;]{0,70}?(?:\b(?:unresectable|not (?:all )?resectable|never resectable|inoperable|not amenable to (?:resection|surgery))|(?<!\p{L})(?:нерезектабельн|неоперабельн|неудалим)\p{L}*)|\bunresectable (?:liver |hepatic |lung |multiple |bilobar )*(?:mets?|metasta\p{L}+)|(?<!\p{L})нерезектабельн\p{L}* (?:\p{L}+ )?(?:мтс|метаста\p{L}*)/u,
    'liver-metastases-resectability',
    'never',
  ],
  [
    /(?:\bmets?\b|\bmetasta\p{L}+|(?<!\p{L})(?:мтс(?!\p{L})|метаста\p{L}*))[^;]{0,70}?(?:(?<!not |un|non-?|borderline |potentially )\bresectable\b(?!\s?\?)|(?<!\p{L}|не |не)(?:резектабельн|операбельн)\p{L}*)|(?<!un|potentially )\bresectable (?:liver |hepatic |lung |solitary )*(?:mets?|metasta\p{L}+)|(?<!\p{L})резектабельн\p{L}* (?:\p{L}+ )?(?:мтс|метаста\p{L}*)/u,
    'liver-metastases-resectability',
    'resectable',
  ],
  [
    /\b(?:solitary|single|isolated) (?:[\d.,]+ ?[cm]m )?(?:\p{L}+ ){0,2}met\b|(?<!\p{L})(?:солитарн|единственн|одиночн)\p{L}* (?:\p{L}+ )?мтс(?!\p{L})/u,
    'oligometastatic',
    'yes',
  ],
  [
    /\b(?:peritoneal )?(?:cytology|washings?)(?: (?:is |was |were )?)?[ :-]*(?:neg\p{L}*|cy0)|\bcy0\b|(?:лапароскоп|смыв|перитон)\p{L}*[^;]{0,60}?цитологи\p{L}*[ :-]*(?:отр|негат|без опух)\p{L}*|(?<!\p{L})смывы?[^.;]{0,16}(?:отр|негат|чист)\p{L}*/u,
    'peritoneal-cytology',
    'negative',
  ],
  [
    /\b(?:peritoneal )?(?:cytology|washings?)(?: (?:is |was |were )?)?[ :-]*(?:pos\p{L}*|cy1)|\bcy1\b|(?:лапароскоп|смыв|перитон)\p{L}*[^;]{0,60}?цитологи\p{L}*[ :-]*(?:полож|позит)\p{L}*/u,
    'peritoneal-cytology',
    'positive',
  ],
  [
    /\b(?:ece|ene)(?: ?(?:\+(?!\p{L})|positive|present))?\b(?! ?(?:-|neg|absent|not))(?<!no (?:ece|ene))/u,
    'extranodal-extension',
    'yes',
  ],
  [
    /(?<!\p{L}|не )хрупк(?:ая|ий|ого|ой)(?!\p{L})(?! кост)|(?<!\p{L})старческ\p{L}* астени\p{L}*(?![^.;,]{0,12}(?:нет|не ))/u,
    'frailty',
    'frail',
  ],
  [
    /(?<!\p{L})(?:субтотальн|частичн)\p{L}* (?:удалени|резекци)\p{L}*(?=[^.;]*(?:глио|астроц|олиго|эпенд|менинг|мозг))|(?<!\p{L})удален\p{L}? (?:субтотально|частично)|\b(?:subtotal|partial)(?:ly)? (?:resect\p{L}+|remov\p{L}+)/u,
    'resection-extent',
    'partial',
  ],
  [
    /(?<!\p{L})удален\p{L}? (?:тотально|макроскопически полностью)|\b(?:gross total(?:ly)?|gtr|complete(?:ly)?) (?:resect\p{L}+|remov\p{L}+)(?=[^.;]*(?:glio|astroc|oligo|epend|mening|brain))/u,
    'resection-extent',
    'complete',
  ],
  [
    /(?<!\p{L})остаточн\p{L}* (?:опухол\p{L}* )?(?:нет|не определ\p{L}*)(?=[^.;]*(?:циторед|яичник))/u,
    'residual-disease',
    'none',
  ],
];

/** [pattern, fact, unit]; the first group is the number. */
export const CLINIC_NUMBERS: readonly (readonly [RegExp, string, string | undefined])[] = [
  [
    /(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?) ?mm thick|(?<!\p{L})толщин\p{L}* (\d{1,2}(?:[.,]\d{1,2})?) ?мм/u,
    'breslow',
    'mm',
  ],
  [
    /\bresidual (?:\p{L}+ ){0,3}(?:mass|nodes?|tumou?r|conglomerate|lesion)[^.;,\d]{0,14}(\d{1,3}(?:[.,]\d)?) ?mm\b|(?<!\p{L})(?:остаточн|резидуальн)\p{L}* (?:\p{L}+ ){0,3}(?:конгломерат|образовани|опухол|масс|узел|узлы|л\/у|лимфоуз)\p{L}*[^.;,\d]{0,14}(\d{1,3}(?:[.,]\d)?) ?мм(?!\p{L})/u,
    'residual-mass',
    'mm',
  ],
  [
    /\bresidual (?:\p{L}+ ){0,3}(?:mass|nodes?|tumou?r|conglomerate|lesion)[^.;,\d]{0,14}(\d{1,2}(?:[.,]\d)?) ?cm\b|(?<!\p{L})(?:остаточн|резидуальн)\p{L}* (?:\p{L}+ ){0,3}(?:конгломерат|образовани|опухол|масс|узел|узлы|л\/у|лимфоуз)\p{L}*[^.;,\d]{0,14}(\d{1,2}(?:[.,]\d)?) ?см(?!\p{L})/u,
    'residual-mass',
    'cm',
  ],
  [
    /\bdysphagia,? (?:gr(?:ade)?\.?|score)? ?([0-4])(?!\d)|(?<!\p{L})дисфаги\p{L}* (?:степени )?([0-4])(?!\d)/u,
    'dysphagia-grade',
    undefined,
  ],
  [
    /(?:\bpsa\b|(?<!\p{L})пса(?!\p{L}))[^;]{0,60}?(?:\d+(?:[.,]\d+)?\s*(?:->|→|-->)\s*)+(\d+(?:[.,]\d+)?)/u,
    'psa',
    'ug/L',
  ],
  [
    /\b(?:oncotype(?: dx)?[ :(-]*)(?:rs|recurrence score)[ :=-]*(\d{1,3})(?!\d)|\brs[ :=]+(\d{1,2})(?=[^.;]*oncotype)/u,
    'oncotype-rs',
    undefined,
  ],
  [
    /(?:\b(?:idc|ilc|nst|carcinoma|adenocarcinoma|cancer)|(?<!\p{L})(?:рак|карцинома|аденокарцинома))(?:,? (?:nst|g[1-3]|grade [1-3]))*,? (\d{1,2}(?:[.,]\d)?) ?(?:mm|мм)(?!\p{L})/u,
    'tumour-size',
    'mm',
  ],
  [
    /(?:\b(?:idc|ilc|nst|carcinoma|adenocarcinoma|cancer)|(?<!\p{L})(?:рак|карцинома|аденокарцинома))(?:,? (?:nst|g[1-3]|grade [1-3]))*,? (\d{1,2}(?:[.,]\d)?) ?(?:cm|см)(?!\p{L})/u,
    'tumour-size',
    'cm',
  ],
];
