// GET /api/runs and /api/runs/{id}: what is going on and what was, for the page's progress. Wants sign-in.
import { Router } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../problem.js';
import { RunId, RunsQuery } from '../run-schemas.js';

export function runRoutes({ queries }: ApiDependencies): Router {
  const router = Router();
  router.get('/runs', async (request, response) => {
    response.json({ runs: await queries.runs(RunsQuery.parse(request.query).limit) });
  });
  router.get('/runs/:id', async (request, response) => {
    const run = await queries.run(RunId.parse(request.params).id);
    if (run === undefined) throw new Problem('not-found', 'there is no run with this id');
    response.json(run);
  });
  return router;
}
