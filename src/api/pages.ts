// Where the pages are mounted: / (list of patients), /patients/:id (record), /runs, /runs/:id, /try (paste a note or a Bundle). HTML is made in src/web and
// src/report; this file checks sign-in, asks and hands over. A person who is not signed in is told how, as a page.
import { type Request, type Response, Router, urlencoded } from 'express';
import type { Fault } from '../domain/faults.js';
import { renderHtml } from '../report/html/record.js';
import { inLanguages, LINKS } from '../web/links.js';
import { patientsPage, signInPage, tryPage } from '../web/pages.js';
import { cancelPage, runPage, runsPage } from '../web/runs-pages.js';
import type { Auth } from './auth.js';
import type { ApiDependencies } from './dependencies.js';
import { explainedAgain, filterOf } from './routes/patients.js';
import { foundRun, runView, turnRun } from './routes/runs.js';
import { RunId, RunTurn } from './run-schemas.js';
import { LangQuery, PatientId, PatientsQuery, TryForm } from './schemas.js';

const LATEST = 50;
/** While something goes on the page asks again by itself; it has no script. */
const AGAIN_SECONDS = '5';

export function pageRoutes(dependencies: ApiDependencies, auth: Auth): Router {
  const { queries, corpus, recommender, readDocument } = dependencies;
  const router = Router();
  const send = (response: Response, page: string, status = 200): void =>
    void response.status(status).type('html').send(page);
  const refused = (request: Request, response: Response): boolean => {
    if (auth.signedIn(request)) return false;
    send(response, signInPage(), 401);
    return true;
  };

  router.get('/', auth.signInByLink, async (request, response) => {
    if (refused(request, response)) return;
    const query = PatientsQuery.parse(withoutBlanks(request.query));
    const [page, summary] = await Promise.all([
      queries.patients(filterOf(query, corpus), query.limit, query.cursor),
      queries.summary(filterOf(query, corpus)),
    ]);
    const cancers = corpus.cancers.map(({ profile }) => ({ id: profile.id, name: profile.name.en }));
    send(response, patientsPage({ patients: page.rows, next: page.next, summary, cancers, query }));
  });

  router.get('/patients/:id', auth.signInByLink, async (request, response) => {
    if (refused(request, response)) return;
    const { id } = PatientId.parse(request.params);
    const record = await explainedAgain(dependencies, id, LangQuery.parse(request.query).lang);
    send(response, renderHtml(record, [...LINKS, ...inLanguages(`/patients/${encodeURIComponent(id)}`)]));
  });

  router.get('/runs', auth.signInByLink, async (request, response) => {
    if (refused(request, response)) return;
    const [runs, dead] = await Promise.all([queries.runs(LATEST), queries.deadLetters(1)]);
    const open = runs.filter(({ state }) => state === 'running' || state === 'paused');
    const active = await Promise.all(open.slice(0, 10).map(({ id }) => queries.run(id)));
    if (open.length > 0) response.set('Refresh', AGAIN_SECONDS);
    send(
      response,
      runsPage(
        runs,
        active.filter((run) => run !== undefined),
        dead.total,
      ),
    );
  });

  router.get('/runs/:id', auth.signInByLink, async (request, response) => {
    if (refused(request, response)) return;
    const view = await runView(queries, RunId.parse(request.params).id);
    if (view.run.state === 'running') response.set('Refresh', AGAIN_SECONDS);
    send(response, runPage(view));
  });

  router.get('/runs/:id/cancel', auth.signInByLink, async (request, response) => {
    if (refused(request, response)) return;
    send(response, cancelPage(await foundRun(queries, RunId.parse(request.params).id)));
  });

  router.post('/runs/:id/:turn', async (request, response) => {
    if (refused(request, response)) return;
    const { id, turn } = RunTurn.parse(request.params);
    await turnRun(queries, id, turn);
    response.redirect(303, `/runs/${encodeURIComponent(id)}`);
  });

  router.get('/try', auth.signInByLink, (_request, response) =>
    send(response, tryPage({ text: '', lang: 'en', faults: [] })),
  );

  router.post('/try', auth.orLoopback, urlencoded({ extended: false, limit: '20mb' }), async (request, response) => {
    const { text, lang } = TryForm.parse(request.body ?? {});
    const { histories, faults } = /^\s*[{[]/.test(text)
      ? readDocument(text, { case: 'pasted' })
      : { histories: text.trim() === '' ? [] : [recommender.readNote({ id: 'pasted', text })], faults: [] };
    const [history] = histories;
    if (history === undefined) return send(response, tryPage({ text, lang, faults: onPage(faults) }), 422);
    const asOf = history.asOf ?? new Date().toISOString().slice(0, 10);
    send(response, renderHtml(await recommender.recommend(history, { asOf, lang }), LINKS));
  });
  return router;
}

/** A form sends its empty fields too. */
const withoutBlanks = (query: Request['query']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

const onPage = (faults: readonly Fault[]): readonly Fault[] =>
  faults.length > 0 ? faults.slice(0, 200) : [{ place: 'text', message: 'no patient was found in it' }];
