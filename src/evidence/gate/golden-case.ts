// A golden patient's expectation (test/cases/*/*/expected.json) and what a record does otherwise. The tests and the gate share it.
import { z } from 'zod';
import type { Recommendation } from '../../domain/recommendation.js';

export const ExpectedCase = z
  .object({
    asOf: z.string(),
    setting: z.string(),
    /** By decision: regimen ids, any of which may stand first. */
    firstOption: z.record(z.string(), z.array(z.string())),
    recommendedIncludes: z.array(z.string()),
    /** Regimen ids or drugs that must not stand in the recommended band. */
    neverRecommended: z.array(z.string()),
    status: z.enum(['ranked', 'abstained']),
    reasonCode: z.string(),
    note: z.string(),
  })
  .partial()
  .strict();
export type ExpectedCase = z.infer<typeof ExpectedCase>;

/** What differs, in words; empty when the record does as the oncologist expects. */
export function caseFaults(record: Recommendation, expected: ExpectedCase): readonly string[] {
  const faults: string[] = [];
  const want = (what: string, is: unknown, wanted: unknown): void => {
    if (is !== wanted) faults.push(`${what} is ${is ?? 'none'}, not ${wanted}`);
  };
  want('status', record.status, expected.status ?? 'ranked');
  if (expected.reasonCode !== undefined) want('reason', record.reason?.code, expected.reasonCode);
  if (expected.setting !== undefined) want('setting', record.patient.setting, expected.setting);
  for (const [decision, accepted] of Object.entries(expected.firstOption ?? {})) {
    const first = record.options.find((o) => o.decision === decision && o.rank !== null)?.regimen.id;
    if (first === undefined || !accepted.includes(first))
      faults.push(`first for ${decision} is ${first ?? 'nothing'}, not ${accepted.join(' or ')}`);
  }
  const recommended = record.options.filter((o) => o.band === 'recommended');
  const named = new Set(recommended.flatMap((o) => [o.regimen.id, ...o.regimen.drugs]));
  for (const id of expected.recommendedIncludes ?? []) if (!named.has(id)) faults.push(`${id} is not recommended`);
  for (const id of expected.neverRecommended ?? []) if (named.has(id)) faults.push(`${id} is recommended`);
  return faults;
}
