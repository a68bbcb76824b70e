// Traces of jobs for OpenTelemetry: BullMQ's own spans (its `telemetry` option), carried from who adds a job to who does it by W3C trace
// context, and sent as OTLP over HTTP in JSON (opentelemetry.io/docs/specs/otlp). Off unless OTEL_EXPORTER_OTLP_ENDPOINT is set.
// Only the attributes listed here leave: BullMQ's also hold the messages of errors, and those may quote a patient (docs/dependencies.md).
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Attributes, Exception, Span, SpanKind, Telemetry } from 'bullmq';
import { type OtlpSpan, otlpSender } from './otlp.js';

export interface Tracing {
  readonly telemetry: Telemetry<TraceContext>;
  /** Sends what is left. */
  readonly close: () => Promise<void>;
}

/** Where we are in a trace; null outside any. */
export type TraceContext = { readonly traceId: string; readonly spanId: string } | null;

const KEPT = new Set([
  'bullmq.queue.name',
  'bullmq.queue.operation',
  'bullmq.job.name',
  'bullmq.job.id',
  'bullmq.job.attempts.made',
  'bullmq.job.bulk.count',
]);
/** A worker asks for work several times a second: these would be all that one sees. */
const TOLD = new Set(['add', 'addBulk', 'process', 'pause', 'resume', 'drain']);
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined when nobody asks for traces. */
export function openTracing(environment: Environment, service: string): Tracing | undefined {
  const url =
    environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
    (environment.OTEL_EXPORTER_OTLP_ENDPOINT &&
      `${environment.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces`);
  if (url === undefined || url === '' || environment.OTEL_SDK_DISABLED === 'true') return undefined;
  const sender = otlpSender({
    url,
    headers: headersOf(environment.OTEL_EXPORTER_OTLP_HEADERS ?? ''),
    service: environment.OTEL_SERVICE_NAME ?? service,
  });
  const here = new AsyncLocalStorage<TraceContext>();
  return {
    telemetry: {
      tracer: {
        startSpan: (name, options, parent) =>
          startSpan(name, options?.kind, parent ?? here.getStore() ?? null, sender.add),
      },
      contextManager: {
        with: (context, work) => here.run(context, work),
        active: () => here.getStore() ?? null,
        root: () => null,
        getMetadata: (context: TraceContext) => (context === null ? '' : `00-${context.traceId}-${context.spanId}-01`),
        fromMetadata: (active: TraceContext, metadata) => {
          const [, traceId, spanId] = TRACEPARENT.exec(metadata) ?? [];
          return traceId === undefined || spanId === undefined ? active : { traceId, spanId };
        },
      },
    },
    close: sender.close,
  };
}

function startSpan(
  name: string,
  kind: SpanKind | undefined,
  parent: TraceContext,
  add: (span: OtlpSpan) => void,
): Span<TraceContext> {
  const own = { traceId: parent?.traceId ?? randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
  const began = nanoseconds();
  const kept: Record<string, string | number | boolean> = {};
  let failed: string | undefined;
  const setAttribute = (key: string, value: Attributes[string]): void => {
    if (KEPT.has(key) && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'))
      kept[key] = value;
  };
  return {
    setSpanOnContext: () => own,
    setAttribute,
    setAttributes: (attributes) => {
      for (const [key, value] of Object.entries(attributes)) setAttribute(key, value);
    },
    // BullMQ tells the failure of a job so, with its message: only that it failed is kept.
    addEvent: (event) => {
      if (event === 'job failed') failed ??= 'JobFailed';
    },
    // By its name: the message may quote what it failed on.
    recordException: (exception: Exception) => {
      failed = typeof exception === 'string' ? 'Error' : (exception.name ?? 'Error');
    },
    end: () => {
      if (!TOLD.has(String(kept['bullmq.queue.operation']))) return;
      add({
        ...own,
        ...(parent === null ? {} : { parentSpanId: parent.spanId }),
        name,
        // OTLP counts kinds from 1, after "unspecified"; the enumeration of the API from 0.
        kind: (kind ?? 0) + 1,
        startTimeUnixNano: began,
        endTimeUnixNano: nanoseconds(),
        attributes: kept,
        ...(failed === undefined ? {} : { error: failed }),
      });
    },
  };
}

const nanoseconds = (): string =>
  `${BigInt(Math.round((performance.timeOrigin + performance.now()) * 1_000)) * 1_000n}`;

/** "key=value,key2=value2", values percent-encoded (OTEL_EXPORTER_OTLP_HEADERS). */
function headersOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .filter((part) => part.includes('='))
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at).trim(), decodeURIComponent(part.slice(at + 1).trim())];
      }),
  );
}
