// A folder for any tumour beside a cancer's own folder, and alone where the cancer has none. Invented corpus.
import { expect, describe as suite, test } from 'vitest';
import type { Corpus } from '../../src/domain/corpus/corpus.js';
import { CancerProfile } from '../../src/domain/corpus/indication.js';
import { biomarker, cancerCase, corpusOf, indication, none, patientWith, recommend, values } from './fixtures.js';

const onRecord = (criterion: unknown) => ({ not: { unless: criterion } });

function withAgnostic(except: readonly string[] = []): Corpus {
  const corpus = corpusOf({
    indications: [{ id: 'carboplatin-own', regimen: 'carboplatin', criteria: { ecog: { max: 2 } }, order: 20 }],
  });
  const profile = CancerProfile.parse({
    id: 'agnostic',
    name: 'Any tumour',
    oncotree: ['TISSUE'],
    except,
    settings: [{ id: 'advanced', name: 'Advanced', criteria: { metastatic: 'yes' } }],
    decisions: [
      { id: 'systemic', question: 'Which drug?', outcome: 'OS', order: 1, settings: ['advanced'], joins: true },
      { id: 'supportive', question: 'Palliative care?', outcome: 'OS', order: 9, settings: ['advanced'] },
    ],
  });
  const indications = [
    { id: 'any-ret', regimen: 'gefitinib', criteria: onRecord({ biomarker: { RET: 'positive' } }), order: 50 },
    {
      id: 'any-care',
      regimen: 'supportive-care',
      decision: 'supportive',
      criteria: { metastatic: 'yes' },
    },
    { id: 'alone', regimen: 'resection', decision: 'supportive', criteria: { setting: 'advanced' }, order: 200 },
  ].map(indication);
  return { ...corpus, cancers: [...corpus.cancers, { profile, studies: [], regimens: [], networks: [], indications }] };
}

const prostate = (written: Parameters<typeof cancerCase>[0] = {}) =>
  patientWith([cancerCase({ code: 'PRAD', ...written })]);
const ret = { biomarkers: [biomarker('RET', 'positive')] };

suite('beside the cancer of a folder', () => {
  test('its options join the same question, and its other questions are asked whatever the setting is called', () => {
    const record = recommend(patientWith([cancerCase(ret)]), withAgnostic());
    expect(record.patient.setting).toBe('metastatic');
    expect(record.options.map((o) => [o.decision, o.regimen.id])).toEqual([
      ['systemic', 'carboplatin'],
      ['systemic', 'gefitinib'],
      ['supportive', 'supportive-care'],
    ]);
  });
  test('what it says to a question that the cancer poses itself stays out unless the question joins', () => {
    const corpus = withAgnostic();
    const apart = corpus.cancers.map((f) => ({
      ...f,
      profile: { ...f.profile, decisions: f.profile.decisions.map((d) => ({ ...d, joins: false })) },
    }));
    const record = recommend(patientWith([cancerCase(ret)]), { ...corpus, cancers: apart });
    expect(record.options.map((o) => o.regimen.id)).toEqual(['carboplatin', 'supportive-care']);
  });
  test('an option whose target is not on record is neither shown nor asked for nor listed as rejected', () => {
    const record = recommend(patientWith([cancerCase()]), withAgnostic());
    expect(record.options.map((o) => o.regimen.id)).toEqual(['carboplatin', 'supportive-care']);
    expect(record.excluded).toEqual([]);
    expect(record.missing.map((m) => m.item)).not.toContain('RET');
  });
  test('asks nothing where the patient stands in none of its settings', () => {
    const early = cancerCase({ ...ret, values: values({ metastatic: 'no' }) });
    const record = recommend(patientWith([early]), withAgnostic());
    expect(record.options.map((o) => o.decision)).not.toContain('supportive');
  });
});

suite('a cancer without a folder', () => {
  test('gets what holds for any tumour, with the statement that it is not covered', () => {
    const record = recommend(prostate(ret), withAgnostic());
    expect(record.status).toBe('ranked');
    expect(record.options.map((o) => o.regimen.id)).toEqual(['gefitinib', 'supportive-care', 'resection']);
    expect(record.notes[0]).toContain('Prostate adenocarcinoma (PRAD) is not covered');
  });
  test('is not covered where nothing applies or the folder leaves it out', () => {
    const early = prostate({ values: values({ metastatic: 'no' }) });
    expect(recommend(early, withAgnostic()).reason).toMatchObject({ code: 'not-covered' });
    const untold = prostate({ stage: none, values: {} });
    expect(recommend(untold, withAgnostic()).reason).toMatchObject({ code: 'not-covered' });
    const out = recommend(prostate(ret), withAgnostic(['PRAD']));
    expect(out.reason).toMatchObject({ code: 'not-covered' });
    expect(out.options).toEqual([]);
  });
});
