// The HTTP interface over a fake store: who is let in, how faults are answered, what the contract promises.

import { createServer, request as rawRequest } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { createApi } from '../../src/api/app.js';
import type { ApiDependencies } from '../../src/api/dependencies.js';
import { createMetrics } from '../../src/api/metrics.js';
import { compact, hashOfRecord } from '../../src/app/score-batch-record.js';
import type { Release, StoredPatient } from '../../src/app/store-ports.js';
import { emptyCorpus, fakeEngine } from '../integration/fake-engine.js';
import { bundleLine } from '../integration/samples.js';

const release: Release = { corpus: 'c1', model: 'm@1', features: 'f1', code: '0.1.0' };
const token = 'a-token-of-the-test-0123456789abcdef';
const events: unknown[] = [];
const log = {
  info: (e: unknown) => events.push(e),
  warn: (e: unknown) => events.push(e),
  error: (e: unknown) => events.push(e),
};

const row = {
  id: 'p1',
  cancer: 'IDC',
  cancerName: 'Breast',
  stage: 'IIA',
  setting: null,
  line: null,
  age: 66,
  sex: 'female',
  region: 'Almaty',
  organization: null,
  status: 'ranked',
  reason: null,
  band: 'recommended',
  regimen: 'letrozole',
  regimenName: 'Letrozole',
};
const runRow = {
  id: 'r1',
  kind: 'score' as const,
  params: {},
  phase: 'score' as const,
  state: 'running' as const,
  startedAt: '2026-06-01T00:00:00Z',
  updatedAt: '2026-06-01T00:00:01Z',
};
const phaseOfRun = {
  phase: 'score' as const,
  chunks: { total: 4, done: 1, failed: 0, pending: 3, split: 1 },
  patients: { total: 1000, done: 250 },
  counts: { abstained: 7 },
  results: [],
};
const deadLetter = {
  run: 'r1',
  phase: 'score' as const,
  ordinal: 3,
  patients: 1,
  error: 'its workers died with it, again and again',
  at: null,
  task: {},
};
let runState: 'running' | 'paused' = 'running';
function turned(id: string, from: typeof runState, to: typeof runState): boolean {
  if (id !== 'r1' || runState !== from) return false;
  runState = to;
  return true;
}
const decisions: unknown[] = [];
const raw = deflateRawSync(bundleLine('p1'));
const recommender = fakeEngine(release);
let databaseLives = true;

async function dependencies(loopback: boolean): Promise<ApiDependencies> {
  const [history] = readBundleText(bundleLine('p1'), { case: 'x' }).histories;
  if (history === undefined) throw new Error('the sample cannot be read');
  const record = await recommender.recommend(history);
  const patient: StoredPatient = { ...row, patient: 'p1', caseId: history.id, raw, versions: [] };
  const corpus = emptyCorpus();
  return {
    queries: {
      ping: async () => {
        if (!databaseLives) throw new Error('gone');
      },
      patients: async () => ({ rows: [row], next: null }),
      patient: async (id) => (id === 'p1' ? patient : undefined),
      superseded: async () => [],
      runs: async (limit) => [runRow].slice(0, limit),
      runState: async () => runState,
      pauseRun: async (id) => turned(id, 'running', 'paused'),
      resumeRun: async (id) => turned(id, 'paused', 'running'),
      cancelRun: async () => false,
      deadLetters: async () => ({ total: 1, first: [deadLetter] }),
      faults: async () => ({ total: 300, first: [{ place: 'a.ndjson line 7, <entry>', message: 'no birth date' }] }),
      run: async (id) => (id === 'r1' ? { ...runRow, state: runState, phases: [phaseOfRun] } : undefined),
      person: async (id) => (id === 'p1' ? { lead: 1, records: ['p1'], decisions: [] } : undefined),
      addDecision: async (id, taken) => {
        decisions.push([id, taken]);
        return id === 'p1';
      },
      recommendation: async (id) =>
        id === 'p1' || id === 'old'
          ? {
              patient: 'p1',
              caseId: history.id,
              raw,
              asOf: '2026-06-01',
              release: id === 'old' ? { ...release, corpus: 'c0', code: '0.0.9' } : release,
              recordHash: hashOfRecord(record),
              record: deflateRawSync(JSON.stringify(compact(record))),
              scoredAt: '2026-06-02T00:00:00Z',
              current: true,
            }
          : undefined,
      summary: async () => ({ patients: 1, scored: 1, ranked: 1, abstained: [], errors: 0, bands: [] }),
    },
    recommender,
    readDocument: readBundleText,
    corpus,
    release,
    token,
    loopback,
    log,
    metrics: metrics.registry,
  };
}

const metrics = createMetrics(async () => ({ score: { waiting: 3, active: 1, delayed: 0 } }), undefined, {
  deadLetters: async () => ({ total: 2, first: [] }),
  activeRuns: async () => [
    {
      run: 'r1',
      phase: 'score',
      state: 'running',
      chunks: { pending: 3, done: 1, failed: 0 },
      patients: phaseOfRun.patients,
      counts: phaseOfRun.counts,
    },
  ],
});
const servers: Server[] = [];
let local: string;
let open: string;

async function serve(loopback: boolean): Promise<string> {
  const server = createServer(createApi(await dependencies(loopback), metrics));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  local = await serve(true);
  open = await serve(false);
});
afterAll(() => {
  for (const server of servers) server.close();
});

interface Body {
  readonly faults: readonly { readonly place: string }[];
  readonly stored: unknown;
  readonly events: unknown;
  readonly openapi: string;
  readonly paths: object;
}
const json = async (response: Response): Promise<Body> => (await response.json()) as Body;

const signedIn = { headers: { authorization: `Bearer ${token}` } };
const post = (base: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${base}/api/recommendations`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/fhir+json', ...headers },
  });

describe('who is let in', () => {
  it.each([
    '/api/patients',
    '/api/patients/p1',
    '/api/patients/p1/timeline',
    '/api/patients/p1/recommendation',
    '/api/cohorts/summary',
    '/',
    '/patients/p1',
    '/api/runs',
    '/api/runs/r1',
    '/api/runs/r1/faults',
    '/runs',
    '/runs/r1',
    '/runs/r1/cancel',
  ])('answers 401 to %s without sign-in, and the patient with it', async (path) => {
    const refused = await fetch(local + path);
    expect(refused.status).toBe(401);
    expect(await refused.text()).not.toContain('Almaty');
    expect((await fetch(local + path, signedIn)).status).toBe(200);
    expect((await fetch(local + path, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  });

  it.each([
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/openapi.json',
    '/api/corpus',
    '/cds-services',
    '/fhir/metadata',
    '/try',
  ])('leaves %s open', async (path) => {
    expect((await fetch(local + path)).status).toBe(200);
  });

  it('recommends without sign-in on loopback only', async () => {
    expect((await post(local, bundleLine('p1'))).status).toBe(200);
    expect((await post(open, bundleLine('p1'))).status).toBe(401);
    expect((await post(open, bundleLine('p1'), { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('turns a foreign Host or Origin away on loopback (DNS rebinding)', async () => {
    const { port } = new URL(local);
    const status = await new Promise((done, fail) => {
      const request = rawRequest(
        { host: '127.0.0.1', port, path: '/healthz', headers: { host: 'evil.example' } },
        (r) => done(r.statusCode),
      );
      request.on('error', fail).end();
    });
    expect(status).toBe(403);
    expect((await post(local, bundleLine('p1'), { origin: 'http://evil.example' })).status).toBe(403);
  });

  it('signs the browser in by the link, with a cookie that scripts and other sites do not get', async () => {
    const response = await fetch(`${local}/?token=${token}`, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const page = await fetch(`${local}/`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Letrozole');
    expect((await fetch(`${local}/?token=wrong`, { redirect: 'manual' })).status).toBe(401);
  });
});

describe('answers', () => {
  it('gives the record for a Bundle, and a list for a Bundle of two patients', async () => {
    const record = await json(await post(local, bundleLine('p1')));
    expect(record).toMatchObject({
      status: 'ranked',
      options: [{ rank: 1, band: 'recommended', regimen: { drugs: ['letrozole'] } }],
    });
  });

  it('gives every fault with its place as problem+json', async () => {
    const response = await post(
      local,
      '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","birthDate":"19999"}}',
    );
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = await json(response);
    expect(body).toMatchObject({ status: 422, type: 'urn:shipa:problem:faulty-input' });
    expect(body.faults[0]?.place).toMatch(/line 1/);
  });

  it('answers a note in words, and refuses an empty one', async () => {
    expect((await post(local, '{"text":"T2N0M0 ER+"}', { 'content-type': 'application/json' })).status).toBe(200);
    expect((await post(local, '{"text":" "}', { 'content-type': 'application/json' })).status).toBe(422);
  });

  it('refuses what is not JSON by its type, and a body that is too large', async () => {
    expect((await post(local, 'hello', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(local, `"${'x'.repeat(21 * 1024 * 1024)}"`)).status).toBe(413);
  });

  it('refuses bytes that are not UTF-8 rather than reading letters as "?"', async () => {
    const response = await fetch(`${local}/api/recommendations`, {
      method: 'POST',
      body: Buffer.from([0x7b, 0xc6, 0x7d]),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(422);
  });

  it('answers a known path asked in another way with what it allows', async () => {
    const gone = await fetch(`${local}/api/recommendations`, { method: 'DELETE' });
    expect([gone.status, gone.headers.get('allow')]).toEqual([405, 'POST']);
    const put = await fetch(`${local}/api/patients/p1`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(put.headers.get('content-type')).toContain('problem+json');
    expect((await fetch(`${local}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });

  it.each(['/api/patients/%00', '/api/patients?cancer=%00', '/api/patients/%ff', '/api/patients?limit=x'])(
    'answers %s with 400',
    async (path) => {
      expect((await fetch(local + path, signedIn)).status).toBe(400);
    },
  );

  it('takes a cookie that nobody has set for none', async () => {
    expect((await fetch(`${local}/api/patients`, { headers: { cookie: 'shipa=%' } })).status).toBe(401);
  });

  it('names the faults of a query', async () => {
    const response = await fetch(`${local}/api/patients?limit=9999&stage=nine`, signedIn);
    expect(response.status).toBe(400);
    const { faults } = await json(response);
    expect(faults.map((f) => f.place).sort()).toEqual(['limit', 'stage']);
  });

  it('explains a stored recommendation again and says that it is the same', async () => {
    const body = await json(await fetch(`${local}/api/patients/p1/recommendation`, signedIn));
    expect(body.stored).toEqual({
      scoredAt: '2026-06-02T00:00:00Z',
      current: true,
      identical: true,
      madeWith: release,
      missing: [],
    });
    expect((await fetch(`${local}/api/patients/nobody/recommendation`, signedIn)).status).toBe(404);
  });

  it('says exactly what of the release that made a stored recommendation is gone, with the answer of then', async () => {
    const body = await json(await fetch(`${local}/api/patients/old/recommendation`, signedIn));
    expect(body.stored).toMatchObject({
      identical: false,
      missing: ['corpus c0: c1 answers here', 'code 0.0.9: 0.1.0 answers here'],
      answer: { status: 'ranked', options: [{ regimen: 'letrozole', rank: 1 }] },
    });
  });

  it('tells the history as dated events', async () => {
    const body = await json(await fetch(`${local}/api/patients/p1/timeline`, signedIn));
    expect(body.events).toEqual([
      expect.objectContaining({ date: '2026-01-10', kind: 'condition', superseded: false, version: null }),
    ]);
    const spans = {
      'from=2026': 1,
      'to=2026-01': 1,
      'from=2026-02': 0,
      'to=2025': 0,
      'kind=observation': 0,
      'kind=condition': 1,
    };
    for (const [query, events] of Object.entries(spans)) {
      const part = await json(await fetch(`${local}/api/patients/p1/timeline?${query}`, signedIn));
      expect([query, part.events]).toEqual([query, Array(events).fill(expect.anything())]);
    }
    expect((await fetch(`${local}/api/patients/p1/timeline?from=soon`, signedIn)).status).toBe(400);
  });

  it('is not ready while the database is gone', async () => {
    databaseLives = false;
    expect((await fetch(`${local}/readyz`)).status).toBe(503);
    expect((await fetch(`${local}/healthz`)).status).toBe(200);
    databaseLives = true;
  });

  it('describes every route of the contract in openapi.json', async () => {
    const document = await json(await fetch(`${local}/api/openapi.json`));
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/recommendations',
        '/api/patients',
        '/api/patients/{id}/timeline',
        '/api/cohorts/summary',
        '/readyz',
      ]),
    );
  });

  it('has every reference of openapi.json resolved in the document itself', async () => {
    const document: unknown = await (await fetch(`${local}/api/openapi.json`)).json();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const steps = reference.replace(/^#\//, '').split('/');
      const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
      expect(found, reference).toBeDefined();
    }
  });

  it('answers an unknown path with a problem, sends no framework name and protects the pages', async () => {
    const response = await fetch(`${local}/nowhere`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('problem+json');
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    // Nothing of an address leaves to elsewhere; and forms of the pages come with their Origin (Fetch, "append a request Origin header").
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
  });

  it('tells how far a run is, and 404 for one that is not there', async () => {
    const ask = (path: string) => fetch(local + path, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await ask('/api/runs')).json()).toEqual({ runs: [runRow] });
    expect(await (await ask('/api/runs/r1')).json()).toEqual({ ...runRow, phases: [phaseOfRun] });
    expect((await ask('/api/runs/r2')).status).toBe(404);
    expect((await ask('/api/runs?limit=0')).status).toBe(400);
  });

  it('pauses and resumes a run, and says when there is nothing to turn', async () => {
    const turn = (path: string, headers = signedIn.headers as Record<string, string>) =>
      fetch(`${local}${path}`, { method: 'POST', headers, redirect: 'manual' });
    expect((await turn('/api/runs/r1/pause', {})).status).toBe(401);
    expect((await turn('/runs/r1/pause', {})).status).toBe(401);
    expect(runState).toBe('running');
    expect(await (await turn('/api/runs/r1/pause')).json()).toMatchObject({ id: 'r1', state: 'paused' });
    const again = await turn('/api/runs/r1/pause');
    expect([again.status, await again.json()]).toEqual([
      409,
      expect.objectContaining({ detail: 'the run is paused: nothing to pause' }),
    ]);
    const page = await turn('/runs/r1/resume');
    expect([page.status, page.headers.get('location')]).toEqual([303, '/runs/r1']);
    expect(runState).toBe('running');
    expect((await turn('/api/runs/r2/cancel')).status).toBe(404);
    expect((await turn('/api/runs/r1/burn')).status).toBe(400);
    expect((await fetch(`${local}/api/runs/r1/pause`, signedIn)).status).toBe(405);
  });

  it('shows runs as pages: progress, counts, faults, what was given up, and the words for the state it is in', async () => {
    const ask = async (path: string) => {
      const response = await fetch(local + path, signedIn);
      return { refresh: response.headers.get('refresh'), text: await response.text() };
    };
    const list = await ask('/runs');
    expect(list.text).toContain('<progress max="1000" value="250"');
    expect(list.text).toContain('25 %, 250 of 1,000');
    expect(list.refresh).toBe('5');
    const { text, refresh } = await ask('/runs/r1');
    for (const words of [
      'action="/runs/r1/pause"',
      'href="/runs/r1/cancel"',
      '1 taken apart',
      '<td>abstained</td><td>7</td>',
      'Given up (1)',
      'its workers died with it',
      'Not readable (300)',
      'a.ndjson line 7, &lt;entry&gt;',
      'and 299 more',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('action="/runs/r1/resume"');
    expect(refresh).toBe('5');
    // The question stands still.
    const question = await ask('/runs/r1/cancel');
    expect([question.refresh, question.text.includes('action="/runs/r1/cancel"')]).toEqual([null, true]);
    expect((await fetch(`${local}/runs/r2`, signedIn)).status).toBe(404);
    expect(await (await fetch(`${local}/api/runs/r1/faults`, signedIn)).json()).toMatchObject({
      faults: { total: 300 },
      dead: { total: 1, first: [{ ordinal: 3 }] },
    });
  });

  it('shows queues, runs and dead letters to Prometheus', async () => {
    const text = await (await fetch(`${local}/metrics`)).text();
    for (const line of [
      'shipa_queue_jobs{queue="score",state="waiting"} 3',
      'shipa_run_chunks{run="r1",phase="score",state="pending"} 3',
      'shipa_run_patients{run="r1",phase="score",state="left"} 750',
      'shipa_run_outcomes{run="r1",phase="score",outcome="abstained"} 7',
      'shipa_dead_letters 2',
    ])
      expect(text).toContain(line);
  });

  it('writes no id and no content into log and metrics', async () => {
    const text = await (await fetch(`${local}/metrics`)).text();
    expect(text).toContain('route="/api/patients/:id"');
    expect(text + JSON.stringify(events)).not.toMatch(/p1|Almaty/);
  });

  it('answers a pasted Bundle with the page of its record, or with its faults', async () => {
    const form = (text: string, lang = 'en') =>
      fetch(`${local}/try`, { method: 'POST', body: new URLSearchParams({ text, lang }) });
    expect(await (await form(bundleLine('p1'))).text()).toContain('Letrozole');
    const bad = await form('{"resourceType":"Patient"}<script>');
    expect(bad.status).toBe(422);
    expect(await bad.text()).not.toContain('<script>');
  });
});

describe('POST /api/patients/{id}/decision', () => {
  const send = (body: unknown, id = 'p1', headers: Record<string, string> = signedIn.headers): Promise<Response> =>
    fetch(`${local}/api/patients/${id}/decision`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const body = { decision: 'endocrine', regimen: 'exemestane', reason: 'arthralgia under letrozole' };

  it('wants sign-in and keeps nothing without it', async () => {
    const kept = decisions.length;
    expect((await send(body, 'p1', {})).status).toBe(401);
    expect(decisions).toHaveLength(kept);
  });
  it('keeps an override beside what stood first, and a choice of the first as none', async () => {
    const answer = await send(body);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      overridden: true,
      first: 'letrozole',
      chosen: 'exemestane',
      chosenBand: null,
    });
    expect(decisions.at(-1)).toMatchObject(['p1', { overridden: true, reason: 'arthralgia under letrozole' }]);
    expect(await (await send({ ...body, regimen: 'letrozole' })).json()).toMatchObject({ overridden: false });
  });
  it('refuses a question that was not asked, a body of another shape, an unknown patient', async () => {
    expect((await send({ ...body, decision: 'surgery' })).status).toBe(400);
    expect((await send({ ...body, more: 1 })).status).toBe(400);
    expect((await send(body, 'p9')).status).toBe(404);
  });
});
