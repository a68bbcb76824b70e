// Open trials of a registry: what is read into criteria, what is left to the doctor, and how a trial stands in a record.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { buildModel } from '../../../src/app/build-model.js';
import { importTrials } from '../../../src/app/import-trials.js';
import { createRecommender } from '../../../src/app/recommend.js';
import { Trial } from '../../../src/domain/corpus/trial.js';
import { eligibilityLines } from '../../../src/evidence/trials/draft-trial.js';
import { referenceScorer } from '../../reference-scorer.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
const ON = '2026-06-01';

const registered = (change: object = {}, eligibility = '') => ({
  protocolSection: {
    identificationModule: {
      nctId: 'NCT01234567',
      briefTitle: 'Inventinib in Metastatic EGFR-mutated Non-small Cell Lung Cancer',
    },
    statusModule: { overallStatus: 'RECRUITING', lastUpdatePostDateStruct: { date: '2026-05-02' } },
    conditionsModule: { conditions: ['Non-small Cell Lung Cancer'] },
    designModule: { phases: ['PHASE3'] },
    armsInterventionsModule: {
      interventions: [
        { type: 'DRUG', name: 'Inventinib' },
        { type: 'DRUG', name: 'Osimertinib 80 mg' },
      ],
    },
    eligibilityModule: { eligibilityCriteria: eligibility, sex: 'ALL', minimumAge: '18 Years', maximumAge: '75 Years' },
    contactsLocationsModule: {
      locations: [{ country: 'Kazakhstan' }, { country: 'Kazakhstan' }, { country: 'Germany' }],
    },
    ...change,
  },
});
const imported = (...studies: object[]) => importTrials(corpus, JSON.stringify({ studies }), 'r.json', ON);
const criteriaOf = (eligibility: string) => imported(registered({}, eligibility)).trials[0];

describe('importing a registry', () => {
  test('reads the frame of a study', () => {
    const [trial] = imported(registered()).trials;
    expect(trial).toMatchObject({
      nct: 'NCT01234567',
      phase: 'PHASE3',
      cancers: ['NSCLC'],
      drugs: ['osimertinib'],
      interventions: ['Inventinib', 'Osimertinib 80 mg'],
      countries: ['Germany', 'Kazakhstan'],
      updated: '2026-05-02',
    });
    expect(trial?.criteria).toEqual({
      all: [
        { cancer: ['NSCLC'] },
        { age: { min: 18 } },
        { age: { max: 75 } },
        { any: [{ metastatic: 'yes' }, { not: { unless: { resectable: 'no' } } }] },
      ],
    });
  });

  test('takes plain conditions for criteria and keeps every other line in words', () => {
    const trial = criteriaOf(
      [
        'Inclusion Criteria:',
        '* ECOG performance status 0-1',
        '* EGFR L858R mutation',
        '* Life expectancy of at least 12 weeks and no condition that in the opinion of the investigator matters',
        'Exclusion Criteria:',
        '* Prior treatment with osimertinib',
        '* Symptomatic brain metastases',
      ].join('\n'),
    );
    const { all } = (trial ?? { criteria: {} }).criteria as { all?: unknown[] };
    expect(all).toContainEqual({ ecog: { max: 1 } });
    expect(all).toContainEqual({ biomarker: { EGFR: ['L858R'] } });
    expect(all).toContainEqual({ not: { prior: { drug: ['osimertinib'] } } });
    expect(trial?.unread).toEqual([
      expect.stringMatching(/^inclusion: Life/),
      'exclusion: Symptomatic brain metastases',
    ]);
  });

  test.each([
    ['EGFR or ALK alteration', 'two markers'],
    [
      'Adequate marrow function: neutrophils above 1.5, platelets above 100, haemoglobin above 90 and EGFR mutation tested by a method that was approved by the local authority',
      'a long line',
    ],
  ])('does not guess at "%s" (%s)', (line) => {
    expect(criteriaOf(`Inclusion Criteria:\n* ${line}`)?.unread).toEqual([`inclusion: ${line}`]);
  });

  test('leaves out what is closed and what is no cancer it knows, and says so', () => {
    const closed = registered({ statusModule: { overallStatus: 'COMPLETED' } });
    const other = registered({
      identificationModule: { nctId: 'NCT07654321', briefTitle: 'Sleep after travel' },
      conditionsModule: { conditions: ['Jet Lag'] },
    });
    expect(imported(closed, other).left).toEqual([
      { nct: 'NCT01234567', reason: 'not open (completed)' },
      { nct: 'NCT07654321', reason: 'no cancer recognised in: Jet Lag' },
    ]);
  });

  test('names every fault with its place and imports the rest', () => {
    const { trials, faults } = imported({ protocolSection: {} }, registered());
    expect(trials).toHaveLength(1);
    expect(faults).toEqual([
      { place: 'r.json, studies[0].protocolSection.identificationModule', message: expect.any(String) },
    ]);
    expect(importTrials(corpus, '{"studies": [', 'r.json', ON).faults[0]?.message).toContain('not JSON');
  });

  test('knows on which side a line stands', () => {
    expect(eligibilityLines('Inclusion Criteria:\n\n1. Age\n\nKey Exclusion Criteria\n- Pregnancy')).toEqual([
      { kind: 'inclusion', text: 'Age' },
      { kind: 'exclusion', text: 'Pregnancy' },
    ]);
  });
});

describe('a trial in a record', () => {
  const bundle = JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { resource: { resourceType: 'Patient', id: 'p', birthDate: '1966-01-01', gender: 'female' } },
      {
        resource: {
          resourceType: 'Condition',
          code: { text: 'Adenocarcinoma of lung' },
          subject: { reference: 'Patient/p' },
        },
      },
      {
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { text: 'Stage group' },
          valueString: 'IVB',
          subject: { reference: 'Patient/p' },
        },
      },
      {
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { text: 'EGFR' },
          valueString: 'L858R',
          subject: { reference: 'Patient/p' },
        },
      },
    ],
  });
  const recordWith = async (eligibility: string) => {
    const trials = imported(registered({}, eligibility)).trials.map((t) => Trial.parse(t));
    // No networks: numbers do not matter here.
    const own = { ...corpus, cancers: corpus.cancers.map((c) => ({ ...c, networks: [] })), trials };
    const model = buildModel(own, { id: 't', version: '0', seed: 1 });
    const recommender = createRecommender({ corpus: own, scorer: referenceScorer(model), codeVersion: 't', today: ON });
    const [history] = readBundleText(bundle, { case: 'c' }).histories;
    if (history === undefined) throw new Error('the bundle is readable');
    return recommender.recommend(history);
  };

  test('stands behind the standards, marked, with what is to be checked', async () => {
    const record = await recordWith('Inclusion Criteria:\n* EGFR L858R mutation\n* Something that no program reads');
    const option = record.options.find((o) => o.trial !== undefined);
    expect(option).toMatchObject({
      decision: 'clinical-trial',
      band: 'consider',
      provisional: false,
      regimen: { id: 'nct01234567' },
      trial: { nct: 'NCT01234567', toCheck: ['inclusion: Something that no program reads'] },
    });
    expect(record.options[0]?.trial).toBeUndefined();
  });

  test('is left out where a criterion is not met, and provisional where it is not known', async () => {
    const { options: negative } = await recordWith('Inclusion Criteria:\n* EGFR exon 20 insertion');
    expect(negative.some((o) => o.trial !== undefined)).toBe(false);
    const { options: unknown } = await recordWith('Inclusion Criteria:\n* ECOG performance status 0-1');
    expect(unknown.find((o) => o.trial !== undefined)?.provisional).toBe(true);
  });
});
