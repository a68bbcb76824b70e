// POST /api/patients/{id}/decision: what the doctor chose, beside what stood first; the record of overrides. Wants sign-in.
import { json, Router } from 'express';
import { readCompact } from '../../app/score-batch-record.js';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../problem.js';
import { DecisionBody, PatientId } from '../schemas.js';

export function decisionRoutes({ queries }: ApiDependencies): Router {
  const router = Router();
  router.post('/patients/:id/decision', json({ limit: '20kb' }), async (request, response) => {
    const { id } = PatientId.parse(request.params);
    const { decision, regimen, reason, by } = DecisionBody.parse(request.body ?? {});
    const stored = await queries.recommendation(id);
    if (stored === undefined) throw new Problem('not-found', 'there is no recommendation for this id');
    const { options = [], decisions = [] } = readCompact(stored.record);
    if (!decisions.includes(decision))
      throw new Problem(
        'bad-request',
        `the recommendation has no decision "${decision}"; it has: ${decisions.join(', ') || 'none'}`,
      );
    const own = options.filter((o) => o.decision === decision);
    const first = own.find((o) => o.rank !== null);
    const chosen = own.find((o) => o.regimen === regimen);
    const taken = {
      decision,
      chosen: regimen,
      chosenBand: chosen?.band ?? null,
      first: first?.regimen ?? null,
      firstBand: first?.band ?? null,
      overridden: first?.regimen !== regimen,
      reason: reason ?? null,
      by: by ?? null,
    };
    if (!(await queries.addDecision(id, taken)))
      throw new Problem('not-found', 'there is no recommendation for this id');
    response.status(201).json(taken);
  });
  return router;
}
