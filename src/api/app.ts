// The HTTP interface put together: security first, then open routes, then those that want sign-in, then errors.
import express, { type Express, type RequestHandler } from 'express';
import { createAuth, hostCheck } from './auth.js';
import type { ApiDependencies } from './dependencies.js';
import { methodCheck } from './methods.js';
import type { ApiMetrics } from './metrics.js';
import { METHODS, openApi } from './openapi.js';
import { pageRoutes } from './pages.js';
import { notFound, problemHandler } from './problem.js';
import { cohortRoutes } from './routes/cohorts.js';
import { corpusRoutes } from './routes/corpus.js';
import { decisionRoutes } from './routes/decisions.js';
import { healthRoutes } from './routes/health.js';
import { interoperabilityRoutes } from './routes/interoperability.js';
import { patientRoutes } from './routes/patients.js';
import { recommendationRoutes } from './routes/recommendations.js';
import { runRoutes } from './routes/runs.js';

export function createApi(
  dependencies: ApiDependencies,
  { middleware, recommended }: Omit<ApiMetrics, 'registry'>,
): Express {
  const { token, loopback, log, release } = dependencies;
  const auth = createAuth(token, loopback);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(securityHeaders, middleware, hostCheck(loopback), methodCheck(METHODS));

  app.use(healthRoutes(dependencies));
  app.use(interoperabilityRoutes(dependencies));
  const document = openApi(release.code);
  app.get('/api/openapi.json', (_request, response) => void response.json(document));
  app.use('/api', recommendationRoutes(dependencies, auth.orLoopback, recommended));
  app.use('/api', corpusRoutes(dependencies));

  app.use(pageRoutes(dependencies, auth));
  app.use(
    '/api',
    auth.required,
    patientRoutes(dependencies),
    decisionRoutes(dependencies),
    cohortRoutes(dependencies),
    runRoutes(dependencies),
  );

  app.use(notFound);
  app.use(problemHandler(log));
  return app;
}

/** Pages are self-contained: nothing is loaded from elsewhere, nobody may frame them, and answers stay out of shared caches. */
const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // With "no-referrer" browsers send "Origin: null" with our own forms, and the check of the Origin refuses them.
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
};
