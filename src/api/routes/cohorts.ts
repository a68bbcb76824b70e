// GET /api/cohorts/summary: counts over the stored patients; the same filters as the list of patients.
import { Router } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { CohortQuery } from '../schemas.js';
import { filterOf } from './patients.js';

export function cohortRoutes({ queries, corpus }: ApiDependencies): Router {
  const router = Router();
  router.get('/cohorts/summary', async (request, response) => {
    response.json(await queries.summary(filterOf(CohortQuery.parse(request.query), corpus)));
  });
  return router;
}
