// GET /api/corpus: the evidence in force, as data. No patient in it, so no sign-in.
import { Router } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../problem.js';

export function corpusRoutes({ corpus, release }: ApiDependencies): Router {
  const indications = new Map(
    corpus.cancers.flatMap((c) => c.indications.map((i) => [i.id, { cancer: c.profile.id, ...i }])),
  );
  const studies = new Map(corpus.cancers.flatMap((c) => c.studies.map((s) => [s.id, { folder: c.profile.id, ...s }])));
  const router = Router();

  router.get('/corpus', (_request, response) => {
    response.json({
      hash: corpus.hash,
      model: release.model,
      cancers: corpus.cancers.map(({ profile, studies: s, regimens, indications: i }) => ({
        id: profile.id,
        name: profile.name,
        oncotree: profile.oncotree,
        settings: profile.settings.map((setting) => ({ id: setting.id, name: setting.name })),
        decisions: profile.decisions.map(({ id, question, outcome }) => ({ id, question, outcome })),
        counts: { studies: s.length, regimens: regimens.length, indications: i.length },
        indications: i.map((indication) => indication.id),
      })),
      counts: { drugs: corpus.drugs.length, safety: corpus.safety.length, protocols: corpus.protocols.length },
    });
  });

  router.get('/corpus/indications/:id', (request, response) => {
    const found = indications.get(request.params.id);
    if (found === undefined) throw new Problem('not-found', 'there is no indication with this id');
    response.json(found);
  });

  router.get('/corpus/studies/:id', (request, response) => {
    const found = studies.get(request.params.id);
    if (found === undefined) throw new Problem('not-found', 'there is no study with this id');
    response.json(found);
  });
  return router;
}
