// Harrell's concordance (1982, JAMA 247:2543; 1996, Stat Med 15:361): of the pairs whose order is known, how often the subject with
// the higher risk has the earlier event. Tied risks count one half; pairs tied on an event time are not counted; a subject censored at
// the time of another's event outlives it. Only pairs of one stratum are compared. Standard error by the infinitesimal jackknife, as
// survival::concordance in R. Order n log n (Fenwick tree on the ranks of risk).

export interface RiskedObservation {
  readonly time: number;
  readonly event: boolean;
  /** Any score that rises with risk, such as the linear predictor. */
  readonly risk: number;
  readonly stratum?: string;
}

export interface Concordance {
  readonly concordance: number;
  readonly se: number;
  readonly concordant: number;
  readonly discordant: number;
  readonly tiedRisk: number;
}

/** Undefined when no pair can be compared. */
export function concordance(data: readonly RiskedObservation[]): Concordance | undefined {
  const strata = new Map<string, RiskedObservation[]>();
  for (const d of data) {
    const members = strata.get(d.stratum ?? '');
    if (members === undefined) strata.set(d.stratum ?? '', [d]);
    else members.push(d);
  }
  const influences: Counts[] = [];
  for (const members of strata.values()) influences.push(...countPairs(members));
  const sum = (pick: (c: Counts) => number): number => influences.reduce((s, c) => s + pick(c), 0);
  // Every pair is counted at both of its subjects.
  const [concordant, discordant, tiedRisk] = [
    sum((c) => c.concordant) / 2,
    sum((c) => c.discordant) / 2,
    sum((c) => c.tied) / 2,
  ];
  const pairs = concordant + discordant + tiedRisk;
  if (pairs === 0) return undefined;
  const c = (concordant + tiedRisk / 2) / pairs;
  const variance = influences.reduce((s, i) => {
    const own = i.concordant + i.discordant + i.tied;
    return s + ((i.concordant + i.tied / 2 - c * own) / pairs) ** 2;
  }, 0);
  return { concordance: c, se: Math.sqrt(variance), concordant, discordant, tiedRisk };
}

interface Counts {
  concordant: number;
  discordant: number;
  tied: number;
}

/** For each subject the pairs it takes part in. */
function countPairs(members: readonly RiskedObservation[]): Counts[] {
  const ranks = new Map([...new Set(members.map((m) => m.risk))].sort((a, b) => a - b).map((r, i) => [r, i]));
  const counts = members.map((): Counts => ({ concordant: 0, discordant: 0, tied: 0 }));
  // A censored subject leaves after the events of its time.
  const order = members
    .map((_, i) => i)
    .sort((i, j) => at(members, i).time - at(members, j).time || late(members, i) - late(members, j));
  const sweep = (
    sequence: readonly number[],
    counted: (i: number) => boolean,
    asks: (i: number) => boolean,
    earlier: boolean,
  ): void => {
    const tree = new Fenwick(ranks.size);
    for (let start = 0; start < sequence.length; ) {
      const first = sequence[start] ?? 0;
      let end = start;
      while (end < sequence.length && sameMoment(members, sequence[end] ?? 0, first)) end++;
      const group = sequence.slice(start, end);
      for (const i of group.filter(asks)) {
        const rank = ranks.get(at(members, i).risk) ?? 0;
        const below = tree.sum(rank);
        const tied = tree.sum(rank + 1) - below;
        const above = tree.total - below - tied;
        const own = counts[i];
        if (own === undefined) continue;
        own.tied += tied;
        own.concordant += earlier ? below : above;
        own.discordant += earlier ? above : below;
      }
      for (const i of group.filter(counted)) tree.add(ranks.get(at(members, i).risk) ?? 0);
      start = end;
    }
  };
  const isEvent = (i: number): boolean => at(members, i).event;
  // Latest first: an event against everybody who outlives it. Earliest first: everybody against the events before.
  sweep([...order].reverse(), () => true, isEvent, true);
  sweep(order, isEvent, () => true, false);
  return counts;
}

const at = (members: readonly RiskedObservation[], i: number): RiskedObservation =>
  members[i] ?? { time: NaN, event: false, risk: NaN };

const late = (members: readonly RiskedObservation[], i: number): number => (at(members, i).event ? 0 : 1);

const sameMoment = (members: readonly RiskedObservation[], i: number, j: number): boolean =>
  at(members, i).time === at(members, j).time && at(members, i).event === at(members, j).event;

/** Counts by rank with prefix sums (Fenwick 1994). */
class Fenwick {
  private readonly tree: number[];
  total = 0;
  constructor(size: number) {
    this.tree = new Array<number>(size + 1).fill(0);
  }
  add(rank: number): void {
    this.total++;
    for (let i = rank + 1; i < this.tree.length; i += i & -i) this.tree[i] = (this.tree[i] ?? 0) + 1;
  }
  /** How many have a rank below the one given. */
  sum(rank: number): number {
    let s = 0;
    for (let i = rank; i > 0; i -= i & -i) s += this.tree[i] ?? 0;
    return s;
  }
}
