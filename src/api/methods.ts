// A known path asked in another way is answered with what it does allow (RFC 9110, 405), not with "sign in" or "nothing is there".
import type { RequestHandler } from 'express';
import { Problem } from './problem.js';

/** `operations`: path templates as in OpenAPI ("/api/patients/{id}") with one of their methods each. */
export function methodCheck(operations: readonly { readonly path: string; readonly method: string }[]): RequestHandler {
  const known = [...new Set(operations.map(({ path }) => path))].map((path) => ({
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
    methods: operations.filter((o) => o.path === path).flatMap(({ method }) => allowed(method)),
  }));
  return (request, response, next) => {
    const found = known.find(({ pattern }) => pattern.test(request.path));
    if (found === undefined || [...found.methods, 'OPTIONS'].includes(request.method)) return next();
    response.set('Allow', found.methods.join(', '));
    throw new Problem('method-not-allowed', `${request.path} allows ${found.methods.join(', ')}`);
  };
}

const allowed = (method: string): readonly string[] => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]);
