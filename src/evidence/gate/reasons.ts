// Recorded reasons for what a release loses or moves: corpus/reasons.yaml. A reason holds against one released model only, so that
// nothing passes the next gate on an old excuse.
import { z } from 'zod';

export const ChangeReason = z
  .object({
    /** Released model that the change is against, "shipa-outcomes@0.1.0". */
    against: z.string().regex(/^[^@\s]+@[^@\s]+$/, 'a model as shipa-outcomes@0.1.0'),
    /** Ids that the reason is about: indication, study, network, network/regimen, safety rule, drug, or "cancer decision before -> after". */
    where: z.array(z.string().min(1)).min(1),
    why: z.string().min(15, 'a reason that a reviewer can weigh'),
    by: z.string().min(3),
    on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as 2026-06-01'),
  })
  .strict();
export type ChangeReason = z.infer<typeof ChangeReason>;

/** Reason by id, of those that hold against the released model. */
export function reasonsAgainstModel(
  reasons: readonly ChangeReason[],
  against: string | null,
): Readonly<Record<string, string>> {
  const holding = reasons.filter((r) => r.against === against);
  return Object.fromEntries(holding.flatMap((r) => r.where.map((id) => [id, `${r.why} (${r.by}, ${r.on})`])));
}
