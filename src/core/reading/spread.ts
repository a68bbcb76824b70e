// Where the tumour is and how far it went: stage groups, TNM, staging of blood and lymph, sites of metastasis, and the plain words for
// it ("metastatic", "resected", "locally advanced", "resectable").
import { BONE_SCAN, hotBone } from './bone-scan.js';
import { contextOf, deniedBefore } from './context.js';
import { malignantEffusions } from './effusion-said.js';
import type { Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';

export interface StageSaid {
  /** A stage or a TNM in words that normalize parses. */
  readonly value: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const GROUP =
  /(?:(?<![\p{L}])(?:stage|stg|st\.|figo|ajcc|uicc|стади[яиейю]+|ст\.?|сатысы)(?: group| figo| ajcc| uicc|\s?-)?\s*[:=]?\s*(?:[cpy]{0,2})(0|iv|i{1,3}|[1-4])\s?-?([a-eа-д](?:[1-3i]{0,2}))?(?:\s?(?:-|\/|to)\s?(iv|i{1,3}|[1-4])?([a-c])?)?(?![\p{L}\d]|-?(?:я|й|ой)? лини)|(?<![\p{L}\d])(iv|i{1,3}|[1-4])\s?-?([a-eа-в])?([1-3])?\s*(?:стади\p{L}*|саты(?:сы\p{L}*|да|)(?!\p{L})|ст(?:\.|(?!\p{L})))(?!\s*[:=]?\s*(?:iv|i{1,3}|[1-4](?=[abcавс\s]?[,.;)]|$)))|(?<![\p{L}\d])(?<!(?:grade|gr\.?|class|type|group)\s?)(0|iv|i{1,3}|[1-4])([a-e])?\s*(?:stage(?!\s*[:=]?\s*(?:0|iv|i{1,3}|[1-4]))))/gu;
/** "ovarian cancer IIIC", "(IIIB)": a numeral with its letter says stage by itself. */
const BARE_GROUP =
  /(?<![\p{L}\d])(?<!(?:stage|стади[яиейю]+|ст\.?)\s?[:=]?\s?)(iii|ii|iv|i)([abcавс])([1-3])?(?:\s?[-/]\s?(iv|iii|ii)([abc])?)?(?![\p{L}\d])(?!\s*(?:стади|ст\.|stage))/gu;
/** Ifosfamide, vincristine, dactinomycin: "9 cycles of IVA", "после IVA". */
export const IVA_SCHEME =
  /(?:\b(?:cycles? of|courses? of|x|after|following|received)|(?<!\p{L})(?:после|курс\p{L}*|схем\p{L}*|режим\p{L}*))\s*$/u;
/** "Плоскоклеточный рак лёгкого IV, PD-L1 60%": a numeral that ends the name of the cancer. */
const BEHIND_NAME =
  /(?:\b(?:cancer|carcinoma|adenocarcinoma|melanoma|nsclc|sclc|crc)|(?<!\p{L})(?:\p{L}*рак|(?:адено)?карцином[аы]|меланом[аы]|н?мрл|крр|рм?ж|ря))(?: \p{L}{3,}){0,3} (iii|ii|iv)(?=\s*[,;.)]|\s*$)/gu;
const TNM =
  /(?<![\p{L}\d])(?:mr|us|eus|мр|[yrau]{0,2}[cp]?)\s?t\s?(?:is|x|a|[0-4])(?:mi|[a-e]\d?)?(?:\s?\((?:m|\d|s|is)\))?[\s,;]*(?:[yra]{0,2}[cp]?\s?n\s?(?:[x0-3](?:mi|[a-c])?\d?|\+)(?:\s?\([^)]{1,12}\))?)(?:[\s,;]*(?:[yra]{0,2}[cp]?\s?m\s?[x01](?:[a-d]\d?)?))?|(?<![\p{L}\d])[yra]{0,2}[cp]\s?t\s?(?:is|x|a|[0-4])(?:mi|[a-e]\d?)?(?![\p{L}\d])|(?<![\p{L}\d])[yra]{0,2}[cp]\s?n\s?(?:[x0-3](?:mi|[a-c])?|\+)(?![\p{L}\d])|(?<![\p{L}\d])[cp]?m[01][a-d]?(?![\p{L}\d-])|(?<![\p{L}\d])t[1-4][a-c]?(?![\p{L}\d(:;-])/gu;
const OTHER_SYSTEM =
  /binet|\brai\b|r-?iss|\biss\b|ann arbor|lugano|masaoka|bclc|mayo|durie|gleason|child|nyha|ckd|хбп|хсн|артериальн\p{L}* гипертенз|гипертони|(?<!\p{L})(?:гб|аг|фк)(?!\p{L})|рвот|тошнот|диаре|нейропати|нейтропени|лейкопени|тромбоцитопени|анеми|мукозит|стоматит|токсич|дисфаги|ожирен|асцит|одышк|отек|лимфостаз|лимфедем|vomit|nausea|diarrh|neuropath|neutrop|mucositis|toxicit|disease stage|fibrosis|kidney|нефропат|(?<!(?:first|second|third|fourth|next|later|\d(?:st|nd|rd|th))[ -])line/u;

export function stagesIn(sentence: Sentence): readonly StageSaid[] {
  if (sentence.section === 'family' || sentence.section === 'comorbidity') return [];
  const { plain } = sentence;
  const found: StageSaid[] = [];
  for (const m of plain.matchAll(BARE_GROUP)) {
    const before = plain.slice(Math.max(0, m.index - 26), m.index);
    if (
      OTHER_SYSTEM.test(before) ||
      (m[0] === 'iva' && IVA_SCHEME.test(before)) ||
      /(?:class|type|grade|factor|фактор|класс|тип|степен\p{L}*|фк|bethesda|bi-?rads|pi-?rads)\s*$/u.test(before)
    )
      continue;
    found.push({
      value: (m[4] === undefined
        ? `${m[1]}${(m[2] ?? '').replace('а', 'a').replace('в', 'b').replace('с', 'c')}${m[3] ?? ''}`
        : `${m[4]}${m[5] ?? ''}`
      ).toUpperCase(),
      name: 'Stage group',
      start: m.index,
      end: m.index + m[0].length,
    });
  }
  for (const m of plain.matchAll(BEHIND_NAME)) {
    const end = m.index + m[0].length;
    const start = end - (m[1] ?? '').length;
    if (!/(?:grade|class|type|степен\p{L}*|класс\p{L}*|тип\p{L}*) $/u.test(plain.slice(0, start)))
      found.push({ value: (m[1] ?? '').toUpperCase(), name: 'Stage group', start, end });
  }
  for (const m of plain.matchAll(GROUP)) {
    const near = plain.slice(Math.max(0, m.index - 22), m.index + m[0].length + 12);
    const before = plain.slice(Math.max(0, m.index - 22), m.index);
    const system = OTHER_SYSTEM.exec(near);
    if (system !== null && !/ann arbor|lugano/.test(system[0])) continue;
    if (/артериальн|гипертон|сердечн|почеч|хобл|copd|heart failure|hypertens|retinopath|лимфедем/u.test(before))
      continue;
    const numeral = m[1] ?? m[5] ?? m[8] ?? '';
    const letter = (m[2] ?? m[6] ?? m[9] ?? '')
      .replace(/[а]/u, 'a')
      .replace(/[в]/u, 'b')
      .replace(/[б]/u, 'b')
      .replace(/[с]/u, 'c');
    const to = m[3] ?? '';
    const sub = m[4] ?? '';
    // A range keeps what both have in common; "III-IV" of a lymphoma is advanced all the same.
    const value =
      to !== '' && to !== numeral
        ? higher(numeral, to)
        : `${numeral}${sub === '' ? letter.replace(/i+$/, (i) => String(i.length)) : ''}${m[7] ?? ''}`;
    found.push({ value: value.toUpperCase(), name: 'Stage group', start: m.index, end: m.index + m[0].length });
  }
  // "cT2 (3.1 cm) N1 M0": what stands in brackets is no part of it.
  for (const m of plain
    .replace(/\((?![^)]*[tnm][0-4x])(?![i+\d]+\)|m\)|s\))[^)]*\)/g, (b) => ' '.repeat(b.length))
    .matchAll(TNM)) {
    if (m[0].trim().length < 2 || (/^m[01]$/.test(m[0].trim()) && !/t\d|n\d|tnm|стади|stage/u.test(plain))) continue;
    found.push({
      value: m[0]
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/^(?:u|mr|us|eus|мр)(?=\s?t)/u, 'c'),
      name: 'TNM',
      start: m.index,
      end: m.index + m[0].length,
    });
  }
  return found;
}

const ORDER = ['0', 'i', 'ii', 'iii', 'iv'];
const roman = (n: string): string => (/\d/.test(n) ? (ORDER[Number(n)] ?? n) : n);
const higher = (a: string, b: string): string => (ORDER.indexOf(roman(b)) > ORDER.indexOf(roman(a)) ? b : a);

export interface SpreadSaid {
  readonly sites: readonly {
    readonly id: string;
    readonly phrase: string;
    readonly start: number;
    readonly end: number;
  }[];
  /** "metastatic", "disseminated", "generalised" without or with sites. */
  readonly metastatic: boolean;
  /** Told by a place of progression or of new lesions only: of the organ itself it says no metastasis. */
  readonly byPlace: boolean;
  readonly suspected: readonly string[];
  readonly noBrain: boolean;
  readonly denied: boolean;
}

const METASTATIC =
  /(?<!non-?|not |hormone-naive non-?|without )\b(?:secondary malignan\w+|secondary (?:neoplasm|tumou?r|deposits?)|metasta\w+|mets?|mts|disseminated|stage iv|m1[a-d]?|mcrpc|mhspc|mcspc|mcrc|mnsclc|mbc|mtnbc|mrcc|mccrcc|muc|mpc|mpdac|mgc|carcinomatosis|carcinosis|oligometasta\w+)\b|(?<!\p{L})(?:метаста\p{L}*|мтс|диссемин(?:ир|ац)\p{L}*|генерализ\p{L}*|канцероматоз\p{L}*|карциноматоз\p{L}*|м?мткррпж|мгчрпж|мкрр)(?!\p{L})/gu;
/** "PD in liver and bone", "recurrence with lung nodules". */
const PROGRESS_IN =
  /(?<!\p{L})(?:progress\w*|pd|relaps\w*|recurr\w+|прогресс\p{L}*)(?=(?: \p{L}{3,9} \d{4})? (?:in|to|with new|в|во) |(?: \d+ \p{L}+ later)?: )|\bnodules\b(?<=recurr[^.;]{0,60})|\b(?:pd|progress\w*|relaps\w*|recurr\w*)(?= (?:again )?(?:(?:in )?(?:\p{L}{3,9} )?(?:\d{1,2}[./])?\d{4} ?)?\()|(?<!\p{L})(?:рецидив|прогрессир)\p{L}*(?= (?:(?:в )?(?:\p{L}{3,9} )?(?:\d{1,2}[./])?\d{4} ?(?:г\.? ?)?)?\()|(?<=(?:lung|pulmonary|liver|hepatic|bone|peritone\p{L}*|pleural|brain|adrenal|visceral|nodal|pelvic|distant)(?:(?: ?(?:[/,+&]|and) ?)(?:lung|pulmonary|liver|hepatic|bone|peritone\p{L}*|pleural|brain|adrenal|nodal|pelvic))* )(?:recurrences?|relapses?|progression)\b|\b(?:relapse[ds]?|recurr\p{L}+|progress\p{L}+)(?= (?:in |to |at )?(?:the )?(?:lungs?|liver|bones?|brain|peritone\p{L}+|pleura|nodes?|nodal|lymph)\b)|\b(?:pleural|peritoneal|omental) (?:implants?|deposits?|seeding|nodules)\b|(?<!\p{L})(?:импланты|диссеминаты|отсевы) (?:по|на|в)(?= )|\bnew (?:\p{L}+ ){0,3}(?:lesions?|nodules?|deposits?|foci)\b|(?<!\p{L})(?:нов\p{L}{2,3}|появ\p{L}*|рост|увеличени\p{L}*|множественн\p{L}*) (?:\p{L}+ ){0,2}(?:очаг\p{L}*|образовани\p{L}*|узл(?:ы|ов))(?= (?:\p{L}+ )?(?:в|во|на) )|(?<!\p{L})рецидив\p{L}*(?= (?:\p{L}+ )?(?:в|во) (?:виде|печен|легк|кост|брюш|забрюш|надпоч|голов))/gu;
/** Lymph nodes written short, as normalize knows them. */
const nodesInFull = (id: string, phrase: string, lexicon: Lexicon): string =>
  NODES.test(id) && /(?:^| )(?:л у|л узлы|лу|lns?|nodes?)$/u.test(phrase)
    ? (lexicon.corpus.vocabulary.sites.find((s) => s.id === id)?.words[0] ?? phrase)
    : phrase;
const NODES = /^(?:lymph-node(?:-\w+)?)$/;

export function spreadIn(sentence: Sentence, lexicon: Lexicon): SpreadSaid {
  const none: SpreadSaid = {
    sites: [],
    metastatic: false,
    byPlace: false,
    suspected: [],
    noBrain: false,
    denied: false,
  };
  if (sentence.section === 'family') return none;
  const { plain } = sentence;
  // "MET p.T1010I" is the gene.
  const places = new Set([...plain.matchAll(PROGRESS_IN)].map((m) => m.index));
  const hot = hotBone(plain);
  const words = [...plain.matchAll(METASTATIC), ...plain.matchAll(PROGRESS_IN), ...hot].filter(
    (m) => sentence.text.slice(m.index, m.index + m[0].length) !== 'MET',
  );
  const effusions = malignantEffusions(plain);
  if (words.length === 0 && effusions.length === 0 && !/m1[a-d]?[ (]/.test(plain)) return none;
  const sites: SpreadSaid['sites'][number][] = [];
  const suspected: string[] = [];
  let noBrain = false;
  let metastatic = false;
  let byPlace = true;
  let denied = false;
  for (const word of words) {
    const start = word.index;
    const end = start + word[0].length;
    if (
      /^-?(?:risk|free|directed)/.test(plain.slice(end + 1, end + 10)) ||
      /(?:risk of|prevent\w*|риск\p{L}*)\s*$/u.test(plain.slice(Math.max(0, start - 14), start))
    )
      continue;
    const window = {
      from: Math.max(0, boundary(plain, start)),
      to: Math.min(plain.length, forwardBoundary(plain, end)),
    };
    const near = lexicon.find('site', plain.slice(window.from, window.to)).map((h) => ({
      id: h.named.id,
      phrase: nodesInFull(h.named.id, h.phrase, lexicon),
      start: window.from + h.start,
      end: window.from + h.end,
    }));
    const own = near.filter((s) => beside(plain, s, start, end) && !CLEAR.test(plain.slice(s.end)));
    const c = contextOf(sentence, start, end);
    if (c.family) continue;
    if (c.denied) {
      denied = true;
      if (own.some((s) => s.id === 'brain') || /cns|мозг|brain/u.test(plain.slice(window.from, window.to)))
        noBrain = true;
      continue;
    }
    if (c.suspected) {
      suspected.push(plain.slice(own[0]?.start ?? start, end));
      continue;
    }
    const placed = places.has(start);
    if (placed && own.length === 0) continue;
    const onlyNodes = own.length > 0 && own.every((s) => NODES.test(s.id) && s.id !== 'lymph-node-distant');
    if (
      !onlyNodes &&
      !/node|лимфоуз|л\/у/u.test(plain.slice(end, end + 26)) &&
      !/(?:nodes?|nodal|лимфоуз\p{L}*|л\/у)(?: with| с)?\s*$/u.test(plain.slice(Math.max(0, start - 12), start))
    )
      [metastatic, byPlace] = [true, byPlace && placed];
    for (const s of own) if (!sites.some((o) => o.id === s.id)) sites.push(s);
  }
  // Deposits that a bone scan shows are in bone, wherever it says they are.
  if (metastatic && BONE_SCAN.test(plain) && !sites.some((s) => s.id === 'bone')) {
    const at = BONE_SCAN.exec(plain);
    const start = at?.index ?? 0;
    sites.push({ id: 'bone', phrase: 'bone', start, end: start + (at?.[0].length ?? 4) });
  }
  for (const s of [...bracketed(plain, lexicon), ...effusions]) if (!sites.some((o) => o.id === s.id)) sites.push(s);
  return {
    sites,
    metastatic: metastatic || sites.some((s) => !NODES.test(s.id)),
    byPlace: (metastatic && byPlace) || (!metastatic && sites.length > 0 && sites.length === effusions.length),
    suspected,
    noBrain,
    denied,
  };
}

/** "T3N1M1 (liver)", "metastatic medullary carcinoma (liver, bone)": a bracket that names places and little else. */
function bracketed(plain: string, lexicon: Lexicon): readonly SpreadSaid['sites'][number][] {
  return [
    ...plain.matchAll(
      /(?:m1[a-d]?|metasta\p{L}*|m(?:uc|bc|tnbc|crc|rcc|nsclc|crpc|hspc|cspc)|мткррпж|мгчрпж|мкрр|метаста\p{L}*|stage iv[a-c]?|iv (?:ст\p{L}*|stage))(?:[^.;()]{0,45}\(([^)]{3,60})\)|[^.;(),:]{0,45}(?:,|:| -) ([^.;():]{3,60})(?=[.;]|$))/gu,
    ),
  ].flatMap((m) => {
    const inner = m[1] ?? m[2] ?? '';
    const from = m.index + m[0].length - (m[1] === undefined ? 0 : 1) - inner.length;
    const found = lexicon.find('site', inner);
    const rest = found.reduceRight((t, h) => t.slice(0, h.start) + t.slice(h.end), inner);
    if (
      found.length === 0 ||
      /\bno\b|without|(?<!\p{L})(?:нет|без)/u.test(rest) ||
      (rest.match(/\p{L}{4,}/gu)?.length ?? 0) > 3
    )
      return [];
    return found.map((h) => ({
      id: h.named.id,
      phrase: nodesInFull(h.named.id, h.phrase, lexicon),
      start: from + h.start,
      end: from + h.end,
    }));
  });
}

/** "Мтс в забрюшинные л/у, легкие чистые", "liver clear": looked at and free. */
const CLEAR =
  /^\s*(?:are |is |was |were |- ?)?(?:\b(?:clear|clean|free|negative|normal|uninvolved|unremarkable)\b|(?<!\p{L})(?:чист|интактн|без (?:очаг|метаст|мтс|патолог|особенн|изменен)|не (?:пораж|измен)|свободн|в норме|норма)\p{L}*)/u;

const STOPS =
  /[.;:?]|,\s*(?=\p{L}+ed\b)|\b(?:but|resected|treated|progress\w*|received|underwent|after|cancer|carcinoma|diagnosed)\b|(?<!\p{L})(?:но|получ\p{L}*|рак\p{L}?|после|прогресс\p{L}*)(?!\p{L})/gu;
function boundary(plain: string, start: number): number {
  const left = plain.slice(Math.max(0, start - 70), start);
  const last = [...left.matchAll(STOPS)].at(-1);
  return Math.max(0, start - 70) + (last === undefined ? 0 : last.index + last[0].length);
}
function forwardBoundary(plain: string, end: number): number {
  const right = plain.slice(end, end + 110);
  const m =
    /[.;?]|\b(?:but|resected|treated|progress\w*|received|underwent|after|who|diagnosed|without|no)\b|(?<!\p{L})(?:но|получ\p{L}*|после|прогресс\p{L}*|без|нет)(?!\p{L})/u.exec(
      right,
    );
  return end + (m?.index ?? right.length);
}

/** A site belongs to the word by "to", "in", a list before it, or by standing next to it. */
function beside(written: string, s: { start: number; end: number }, start: number, end: number): boolean {
  // What stands in brackets is an aside: "in bone (Th8, L2) and lung".
  const bare = (text: string): string => text.replace(/\([^)]*\)?/g, ' ');
  if (s.end <= start) {
    const between = bare(written.slice(s.end, start));
    // "рак лёгкого, мтс в печень": the places stand behind the word.
    if (/^\s*,\s*$/.test(between) && /^\s*(?:в|во|to|in|:)\s/u.test(written.slice(end))) return false;
    return (
      !/cancer|carcinom|(?<!\p{L})рак|\bno\b|without|(?<!\p{L})без|\bct\b|scan/u.test(between) &&
      /^[\s,/&+-]*(?:(?:and|и|or|или|with|only|multiple|small|new|bilateral|множественн\p{L}*|единичн\p{L}*|отдаленн\p{L}*|новые|(?:және|bone|bones|liver|lung|lungs|brain|nodal|node|nodes|adrenal|peritoneal|pleural|skin|hepatic|pulmonary|osseous|cerebral|spine|печен\p{L}*|легк\p{L}*|кост\p{L}*|сүйек\p{L}*|бауыр\p{L}*|өкпе\p{L}*|мозг\p{L}*|надпочеч\p{L}*|брюшин\p{L}*|плевр\p{L}*))[\s,/&+-]+){0,8}$/u.test(
        between,
      ) &&
      between.length < 45
    );
  }
  const between = bare(written.slice(end, s.start));
  return (
    s.start < end ||
    (/^[\s:,-]*(?:(?:tnbc|disease|lesions?|deposits?|involvement|spread|очаг\p{L}*|поражени\p{L}*|multiple|множественн\p{L}*|единичн\p{L}*|\d+)[\s,:]*)*(?:to|in|of|involving|affecting|at|on|в|во|на|по)?[\s:]*(?:(?:the|both|left|right|multiple|[\p{L}-]+|\d+)[\s,/&+:-]+){0,14}$/u.test(
      between,
    ) &&
      !/cancer|carcinom|adenocarc|(?<!\p{L})рак|\bno\b|without|(?<!\p{L})без(?!\p{L})|\bct\b|\bscan|\bmri\b/u.test(
        between,
      ))
  );
}

export const deniedSpread = (plain: string): boolean =>
  /\bnon-?metasta\w+|\bm0\b|\b(?:no|without) (?:evidence of )?(?:distant )?(?:metasta\w+|mets\b)|(?<!\p{L})(?:без (?:отдаленных )?метастазов|отдаленн\p{L}* метастаз\p{L}* (?:нет|не выявлен\p{L}*)|метастаз\p{L}* (?:жоқ|анықталма\p{L}*|табылма\p{L}*))/u.test(
    plain,
  ) ||
  (deniedBefore(plain) && false);
