// What is told of a biomarker without its name: microsatellites and repair, scores of PD-L1, variants of one gene in daily speech.
import type { MarkerSaid } from './marker.js';
import { LEFT_NEGATIVE, NEGATIVE_WORD, PENDING } from './marker-words.js';

/** Microsatellites, mismatch repair: written in many ways that name the result with the marker. */
const SIGNATURES: readonly (readonly [string, string, RegExp])[] = [
  [
    'MSI',
    'MSI-H',
    /\bmsi[- ]?h(?:igh)?\b|\bd-?mmr\b|\bmmr[- ]?d(?:eficient)?\b|\bmismatch[- ]repair[- ]deficien\w*|\bdeficient (?:mismatch|mmr)|microsatellite instab\w+\b(?:[- ]high)?(?![:\s-]*(?:was |is |status )?(?:negative|not|low|stable|absent|pending|unknown|to be|status|test|analysis|n\/a|-))|(?<!\p{L})(?:высок\p{L}{2,3} (?:уров\p{L}{2,4} )?микросателлитн\p{L}* нестабильност\p{L}*|микросателлитн\p{L}* нестабильност\p{L}* (?:высок\p{L}*|выявлен\p{L}*))|\bloss of (?:mlh1|msh2|msh6|pms2)/u,
  ],
  [
    'MSI',
    'MSS',
    /\bmss\b|\bmsi[- ]?l(?:ow)?\b|\bp-?mmr\b|\bmmr[- ]?p(?:roficient)?\b|\bmismatch[- ]repair[- ]proficien\w*|\bproficient (?:mismatch|mmr)|\bmicrosatellite[- ]stable\b|\bmsi[: -]+(?:negative|stable)|(?<!\p{L})микросателлитн\p{L}* стабильн\p{L}*|микросателлитн\p{L}* нестабильност\p{L}* не (?:выявлен|обнаруж)\p{L}*|\bmmr[\s:-]*(?:белки )?(?:intact|retained|preserved|сохран\p{L}*|не нарушен\p{L}*)|экспресси\p{L}* (?:белков )?mmr[^.;]{0,20}сохранен\p{L}*|msi не выявл/u,
  ],
];

export const signatures = (plain: string): readonly MarkerSaid[] =>
  SIGNATURES.flatMap(([name, value, pattern]) => {
    const m = pattern.exec(plain);
    if (m === null) return [];
    if (value === 'MSI-H' && /^\s*(?:absent|not|negative|excluded|не )/u.test(plain.slice(m.index + m[0].length)))
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
  return ['EGFR', 'ALK', 'ROS1']
    .filter((name) => !found.some((f) => f.name === name))
    .map((name) => ({ name, value: 'not detected', start: m.index, end: m.index + m[0].length, germline: false }));
}

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
const lexiconGene = (before: string): boolean =>
  /\b(?:erbb2|her2|met|kit|nras|hras|pdgfra|pole)\s*[:(-]?\s*$/.test(before);
