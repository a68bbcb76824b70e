// What is told of a biomarker without its name: microsatellites and repair, scores of PD-L1, variants of one gene in daily speech.
import type { MarkerSaid } from './marker.js';
import { LEFT_NEGATIVE, NEGATIVE_WORD, PENDING } from './marker-words.js';

/** Microsatellites, mismatch repair: written in many ways that name the result with the marker. */
const SIGNATURES: readonly (readonly [string, string, RegExp])[] = [
  [
    'MSI',
    'MSI-H',
    /\bmsi[- ]?h(?:igh)?\b|\bd-?mmr\b|\bmmr[- ]?d(?:eficient)?\b|(?<!\p{L})mmr-? ?дефицит\p{L}*|\bmismatch[- ]repair[- ]deficien\w*|\bdeficient (?:mismatch|mmr)|microsatellite instab\w+\b(?:[- ]high)?(?![:\s-]*(?:was |is |status )?(?:negative|not|low|stable|absent|pending|unknown|to be|status|test|analysis|n\/a|-))|(?<!\p{L})(?:высок\p{L}{2,3} (?:уров\p{L}{2,4} )?микросателлитн\p{L}* нестабильност\p{L}*|микросателлитн\p{L}* нестабильност\p{L}* (?:высок\p{L}*|выявлен\p{L}*))|\bloss of (?:mlh1|msh2|msh6|pms2)/u,
  ],
  [
    'MSI',
    'MSS',
    /\bmss\b|\bmsi[- ]?l(?:ow)?\b|\bp-?mmr\b|\bmmr[- ]?p(?:roficient)?\b|(?<!\p{L})mmr-? ?профицит\p{L}*|\bmismatch[- ]repair[- ]proficien\w*|\bproficient (?:mismatch|mmr)|\bmicrosatellite[- ]stable\b|\bmsi[: -]+(?:negative|stable)|(?<!\p{L})микросателлитн\p{L}* стабильн\p{L}*|микросателлитн\p{L}* нестабильност\p{L}* не (?:выявлен|обнаруж)\p{L}*|\bmmr[\s:-]*(?:белки )?(?:intact|retained|preserved|сохран\p{L}*|не нарушен\p{L}*)|экспресси\p{L}* (?:белков )?mmr[^.;]{0,20}сохранен\p{L}*|msi не выявл/u,
  ],
];

export const signatures = (plain: string): readonly MarkerSaid[] =>
  SIGNATURES.flatMap(([name, value, pattern]) => {
    const m = pattern.exec(plain);
    if (m === null) return [];
    if (
      value === 'MSI-H' &&
      /^\s*(?:absent|not|negative|excluded|не |нет(?!\p{L}))/u.test(plain.slice(m.index + m[0].length))
    )
      return [{ name, value: 'MSS', start: m.index, end: m.index + m[0].length, germline: false }];
    const flipped =
      value === 'MSI-H' &&
      /\b(?:no|not|without|negative for|non)\b[\s-]*$|(?:не|нет|без) $/u.test(
        plain.slice(Math.max(0, m.index - 14), m.index),
      );
    return [{ name, value: flipped ? 'MSS' : value, start: m.index, end: m.index + m[0].length, germline: false }];
  }).slice(0, 1);

/** "No driver mutations", "драйверных мутаций нет": the drivers that every laboratory looks for were not found. */
const NO_DRIVER =
  /\bno (?:actionable |targetable |oncogenic |known |other )*(?:driver|actionable|targetable)(?: (?:gene|oncogen\w*))?(?: (?:mutations?|alterations?|aberrations?|changes))?\b(?! (?:found )?yet)|\bdriver[- ]negative\b|\bnegative for (?:all )?drivers?\b|(?<!\p{L})драйверн\p{L}* (?:мутаци|нарушени|изменени|альтераци)\p{L}* (?:нет|не (?:выявлен|обнаруж|найден)\p{L}*|отсутств\p{L}*)|(?<!\p{L})(?:без|нет) драйверн\p{L}* (?:мутаци|нарушени|изменени)\p{L}*|(?<!\p{L})не (?:выявлен|обнаруж)\p{L}* драйверн\p{L}*/u;
export function noDrivers(plain: string, found: readonly MarkerSaid[]): readonly MarkerSaid[] {
  const m = NO_DRIVER.exec(plain);
  if (m === null || /\bother\b/u.test(m[0])) return [];
  const looked = [...EACH_LABORATORY, ...(PANEL.test(plain) ? OF_PANEL : [])];
  return looked
    .filter((name) => !found.some((f) => f.name === name))
    .map((name) => ({
      name,
      // Of KRAS only this variant has a drug in lung cancer: another one may well be there.
      value: name === 'KRAS' ? 'G12C not detected' : 'not detected',
      start: m.index,
      end: m.index + m[0].length,
      germline: false,
    }));
}

const EACH_LABORATORY = ['EGFR', 'ALK', 'ROS1'];
/** Sequencing of many genes looks for all that a drug is there for. */
const PANEL =
  /\b(?:ngs|panel|next[- ]generation sequencing|foundation\p{L}*)\b|(?<!\p{L})(?:секвенир\p{L}*|панел\p{L}*|ngs)/u;
const OF_PANEL = ['BRAF', 'MET', 'RET', 'NTRK1', 'NTRK2', 'NTRK3', 'KRAS', 'ERBB2'];

/** "TPS 60 %", "CPS 12" without the name of the marker. */
export function loneScores(plain: string, found: readonly MarkerSaid[]): readonly MarkerSaid[] {
  return [
    ...plain.matchAll(
      /\b(tps|cps)\b\s*(?:score)?\s*(?:[:=]|of|is|was)?\s*((?:>=|<=|>|<|≥|≤)?\s*\d{1,3}(?:[.,]\d)?\s*%?)/gu,
    ),
  ].flatMap((m) => {
    const name = `PD-L1 ${(m[1] ?? '').toUpperCase()}`;
    if (
      found.some(
        (f) =>
          f.name === name ||
          (f.name === 'PD-L1' && f.start < m.index && f.end >= m.index && !/[ct]ps.*[ct]ps/i.test(f.value)),
      )
    )
      return [];
    return [{ name, value: m[2] ?? '', start: m.index, end: m.index + m[0].length, germline: false }];
  });
}

/** Variants that have but one gene in oncology's daily speech. */
const LONE: readonly (readonly [string, RegExp])[] = [
  [
    'EGFR',
    /\b(?:L858R|T790M|C797S|G719X|L861Q|S768I|E746_A750del|ex(?:on)?\s?-?19\s?-?del\w*|del\s?(?:ex(?:on)?\s?)?19|exon 19 deletion|exon 20 insertion)|(?<!\p{L})делеци\p{L}+ (?:в )?19(?:-?[а-я]{1,2})? экзон\p{L}*/giu,
  ],
  ['KRAS', /\bG12C\b/g],
  ['BRAF', /\bV600[EK]?\b/g],
  ['JAK2', /\bV617F\b/g],
  ['MYD88', /\bL265P\b/g],
  ['MET', /\b(?:METex14|ex(?:on)?\s?14\s?skipping)\b/gi],
  ['ABL1', /\b(?:T315[IA]|Y253[HF]|E255[KV]|F359[VCI]|F317[LVIC]|V299L)\b/g],
  ['EZH2', /\bY64[16]\b/g],
];
export function loneVariants(plain: string, text: string, found: readonly MarkerSaid[]): readonly MarkerSaid[] {
  return LONE.flatMap(([name, pattern]) =>
    [...text.matchAll(pattern)].flatMap((m): MarkerSaid[] => {
      const [start, end] = [m.index, m.index + m[0].length];
      if (found.some((f) => start >= f.start && end <= f.end + 2)) return [];
      const own = /^[^,;.]*/.exec(plain.slice(end, end + 40))?.[0] ?? '';
      if (PENDING.test(own)) return [];
      const other = lexiconGene(plain.slice(Math.max(0, start - 14), start));
      if (other) return [];
      const negative = NEGATIVE_WORD.test(own) || LEFT_NEGATIVE.test(plain.slice(Math.max(0, start - 40), start));
      return [{ name, value: `${m[0]} ${negative ? 'not detected' : 'detected'}`, start, end, germline: false }];
    }),
  );
}
/**
 * "НМРЛ ROS1, первая линия", "HGSOC BRCA1, responded": a driver named alone, in a clause of its own or right behind the disease, was found. Only genes
 * of which the bare name is said so (receptors, PD-L1, KRAS and TP53 are named for their tests too), and only one in a sentence.
 */
const BARE_DRIVER =
  /(?<![\p{L}\d/+-])(g?brca[12]|alk|ros1|ret|nrg1|fgfr[23]|idh[12]|palb2|esr1|pik3ca)(?=\s*(?:[,;.?]|$|(?:first|second|third|1st|2nd|3rd|1l|2l|after|progress\p{L}*|what|which|treatment|после|прогресс\p{L}*|перв\p{L}* лин|втор\p{L}* лин|треть\p{L}* лин|лечени|tnbc|nsclc|m?crpc|mbc|hgsoc|breast|ovarian|pancreatic|prostate|lung|cholangio|рак\p{L}*|нмрл|рмж)))/gu;
const FUSED = /^(?:alk|ros1|ret|nrg1|fgfr2)$/;
/** Talk of a test, of a result, of a drug against it. */
const OF_A_TEST =
  /\b(?:test\p{L}*|status|assay|panel|ngs|sequenc\p{L}*|check\p{L}*|inhibitor|negative|wild|unknown|pending|exon|no)\b|(?<!\p{L})(?:тест\p{L}*|статус\p{L}*|исследов\p{L}*|определ\p{L}*|анализ\p{L}*|панел\p{L}*|ингибитор\p{L}*|отрицат\p{L}*|дик\p{L}* тип\p{L}*|не|нет|без)(?!\p{L})/u;

export function bareDrivers(plain: string, text: string, found: readonly MarkerSaid[]): readonly MarkerSaid[] {
  const all = [...plain.matchAll(BARE_DRIVER)];
  const [m] = all;
  if (m === undefined || all.length > 1 || OF_A_TEST.test(plain)) return [];
  const [start, end] = [m.index, m.index + m[0].length];
  const before = plain.slice(0, start);
  if (text.slice(start, end).replace(/^g/, '') !== text.slice(start, end).replace(/^g/, '').toUpperCase()) return [];
  if (found.some((f) => f.start < end && f.end > start) || !/(?:^|[,;:]\s*|[\p{L}\d)] )$/u.test(before)) return [];
  if (LEFT_NEGATIVE.test(before.slice(-40)) || /(?:anti-?|анти-?|and|or|и|или|of|in|в) ?$/u.test(before)) return [];
  const gene = (m[1] ?? '').replace(/^g/, '');
  const value = FUSED.test(gene) ? 'fusion detected' : 'mutation detected';
  const name = gene.toUpperCase();
  const inferred = 'a driver named alone beside the disease is taken as found';
  return [{ name, value: `${name} ${value}`, start, end, germline: m[0].startsWith('g'), inferred }];
}

const lexiconGene = (before: string): boolean =>
  /\b(?:erbb2|her2|met|kit|nras|hras|pdgfra|pole)\s*[:(-]?\s*$/.test(before);
