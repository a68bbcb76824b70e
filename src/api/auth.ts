// Sign-in by one token: a bearer header for programs, a cookie for the browser, set by the link that `serve` prints.
// On loopback the Host is checked as well: else a web page elsewhere could reach us through a name of its own (DNS rebinding).
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.js';

export const COOKIE = 'shipa';

export interface Auth {
  readonly signedIn: (request: Request) => boolean;
  /** Refuses with 401 unless signed in. */
  readonly required: RequestHandler;
  /** Lets pass when signed in, or on loopback. */
  readonly orLoopback: RequestHandler;
  /** `?token=...` on a page: sets the cookie and takes the token out of the address. */
  readonly signInByLink: RequestHandler;
}

export function createAuth(token: string, loopback: boolean): Auth {
  const matches = (given: string): boolean => timingSafeEqual(digest(given), digest(token));
  const signedIn = (request: Request): boolean => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const cookie = cookieOf(request.headers.cookie ?? '');
    return (bearer !== undefined && matches(bearer)) || (cookie !== undefined && matches(cookie));
  };
  return {
    signedIn,
    required: (request, _response, next) => {
      if (!signedIn(request))
        throw new Problem('not-signed-in', 'send the token as "Authorization: Bearer ...", or open the sign-in link');
      next();
    },
    orLoopback: (request, _response, next) => {
      if (!loopback && !signedIn(request))
        throw new Problem('not-signed-in', 'without sign-in this is answered on loopback only');
      next();
    },
    signInByLink: (request, response, next) => {
      const { token: given } = request.query;
      if (typeof given !== 'string') return next();
      if (!matches(given)) throw new Problem('not-signed-in', 'the token of the link is not the one in force');
      response.cookie(COOKIE, given, { httpOnly: true, sameSite: 'strict', path: '/', secure: request.secure });
      response.redirect(303, request.path);
    },
  };
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Only while listening on loopback: any other Host (or Origin) than the loopback's own is turned away. */
export function hostCheck(loopback: boolean): RequestHandler {
  return (request, _response, next) => {
    if (!loopback) return next();
    if (!LOOPBACK_HOST.test(request.headers.host ?? '')) throw new Problem('wrong-host', 'use localhost or 127.0.0.1');
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${request.headers.host}`)
      throw new Problem('wrong-host', 'requests of other origins are not answered');
    next();
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function cookieOf(header: string): string | undefined {
  for (const part of header.split(';')) {
    const [name, ...value] = part.trim().split('=');
    if (name === COOKIE) return decoded(value.join('='));
  }
  return undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // Not a cookie that we have set.
  }
}
