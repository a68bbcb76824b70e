// The comparison with a CIViC release in numbers and lines: how much of what is known there is known here, and the rest with its reason.
import type { CivicMatch, CivicStatus } from './match-civic.js';

export interface CivicShare {
  readonly level: string;
  /** Predictive items of covered cancers. */
  readonly items: number;
  readonly matched: number;
  /** Matched, or left out for a reason that a person wrote down. */
  readonly accounted: number;
}

/** Least share of level A items that must be matched, or left out for a written reason. */
export const LEAST_SHARE_A = 0.95;

const MATCHED: readonly CivicStatus[] = ['matched', 'matched-unselected'];

export function civicShares(matches: readonly CivicMatch[]): readonly CivicShare[] {
  return ['A', 'B'].map((level) => {
    const own = matches.filter((m) => m.item.level === level && m.status !== 'cancer-not-covered');
    const matched = own.filter((m) => MATCHED.includes(m.status)).length;
    return {
      level,
      items: own.length,
      matched,
      accounted: matched + own.filter((m) => m.status === 'explained').length,
    };
  });
}

/** One line an item without a match, grouped by why, then by cancer. */
export function civicLines(matches: readonly CivicMatch[]): readonly string[] {
  return matches
    .filter((m) => !MATCHED.includes(m.status))
    .map((m) => ({ m, key: [m.item.level, m.status, m.item.disease, m.item.id].join(' ') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ m: { item, status, by } }) => {
      const says = `${item.supports ? '' : 'no '}${item.significance.toLowerCase()}`;
      const about = `${item.disease}: ${item.profile}, ${item.therapies.join(' + ')}, ${says} (${item.citation})`;
      return `${item.level} ${item.id} ${WHY[status]}${by.length > 0 ? ` [${by.slice(0, 4).join('; ')}]` : ''}: ${about}`;
    });
}

const WHY: Readonly<Record<CivicStatus, string>> = {
  matched: 'matched',
  'matched-unselected': 'matched, whatever the marker',
  'cancer-not-covered': 'cancer not covered',
  'drug-unknown': 'drug not in the corpus',
  'no-indication': 'no indication for the drug in this cancer',
  'marker-not-used': 'drug stands, marker not used so',
  explained: 'left out',
};

export const shareLine = ({ level, items, matched, accounted }: CivicShare): string =>
  `CIViC level ${level}: ${matched} of ${items} predictive items of covered cancers matched (${percent(matched, items)}), ` +
  `${accounted - matched} left out for a written reason, ${items - accounted} open`;

const percent = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
