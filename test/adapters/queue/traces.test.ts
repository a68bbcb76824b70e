// Traces of jobs as a collector receives them, from both queues: the one who adds and the one who does are one trace, and nothing of a
// patient is in it.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueueBackend } from '../../../src/adapters/queue/bullmq.js';
import { openTracing } from '../../../src/adapters/queue/traces.js';
import { findPostgres, findRedis } from '../../integration/servers.js';

interface SeenSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, string>> }[];
}

const found = { postgres: await findPostgres(), redis: await findRedis() };
const bodies: string[] = [];
const headers: IncomingMessage['headers'][] = [];
let collector: Server;
let endpoint: string;

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (text: Buffer) => {
      body += text;
    });
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(body);
      headers.push(request.headers);
      response.end('{}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(async () => {
  collector.close();
  for (const f of Object.values(found)) if ('server' in f) await f.server.close();
});

const spansOf = (text: string): SeenSpan[] =>
  (JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: SeenSpan[] }[] }[] }).resourceSpans.flatMap((r) =>
    r.scopeSpans.flatMap((s) => s.spans),
  );

const saying = (name: string) => (span: SeenSpan) => span.name.startsWith(name);

describe.each(['postgres', 'redis'] as const)('traces of jobs on %s', (kind) => {
  const here = found[kind];
  it.skipIf(!('server' in here))(
    'reach the collector as one trace from adding to doing, without what an error said',
    async () => {
      if (!('server' in here)) return;
      bodies.length = 0;
      const tracing = openTracing(
        { OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/`, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b' },
        'shipa-test',
      );
      const backend = openQueueBackend(
        { kind, url: here.server.url, namespace: `o${randomBytes(4).toString('hex')}` },
        tracing,
      );
      const queue = backend.open('traced');
      let ended = 0;
      const consumer = await backend.consume(
        'traced',
        async ({ id }) => {
          if (id === 'bad') throw new TypeError('about Aliya Serikova');
        },
        {
          concurrency: 1,
          lockMs: 5_000,
          stalledEveryMs: 1_000,
          onError: () => {},
          onExhausted: async () => void ended++,
        },
      );
      const job = { name: 'work', payload: { run: 'r', ordinal: 1 }, attempts: 1, backoffMs: 10 };
      await queue.add([
        { ...job, id: 'good' },
        { ...job, id: 'bad' },
      ]);
      while (ended === 0) await new Promise((done) => setTimeout(done, 20));
      await consumer.close();
      await queue.close();
      await tracing?.close();

      const text = bodies.join('\n');
      const spans = bodies.flatMap(spansOf);
      const done = spans.filter(saying('process'));
      expect(done.length).toBe(2);
      const ids = new Set(spans.map((span) => span.spanId));
      for (const span of done) {
        expect(span.kind).toBe(5);
        expect(ids.has(span.parentSpanId ?? '')).toBe(true);
        expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
      }
      const adding = spans.filter(saying('add'));
      expect(new Set(done.map((span) => span.traceId))).toEqual(new Set(adding.map((span) => span.traceId)));
      expect(done.filter((span) => span.status.code === 2).length).toBe(1);
      expect(text).toContain('"stringValue":"shipa-test"');
      expect(text).toContain('"key":"error.type"');
      expect(text).not.toMatch(/Aliya|Serikova/);
      expect(headers.some((h) => h['x-key'] === 'a b')).toBe(true);
    },
    30_000,
  );
});

describe('tracing', () => {
  it('is off when nobody asks for it', () => {
    expect(openTracing({}, 's')).toBeUndefined();
    expect(openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: 'true' }, 's')).toBeUndefined();
  });

  it('is no obstacle when the collector is away', async () => {
    const tracing = openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }, 's');
    const span = tracing?.telemetry.tracer.startSpan('add x');
    span?.setAttributes({ 'bullmq.queue.operation': 'add' });
    span?.end();
    await tracing?.close();
  });
});
