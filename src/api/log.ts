// The log as the API sees it (pino stands behind it). Ids of requests, codes and durations; never a name, a note or a query's value.

export interface Log {
  info(event: Readonly<Record<string, unknown>>): void;
  warn(event: Readonly<Record<string, unknown>>): void;
  error(event: Readonly<Record<string, unknown>>): void;
}
