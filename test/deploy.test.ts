// The manifests of deploy/kubernetes against the code and docker-compose.yml: names, ports, options and queries that exist.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { openStore } from '../src/adapters/postgres/store.js';
import { help as runsHelp } from '../src/cli/commands/runs.js';
import { help as serveHelp } from '../src/cli/commands/serve.js';
import { help as workerHelp } from '../src/cli/commands/worker.js';
import { JOBS, QUEUES } from '../workers/jobs.js';
import { findPostgres } from './integration/servers.js';

const FOLDER = 'deploy/kubernetes';

const Container = z.looseObject({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })).default([]),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
});
const Pod = z.looseObject({
  terminationGracePeriodSeconds: z.number(),
  initContainers: z.array(Container).default([]),
  containers: z.array(Container).min(1),
  volumes: z.array(z.looseObject({ name: z.string() })),
});
const Deployment = z.looseObject({
  kind: z.literal('Deployment'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    replicas: z.number().optional(),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: Pod,
    }),
  }),
});
const ScaledObject = z.looseObject({
  kind: z.literal('ScaledObject'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ name: z.string(), envSourceContainerName: z.string() }),
    triggers: z.array(z.looseObject({ type: z.string(), metadata: z.record(z.string(), z.string()) })),
  }),
});

const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const documents = filesIn(FOLDER, '.yaml').flatMap((file) =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    expect(document.errors, file).toEqual([]);
    return document.toJS() as { readonly kind: string };
  }),
);
const deployments = documents.filter((d) => d.kind === 'Deployment').map((d) => Deployment.parse(d));
const scaled = documents.filter((d) => d.kind === 'ScaledObject').map((d) => ScaledObject.parse(d));
const containers = deployments.flatMap(({ spec }) => [
  ...spec.template.spec.initContainers,
  ...spec.template.spec.containers,
]);
const queuesOf = (name: string): readonly string[] => {
  const found = deployments.find((d) => d.metadata.name === name)?.spec.template.spec.containers[0];
  const at = found?.args.indexOf('--queues') ?? -1;
  return at < 0 ? [] : (found?.args[at + 1] ?? '').split(',');
};
const HELP: Readonly<Record<string, string>> = { serve: serveHelp, worker: workerHelp, runs: runsHelp };

it('starts commands that exist, with options that they have', () => {
  for (const { name, args } of containers) {
    const [command = '', ...rest] = args;
    expect(Object.keys(HELP), name).toContain(command);
    for (const option of rest.filter((word) => word.startsWith('--'))) expect(HELP[command], name).toContain(option);
  }
});

it('has a worker for every queue, and none twice', () => {
  const served = deployments.flatMap((d) => queuesOf(d.metadata.name));
  expect([...served].sort()).toEqual([...QUEUES].sort());
});

it('sets variables that the code reads, and all that docker-compose sets', () => {
  const code = [...filesIn('src', '.ts'), ...filesIn('workers', '.ts')]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
    readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>;
  };
  for (const { name, env, args } of containers) {
    for (const variable of env) expect(code, `${name}: ${variable.name}`).toContain(variable.name);
    const service = compose.services[args[0] === 'serve' ? 'api' : 'worker'];
    const wanted = Object.keys(service?.environment ?? {});
    expect(wanted.length).toBeGreaterThan(0);
    expect(
      env.map((variable) => variable.name),
      name,
    ).toEqual(expect.arrayContaining(wanted));
  }
});

it('listens where its probes, its Service and its monitors look', () => {
  for (const { args, ports } of deployments.flatMap((d) => d.spec.template.spec.containers)) {
    const at = args.findIndex((word) => word === '--port' || word === '--metrics-port');
    expect(ports.map((port) => `${port.containerPort}`)).toContain(args[at + 1]);
  }
  const routes = readFileSync('src/api/routes/health.ts', 'utf8') + readFileSync('workers/metrics.ts', 'utf8');
  const text = documents.map((document) => JSON.stringify(document)).join('\n');
  const paths = [...text.matchAll(/"path":"(\/[a-z]+)"/g)].map(([, path]) => path ?? '');
  expect(new Set(paths)).toEqual(new Set(['/readyz', '/healthz', '/metrics']));
  for (const path of paths) expect(routes).toContain(`'${path}'`);
});

it('selects the pods it makes, mounts volumes it has, and gives a chunk time to end', () => {
  for (const { metadata, spec } of deployments) {
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    const pod = spec.template.spec;
    const volumes = pod.volumes.map((volume) => volume.name);
    for (const { volumeMounts } of [...pod.initContainers, ...pod.containers])
      for (const mount of volumeMounts) expect(volumes, metadata.name).toContain(mount.name);
    // Workers kill a child that has not ended after this (src/adapters/embedded/worker-processes.ts).
    const grace = /GRACE_MS = ([\d_]+)/.exec(readFileSync('src/adapters/embedded/worker-processes.ts', 'utf8'));
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(Number(grace?.[1]?.replaceAll('_', '')));
  }
});

it('scales each group of workers by the phases of its own queues', () => {
  expect(scaled.length).toBeGreaterThan(0);
  for (const { spec } of scaled) {
    const queues = queuesOf(spec.scaleTargetRef.name);
    const phases = JOBS.filter((job) => queues.includes(job.queue)).map((job) => job.name);
    const [trigger] = spec.triggers;
    const asked = /c\.phase in \(([^)]*)\)/.exec(trigger?.metadata.query ?? '')?.[1] ?? '';
    expect([...asked.matchAll(/'([a-z]+)'/g)].map(([, phase]) => phase).sort()).toEqual([...phases].sort());
    const target = deployments.find((d) => d.metadata.name === spec.scaleTargetRef.name)?.spec.template.spec;
    const source = target?.containers.find((c) => c.name === spec.scaleTargetRef.envSourceContainerName);
    expect(source?.env.map((variable) => variable.name)).toContain(trigger?.metadata.connectionFromEnv);
  }
});

const postgres = await findPostgres();
afterAll(async () => {
  if ('server' in postgres) await postgres.server.close();
});

it.skipIf('reason' in postgres)(
  `counts the chunks of running runs that are not done${'reason' in postgres ? ` (skipped: ${postgres.reason})` : ''}`,
  async () => {
    if ('reason' in postgres) return;
    const store = await openStore(postgres.server.url);
    const client = new pg.Client({ connectionString: postgres.server.url });
    await client.connect();
    try {
      for (const [id, phase] of [
        ['a', 'score'],
        ['b', 'ingest'],
        ['c', 'export'],
      ] as const) {
        await store.openRun({ id, kind: phase, params: {} });
        const task = { from: 1, to: 2 };
        await store.planPhase(id, phase, [
          { task, patients: 2 },
          { task, patients: 2 },
        ]);
      }
      await store.pauseRun('b');
      await store.finishChunk({ run: 'a', phase: 'score', ordinal: 0 }, {});
      const depth = async (name: string): Promise<unknown> => {
        const query = scaled.find((s) => s.metadata.name === name)?.spec.triggers[0]?.metadata.query;
        return Object.values((await client.query<Record<string, unknown>>(query ?? '')).rows[0] ?? {})[0];
      };
      expect(await depth('shipa-worker-batch')).toBe(1);
      expect(await depth('shipa-worker-desk')).toBe(2);
    } finally {
      await client.end();
      await store.close();
    }
  },
);

const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
it.skipIf(!kubectl)(`renders as a whole${kubectl ? '' : ' (skipped: no kubectl)'}`, () => {
  const example = spawnSync('kubectl', ['kustomize', `${FOLDER}/example`], { encoding: 'utf8' });
  expect(example.status, example.stderr).toBe(0);
  const made = parseAllDocuments(example.stdout).map((document) => document.toJS() as { readonly kind: string });
  const all = made.filter((d) => d.kind === 'Deployment').map((d) => Deployment.parse(d));
  expect(all).toHaveLength(deployments.length);
  // Who scales says how many there are.
  for (const { spec } of all) expect(spec.replicas).toBeUndefined();
  for (const container of all.flatMap((d) => d.spec.template.spec.containers))
    expect(container.image).toMatch(/^registry\.example\.org\/shipa:/);
});
