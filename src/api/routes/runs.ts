// /api/runs: what is going on and what was, what could not be read or was given up, and the words that turn a run. Wants sign-in.
import { Router } from 'express';
import type { RunOverview } from '../../app/run-ports.js';
import type { RunView, Turn } from '../../web/runs-pages.js';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../problem.js';
import { RunId, RunsQuery, RunTurn } from '../run-schemas.js';

const SHOWN = 100;

export function runRoutes({ queries }: Pick<ApiDependencies, 'queries'>): Router {
  const router = Router();
  router.get('/runs', async (request, response) => {
    response.json({ runs: await queries.runs(RunsQuery.parse(request.query).limit) });
  });
  router.get('/runs/:id', async (request, response) => {
    response.json(await foundRun(queries, RunId.parse(request.params).id));
  });
  router.get('/runs/:id/faults', async (request, response) => {
    const { faults, dead } = await runView(queries, RunId.parse(request.params).id);
    response.json({ faults, dead });
  });
  router.post('/runs/:id/:turn', async (request, response) => {
    const { id, turn } = RunTurn.parse(request.params);
    await turnRun(queries, id, turn);
    response.json(await foundRun(queries, id));
  });
  return router;
}

export async function foundRun(queries: ApiDependencies['queries'], id: string): Promise<RunOverview> {
  const run = await queries.run(id);
  if (run === undefined) throw new Problem('not-found', 'there is no run with this id');
  return run;
}

export async function runView(queries: ApiDependencies['queries'], id: string): Promise<RunView> {
  const run = await foundRun(queries, id);
  const [faults, dead] = await Promise.all([queries.faults(id, SHOWN), queries.deadLetters(SHOWN, id)]);
  return { run, faults, dead };
}

const BY_TURN = { pause: 'pauseRun', resume: 'resumeRun', cancel: 'cancelRun' } as const;

/** @throws Problem when there is no such run, or it is in no state for that */
export async function turnRun(queries: ApiDependencies['queries'], id: string, turn: Turn): Promise<void> {
  if (await queries[BY_TURN[turn]](id)) return;
  const { state } = await foundRun(queries, id);
  throw new Problem('conflict', `the run is ${state}: nothing to ${turn}`);
}
