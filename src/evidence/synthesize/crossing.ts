// Where hazards are known not to be proportional, one log hazard ratio is not enough: the two arms' own curves give the ratio
// of cumulative hazards by time. Design, section 5.4: "piecewise log hazard ratios or the arms' own curves, else null".
import type { Network } from '../../domain/corpus/network.js';
import { fitPoints } from '../../stats/curve-fit.js';
import type { Curve } from '../../stats/parametric-survival.js';
import { armPoints } from './baseline.js';
import type { UsedResult } from './trial-contrasts.js';

export type Crossing =
  | { readonly kind: 'proportional' }
  | { readonly kind: 'shape'; readonly node: Curve; readonly reference: Curve }
  | { readonly kind: 'withheld'; readonly reason: string };

/** Two points a curve: a one-parameter fit of each would be proportional again. */
const NEEDED = 2;

/** How the node's survival differs in time from the reference's, by the direct trials of the two. */
export function crossing(
  network: Network,
  node: string,
  direct: readonly UsedResult[],
  path: readonly UsedResult[],
): Crossing {
  const flagged = (direct.length > 0 ? direct : path).filter((u) => u.result.nonProportional !== undefined);
  const used = direct.length > 0 ? direct : path;
  if (flagged.length === 0 || flagged.length * 2 < used.length) return { kind: 'proportional' };
  for (const u of direct.filter((d) => d.result.nonProportional !== undefined)) {
    const [nodeArm, otherArm] = u.contrast.a === node ? u.arms : [u.arms[1], u.arms[0]];
    const fit = (arm: string): Curve | undefined => {
      const points = armPoints(u.study, network.outcome, u.result.population, arm);
      return new Set(points.map((p) => p.time)).size < NEEDED ? undefined : fitPoints(points, 200)?.curve;
    };
    const [x, y] = [fit(nodeArm), fit(otherArm)];
    if (x && y) return { kind: 'shape', node: x, reference: y };
  }
  const names = [...new Set(flagged.map((u) => u.study.name))].join(', ');
  return { kind: 'withheld', reason: `hazards of ${names} are not proportional and the arms' curves are not recorded` };
}
