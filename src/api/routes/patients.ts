// GET /api/patients and what hangs on one patient. All of it wants sign-in.
import { Router } from 'express';
import type { z } from 'zod';
import { readRecord, readStored } from '../../app/score-batch.js';
import type { PatientFilter } from '../../app/store-ports.js';
import { noticeOf, type StoredNotice } from '../../app/stored-record.js';
import type { Lang } from '../../core/language/translate.js';
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { History } from '../../domain/history.js';
import type { Recommendation } from '../../domain/recommendation.js';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../problem.js';
import { type CohortQuery, LangQuery, PatientId, PatientsQuery, TimelineQuery } from '../schemas.js';
import { timelineEvents, within } from '../timeline.js';

export function patientRoutes(dependencies: ApiDependencies): Router {
  const { queries, recommender, readDocument, corpus } = dependencies;
  const router = Router();

  router.get('/patients', async (request, response) => {
    const query = PatientsQuery.parse(request.query);
    const { rows, next } = await queries.patients(filterOf(query, corpus), query.limit, query.cursor);
    response.json({ patients: rows, next });
  });

  const stored = async (params: unknown) => {
    const { id } = PatientId.parse(params);
    const patient = await queries.patient(id);
    if (patient === undefined) throw new Problem('not-found', 'there is no patient with this id');
    const history = readStored(patient, readDocument);
    if (!('entries' in history))
      throw new Problem('faulty-input', 'the stored history cannot be read by this version', {
        faults: history.faults,
      });
    return { patient, history };
  };

  router.get('/patients/:id', async (request, response) => {
    const { patient, history } = await stored(request.params);
    const { raw: _raw, also: _also, patient: _record, caseId, ...row } = patient;
    const person = await queries.person(patient.id);
    const decisions = (person?.decisions ?? []).map(({ seq: _seq, evidence: _evidence, ...decision }) => decision);
    response.json({
      ...row,
      case: caseId,
      person: { records: person?.records ?? [patient.id], decisions },
      normalized: recommender.normalize(history, asOfOf(history)),
    });
  });

  router.get('/patients/:id/timeline', async (request, response) => {
    const { superseded, ...span } = TimelineQuery.parse(request.query);
    const { patient, history } = await stored(request.params);
    const old = superseded === 'true' ? await queries.superseded(patient.id) : [];
    const read = old.map((text) => ({ hash: text.hash, history: readRecord(text, readDocument) }));
    const events = timelineEvents(
      history,
      read.flatMap(({ hash, history: h }) => ('entries' in h ? [{ hash, history: h }] : [])),
    );
    response.json({
      patient: patient.id,
      case: history.id,
      records: [patient.patient, ...(patient.also ?? []).map((text) => text.patient)],
      versions: patient.versions,
      unreadable: read.flatMap(({ hash, history: h }) => ('entries' in h ? [] : [hash])),
      events: events.filter(within(span)),
    });
  });

  router.get('/patients/:id/recommendation', async (request, response) => {
    const { id } = PatientId.parse(request.params);
    response.json(await explainedAgain(dependencies, id, LangQuery.parse(request.query).lang));
  });
  return router;
}

export interface StoredRecord extends Recommendation {
  readonly stored: StoredNotice;
}

/** The stored recommendation with its whole explanation, made again from the same history and day and compared by hash. */
export async function explainedAgain(dependencies: ApiDependencies, id: string, lang?: Lang): Promise<StoredRecord> {
  const { queries, recommender, readDocument, release } = dependencies;
  const found = await queries.recommendation(id);
  if (found === undefined) throw new Problem('not-found', 'there is no recommendation for this id');
  const history = readStored(found, readDocument);
  if (!('entries' in history))
    throw new Problem('faulty-input', 'the history cannot be read; there is no recommendation', {
      faults: history.faults,
    });
  const asOf = history.asOf ?? found.asOf;
  // As the batch made it, for the comparison; and in full, with the missing items tried out.
  const again = await recommender.recommend(history, {
    ...(history.asOf === undefined ? { asOf } : {}),
    tryMissing: false,
  });
  const full = await recommender.recommend(history, { asOf, ...(lang !== undefined && { lang }) });
  return { ...full, stored: noticeOf(found, release, again) };
}

const asOfOf = (history: History): string => history.asOf ?? new Date().toISOString().slice(0, 10);

/** A cancer is asked for by the folder of the corpus ("breast") or by OncoTree code, descendants included. */
export function filterOf(query: z.infer<typeof CohortQuery>, corpus: Corpus): PatientFilter {
  const { cancer, stage, band, status, region } = query;
  return {
    ...(cancer === undefined ? {} : { cancers: codesOf(cancer, corpus) }),
    ...(stage === undefined ? {} : { stage }),
    ...(band === undefined ? {} : { band }),
    ...(status === undefined ? {} : { status }),
    ...(region === undefined ? {} : { region }),
  };
}

function codesOf(cancer: string, corpus: Corpus): readonly string[] {
  const folder = corpus.cancers.find(({ profile }) => profile.id === cancer);
  const codes = new Set(folder === undefined ? [cancer.toUpperCase()] : folder.profile.oncotree);
  const { cancers } = corpus.vocabulary;
  // Parents may stand after their children: repeat until nothing is added.
  for (let size = 0; size !== codes.size; ) {
    size = codes.size;
    for (const { oncotree, parent } of cancers) if (parent !== null && codes.has(parent)) codes.add(oncotree);
  }
  return [...codes];
}
