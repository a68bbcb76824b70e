// What one worker process has done, for Prometheus: jobs by outcome, their duration, its memory. Labels are names of jobs, no ids.
import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { JobEvent } from './consume.js';

export interface WorkerMetrics {
  readonly seen: (event: JobEvent) => void;
  readonly close: () => Promise<void>;
}

export async function workerMetrics(
  listen: { readonly host: string; readonly port: number } | undefined,
): Promise<WorkerMetrics> {
  if (listen === undefined) return { seen: () => {}, close: async () => {} };
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const jobs = new Counter({
    name: 'shipa_worker_jobs_total',
    help: 'Jobs of this worker by name and outcome (done, split, gone, failed, given-up)',
    labelNames: ['job', 'outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'shipa_worker_job_seconds',
    help: 'How long jobs took, by name and outcome',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120],
    registers: [registry],
  });
  const queueErrors = new Counter({
    name: 'shipa_worker_queue_errors_total',
    help: 'Failures of the connection to the queue',
    registers: [registry],
  });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(listen.port, listen.host, done);
  });
  return {
    seen: (event) => {
      if (event.event === 'queue') return queueErrors.inc();
      jobs.inc({ job: event.name, outcome: event.event });
      if (event.ms !== undefined) seconds.observe({ job: event.name, outcome: event.event }, event.ms / 1000);
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
