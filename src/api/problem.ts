// Errors as application/problem+json (RFC 9457). One table from what went wrong to a status; details hold no patient's data.
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { type Fault, FaultyInput } from '../domain/faults.js';
import type { Log } from './log.js';

export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    case: z.string().optional(),
    faults: z.array(z.object({ place: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong; faults name every place at once.' });

const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request is not as the interface wants it' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'wrong-host': { status: 403, title: 'This host name is not answered' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'method-not-allowed': { status: 405, title: 'This path does not allow that method' },
  conflict: { status: 409, title: 'It is not in a state for that' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'Send JSON' },
  'faulty-input': { status: 422, title: 'The history cannot be read' },
  internal: { status: 500, title: 'Something failed on our side' },
  'not-implemented': { status: 501, title: 'This version cannot do that' },
  unavailable: { status: 503, title: 'A service behind this one does not answer' },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

/** Thrown by handlers; answered by `problemHandler`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly faults: readonly Fault[] | undefined;
  readonly case: string | undefined;
  constructor(kind: ProblemKind, detail: string, more: { faults?: readonly Fault[]; case?: string } = {}) {
    super(detail);
    this.kind = kind;
    this.faults = more.faults;
    this.case = more.case;
  }
}

export function sendProblem(response: Response, problem: Problem): void {
  const { status, title } = PROBLEMS[problem.kind];
  const body: z.infer<typeof ProblemBody> = {
    type: `urn:shipa:problem:${problem.kind}`,
    title,
    status,
    detail: problem.message,
    ...(problem.case === undefined ? {} : { case: problem.case }),
    ...(problem.faults === undefined ? {} : { faults: [...problem.faults] }),
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
}

export const notFound: RequestHandler = (request) => {
  throw new Problem('not-found', `nothing is at ${request.method} ${request.path}`);
};

export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = toProblem(error);
    if (problem.kind === 'internal')
      log.error({ event: 'failed', method: request.method, route: request.route?.path, error: describe(error) });
    sendProblem(response, problem);
  };
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FaultyInput)
    return new Problem('faulty-input', 'every fault is listed', { faults: error.faults });
  if (error instanceof z.ZodError)
    return new Problem('bad-request', 'the query has faults', {
      faults: error.issues.map((issue) => ({ place: issue.path.join('.') || 'query', message: issue.message })),
    });
  // body-parser and the router mark their errors with a status and a type.
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new Problem('too-large', 'send one patient at a time, or use `shipa ingest` for many');
  if (status === 415) return new Problem('unsupported-media-type', 'the character set or encoding is not understood');
  if (status === 400) return new Problem('bad-request', 'the request could not be read');
  if (error instanceof Error && 'retryable' in error && error.retryable === true)
    return new Problem('unavailable', 'try again in a moment');
  return new Problem('internal', 'it is in the log; the request may be repeated');
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.stack ?? ''}` : 'unknown';
