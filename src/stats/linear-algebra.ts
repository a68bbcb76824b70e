// Dense linear algebra for the small matrices of meta-analysis and Cox models (tens of rows). Row-major arrays of rows.

export type Vector = readonly number[];
export type Matrix = readonly (readonly number[])[];

/** A matrix that should be invertible is not: collinear covariates, an unconnected network, a zero variance. */
export class SingularMatrix extends Error {
  override readonly name = 'SingularMatrix';
}

export const zeros = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0));

export const identity = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));

/** Element (i, j); reading outside the matrix is a fault of the caller and throws. */
export function at(m: Matrix, i: number, j: number): number {
  const value = m[i]?.[j];
  if (value === undefined) throw new RangeError(`no element (${i}, ${j})`);
  return value;
}

export const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

export const apply = (m: Matrix, v: Vector): number[] => m.map((row) => dot(row, v));

export const transpose = (m: Matrix): number[][] => (m[0] ?? []).map((_, j) => m.map((row) => row[j] ?? 0));

export function multiply(a: Matrix, b: Matrix): number[][] {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** Lower triangular L with L L' = m. Throws SingularMatrix when m is not positive definite. */
export function cholesky(m: Matrix): number[][] {
  const n = m.length;
  const l = zeros(n, n);
  for (let i = 0; i < n; i++) {
    const li = l[i] ?? [];
    for (let j = 0; j <= i; j++) {
      const lj = l[j] ?? [];
      let sum = at(m, i, j);
      for (let k = 0; k < j; k++) sum -= (li[k] ?? 0) * (lj[k] ?? 0);
      if (i === j && !(sum > 0)) throw new SingularMatrix(`not positive definite at row ${i + 1}`);
      li[j] = i === j ? Math.sqrt(sum) : sum / (lj[j] ?? 0);
    }
  }
  return l;
}

/** Cholesky factor of a covariance that may be only semi-definite (a zero variance gives a zero column). */
export function semiCholesky(m: Matrix): number[][] {
  const n = m.length;
  const l = zeros(n, n);
  const scale = Math.max(1e-300, ...m.map((row, i) => row[i] ?? 0));
  for (let j = 0; j < n; j++) {
    const lj = l[j] ?? [];
    const pivot = at(m, j, j) - dot(lj.slice(0, j), lj.slice(0, j));
    if (pivot < scale * 1e-12) continue;
    lj[j] = Math.sqrt(pivot);
    for (let i = j + 1; i < n; i++) {
      const li = l[i] ?? [];
      li[j] = (at(m, i, j) - dot(li.slice(0, j), lj.slice(0, j))) / (lj[j] ?? 1);
    }
  }
  return l;
}

/** Solves m x = b by Gaussian elimination with partial pivoting. */
export function solve(m: Matrix, b: Vector): number[] {
  return transpose(solveMany(m, transpose([b])))[0] ?? [];
}

export const inverse = (m: Matrix): number[][] => solveMany(m, identity(m.length));

function solveMany(m: Matrix, b: Matrix): number[][] {
  const n = m.length;
  const width = n + (b[0]?.length ?? 0);
  const rows = m.map((row, i) => [...row, ...(b[i] ?? [])]);
  const size = Math.max(...rows.flatMap((row) => row.slice(0, n).map(Math.abs)), 0);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(at(rows, r, c)) > Math.abs(at(rows, pivot, c))) pivot = r;
    const top = rows[pivot] ?? [];
    const head = top[c] ?? 0;
    if (!(Math.abs(head) > size * 1e-14)) throw new SingularMatrix(`no pivot in column ${c + 1}`);
    rows[pivot] = rows[c] ?? [];
    rows[c] = top;
    for (let r = 0; r < n; r++) {
      const row = rows[r] ?? [];
      const factor = (row[c] ?? 0) / head;
      if (r === c || factor === 0) continue;
      for (let k = c; k < width; k++) row[k] = (row[k] ?? 0) - factor * (top[k] ?? 0);
    }
  }
  return rows.map((row, i) => row.slice(n).map((x) => x / (row[i] ?? 1)));
}

/** log |m| of a positive definite matrix. */
export const logDeterminant = (m: Matrix): number =>
  2 * cholesky(m).reduce((sum, row, i) => sum + Math.log(row[i] ?? 1), 0);

/**
 * Moore-Penrose inverse of a matrix whose null space is the constant vector (a Laplacian of a connected graph, a
 * doubly centred matrix): (m + J/n)^-1 - J/n. Ruecker 2012, Res Synth Methods 3:312, appendix.
 */
export function pseudoInverse(m: Matrix): number[][] {
  const n = m.length;
  const size = Math.max(...m.flatMap((row) => row.map(Math.abs)), 1e-300);
  const shifted = m.map((row) => row.map((x) => x / size + 1 / n));
  return inverse(shifted).map((row) => row.map((x) => (x - 1 / n) / size));
}

/** Columns of a positive semi-definite matrix that are no combination of the ones before (pivots of its Cholesky factor above 1e-9 of theirs). */
export function independentColumns(m: Matrix): number[] {
  const rest = m.map((row) => [...row]);
  const kept: number[] = [];
  for (let j = 0; j < m.length; j++) {
    const pivot = at(rest, j, j);
    if (!(pivot > 1e-9 * at(m, j, j) && at(m, j, j) > 1e-12)) continue;
    kept.push(j);
    for (let i = j + 1; i < m.length; i++) {
      const factor = at(rest, i, j) / pivot;
      for (let k = j + 1; k < m.length; k++) (rest[i] ?? [])[k] = at(rest, i, k) - factor * at(rest, j, k);
    }
  }
  return kept;
}
