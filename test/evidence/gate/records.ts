// Small records for the tests of the gate and of replay.
import type { Option, Recommendation } from '../../../src/domain/recommendation.js';

export const option = (changed: Partial<Option> & { readonly id?: string } = {}): Option => {
  const { id = 'osimertinib', ...rest } = changed;
  return {
    decision: 'systemic',
    rank: 1,
    band: 'recommended',
    provisional: false,
    preference: 'preferred',
    beforeFirstDose: [],
    regimen: { id, name: id, drugs: [id], modalities: ['systemic'] },
    indication: `${id}-first`,
    rationale: '',
    utility: 0.5,
    benefit: null,
    harm: { grade3Plus: null },
    certainty: null,
    strength: 'strong-for',
    says: [],
    criteria: [{ text: 'EGFR', state: 'met' }],
    safety: [],
    evidence: [],
    explanation: [],
    because: [],
    ...rest,
  };
};

export const recordOf = (options: readonly Option[], changed: Partial<Recommendation> = {}): Recommendation => ({
  case: 'a',
  asOf: '2026-06-01',
  status: options.some((o) => o.rank !== null) ? 'ranked' : 'abstained',
  versions: { corpus: 'c', model: 'm@1', features: 'f', code: '0', input: 'i' },
  patient: {
    cancer: { oncotree: 'LUAD', name: 'Lung adenocarcinoma' },
    stage: 'IV',
    setting: 'metastatic',
    line: 1,
    age: 60,
    sex: 'female',
    ecog: 1,
    biomarkers: [],
    treatments: [],
  },
  decisions: [{ id: 'systemic', question: '?', outcome: 'PFS' }],
  options,
  excluded: [],
  missing: [],
  notes: [],
  ...changed,
});
