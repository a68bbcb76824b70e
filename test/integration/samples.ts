// Small histories and a recommender without medicine in it, for tests of what runs around the clinical core.
import type { BatchRecommender } from '../../src/app/score-batch.js';
import type { Release } from '../../src/app/store-ports.js';
import type { History } from '../../src/domain/history.js';
import type { Recommendation } from '../../src/domain/recommendation.js';

/** One NDJSON line: a patient of Almaty with breast cancer. */
export function bundleLine(id: string, asOf = '2026-06-01'): string {
  const subject = { reference: `Patient/${id}` };
  const coding = [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C50.4' }];
  return JSON.stringify({
    resourceType: 'Bundle',
    id: `case-${id}-${asOf}`,
    type: 'collection',
    timestamp: `${asOf}T00:00:00Z`,
    entry: [
      {
        fullUrl: `http://example.org/fhir/Patient/${id}`,
        resource: {
          resourceType: 'Patient',
          id,
          gender: 'female',
          birthDate: '1960-05-01',
          address: [{ state: 'Almaty' }],
        },
      },
      {
        fullUrl: `http://example.org/fhir/Condition/${id}-c`,
        resource: { resourceType: 'Condition', id: `${id}-c`, subject, code: { coding }, onsetDateTime: '2026-01-10' },
      },
    ],
  });
}

/** Patients whose id ends in 3 are "not covered", the others get one recommended option. */
export function fakeRecommender(release: Release): BatchRecommender {
  return { recommendBriefly: async (histories) => histories.map((history) => fakeRecord(history, release)) };
}

export function fakeRecord(history: History, release: Release): Recommendation {
  const covered = !history.person.id.endsWith('3');
  const option: Recommendation['options'][number] = {
    decision: 'endocrine',
    rank: 1,
    band: 'recommended',
    provisional: false,
    preference: 'preferred',
    beforeFirstDose: [],
    regimen: { id: 'letrozole', name: 'Letrozole', drugs: ['letrozole'], modalities: ['systemic'] },
    indication: 'fake',
    rationale: '',
    utility: null,
    benefit: null,
    harm: { grade3Plus: null },
    certainty: null,
    strength: 'strong-for',
    says: [],
    criteria: [],
    safety: [],
    evidence: [],
    explanation: [],
    because: [],
  };
  return {
    case: history.id,
    asOf: history.asOf ?? '2026-06-01',
    status: covered ? 'ranked' : 'abstained',
    ...(covered ? {} : { reason: { code: 'not-covered' as const, message: 'not covered' } }),
    versions: { ...release, input: history.id },
    patient: {
      cancer: { oncotree: covered ? 'IDC' : 'GIST', name: covered ? 'Breast' : 'GIST' },
      stage: 'IIA',
      setting: null,
      line: null,
      age: 66,
      sex: 'female',
      ecog: null,
      biomarkers: [],
      treatments: [],
    },
    decisions: covered ? [{ id: 'endocrine', question: 'Which endocrine therapy?', outcome: 'DFS' }] : [],
    options: covered ? [option] : [],
    excluded: [],
    missing: [],
    notes: [],
  };
}
