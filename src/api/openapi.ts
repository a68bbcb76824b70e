// openapi.json, made of the same schemas that the routes parse with.
import { z } from 'zod';
import { ProblemBody } from './problem.js';
import { RecommendationBody, StoredRecommendationBody } from './record-schemas.js';
import { RunBody, RunFaultsBody, RunId, RunsBody, RunsQuery } from './run-schemas.js';
import {
  BundleBody,
  CohortBody,
  CohortQuery,
  DecisionBody,
  DecisionTakenBody,
  DocumentsBody,
  NoteBody,
  PatientBody,
  PatientId,
  PatientsBody,
  PatientsQuery,
  RecommendQuery,
  TimelineBody,
  TimelineQuery,
} from './schemas.js';

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly path: string;
  readonly method?: 'get' | 'post';
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly params?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly signIn: boolean;
  readonly problems?: readonly number[];
}

const anything = z.looseObject({});

const OPERATIONS: readonly Operation[] = [
  {
    path: '/api/recommendations',
    method: 'post',
    summary: 'Ranked options for one history; nothing is stored. Open on loopback, else with sign-in.',
    query: RecommendQuery,
    body: z.union([BundleBody, NoteBody, DocumentsBody]),
    answer: z.union([RecommendationBody, z.object({ records: z.array(RecommendationBody) })]),
    signIn: true,
    problems: [413, 415, 422, 501],
  },
  {
    path: '/api/patients',
    summary: 'Stored patients, by page',
    query: PatientsQuery,
    answer: PatientsBody,
    signIn: true,
  },
  {
    path: '/api/patients/{id}',
    summary: 'One patient: facts and versions of the history',
    params: PatientId,
    answer: PatientBody,
    signIn: true,
    problems: [404],
  },
  {
    path: '/api/patients/{id}/timeline',
    summary: 'The history as dated events, oldest first; of a merged person those of all records',
    params: PatientId,
    query: TimelineQuery,
    answer: TimelineBody,
    signIn: true,
    problems: [404],
  },
  {
    path: '/api/patients/{id}/recommendation',
    summary: 'The current recommendation, explained again and compared with the stored one',
    params: PatientId,
    answer: StoredRecommendationBody,
    signIn: true,
    problems: [404],
  },
  {
    path: '/api/patients/{id}/decision',
    method: 'post',
    summary: 'What the doctor chose for one question, kept beside what stood first',
    params: PatientId,
    body: DecisionBody,
    answer: DecisionTakenBody,
    signIn: true,
    problems: [404],
  },
  {
    path: '/api/cohorts/summary',
    summary: 'Counts over the stored patients',
    query: CohortQuery,
    answer: CohortBody,
    signIn: true,
  },
  { path: '/api/runs', summary: 'Runs, latest first', query: RunsQuery, answer: RunsBody, signIn: true },
  {
    path: '/api/runs/{id}',
    summary: 'One run: phases, progress, counts by outcome, results',
    params: RunId,
    answer: RunBody,
    signIn: true,
    problems: [404],
  },
  {
    path: '/api/runs/{id}/faults',
    summary: 'What a run could not read, and what it gave up',
    params: RunId,
    answer: RunFaultsBody,
    signIn: true,
    problems: [404],
  },
  ...(
    [
      ['pause', 'What is begun is finished, nothing else is begun'],
      ['resume', 'A paused run goes on'],
      ['cancel', 'What is begun is finished and stays, the rest is dropped'],
    ] as const
  ).map(
    ([turn, summary]): Operation => ({
      path: `/api/runs/{id}/${turn}`,
      method: 'post',
      summary,
      params: RunId,
      answer: RunBody,
      signIn: true,
      problems: [404, 409],
    }),
  ),
  { path: '/api/corpus', summary: 'The evidence in force', answer: anything, signIn: false },
  {
    path: '/api/corpus/indications/{id}',
    summary: 'One indication',
    params: PatientId,
    answer: anything,
    signIn: false,
    problems: [404],
  },
  {
    path: '/api/corpus/studies/{id}',
    summary: 'One study',
    params: PatientId,
    answer: anything,
    signIn: false,
    problems: [404],
  },
  { path: '/healthz', summary: 'The process lives', answer: anything, signIn: false },
  { path: '/readyz', summary: 'It can answer', answer: anything, signIn: false, problems: [503] },
  { path: '/metrics', summary: 'Prometheus metrics', signIn: false },
  { path: '/cds-services', summary: 'CDS Hooks discovery', answer: anything, signIn: false },
  { path: '/fhir/metadata', summary: 'FHIR CapabilityStatement', answer: anything, signIn: false },
];

/** Every path with its method. */
export const METHODS: readonly { readonly path: string; readonly method: string }[] = OPERATIONS.map(
  ({ path, method = 'get' }) => ({ path, method }),
);

/** OpenAPI 3.1 document. */
export function openApi(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of OPERATIONS) {
    const methods = paths[operation.path] ?? {};
    methods[operation.method ?? 'get'] = describe(operation);
    paths[operation.path] = methods;
  }
  const schemas: Record<string, unknown> = {};
  const hoisted = hoist(paths, schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Shipa',
      version,
      description: 'Oncology decision support with its evidence. Not a certified medical device.',
      license: { name: 'Apache-2.0' },
    },
    paths: hoisted,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token that `shipa serve` prints' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'shipa' },
      },
    },
  };
}

/** Named schemas go where OpenAPI wants them: a `#/$defs/...` is looked for at the root of the document, not beside its use. */
function hoist(value: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => hoist(item, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const { $defs = {}, ...rest } = value as { readonly $defs?: Json };
  for (const [name, schema] of Object.entries($defs)) schemas[name] ??= hoist(schema, schemas);
  return Object.fromEntries(
    Object.entries(rest).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string'
        ? part.replace('#/$defs/', '#/components/schemas/')
        : hoist(part, schemas),
    ]),
  );
}

function describe({ summary, query, params, body, answer, signIn, problems = [] }: Operation): Json {
  const refusals = [400, ...(signIn ? [401] : []), ...problems].map((status) => [
    String(status),
    { description: 'Problem', content: { 'application/problem+json': { schema: schemaOf(ProblemBody) } } },
  ]);
  const ok = answer === undefined ? { description: 'OK' } : { description: 'OK', content: json(answer) };
  return {
    summary,
    ...(signIn ? { security: [{ token: [] }, { cookie: [] }] } : { security: [] }),
    parameters: [...parametersOf(query, 'query'), ...parametersOf(params, 'path')],
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: { '200': ok, ...Object.fromEntries(refusals) },
  };
}

const json = (schema: z.ZodType): Json => ({ 'application/json': { schema: schemaOf(schema) } });

/** Inline, without the dialect line: every schema of the document has the dialect of OpenAPI 3.1. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  });
  return rest;
}

function parametersOf(schema: z.ZodObject | undefined, where: 'query' | 'path'): Json[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path',
    schema: schemaOf(part as z.ZodType),
  }));
}
