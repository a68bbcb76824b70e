// Downhill simplex (Nelder & Mead 1965, Comput J 7:308): a minimum of a smooth function of few variables, no derivatives.

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
}

export function minimise(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  step = 0.3,
  iterations = 2000,
): Minimum {
  const n = start.length;
  const point = (at: readonly number[]): Minimum => {
    const value = f(at);
    return { at, value: Number.isFinite(value) ? value : Number.MAX_VALUE };
  };
  const simplex = [point(start), ...start.map((_, i) => point(start.map((x, j) => (i === j ? x + step : x))))];
  const best = (): Minimum => simplex[0] ?? point(start);
  for (let k = 0; k < iterations; k++) {
    simplex.sort((a, b) => a.value - b.value);
    const worst = simplex[n] ?? best();
    if (Math.abs(worst.value - best().value) <= 1e-14 * (1e-12 + Math.abs(best().value)) && spread(simplex) < 1e-9)
      break;
    const centre = start.map((_, j) => simplex.slice(0, n).reduce((s, p) => s + (p.at[j] ?? 0), 0) / n);
    const along = (t: number): Minimum => point(centre.map((c, j) => c + t * ((worst.at[j] ?? 0) - c)));
    const reflected = along(-1);
    if (reflected.value < best().value) {
      const expanded = along(-2);
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < (simplex[n - 1] ?? worst).value) simplex[n] = reflected;
    else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[n] = contracted;
      else {
        const anchor = best();
        for (let i = 1; i <= n; i++)
          simplex[i] = point(anchor.at.map((a, j) => a + 0.5 * ((simplex[i]?.at[j] ?? a) - a)));
      }
    }
  }
  simplex.sort((a, b) => a.value - b.value);
  return best();
}

const spread = (simplex: readonly Minimum[]): number =>
  Math.max(...simplex.flatMap((p) => p.at.map((x, j) => Math.abs(x - (simplex[0]?.at[j] ?? x)))));
