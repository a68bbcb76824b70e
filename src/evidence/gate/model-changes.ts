// What a candidate model says differently from the released one, in words that a reviewer can accept or refuse one by one.
import type { Manifest, ManifestNetwork } from '../compile/manifest.js';

export interface ModelChange {
  readonly kind: 'lost' | 'added' | 'reversed' | 'moved' | 'certainty' | 'best' | 'horizon';
  /** "network", or "network/node": what a recorded reason is filed under. */
  readonly where: string;
  readonly what: string;
  /** Must have a recorded reason before release. */
  readonly needsReason: boolean;
}

/** A hazard ratio that moves by more than this is told. */
const MOVED = Math.log(1.1);

export function modelChanges(released: Manifest, candidate: Manifest): ModelChange[] {
  const before = new Map(released.networks.map((n) => [n.id, n]));
  const after = new Map(candidate.networks.map((n) => [n.id, n]));
  return [
    ...[...before.keys()]
      .filter((id) => !after.has(id))
      .map((id): ModelChange => {
        const why = candidate.leftOut.find((l) => l.id === id)?.reasons.join('; ') ?? 'no longer in the corpus';
        return { kind: 'lost', where: id, what: `network lost: ${why}`, needsReason: true };
      }),
    ...[...after.values()].flatMap((network) => {
      const old = before.get(network.id);
      return old === undefined
        ? [{ kind: 'added', where: network.id, what: 'new network', needsReason: false } as const]
        : networkChanges(old, network);
    }),
  ];
}

function networkChanges(old: ManifestNetwork, now: ManifestNetwork): ModelChange[] {
  const changes: ModelChange[] = [];
  const tell = (kind: ModelChange['kind'], node: string | null, what: string, needsReason: boolean): void => {
    changes.push({ kind, where: node === null ? now.id : `${now.id}/${node}`, what, needsReason });
  };
  if (old.horizonMonths !== now.horizonMonths)
    tell(
      'horizon',
      null,
      `horizon ${old.horizonMonths} -> ${now.horizonMonths} months`,
      now.horizonMonths < old.horizonMonths,
    );
  const [bestBefore, bestNow] = [best(old), best(now)];
  if (bestBefore !== bestNow) tell('best', null, `best P-score ${bestBefore} -> ${bestNow}`, true);
  for (const node of old.nodes) {
    const next = now.nodes.find((n) => n.id === node.id);
    if (next === undefined || (node.numbers && !next.numbers)) {
      tell('lost', node.id, next?.withheld ? `numbers withheld: ${next.withheld}` : 'regimen lost', true);
      continue;
    }
    // Effects of networks with different references do not compare.
    if (old.reference !== now.reference) continue;
    const [x, y] = [Math.log(node.hazardRatio.value), Math.log(next.hazardRatio.value)];
    const words = `hazard ratio ${node.hazardRatio.value.toFixed(2)} -> ${next.hazardRatio.value.toFixed(2)}${cause(old, now)}`;
    if (x * y < 0) tell('reversed', node.id, words, true);
    else if (Math.abs(x - y) > MOVED) tell('moved', node.id, words, false);
    if (node.certainty !== next.certainty)
      tell('certainty', node.id, `certainty ${node.certainty} -> ${next.certainty}`, false);
  }
  for (const node of now.nodes)
    if (!old.nodes.some((n) => n.id === node.id)) tell('added', node.id, 'new regimen in the network', false);
  return changes;
}

const best = (network: ManifestNetwork): string =>
  [...network.nodes].sort((a, b) => b.pScore - a.pScore || (a.id < b.id ? -1 : 1))[0]?.id ?? 'none';

/** Which trials came or went: the study behind a change. */
function cause(old: ManifestNetwork, now: ManifestNetwork): string {
  const [before, after] = [old, now].map((n) => new Set(n.trials.map((t) => t.study)));
  const came = [...(after ?? [])].filter((s) => !before?.has(s)).map((s) => `+${s}`);
  const went = [...(before ?? [])].filter((s) => !after?.has(s)).map((s) => `-${s}`);
  const all = [...came, ...went];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}
