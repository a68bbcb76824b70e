// CDS Hooks discovery and the FHIR capability statement. Both list what is there, and nothing else.
import { Router } from 'express';
import type { ApiDependencies } from '../dependencies.js';

/** Publication date of the statement: it changes when the statement does, not with the day it is asked. */
const STATEMENT_DATE = '2026-11-23';

export function interoperabilityRoutes({ release }: ApiDependencies): Router {
  const router = Router();
  router.get('/cds-services', (_request, response) => {
    response.json({ services: [] });
  });
  router.get('/fhir/metadata', (_request, response) => {
    response.type('application/fhir+json').send(
      JSON.stringify({
        resourceType: 'CapabilityStatement',
        status: 'active',
        date: STATEMENT_DATE,
        kind: 'instance',
        software: { name: 'Shipa', version: release.code },
        implementation: {
          description: 'Oncology decision support. No FHIR resources are served; Bundles go to /api/recommendations.',
        },
        fhirVersion: '4.0.1',
        format: ['application/fhir+json'],
        rest: [{ mode: 'server', security: { description: 'Bearer token for everything about a stored patient.' } }],
      }),
    );
  });
  return router;
}
