// POST /api/recommendations: one history, a Bundle, {"text"} or {"documents"}, in, one record out; nothing is stored. Several patients in one Bundle give a list.
import { type Request, type RequestHandler, Router, raw } from 'express';
import { documentFaults, noteOf } from '../../app/note.js';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../problem.js';
import { RecommendQuery } from '../schemas.js';

const LIMIT = '20mb';
const TYPES = ['application/json', 'application/fhir+json', 'application/*+json'];

export function recommendationRoutes(
  { recommender, readDocument, pdfTexts, corpus }: ApiDependencies,
  allowed: RequestHandler,
  counted: (status: string) => void,
): Router {
  const router = Router();
  // As bytes: the reader names the place of a syntax error, express.json would not; broken UTF-8 is refused, not read as "?".
  router.post('/recommendations', allowed, raw({ type: TYPES, limit: LIMIT }), async (request, response) => {
    const body = textOf(request);
    const { asOf, protocol, lang } = RecommendQuery.parse(request.query);
    if (protocol !== undefined && !corpus.protocols.some((p) => p.id === protocol))
      throw new Problem('bad-request', `there is no protocol "${protocol}"`);
    const json = jsonIn(body);
    const note = noteOf(json, 'request');
    const faults = note === undefined ? documentFaults(json) : [];
    if (faults.length > 0)
      throw new Problem('faulty-input', 'every fault is listed with its place', { faults, case: 'request' });
    if (note?.text.trim() === '')
      throw new Problem('faulty-input', 'the text is empty', {
        faults: [{ place: 'text', message: 'the text is empty' }],
        case: note.id,
      });
    const read =
      note === undefined
        ? readDocument(pdfTexts === undefined ? body : await pdfTexts(body), { case: 'request' })
        : { case: note.id, histories: [recommender.readNote(note, asOf)], faults: [] };
    if (read.histories.length === 0)
      throw new Problem('faulty-input', 'every fault is listed with its place', {
        faults: read.faults,
        case: read.case,
      });
    const today = new Date().toISOString().slice(0, 10);
    const records = await Promise.all(
      read.histories.map((history) =>
        recommender.recommend(history, {
          asOf: asOf ?? history.asOf ?? today,
          ...(protocol === undefined ? {} : { protocol }),
          ...(lang === undefined ? {} : { lang }),
        }),
      ),
    );
    for (const record of records) counted(record.status);
    response.json(records.length === 1 ? records[0] : { records });
  });
  return router;
}

const strict = new TextDecoder('utf-8', { fatal: true });

function textOf(request: Request): string {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0)
    throw new Problem('unsupported-media-type', `send a FHIR Bundle as ${TYPES.slice(0, 2).join(' or ')}`);
  try {
    return strict.decode(bytes);
  } catch {
    throw new Problem('faulty-input', 'the body is not UTF-8 text, as JSON must be', {
      faults: [{ place: 'body', message: 'is not UTF-8 text' }],
    });
  }
}

/** {"text"} or {"documents"}; undefined for what is a Bundle or no JSON, of which the reader of Bundles says what is wrong. */
function jsonIn(body: string): unknown {
  if (!/"(?:text|documents)"/.test(body.slice(0, 200_000)) || /"resourceType"/.test(body)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
