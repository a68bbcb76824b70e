// A file of an http(s) address, with a few tries. A token is sent only where the export says that its files want it.
import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 4;
const FIRST_WAIT_MS = 500;
/** Servers ask for patience by Retry-After; more than this is the user's to decide. */
const LONGEST_WAIT_MS = 30_000;

export class DownloadFault extends Error {
  override readonly name = 'DownloadFault';
}

/**
 * Hands the body to `take`, from the beginning again when it breaks off.
 * @param token sent as a bearer token, over https or to this machine only
 */
export async function download<T>(
  address: string,
  token: string | undefined,
  take: (body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(address, token, take);
    if ('value' in outcome) return outcome.value;
    if (!outcome.again || attempt === TRIES) throw new DownloadFault(outcome.why);
    await sleep(Math.min(LONGEST_WAIT_MS, outcome.waitMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1)));
  }
}

type Outcome<T> = { readonly value: T } | { readonly again: boolean; readonly why: string; readonly waitMs?: number };

async function once<T>(
  address: string,
  token: string | undefined,
  take: (body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<Outcome<T>> {
  let response: Response;
  try {
    response = await fetch(address, {
      headers: {
        accept: 'application/fhir+ndjson, application/json;q=0.9, */*;q=0.5',
        ...authorization(address, token),
      },
    });
  } catch (error) {
    return { again: true, why: `does not answer (${causeOf(error)})` };
  }
  if (!response.ok || response.status === 202 || response.body === null) {
    const { status } = response;
    await response.body?.cancel();
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    const waitMs = Number.isFinite(wait) ? { waitMs: wait * 1_000 } : {};
    return {
      again: status === 202 || status === 429 || status >= 500,
      why: `answered ${status}${hint(status)}`,
      ...waitMs,
    };
  }
  try {
    return { value: await take(response.body as unknown as AsyncIterable<Uint8Array>) }; // web streams of Node.js are iterable
  } catch (error) {
    if (!isBrokenOff(error)) throw error;
    return { again: true, why: `broke off (${causeOf(error)})` };
  }
}

const hint = (status: number): string =>
  status === 202
    ? ': the export is not ready yet'
    : status === 401 || status === 403
      ? '; SHIPA_BULK_TOKEN is the token of its exports'
      : '';

function authorization(address: string, token: string | undefined): Readonly<Record<string, string>> {
  if (token === undefined || token === '') return {};
  const { protocol, hostname } = new URL(address);
  const safe = protocol === 'https:' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return safe ? { authorization: `Bearer ${token}` } : {};
}

/** undici's failures of a body: "terminated", or a cause with a code of the socket. */
const isBrokenOff = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error && 'code' in error && /^(?:UND_|ECONN|EPIPE)/.test(String(error.code)));

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
}
