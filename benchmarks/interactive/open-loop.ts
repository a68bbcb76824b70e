// An open-loop load generator: requests go out at times fixed beforehand, whatever the server does, as independent people ask. Latency is
// from the intended time to the last byte, so a server (or a generator) that stands still is charged for everyone who would have
// waited ("coordinated omission", Tene). Gaps are exponential: a Poisson process, seeded.
import { Agent, request } from 'node:http';
import { seededRandom } from '../../src/stats/random.js';
import { quantile } from '../batch/printed.js';

export interface Load {
  readonly url: URL;
  readonly method: 'POST' | 'GET';
  readonly bodies: readonly Buffer[];
  readonly perSecond: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface Latencies {
  readonly requests: number;
  readonly perSecond: number;
  readonly errors: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly most: number;
  /** How late requests went out at the 99th percentile: of the latencies above, what is the generator's own. */
  readonly lateP99: number;
}

const TIMEOUT_MS = 30_000;

/** Intended times in milliseconds. */
export function arrivals(perSecond: number, seconds: number, seed: number): readonly number[] {
  const random = seededRandom(seed);
  const times: number[] = [];
  for (let at = 0; ; ) {
    at += (-Math.log(1 - random.uniform()) * 1000) / perSecond;
    if (at >= seconds * 1000) return times;
    times.push(at);
  }
}

export async function openLoop(load: Load): Promise<Latencies> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const times = arrivals(load.perSecond, load.seconds, load.seed);
  const [latencies, late]: [number[], number[]] = [[], []];
  let errors = 0;
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (const [i, at] of times.entries()) {
    const wait = began + at - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    late.push(performance.now() - began - at);
    const body = load.bodies[i % load.bodies.length];
    sent.push(
      ask(agent, load, body).then((status) => {
        latencies.push(performance.now() - began - at);
        if (status !== 200) errors++;
      }),
    );
  }
  await Promise.all(sent);
  agent.destroy();
  const sorted = latencies.sort((a, b) => a - b);
  return {
    requests: times.length,
    perSecond: load.perSecond,
    errors,
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    most: sorted.at(-1) ?? Number.NaN,
    lateP99: quantile(
      late.sort((a, b) => a - b),
      0.99,
    ),
  };
}

/** One request after the other: what an answer takes when nobody else asks. */
export async function oneByOne(load: Pick<Load, 'url' | 'method' | 'bodies'>): Promise<{
  readonly statuses: readonly number[];
  readonly milliseconds: readonly number[];
}> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const [statuses, milliseconds]: [number[], number[]] = [[], []];
  for (const body of load.bodies) {
    const began = performance.now();
    statuses.push(await ask(agent, load, body));
    milliseconds.push(performance.now() - began);
  }
  agent.destroy();
  return { statuses, milliseconds };
}

/** The status, when the whole answer is there; 0 when there was none. */
function ask(agent: Agent, { url, method }: Pick<Load, 'url' | 'method'>, body: Buffer | undefined): Promise<number> {
  return new Promise((done) => {
    const headers =
      method === 'POST' ? { 'content-type': 'application/fhir+json', 'content-length': body?.length ?? 0 } : {};
    const asked = request(url, { agent, method, headers, timeout: TIMEOUT_MS }, (response) => {
      response.on('data', () => {});
      response.on('end', () => done(response.statusCode ?? 0));
      response.on('error', () => done(0));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => done(0));
    asked.end(method === 'POST' ? body : undefined);
  });
}
