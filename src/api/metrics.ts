// Prometheus metrics: requests by route and status, recommendations by status, work on the queues. Routes are patterns, never paths:
// a path holds a patient's id.
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { MonitorReport } from '../app/monitor.js';
import type { RunControl } from '../app/run-ports.js';
import { oversightGauges } from './oversight-metrics.js';
import { type QueueDepths, queueGauge, runGauges } from './run-metrics.js';

export interface ApiMetrics {
  readonly registry: Registry;
  readonly middleware: RequestHandler;
  readonly recommended: (status: string) => void;
}

export function createMetrics(
  queueDepths: QueueDepths,
  oversight?: () => Promise<MonitorReport>,
  runs?: Pick<RunControl, 'activeRuns' | 'deadLetters'>,
): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'shipa_http_request_duration_seconds',
    help: 'Duration of requests by route pattern, method and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const recommendations = new Counter({
    name: 'shipa_recommendations_total',
    help: 'Recommendations answered interactively, by status',
    labelNames: ['status'],
    registers: [registry],
  });
  queueGauge(registry, queueDepths);
  if (runs !== undefined) runGauges(registry, runs);
  if (oversight !== undefined) oversightGauges(registry, oversight);
  return {
    registry,
    recommended: (status) => recommendations.inc({ status }),
    middleware: (request, response, next) => {
      const end = duration.startTimer();
      response.on('finish', () => {
        const route: unknown = request.route?.path;
        end({
          method: request.method,
          route: typeof route === 'string' ? `${request.baseUrl}${route}` : 'none',
          status: response.statusCode,
        });
      });
      next();
    },
  };
}
