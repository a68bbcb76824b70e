// Gene fusions written as the pair of their genes: "KIF5B-RET", "EML4::ALK", "FGFR2-BICC1". The pair itself is the finding.
import type { MarkerSaid } from './marker.js';

/** Genes whose fusions choose a drug: as second partner, save FGFR2 and FGFR3, which stand first. */
const KINASE = 'ALK|RET|ROS1|NTRK[123]|FGFR[123]|NRG1|BRAF|RAF1|MET|ERBB4|PDGFRA|PDGFRB|JAK2';
const PAIR = new RegExp(
  `\\b(?:([A-Z][A-Z0-9]{2,8})(?:::|-)(${KINASE})|(FGFR[23])(?:::|-)([A-Z][A-Z0-9]{2,8}))\\b(?!\\s?[-=:])`,
  'g',
);

/** @param denied tells of a place in the text whether the words beside it deny the finding or leave it open */
export function fusionPairs(text: string, denied: (start: number, end: number) => boolean): readonly MarkerSaid[] {
  return [...text.matchAll(PAIR)].flatMap((m): MarkerSaid[] => {
    const [start, end] = [m.index, m.index + m[0].length];
    if (denied(start, end)) return [];
    return [{ name: m[2] ?? m[3] ?? '', value: `${m[0]} fusion detected`, start, end, germline: false }];
  });
}
