// Gauss-Legendre quadrature. Nodes by Newton's method on the Legendre recurrence (Press et al., section 4.6).

export interface Quadrature {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/** n nodes and weights on [-1, 1], ascending. */
export function gaussLegendre(n: number): Quadrature {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let previous = 1;
      let value = x;
      for (let k = 2; k <= n; k++) [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
      slope = (n * (x * value - previous)) / (x * x - 1);
      const change = value / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

/**
 * Nodes on [0, horizon] with t = horizon u^2, dense near 0 where cumulative hazards t^k with k < 1 are not smooth.
 * Integral of f = sum weight_j f(node_j).
 */
export function survivalQuadrature(horizon: number, n: number): Quadrature {
  const { nodes, weights } = gaussLegendre(n);
  const u = nodes.map((x) => (x + 1) / 2);
  return {
    nodes: u.map((x) => horizon * x * x),
    weights: weights.map((w, j) => (w / 2) * 2 * horizon * (u[j] ?? 0)),
  };
}
