// Aalen-Johansen: by hand, and by identities that hold exactly (no competing event: Kaplan-Meier; no censoring: binomial).
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/stats/bootstrap.js';
import { type CompetingObservation, cumulativeIncidence, incidenceAt } from '../../src/stats/competing-risks.js';
import { kaplanMeier, survivalAt } from '../../src/stats/kaplan-meier.js';
import { seededRandom } from '../../src/stats/random.js';

const simulated = (n: number, seed: number): CompetingObservation[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const [a, b, c] = [0.1, 0.05, 0.04].map((h) => -Math.log(random.uniform()) / h) as [number, number, number];
    const time = Math.min(a, b, c);
    return { time: Math.ceil(time * 4) / 4, cause: time === a ? 'relapse' : time === b ? 'death' : null };
  });
};

describe('cumulative incidence', () => {
  it('adds S(t-) d / Y (by hand)', () => {
    const data = [
      { time: 1, cause: 'relapse' },
      { time: 2, cause: 'death' },
      { time: 3, cause: null },
      { time: 4, cause: 'relapse' },
      { time: 5, cause: null },
    ];
    const steps = cumulativeIncidence(data, 'relapse');
    // 1/5, then S = 4/5; death at 2: S = 3/5; at 4 two at risk: 1/5 + 3/5 * 1/2.
    expect(incidenceAt(steps, 1).incidence).toBeCloseTo(0.2, 12);
    expect(incidenceAt(steps, 3).incidence).toBeCloseTo(0.2, 12);
    expect(incidenceAt(steps, 4).incidence).toBeCloseTo(0.5, 12);
  });
  it('sums with the other causes and event-free survival to 1', () => {
    const data = simulated(300, 4);
    const at = (cause: string): number => incidenceAt(cumulativeIncidence(data, cause), 6).incidence;
    const free = survivalAt(kaplanMeier(data.map((d) => ({ time: d.time, event: d.cause !== null }))), 6).survival;
    expect(at('relapse') + at('death') + free).toBeCloseTo(1, 12);
  });
  it('is 1 - Kaplan-Meier with Greenwood when nothing competes', () => {
    const data = simulated(120, 8).map((d) => ({ ...d, cause: d.cause === 'death' ? null : d.cause }));
    const km = survivalAt(kaplanMeier(data.map((d) => ({ time: d.time, event: d.cause !== null }))), 5);
    const ours = incidenceAt(cumulativeIncidence(data, 'relapse'), 5);
    expect(ours.incidence).toBeCloseTo(1 - km.survival, 12);
    expect(ours.se).toBeCloseTo(km.se, 12);
  });
  it('is binomial without censoring', () => {
    const data = simulated(200, 9).map((d) => ({ ...d, cause: d.cause ?? 'death' }));
    const ours = incidenceAt(cumulativeIncidence(data, 'relapse'), 7);
    const p = data.filter((d) => d.cause === 'relapse' && d.time <= 7).length / data.length;
    expect(ours.incidence).toBeCloseTo(p, 12);
    expect(ours.se).toBeCloseTo(Math.sqrt((p * (1 - p)) / data.length), 12);
  });
  it('has about the standard error of the bootstrap with censoring and competing events', () => {
    const data = simulated(250, 10);
    const statistic = (rows: readonly CompetingObservation[]): number =>
      incidenceAt(cumulativeIncidence(rows, 'relapse'), 8).incidence;
    const resampled = bootstrap(data, statistic, { seed: 1, resamples: 1000 });
    expect(incidenceAt(cumulativeIncidence(data, 'relapse'), 8).se / resampled.se).toBeGreaterThan(0.93);
    expect(incidenceAt(cumulativeIncidence(data, 'relapse'), 8).se / resampled.se).toBeLessThan(1.07);
  });
  it('has no limits where the incidence is 0', () => {
    expect(incidenceAt(cumulativeIncidence([{ time: 1, cause: null }], 'relapse'), 1)).toMatchObject({
      incidence: 0,
      low: null,
    });
  });
});
