// /healthz: the process lives. /readyz: it can answer, its database too. /metrics: for Prometheus.
import { Router } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../problem.js';

export function healthRoutes({ queries, release, metrics }: ApiDependencies): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    try {
      await queries.ping();
    } catch {
      throw new Problem('unavailable', 'the database does not answer');
    }
    response.json({ status: 'ready', corpus: release.corpus, model: release.model, code: release.code });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}
