// Laws that hold for every patient: safety only demotes, unknown never clears, the order of facts changes nothing, provisional is
// never recommended, a score never overrides a verdict, the parts of an explanation add up.
import fc from 'fast-check';
import { expect, describe as suite, test } from 'vitest';
import type { CancerCase, Patient } from '../../src/domain/patient.js';
import type { Recommendation } from '../../src/domain/recommendation.js';
import {
  biomarker,
  cancerCase,
  corpusOf,
  course,
  fact,
  nodeScore,
  none,
  patientWith,
  recommend,
  values,
} from './fixtures.js';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const patients: fc.Arbitrary<Patient> = fc
  .record({
    egfr: fc.constantFrom(undefined, 'negative', 'positive', 'L858R', 'vus'),
    tps: maybe(fc.integer({ min: 0, max: 100 })),
    ecog: maybe(fc.integer({ min: 0, max: 4 })),
    lvef: maybe(fc.integer({ min: 20, max: 75 })),
    metastatic: fc.constantFrom(undefined, 'yes', 'no'),
    stage: fc.constantFrom(undefined, 'I', 'IIIA', 'IVA'),
    drugs: fc.subarray(['gefitinib', 'carboplatin', 'unreadable']),
    outcome: fc.constantFrom('progressed' as const, 'completed' as const, 'unknown' as const, 'ongoing' as const),
  })
  .map(({ egfr, tps, ecog, lvef, metastatic, stage, drugs, outcome }) => {
    const given = (name: string, value: string | number | undefined) => (value === undefined ? {} : { [name]: value });
    const ofCase: Partial<CancerCase> = {
      biomarkers:
        egfr === undefined
          ? []
          : [
              egfr === 'L858R' || egfr === 'vus'
                ? biomarker('EGFR', 'positive', {
                    protein: 'L858R',
                    significance: egfr === 'vus' ? 'uncertain' : 'pathogenic',
                  })
                : biomarker('EGFR', egfr),
              biomarker('ALK', 'negative'),
            ],
      stage: stage === undefined ? none : fact(stage),
      courses: drugs.map((drug) => course({ drugs: [drug], outcome, start: '2026-02-01' })),
      values: values({ ...given('pd-l1-tps', tps), ...given('metastatic', metastatic), line: 1 }),
    };
    return patientWith([cancerCase(ofCase)], { values: values({ ...given('ecog', ecog), ...given('lvef', lvef) }) });
  });

const RULES = [
  {
    id: 'lvef-low',
    applies: { classes: ['TKI'] },
    when: { lvef: { below: 50 } },
    verdict: 'contraindicated',
    whenUnknown: 'needs-data',
    item: 'LVEF',
  },
  { id: 'frail', applies: { classes: ['chemotherapy'] }, when: { ecog: { min: 2 } }, verdict: 'caution' },
];
const BANDS = ['recommended', 'consider', 'not-recommended'];
const place = (record: Recommendation, id: string) =>
  BANDS.indexOf(record.options.find((o) => o.regimen.id === id)?.band ?? '');

suite('laws', () => {
  test('safety only removes, demotes or annotates', () => {
    fc.assert(
      fc.property(patients, (patient) => {
        const free = recommend(patient);
        const ruled = recommend(patient, corpusOf({ safety: RULES }));
        expect(new Set(ruled.options.map((o) => o.regimen.id))).toEqual(new Set(free.options.map((o) => o.regimen.id)));
        for (const { regimen } of free.options)
          expect(place(ruled, regimen.id)).toBeGreaterThanOrEqual(place(free, regimen.id));
      }),
    );
  });

  test('unknown never clears: forgetting a fact never lifts an option that has a safety rule on it', () => {
    fc.assert(
      fc.property(patients, (patient) => {
        const corpus = corpusOf({ safety: RULES });
        const { lvef: _, ...rest } = patient.values;
        const option = recommend({ ...patient, values: rest }, corpus).options.find(
          (o) => o.regimen.id === 'osimertinib',
        );
        expect(option?.band).not.toBe('recommended');
      }),
    );
  });

  test('provisional is never recommended, not recommended never ranked, ranks count through the list', () => {
    fc.assert(
      fc.property(patients, (patient) => {
        const { options, status } = recommend(patient, corpusOf({ safety: RULES }));
        for (const o of options) {
          expect(o.provisional && o.band === 'recommended').toBe(false);
          expect(o.rank === null).toBe(o.band === 'not-recommended');
        }
        const ranks = options.flatMap((o) => o.rank ?? []);
        expect(ranks).toEqual(ranks.map((_, i) => i + 1));
        expect(status).toBe(ranks.length > 0 ? 'ranked' : 'abstained');
      }),
    );
  });

  test('the order of facts changes nothing', () => {
    fc.assert(
      fc.property(patients, (patient) => {
        const turned = {
          ...patient,
          values: Object.fromEntries(Object.entries(patient.values).reverse()),
          cases: patient.cases.map((c) => ({
            ...c,
            courses: [...c.courses].reverse(),
            biomarkers: [...c.biomarkers].reverse(),
            values: Object.fromEntries(Object.entries(c.values).reverse()),
          })),
        };
        const bare = ({ patient: who, ...rest }: Recommendation) => ({
          ...rest,
          who: { ...who, treatments: [...who.treatments].sort() },
        });
        expect(bare(recommend(turned))).toEqual(bare(recommend(patient)));
      }),
    );
  });

  test('a score never overrides a verdict', () => {
    const gain = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(patients, gain, gain, (patient, a, b) => {
        const corpus = corpusOf({ safety: RULES });
        const scored = recommend(patient, corpus, { scores: { osimertinib: nodeScore(a), gefitinib: nodeScore(b) } });
        const plain = recommend(patient, corpus);
        for (const { regimen } of plain.options) expect(place(scored, regimen.id)).toBe(place(plain, regimen.id));
      }),
    );
  });

  test('the parts of an explanation add up to the utility', () => {
    fc.assert(
      fc.property(patients, (patient) => {
        for (const { utility, explanation } of recommend(patient).options)
          if (utility !== null)
            expect(explanation.reduce((sum, part) => sum + part.effect, 0)).toBeCloseTo(utility, 12);
      }),
    );
  });
});
