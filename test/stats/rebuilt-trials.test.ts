// Sixty rebuilt trials (heavy ties, months, weeks and years) against R's survival: medians, log-rank, Cox with both ties, restricted means.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { cox } from '../../src/stats/cox.js';
import { coxZph } from '../../src/stats/cox-zph.js';
import { kaplanMeier, median, restrictedMean } from '../../src/stats/kaplan-meier.js';
import { logRank } from '../../src/stats/log-rank.js';

const folder = join(process.env.SHIPA_DATA ?? '../shared/data', 'kmdata');
const read = (path: string): Record<string, string>[] => parse(readFileSync(path, 'utf8'), { columns: true });
const trials = existsSync(folder) ? read(join(folder, 'cox.csv')) : [];

const close = (
  actual: number | null | undefined,
  published: string | undefined,
  what: string,
  relative = 1e-6,
): void => {
  if (published === undefined || published === '' || published === 'NA') expect(actual ?? null, what).toBeNull();
  else
    expect(Math.abs((actual ?? NaN) - Number(published)), what).toBeLessThanOrEqual(
      relative * Math.max(1e-2, Math.abs(Number(published))),
    );
};

describe.skipIf(trials.length === 0)('agrees with R on rebuilt trials (skipped without SHIPA_DATA)', () => {
  it.each(trials.map((t) => [t.name ?? '', t] as const))('%s', (name, t) => {
    const patients = read(join(folder, 'trials', `${name}.csv`)).map((r) => ({
      time: Number(r.time),
      event: r.event === '1',
      group: r.arm ?? '',
    }));
    expect(patients).toHaveLength(Number(t.n));
    const [reference = '', compared = ''] = [t.arm_reference, t.arm_compared];
    for (const [arm, side] of [
      [reference, 'reference'],
      [compared, 'compared'],
    ] as const) {
      const steps = kaplanMeier(patients.filter((p) => p.group === arm));
      const m = median(steps);
      close(m.median, t[`median_${side}`], `median ${side}`);
      close(m.low, t[`median_${side}_lower95`], `low ${side}`);
      close(m.high, t[`median_${side}_upper95`], `high ${side}`);
      close(restrictedMean(steps, Number(t.rmst_horizon)).rmst, t[`rmst_${side}`], `rmst ${side}`, 1e-9);
    }
    const test = logRank(patients, [reference, compared]);
    close(test.chi2, t.logrank_chi2, 'log-rank', 1e-8);
    const data = patients.map((p) => ({ time: p.time, event: p.event, x: [p.group === compared ? 1 : 0] }));
    for (const ties of ['efron', 'breslow'] as const) {
      const fit = cox(data, ties);
      close(fit.coefficients[0], t[`loghr_${ties}`], ties);
      close(Math.sqrt(fit.covariance[0]?.[0] ?? NaN), t[`se_loghr_${ties}`], `${ties} se`);
      if (ties === 'efron')
        close(
          coxZph(data, fit.coefficients, [{ term: 'arm', columns: [0] }]).global.p,
          t.ph_test_p,
          'proportional hazards',
          1e-4,
        );
    }
  });
});
