// CIViC against the corpus: items of our own making for each way it can end, then the whole public release where it is at hand.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { compareWithCivic } from '../../../src/app/import-civic.js';
import { readCivicReasons } from '../../../src/cli/commands/corpus/civic-reasons.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import { civicMarkers } from '../../../src/evidence/civic/civic-marker.js';
import { civicShares, LEAST_SHARE_A } from '../../../src/evidence/civic/civic-report.js';
import { readCivic } from '../../../src/evidence/civic/read-civic.js';

const root = join(import.meta.dirname, '../../..');
const corpus = loadCorpus(join(root, 'corpus'));
const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);

const HEAD = [
  'molecular_profile',
  'disease',
  'therapies',
  'therapy_interaction_type',
  'evidence_type',
  'evidence_direction',
  'evidence_level',
  'significance',
  'citation_id',
  'source_type',
  'evidence_status',
  'evidence_id',
].join('\t');

interface Row {
  readonly profile: string;
  readonly disease?: string;
  readonly drugs: string;
  readonly how?: string;
  readonly says?: string;
  readonly direction?: string;
}
const line = ({
  profile,
  disease = 'Lung Non-small Cell Carcinoma',
  drugs,
  how = '',
  says = 'Sensitivity/Response',
  direction = 'Supports',
}: Row) =>
  [profile, disease, drugs, how, 'Predictive', direction, 'A', says, '1', 'PubMed', 'accepted', '1'].join('\t');
const statusOf = (row: Row) =>
  compareWithCivic(corpus, `${HEAD}\n${line(row)}\n`, 'made-up.tsv', []).matches[0]?.status;

describe('an item of CIViC', () => {
  test.each([
    ['matched', { profile: 'EGFR L858R', drugs: 'Osimertinib' }],
    [
      'matched',
      { profile: 'EGFR L858R OR EGFR Exon 19 Deletion', drugs: 'Lazertinib,Amivantamab', how: 'Combination' },
    ],
    ['matched', { profile: 'v::ALK Fusion', drugs: 'Alectinib' }],
    ['matched', { profile: 'ERBB2 Amplification', disease: 'Breast Cancer', drugs: 'Trastuzumab' }],
    [
      'matched',
      { profile: 'DPYD DPYD*2A HOMOZYGOSITY', disease: 'Cancer', drugs: 'Capecitabine', says: 'Adverse Response' },
    ],
    ['no-indication', { profile: 'EGFR L858R', drugs: 'Olaparib' }],
    ['no-indication', { profile: 'EGFR L858R', drugs: 'Osimertinib,Olaparib', how: 'Combination' }],
    ['marker-not-used', { profile: 'EGFR Exon 20 Insertion', drugs: 'Gefitinib' }],
    ['drug-unknown', { profile: 'EGFR L858R', drugs: 'Inventinib' }],
    ['cancer-not-covered', { profile: 'EGFR L858R', disease: 'Disease of the Moon', drugs: 'Osimertinib' }],
    ['matched-unselected', { profile: 'TP53 Mutation', drugs: 'Osimertinib', direction: 'Does Not Support' }],
  ])('is %s: %j', (status, row) => {
    expect(statusOf(row)).toBe(status);
  });

  test('may be left out for a reason that a person wrote down', () => {
    const reasons = [{ drug: 'inventinib', reason: 'made up for the test', source: 'the test' }];
    const { matches } = compareWithCivic(
      corpus,
      `${HEAD}\n${line({ profile: 'EGFR L858R', drugs: 'Inventinib' })}`,
      'f',
      reasons,
    );
    expect(matches.map((m) => [m.status, m.by])).toEqual([['explained', ['made up for the test']]]);
  });
});

describe('reading', () => {
  test('says which line has another number of fields, and goes on', () => {
    const { items, faults } = readCivic(
      `${HEAD}\nbroken\n${line({ profile: 'KRAS "G12C"', drugs: 'Sotorasib' })}\n`,
      'c.tsv',
    );
    expect(faults).toEqual([
      { place: 'c.tsv, line 2', message: expect.stringContaining('1 fields where the header has') },
    ]);
    expect(items.map((i) => i.profile)).toEqual(['KRAS "G12C"']);
  });

  test('refuses a table that is none of CIViC', () => {
    expect(readCivic('a\tb\n1\t2\n', 'x.tsv').faults[0]?.message).toContain('not a CIViC evidence table');
  });

  test('takes a profile apart', () => {
    const markers = civicMarkers('BCR::ABL1 Fusion AND ( ABL1 T315I OR NOT KIT D816V )', terms);
    expect(markers.map((m) => [m.text, m.alterations.map((a) => a.protein ?? a.kind)])).toEqual([
      ['BCR::ABL1 Fusion', ['fusion']],
      ['ABL1 T315I', ['T315I']],
    ]);
  });
});

const release = join(process.env.SHIPA_DATA ?? join(root, '../shared/data'), 'civic/2025-09-clinical-evidence.tsv');

describe.skipIf(!existsSync(release))(
  `the release of September 2025 (SHIPA_DATA: ${existsSync(release) ? 'found' : 'not found'})`,
  () => {
    test('is known here for at least 95 % of level A', () => {
      const { matches, faults } = compareWithCivic(
        corpus,
        readFileSync(release, 'utf8'),
        'civic',
        readCivicReasons(join(root, 'corpus')),
      );
      expect(faults).toEqual([]);
      const a = civicShares(matches).find((s) => s.level === 'A');
      expect(a?.items).toBeGreaterThan(90);
      expect((a?.accounted ?? 0) / (a?.items ?? 1)).toBeGreaterThanOrEqual(LEAST_SHARE_A);
    });
  },
);
