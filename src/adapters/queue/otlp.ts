// Spans to a collector: some at a time, never in the way of work. A collector that is away costs spans, not jobs.

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Name of the error that ended it. */
  readonly error?: string;
}

export interface OtlpOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  readonly everyMs?: number;
}

const BATCH = 256;
const MOST_WAITING = 4_096;
const EVERY_MS = 3_000;
const WITHIN_MS = 5_000;

export function otlpSender({ url, headers, service, everyMs = EVERY_MS }: OtlpOptions): {
  readonly add: (span: OtlpSpan) => void;
  readonly close: () => Promise<void>;
} {
  let waiting: OtlpSpan[] = [];
  let sending: Promise<void> = Promise.resolve();
  const send = (): Promise<void> => {
    const spans = waiting.splice(0, BATCH);
    if (spans.length === 0) return sending;
    sending = sending.then(async () => {
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(requestOf(service, spans)),
        signal: AbortSignal.timeout(WITHIN_MS),
      }).then(
        (response) => void response.body?.cancel(),
        () => {},
      );
    });
    return sending;
  };
  const timer = setInterval(() => void send(), everyMs);
  timer.unref();
  return {
    add: (span) => {
      if (waiting.length >= MOST_WAITING) waiting = waiting.slice(BATCH);
      waiting.push(span);
      if (waiting.length >= BATCH) void send();
    },
    close: async () => {
      clearInterval(timer);
      while (waiting.length > 0) await send();
      await sending;
    },
  };
}

/** ExportTraceServiceRequest in the JSON mapping of OTLP 1.x. */
function requestOf(service: string, spans: readonly OtlpSpan[]) {
  return {
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', service), attribute('process.pid', process.pid)] },
        scopeSpans: [
          {
            scope: { name: 'shipa' },
            spans: spans.map(({ attributes, error, ...span }) => ({
              ...span,
              attributes: [
                ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
                ...(error === undefined ? [] : [attribute('error.type', error)]),
              ],
              status: error === undefined ? {} : { code: 2 },
            })),
          },
        ],
      },
    ],
  };
}

function attribute(key: string, value: string | number | boolean) {
  if (typeof value === 'string') return { key, value: { stringValue: value } };
  if (typeof value === 'boolean') return { key, value: { boolValue: value } };
  return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } };
}
