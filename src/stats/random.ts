// Seeded random numbers: same seed, same stream, on every machine. xoshiro128** (Blackman & Vigna 2021) seeded by splitmix32.
import { normalQuantile } from './distributions.js';

export interface RandomSource {
  /** Uniform in (0, 1), never an end point. */
  uniform(): number;
  normal(): number;
  /** Integer in [0, n). */
  below(n: number): number;
}

export function seededRandom(seed: number): RandomSource {
  const state = splitMix(seed >>> 0);
  let [a, b, c, d] = [state(), state(), state(), state()];
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
  const uniform = (): number => (next() + 0.5) / 4294967296;
  return { uniform, normal: () => normalQuantile(uniform()), below: (n) => Math.floor(uniform() * n) };
}

const rotate = (x: number, k: number): number => ((x << k) | (x >>> (32 - k))) >>> 0;

function splitMix(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s + 0x9e3779b9) >>> 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}
