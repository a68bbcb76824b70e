// Treatments named in a sentence: drugs, schemes, operations, radiotherapy, and treatment whose drugs are not told ("two lines of
// chemotherapy"); drugs that were given together are one treatment.
import { CROSS, isCross, withDose } from './chemoradiation.js';
import type { Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';
import { IVA_SCHEME } from './spread.js';
import { RADIOTHERAPY, radiotherapyWords, SAID_OTHERWISE, SURGERY, UNTOLD } from './treatment-words.js';

export interface Treatment {
  readonly kind: 'drugs' | 'untold' | 'procedure';
  /** INN; [] for untold treatment and procedures. */
  readonly drugs: readonly string[];
  /** Words that normalise understands: the INN, the procedure's words, "chemotherapy". */
  readonly words: string;
  readonly modality: string;
  readonly definitive: boolean;
  readonly procedure?: string;
  /** Span in the sentence. */
  readonly start: number;
  readonly end: number;
}

/** Treatments of a sentence in order of appearance, combinations joined. */
export function treatmentsIn(sentence: Sentence, lexicon: Lexicon): readonly Treatment[] {
  const { plain } = sentence;
  const found: Treatment[] = [];
  const add = (m: Treatment): void => {
    if (!found.some((f) => m.start < f.end && m.end > f.start)) found.push(m);
  };
  for (const hit of [...lexicon.find('scheme', plain), ...lexicon.find('drug', plain)].sort(
    (a, b) => b.end - b.start - (a.end - a.start),
  )) {
    if (ONLY_POSSIBLE.test(plain.slice(hit.end))) continue;
    if (
      hit.named.kind === 'scheme' &&
      !isMixedAcronym(sentence.text.slice(hit.start, hit.end)) &&
      notAScheme(plain, hit.start, hit.end, hit.named.drugs.length)
    )
      continue;
    if (hit.named.kind === 'drug' && (!hit.named.antineoplastic || notADrug(plain, hit.start, hit.end))) continue;
    const drugs = hit.named.kind === 'drug' ? [hit.named.inn] : hit.named.drugs;
    add({
      kind: 'drugs',
      drugs,
      words: drugs.join(' + '),
      modality: 'systemic',
      definitive: false,
      start: hit.start,
      end: hit.end,
    });
  }
  for (const { pattern, ...said } of SAID_OTHERWISE)
    for (const m of plain.matchAll(pattern)) add({ ...said, start: m.index, end: m.index + m[0].length });
  found.push(...found.filter((f) => isCross(plain, f)).map((f) => ({ ...f, ...CROSS })));
  for (const hit of lexicon.find('procedure', plain)) {
    const { id, modality, definitive } = hit.named;
    if (modality === 'systemic' || id === 'imaging' || notAProcedure(sentence, hit.start, hit.end)) continue;
    add({
      kind: 'procedure',
      drugs: [],
      words: hit.phrase,
      modality,
      definitive,
      procedure: id,
      start: hit.start,
      end: hit.end,
    });
  }
  // "RT/TMZ", "Stupp": radiotherapy of a glioma with temozolomide beside it (N Engl J Med 2005;352:987).
  for (const m of plain.matchAll(
    /\b(?:rt ?[/+] ?tmz|tmz ?[/+] ?rt|(?<=\b(?:after|completed|received|finished|following|s\/p) (?:the )?)stupp(?: protocol| regimen)?)\b|(?<!\p{L})(?:хлт|лт) ?(?:\+|с) ?(?:tmz|тмз)(?!\p{L})/gu,
  )) {
    const span = { start: m.index, end: m.index + m[0].length };
    add({
      kind: 'procedure',
      drugs: [],
      words: 'chemoradiotherapy',
      modality: 'radiotherapy',
      definitive: false,
      ...span,
    });
    found.push({
      kind: 'drugs',
      drugs: ['temozolomide'],
      words: 'temozolomide',
      modality: 'systemic',
      definitive: false,
      ...span,
    });
  }
  for (const m of plain.matchAll(RADIOTHERAPY)) {
    // ХЛЛ is chronic lymphocytic leukaemia, unless radiotherapy is told beside it.
    if (m[0] === 'хлл' && !/(?<!\p{L})(?:сод|гр|лучев\p{L}*|облуч\p{L}*)(?!\p{L})/u.test(plain)) continue;
    if (m[0] === 'rt' && sentence.text.slice(m.index, m.index + 2) !== 'RT') continue;
    if (m[0] === 'pci' && !/cranial|brain|sclc|мозг|limited|extensive/u.test(plain)) continue;
    add({
      kind: 'procedure',
      drugs: [],
      words: radiotherapyWords(m[0], plain, m.index),
      modality: 'radiotherapy',
      definitive: false,
      start: m.index,
      end: m.index + m[0].length,
    });
  }
  for (const [pattern, words] of UNTOLD)
    for (const m of plain.matchAll(pattern))
      add({
        kind: 'untold',
        drugs: [],
        words,
        modality: 'systemic',
        definitive: false,
        start: m.index,
        end: m.index + m[0].length,
      });
  for (const m of plain.matchAll(SURGERY))
    add({
      kind: 'procedure',
      drugs: [],
      words: 'resection of the primary tumour',
      modality: 'surgery',
      definitive: true,
      start: m.index,
      end: m.index + m[0].length,
    });
  return combined(
    withDose(
      found.sort((a, b) => a.start - b.start),
      plain,
    ),
    plain,
    lexicon,
  );
}

/** "Cisplatin-eligible", "цисплатин возможен": a drug that may be given was not. */
const ONLY_POSSIBLE =
  /^(?:[- ](?:in)?eligib|,? (?:is |are )?(?:im)?possible\b)|^,? (?:не)?(?: ?возмож(?:ен|на|но|ны)|доступ(?:ен|на|но|ны))(?!\p{L})/u;

/** Three or four letters are an operation only in capitals: "APR" but not the month. */
function notAProcedure({ text, plain }: Sentence, start: number, end: number): boolean {
  const written = text.slice(start, end);
  if (/^тур$/iu.test(written)) return written !== 'ТУР' || /простат/u.test(plain);
  if (/^pci/i.test(written) && !/cranial|brain|sclc|мозг/u.test(plain)) return true;
  // "Rai stage II", "RAI-refractory", "RAI-avid" are no radioiodine that was given.
  if (
    /^rai$/i.test(written) &&
    /^[ -]?(?:stage|\p{L}*refract|avid|scan|uptake|i{1,3}|iv|[0-4](?!\d))/u.test(plain.slice(end))
  )
    return true;
  return written.length <= 4 && /^[a-z]+$/i.test(written) && written !== written.toUpperCase();
}

/** "IPI 3" is an index; two or three letters are a drug only beside another one or among doses and cycles. */
function notADrug(plain: string, start: number, end: number): boolean {
  const word = plain.slice(start, end);
  if (
    /^(?:platinum|платина)$/u.test(word) &&
    /^-?\s?(?:sensitiv|resist|refractor|free|eligib|ineligib|naive|na[iï]ve|status)/.test(plain.slice(end))
  )
    return true;
  if (word.length > 3 || word === 'adt' || !/^[a-z]+$/.test(word)) return false;
  return (
    /^\s*(?:score|[:=]|\d)/.test(plain.slice(end)) ||
    (!/[+/-]\s?$|\b(?:with|and|plus|on|received|cycles? of|weekly|after)\s$/.test(
      plain.slice(Math.max(0, start - 12), start),
    ) &&
      !/^\s?[+/-]|^\s(?:mono|x ?\d|cycle)/.test(plain.slice(end)))
  );
}

/** "VRd", "KRd", "DVd": capitals and small letters in one short word are written of nothing else. */
const isMixedAcronym = (written: string): boolean =>
  /^(?=.*[a-z])(?=(?:.*[A-Z]){2})[A-Za-z]{3,6}$/.test(written) && !/^(?:[A-Z][a-z]+){2}$/.test(written);

/** Letters that are a scheme or a short name only among drugs: "AC", "TC", "MAP", "til", "CIS" inside other talk. */
function notAScheme(plain: string, start: number, end: number, drugs: number): boolean {
  const word = plain.slice(start, end);
  // "Aug-Dec 2025" is a month.
  if (word === 'dec' && /^\.?,? ?(?:of )?(?:19|20)\d\d/.test(plain.slice(end))) return true;
  if (/^(?:ph|hp)$/.test(word) && /^[+-]|^\s*(?:\+|pos|neg|chromosome|like)/.test(plain.slice(end))) return true;
  if (word === 'dpd' && /deficien|activity|test|genotyp|дефицит|actividad/u.test(plain)) return true;
  if (word === 'iva') return !IVA_SCHEME.test(plain.slice(Math.max(0, start - 30), start));
  if (/^\d/.test(word)) return !/^\d\s?\+\s?\d$/.test(word) || /gleason|глисон/u.test(plain);
  if (/[^\p{L}]/u.test(word)) return false;
  if (word === 'cis' && /\b(?:ta|t1|bcg|nmibc|in situ|hg|carcinoma)\b/.test(plain)) return true;
  if (drugs === 1) return word.length <= 5 && !besideDrug(plain, start, end);
  if (word.length > 3 && !/^(?:nice|smile|cross|stride|flag|maps)$/.test(word)) return false;
  const near = plain.slice(Math.max(0, start - 70), end + 70);
  return !/chemo|cycle|course|regimen|adjuvant|dose|followed|then |after|received|given|treated|completed|weekly|x ?\d|\d ?x|line|progress|\+|induction|схем|курс|цикл|хт|линии|линия|адъювант|получ|режим|прогресс|терапи|индукц|\dl\b/u.test(
    near,
  );
}

/** "gem/cis", "carbo + pem", "on pembro". */
const besideDrug = (plain: string, start: number, end: number): boolean =>
  /[+/]\s?$|[\p{L}]-$|\b(?:with|and|plus|on|received|cycles? of|weekly|after|maintenance|mono)\s$|(?<!\p{L})(?:и|с|получ\p{L}*|на фоне|после)\s$/u.test(
    plain.slice(Math.max(0, start - 14), start),
  ) || /^\s?[+/]|^-[\p{L}]|^\s(?:mono|x ?\d|cycle|maintenance|\d l)/u.test(plain.slice(end));

const TOGETHER =
  /^[\s(]*(?:\+|\/|-|&|plus|with|in combination with|combined with|concurrently with|alongside|в сочетании с(?:о)?|в комбинации с(?:о)?|совместно с|плюс|с)[\s(]*$/u;
const LISTED = /^(?:\s*,\s*(?:and |и )?|\s+(?:and|и)\s+|\s*,\s*(?:weekly |dose-dense )?|\s*\+\s*|\s*\/\s*|\s+)$/u;
const DOSE =
  /(?:\s*\(?\d+(?:[.,]\d+)?\s*(?:mg|мг|г|g|mcg|iu|ме|auc|мкг)(?:\s*\/\s*(?:m2|м2|kg|кг|day|сут))?\)?|\s*auc ?\d(?:[.,]\d)?|\s*\((?:[a-z]{1,3}|iv|po)\))+/gu;

function combined(mentions: readonly Treatment[], plain: string, lexicon: Lexicon): readonly Treatment[] {
  const out: Treatment[] = [];
  let listed = false;
  for (const next of mentions) {
    const last = out.at(-1);
    const gap = last === undefined ? '' : plain.slice(last.end, next.start).replace(DOSE, '');
    // "progressed on acalabrutinib, venetoclax-naive": the one was given, the other not.
    const naive = /^[- ]na[iï]ve|^-?наивн/u.test(plain.slice(next.end));
    if (last !== undefined && last.kind === 'drugs' && next.kind === 'drugs' && !naive) {
      if (/^\s*(?:\(|=|:|-\s)\s*$/.test(gap) && next.drugs.every((d) => last.drugs.includes(d))) {
        out[out.length - 1] = { ...last, end: next.end };
        continue;
      }
      const within =
        last.drugs.length > 1 && next.drugs.every((d) => last.drugs.includes(d)) && /^[\s(,+/&]*(?:and)?\s*$/.test(gap);
      const all = [...new Set([...last.drugs, ...next.drugs])];
      const schemes = last.drugs.length > 1 && next.drugs.length > 1 && !/[+/]|with|plus/.test(gap);
      if (schemes && !within) {
        out.push(next);
        listed = false;
        continue;
      }
      if (
        within ||
        TOGETHER.test(gap) ||
        (LISTED.test(gap) &&
          gap.length < 14 &&
          (listed ? lexicon.isScheme(all) : inOneScheme(all, mentions, next, plain, lexicon)))
      ) {
        out[out.length - 1] = { ...last, drugs: all, words: all.join(' + '), end: next.end };
        listed = true;
        continue;
      }
    }
    // "platinum-based chemotherapy with carboplatin and pemetrexed", "FOLFOX chemotherapy": the drugs tell it.
    if (
      last !== undefined &&
      last.kind === 'untold' &&
      next.kind === 'drugs' &&
      /^\s*(?:\(|with|:|по схеме|в режиме|-|регимен|regimen|схема|using|of|в составе|)[\s("]*$/u.test(gap)
    ) {
      out[out.length - 1] = { ...next, start: last.start };
      continue;
    }
    if (
      last !== undefined &&
      last.kind === 'drugs' &&
      next.kind === 'untold' &&
      /^\s*(?:-based|based|combination|doublet)?\s*$/.test(gap)
    ) {
      out[out.length - 1] = { ...last, end: next.end };
      continue;
    }
    if (
      last !== undefined &&
      last.kind === next.kind &&
      next.kind === 'procedure' &&
      next.modality === last.modality &&
      /^[\s(,:-]*(?:\d+ ?(?:gy|гр))?[\s(]*$/.test(gap) &&
      (next.words === 'radiotherapy' || next.words === 'resection of the primary tumour')
    ) {
      out[out.length - 1] = { ...last, end: next.end };
      continue;
    }
    out.push(next);
    listed = false;
  }
  return out;
}

/** "carboplatin, pemetrexed and pembrolizumab": a list is one scheme when some scheme of the corpus has all of it, or its first two. */
function inOneScheme(
  drugs: readonly string[],
  mentions: readonly Treatment[],
  next: Treatment,
  plain: string,
  lexicon: Lexicon,
): boolean {
  const i = mentions.indexOf(next);
  const run = [...drugs];
  for (let k = i + 1; k < mentions.length; k++) {
    const [a, b] = [mentions[k - 1], mentions[k]];
    if (a === undefined || b === undefined || b.kind !== 'drugs' || !LISTED.test(plain.slice(a.end, b.start))) break;
    run.push(...b.drugs);
  }
  return (
    lexicon.isScheme([...new Set(run)]) ||
    (run.length === drugs.length ? false : lexicon.isScheme(drugs) && !/\b(?:then|sequential)/.test(plain))
  );
}
