// The simulator: deterministic, independent patient by patient, and with the proportions of its registry.
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../src/cli/commands/simulate.js';
import { simulateLife } from '../../src/simulation/life.js';
import { simulateLine } from '../../src/simulation/simulate.js';

const registry = loadRegistry();
const lives = Array.from({ length: 4000 }, (_, index) => simulateLife(registry, 7, index).life);
const share = (of: typeof lives, is: (life: (typeof lives)[number]) => boolean) => of.filter(is).length / of.length;

describe('simulate', () => {
  test('gives the same line for the same seed and index, whatever was asked before', () => {
    const first = simulateLine(registry, 3, 41);
    simulateLine(registry, 3, 5);
    expect(simulateLine(registry, 3, 41)).toBe(first);
    expect(simulateLine(registry, 4, 41)).not.toBe(first);
  });

  test('gives every patient an id of their own, used by every reference to the patient', () => {
    const bundle = JSON.parse(simulateLine(registry, 3, 2)) as {
      entry: { resource: { id: string; subject?: { reference: string } } }[];
    };
    const [patient, ...others] = bundle.entry.map((entry) => entry.resource);
    expect(new Set(lives.map((life) => life.id)).size).toBe(lives.length);
    expect(others.every((resource) => resource.subject?.reference === `Patient/${patient?.id}`)).toBe(true);
  });

  test('keeps the proportions of the registry within sampling error', () => {
    const total = registry.sites.reduce((sum, site) => sum + site.share, 0);
    const breast = lives.filter((life) => life.site.id === 'breast');
    // Four standard errors of a proportion of 4,000: a false alarm once in 16,000 seeds; the seed is fixed.
    const near = (seen: number, wanted: number, n: number) =>
      expect(Math.abs(seen - wanted)).toBeLessThan(4 * Math.sqrt((wanted * (1 - wanted)) / n));
    near(breast.length / lives.length, 13.2 / total, lives.length);
    near(
      share(breast, (life) => life.subtype?.id === 'triple-negative'),
      0.122 / 0.998,
      breast.length,
    );
  });

  test('never dates an event before the diagnosis or after the end of what is known', () => {
    for (const life of lives) {
      const end = life.deathDate ?? life.asOf;
      for (const step of life.steps) {
        expect(step.start >= life.diagnosed && step.start <= end).toBe(true);
        expect(step.end === undefined || step.end >= step.start).toBe(true);
      }
    }
  });
});
