// The triage model: the graph agrees with the plain arithmetic, and the released one answers plain texts rightly.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { openTriage } from '../../../src/adapters/onnx/triage-runner.js';
import { corpusDirectory, modelsDirectory } from '../../../src/cli/project.js';
import { TRIAGE_FEATURES, type TriageVocabulary, triageColumns } from '../../../src/evidence/triage/feature-row.js';
import { triageGraph } from '../../../src/evidence/triage/triage-graph.js';
import { HEADS, scoreRow } from '../../../src/evidence/triage/weights.js';
import { seededRandom } from '../../../src/stats/random.js';

const corpus = loadCorpus(corpusDirectory);

function modelFolder(change: object = {}): {
  folder: string;
  weights: { kernel: number[]; bias: number[] };
  vocabulary: TriageVocabulary;
} {
  const vocabulary = {
    cues: ['randomly assigned', 'review', 'mice'],
    subject: ['breast'],
    statements: { review: ['a review'] },
  };
  const random = seededRandom(7);
  const columns = triageColumns(vocabulary).names.length;
  const weights = {
    kernel: Array.from({ length: columns * HEADS.length }, () => random.normal()),
    bias: HEADS.map(() => random.normal()),
  };
  const folder = mkdtempSync(join(tmpdir(), 'triage-'));
  writeFileSync(join(folder, 'model.onnx'), triageGraph(weights, columns, 'test'));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      id: 'triage',
      version: 'test',
      features: TRIAGE_FEATURES,
      ...vocabulary,
      seed: 1,
      designs: HEADS.slice(0, 6),
      trainedOn: {},
      examples: {},
      heldOut: {},
      opset: 17,
      ...change,
    }),
  );
  return { folder, weights, vocabulary };
}

describe('a triage model of random weights', () => {
  test('gives the probabilities of the plain arithmetic, in the order of the texts', async () => {
    const { folder, weights, vocabulary } = modelFolder();
    const texts = Array.from({ length: 300 }, (_, i) => ({
      title: i % 2 === 0 ? 'A review of breast cancer' : 'Mice',
      abstract: i % 3 === 0 ? 'We begin here. Patients were randomly assigned. It is so. And so.' : 'Nothing.',
    }));
    const runner = await openTriage(folder, corpus);
    const answers = await runner.triage(texts);
    await runner.close();
    const columns = triageColumns(vocabulary);
    answers.forEach((answer, i) => {
      const text = texts[i] ?? { title: '', abstract: '' };
      const expected = scoreRow(
        weights,
        columns.read(text, (part) => /cancer/.test(part)),
      );
      expect(answer.probability.design).toBeCloseTo(expected.designs[answer.design], 3);
      expect(answer.probability.oncology).toBeCloseTo(expected.oncology, 3);
      expect(answer.probability.comparesTreatments).toBeCloseTo(expected.comparesTreatments, 3);
    });
  });

  test('is refused when its texts were read otherwise, and said to be missing where there is none', async () => {
    await expect(openTriage(modelFolder({ features: 999 }).folder, corpus)).rejects.toMatchObject({
      code: 'features-mismatch',
    });
    await expect(openTriage(mkdtempSync(join(tmpdir(), 'triage-')), corpus)).rejects.toMatchObject({
      code: 'unreadable',
    });
  });
});

describe('the model in models/triage', () => {
  test('tells plain documents apart', async () => {
    const runner = await openTriage(join(modelsDirectory, 'triage'), corpus);
    const [trial, arm, pooled, series, lab, none] = await runner.triage([
      {
        title:
          'Atezolimab plus carboplatin for extensive-stage small-cell lung cancer: a randomised, double-blind, phase 3 trial',
        abstract:
          'New treatments are needed. Patients were randomly assigned (1:1) to receive carboplatin with atezolimab or placebo. Overall survival was longer (HR 0.70).',
      },
      {
        title: 'Phase 2 study of tazemab in follicular lymphoma',
        abstract:
          'In this open-label, single-arm trial patients received tazemab twice daily. The objective response rate was 69%. Median duration of response was 10.9 months.',
      },
      {
        title: 'Adjuvant chemotherapy in muscle-invasive bladder cancer: a systematic review and meta-analysis',
        abstract:
          'We searched PubMed and Embase. Ten randomised trials with 1,183 patients were pooled by a random-effects model. The pooled hazard ratio was 0.82; heterogeneity was low.',
      },
      {
        title: 'Outcome of elderly patients with glioblastoma: a retrospective single-centre study',
        abstract:
          'We retrospectively reviewed the medical records of 120 consecutive patients treated between 2005 and 2015. In multivariate analysis age was an independent predictor.',
      },
      {
        title: 'A kinase inhibitor induces apoptosis in pancreatic cancer cell lines',
        abstract: 'Cells were treated in vitro; western blot showed lower phosphorylation. Xenografts in mice shrank.',
      },
      {
        title: 'Metformin against placebo in type 2 diabetes: a randomised trial',
        abstract: 'We randomly assigned 200 patients to metformin or placebo. Glucose fell.',
      },
    ]);
    await runner.close();
    expect(trial).toMatchObject({ design: 'randomised', oncology: true, cancers: ['sclc'], comparesTreatments: true });
    expect(arm).toMatchObject({
      design: 'single-arm',
      oncology: true,
      cancers: ['follicular'],
      comparesTreatments: false,
    });
    expect(pooled).toMatchObject({ design: 'meta-analysis', oncology: true, cancers: ['bladder'] });
    expect(series).toMatchObject({ design: 'cohort', oncology: true, cancers: ['glioma'] });
    expect(lab).toMatchObject({ design: 'other', oncology: true, cancers: ['pancreas'] });
    expect(none).toMatchObject({ design: 'randomised', oncology: false, cancers: [] });
  });
});
