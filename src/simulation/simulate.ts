// `shipa simulate`: line number `index` of a cohort, the same for the same registry and seed, whatever was asked before.

import { toBundle } from './bundle.js';
import { chance } from './draw.js';
import { simulateLife } from './life.js';
import type { Registry } from './registry.js';

/** One NDJSON line: a Bundle, or (rarely, by the registry's `lostLine`) the broken line that a failed transfer leaves. */
export function simulateLine(registry: Registry, seed: number, index: number): string {
  const { life, random } = simulateLife(registry, seed, index);
  const line = JSON.stringify(toBundle(life, registry, random));
  return chance(random, registry.disorder.lostLine) ? line.slice(0, Math.floor(line.length / 2)) : line;
}
