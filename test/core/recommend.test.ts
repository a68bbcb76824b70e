// prepare and decide together, on the invented corpus: bands, order, abstention, safety, missing items, protocol.
import { expect, describe as suite, test } from 'vitest';
import { Criterion } from '../../src/domain/corpus/criterion.js';
import type { Study } from '../../src/domain/corpus/study.js';
import type { Recommendation } from '../../src/domain/recommendation.js';
import {
  biomarker,
  cancerCase,
  corpusOf,
  course,
  EGFR_MODEL,
  fact,
  NO_MODEL,
  nodeScore,
  none,
  patientWith,
  recommend,
  values,
} from './fixtures.js';

const L858R = biomarker('EGFR', 'positive', { protein: 'L858R', codon: 858, exon: 21 });
const mutated = (written: Parameters<typeof cancerCase>[0] = {}) => cancerCase({ biomarkers: [L858R], ...written });
const retracted = (study: Study): Study => ({ ...study, retracted: { on: '2026-01-01', why: 'made up' } });
const optionOf = (record: Recommendation, regimen: string) => record.options.find((o) => o.regimen.id === regimen);

suite('bands and order', () => {
  test('recommends what is met, preferred first, with evidence and arithmetic', () => {
    const record = recommend(patientWith([mutated()]));
    expect(record.status).toBe('ranked');
    const [first] = record.options;
    expect(first).toMatchObject({
      rank: 1,
      band: 'recommended',
      provisional: false,
      regimen: { id: 'osimertinib', drugs: ['osimertinib'] },
    });
    expect(first?.evidence[0]).toMatchObject({ study: 'TRIAL ONE', outcome: 'PFS', certainty: 'high' });
    expect(first?.evidence[0]?.effect).toContain('HR 0.46 (0.37-0.57)');
    expect(first?.explanation.reduce((sum, part) => sum + part.effect, 0)).toBe(first?.utility);
    expect(record.patient).toMatchObject({ setting: 'metastatic', stage: 'IVA', line: 1, age: 66, ecog: 1 });
  });
  test('recommends nothing whose every study is retracted, and says so', () => {
    const corpus = corpusOf();
    const gone = { ...corpus, cancers: corpus.cancers.map((f) => ({ ...f, studies: f.studies.map(retracted) })) };
    const option = optionOf(recommend(patientWith([mutated()]), gone), 'osimertinib');
    expect(option).toMatchObject({ band: 'consider', provisional: false });
    expect(option?.because).toContain('Every study that it rested on is retracted: TRIAL ONE.');
    expect(option?.evidence[0]?.effect).toBe('RETRACTED 2026-01-01: made up');
  });
  test('works without any model', () => {
    const record = recommend(patientWith([mutated()]), corpusOf(), { model: NO_MODEL });
    expect(optionOf(record, 'osimertinib')).toMatchObject({
      rank: 1,
      utility: null,
      benefit: null,
      harm: { grade3Plus: null },
    });
    expect(record.notes.join(' ')).toContain('No outcome model');
  });
  test('keeps preference above utility, and utility above order', () => {
    const worse = { osimertinib: nodeScore(-9), gefitinib: nodeScore(0) };
    expect(recommend(patientWith([mutated()]), corpusOf(), { scores: worse }).options[0]?.regimen.id).toBe(
      'osimertinib',
    );
    const level = [
      { id: 'a', regimen: 'osimertinib', criteria: { ecog: { max: 2 } }, network: 'egfr', order: 1 },
      { id: 'b', regimen: 'gefitinib', criteria: { ecog: { max: 2 } }, network: 'egfr', order: 2 },
    ];
    const record = recommend(patientWith([mutated()]), corpusOf({ indications: level }), { scores: worse });
    expect(record.options.map((o) => o.regimen.id)).toEqual(['gefitinib', 'osimertinib']);
  });
  test('holds an option back as provisional when a fact that decides is unknown, and names it', () => {
    const record = recommend(patientWith([cancerCase()]));
    expect(optionOf(record, 'osimertinib')).toMatchObject({ band: 'consider', provisional: true });
    const egfr = record.missing.find((m) => m.item.startsWith('EGFR'));
    expect(egfr?.changesFirstOption).toBe(true);
    expect(record.missing.find((m) => m.item === 'PD-L1 TPS')).toMatchObject({ changesFirstOption: true });
  });
  test('a historical preference and weak evidence are never recommended', () => {
    const indications = [
      { id: 'old', regimen: 'gefitinib', criteria: { ecog: 1 }, preference: 'historical' },
      { id: 'weak', regimen: 'carboplatin', criteria: { ecog: 1 }, strength: 'weak-for' },
    ];
    const record = recommend(patientWith([mutated()]), corpusOf({ indications }));
    expect(record.options.map((o) => o.band)).toEqual(['consider', 'consider']);
  });
  test('a met indication against a regimen beats one for it, and is shown without a rank', () => {
    const indications = [
      { id: 'for', regimen: 'pembrolizumab', criteria: { ecog: 1 } },
      {
        id: 'against',
        regimen: 'pembrolizumab',
        criteria: { biomarker: { EGFR: 'L858R' } },
        strength: 'strong-against',
      },
      { id: 'care', regimen: 'supportive-care', criteria: { ecog: 1 }, strength: 'weak-for' },
    ];
    const record = recommend(patientWith([mutated()]), corpusOf({ indications }));
    expect(optionOf(record, 'pembrolizumab')).toMatchObject({
      band: 'not-recommended',
      rank: null,
      indication: 'against',
    });
    const unknown = recommend(patientWith([cancerCase()]), corpusOf({ indications }));
    expect(optionOf(unknown, 'pembrolizumab')).toMatchObject({
      band: 'consider',
      provisional: true,
      indication: 'for',
    });
  });
  test('says why others were rejected', () => {
    const record = recommend(patientWith([cancerCase({ biomarkers: [biomarker('EGFR', 'negative')] })]));
    const rejected = record.excluded.find((e) => e.regimen === 'osimertinib');
    expect(rejected?.reasons[0]).toContain('EGFR L858R or exon 19 deletion');
    expect(rejected?.reasons[0]).toContain('EGFR negative');
  });
  test('leaves out what is past its validity', () => {
    const indications = [
      { id: 'gone', regimen: 'gefitinib', criteria: { ecog: 1 }, validTo: '2025-01-01' },
      { id: 'here', regimen: 'carboplatin', criteria: { ecog: 1 } },
    ];
    const record = recommend(patientWith([mutated()]), corpusOf({ indications }));
    expect(record.options.map((o) => o.regimen.id)).toEqual(['carboplatin']);
    expect(record.excluded[0]?.reasons[0]).toContain('2025-01-01');
  });
  test('fills continue-current with what is being given', () => {
    const indications = [{ id: 'go-on', regimen: 'continue-current', criteria: { metastatic: 'yes' } }];
    const on = mutated({ courses: [course({ drugs: ['osimertinib'], outcome: 'ongoing', start: '2026-02' })] });
    expect(recommend(patientWith([on]), corpusOf({ indications })).options[0]?.regimen.drugs).toEqual(['osimertinib']);
    expect(recommend(patientWith([mutated()]), corpusOf({ indications })).reason?.code).toBe('no-supported-option');
  });
});

suite('safety', () => {
  const rule = (written: Record<string, unknown>) =>
    corpusOf({
      safety: [
        {
          id: 'lvef-low',
          applies: { drugs: ['osimertinib'] },
          when: { lvef: { below: 50 } },
          verdict: 'contraindicated',
          ...written,
        },
      ],
    });
  const withLvef = (lvef: number) => patientWith([mutated()], { values: values({ ecog: 1, lvef }) });
  test('a contraindication takes the rank away whatever the score', () => {
    const record = recommend(withLvef(40), rule({}), { scores: { osimertinib: nodeScore(50) } });
    expect(optionOf(record, 'osimertinib')).toMatchObject({ band: 'not-recommended', rank: null });
    expect(record.options[0]?.regimen.id).toBe('gefitinib');
  });
  test('a caution annotates and leaves the band', () => {
    const option = optionOf(recommend(withLvef(40), rule({ verdict: 'caution' })), 'osimertinib');
    expect(option).toMatchObject({ band: 'recommended', safety: [{ verdict: 'caution', rule: 'lvef-low' }] });
  });
  test('needs-data holds back and asks for the item', () => {
    const record = recommend(patientWith([mutated()]), rule({ whenUnknown: 'needs-data', item: 'LVEF' }));
    expect(optionOf(record, 'osimertinib')).toMatchObject({ band: 'consider', provisional: true });
    expect(record.missing.find((m) => m.item === 'LVEF')).toMatchObject({ changesFirstOption: true });
  });
  test('an item due before the first dose blocks nothing', () => {
    const option = optionOf(
      recommend(patientWith([mutated()]), rule({ whenUnknown: 'before-first-dose', item: 'LVEF' })),
      'osimertinib',
    );
    expect(option).toMatchObject({ band: 'recommended', beforeFirstDose: ['LVEF'] });
  });
});

suite('abstention', () => {
  const code = (cases: Parameters<typeof patientWith>[0], written: Parameters<typeof patientWith>[1] = {}) =>
    recommend(patientWith(cases, written)).reason?.code;
  test('when the patient has died', () => expect(code([mutated()], { deceased: {} })).toBe('deceased'));
  test('when there is no cancer', () => expect(code([])).toBe('no-cancer'));
  test('when the cancer is not covered, naming it', () => {
    const record = recommend(patientWith([cancerCase({ code: 'PRAD' })]));
    expect(record.reason).toMatchObject({ code: 'not-covered' });
    expect(record.reason?.message).toContain('Prostate');
  });
  test('when the diagnosis is not confirmed or too coarse', () => {
    expect(code([mutated({ verification: fact('provisional' as const) })])).toBe('diagnosis-not-established');
    const one = corpusOf();
    const [folder] = one.cancers;
    if (folder === undefined) throw new Error('a folder is needed');
    const other = { ...folder, profile: { ...folder.profile, id: 'other', oncotree: ['LUAD'] } };
    const coarse = patientWith([cancerCase({ code: 'LUNG' })]);
    expect(recommend(coarse, { ...one, cancers: [folder, other] }).reason?.code).toBe('diagnosis-not-established');
    expect(code([mutated({ verification: none })])).toBeUndefined();
  });
  test('but goes on provisionally when only one folder lies below the coarse diagnosis', () => {
    const record = recommend(patientWith([cancerCase({ code: 'LUNG' })]));
    expect(record.status).toBe('ranked');
    expect(record.options.some((o) => o.band === 'recommended')).toBe(false);
    expect(record.missing.map((m) => m.item)).toContain('histology');
  });
  test('but goes on provisionally when the biomarkers tell what the coarse diagnosis was worked up as', () => {
    const record = recommend(patientWith([mutated({ code: 'LUNG' })]));
    expect(record.options[0]).toMatchObject({ band: 'consider', provisional: true, regimen: { id: 'osimertinib' } });
    expect(record.missing.map((m) => m.item)).toContain('histology');
  });
  test('when the setting cannot be told, with what would tell', () => {
    const record = recommend(patientWith([cancerCase({ stage: none, values: {} })]));
    expect(record.reason?.code).toBe('setting-unknown');
    expect(record.missing.map((m) => m.item)).toContain('metastatic');
  });
  test('when two different cancers are active, unless one is asked for', () => {
    const two = [mutated(), cancerCase({ id: 'case-2', code: 'PRAD' })];
    expect(code(two)).toBe('primaries-conflict');
    expect(recommend(patientWith(two), corpusOf(), { caseId: 'case-1' }).status).toBe('ranked');
  });
  test('when everything is contraindicated, still showing it', () => {
    const safety = [
      {
        id: 'never',
        applies: { modalities: ['systemic', 'supportive-care'] },
        when: { ecog: 1 },
        verdict: 'contraindicated',
      },
    ];
    const record = recommend(patientWith([mutated()]), corpusOf({ safety }));
    expect(record.reason?.code).toBe('no-supported-option');
    expect(record.options.length).toBeGreaterThan(0);
    expect(record.options.every((o) => o.rank === null)).toBe(true);
  });
});

suite('several cancers', () => {
  test('an earlier resolved cancer is history and is noted', () => {
    const old = cancerCase({ id: 'old', code: 'PRAD', status: fact('resolved' as const), values: {} });
    const record = recommend(patientWith([old, mutated()]));
    expect(record.status).toBe('ranked');
    expect(record.notes.join(' ')).toContain('taken as history: Prostate adenocarcinoma');
  });
  test('a disease-free cancer of some years ago rests beside a new one', () => {
    const quiet = cancerCase({
      id: 'quiet',
      code: 'PRAD',
      diagnosed: fact('2023-01-10'),
      values: values({ 'disease-free': 'yes' }),
    });
    expect(recommend(patientWith([quiet, mutated()])).status).toBe('ranked');
    const fresh = { ...quiet, diagnosed: fact('2026-03-10') };
    expect(recommend(patientWith([fresh, mutated()])).reason?.code).toBe('primaries-conflict');
  });
  test('of two of one kind the higher stage leads and the other is noted', () => {
    const left = mutated({
      id: 'left',
      laterality: fact('left' as const),
      stage: fact('IIA'),
      values: values({ metastatic: 'no' }),
    });
    const record = recommend(patientWith([left, mutated({ laterality: fact('right' as const) })]));
    expect(record.patient.stage).toBe('IVA');
    expect(record.notes.join(' ')).toContain('needs its own decision');
  });
});

suite('setting', () => {
  test('goes on provisionally with the first that is met when an earlier one cannot be told', () => {
    const settings = [
      { id: 'special', name: 'Special', criteria: { lvef: { below: 50 } } },
      { id: 'metastatic', name: 'Metastatic', criteria: { metastatic: 'yes' } },
    ];
    const record = recommend(patientWith([mutated()]), corpusOf({ settings }));
    expect(record.patient.setting).toBe('metastatic');
    expect(record.options.every((o) => o.band !== 'recommended' && o.provisional)).toBe(true);
    expect(record.missing.map((m) => m.item)).toContain('LVEF');
  });
});

suite('local protocol', () => {
  const protocols = [
    {
      id: 'kz',
      name: { en: 'Clinic' },
      restrict: [{ drug: 'osimertinib', reason: { en: 'not on the formulary' } }],
      prefer: [],
      replace: [],
      sources: [],
    },
  ];
  test('takes a restricted drug out with its reason and says so', () => {
    const record = recommend(patientWith([mutated()]), corpusOf({ protocols }), { protocol: 'kz' });
    expect(optionOf(record, 'osimertinib')).toMatchObject({ band: 'not-recommended', rank: null });
    expect(record.notes.join(' ')).toContain('not on the formulary');
  });
  test('says so when the corpus has no such protocol', () => {
    const record = recommend(patientWith([mutated()]), corpusOf(), { protocol: 'elsewhere' });
    expect(record.notes.join(' ')).toContain('"elsewhere" is not in the corpus');
  });
  test('raises a preferred option inside its band only', () => {
    const prefer = [
      {
        id: 'kz',
        name: { en: 'Clinic' },
        restrict: [],
        prefer: [{ indication: 'gefitinib-first', reason: { en: 'generic at hand' } }],
        replace: [],
        sources: [],
      },
    ];
    const record = recommend(patientWith([mutated()]), corpusOf({ protocols: prefer }), {
      protocol: 'kz',
      model: EGFR_MODEL,
    });
    expect(record.options[0]?.regimen.id).toBe('gefitinib');
  });

  const kz = (parts: object) => [
    { id: 'kz', name: { en: 'Clinic' }, restrict: [], prefer: [], replace: [], sources: [], ...parts },
  ];
  const withProtocol = (parts: object) =>
    recommend(patientWith([mutated()]), corpusOf({ protocols: kz(parts) }), { protocol: 'kz' });

  test('puts another regimen in the place of one that is not to be had, and shows what changed', () => {
    const record = withProtocol({
      replace: [{ regimen: 'osimertinib', by: 'gefitinib', reason: { en: 'bought instead' } }],
    });
    expect(optionOf(record, 'osimertinib')).toMatchObject({ band: 'not-recommended', rank: null });
    expect(record.protocol?.changes).toContainEqual(
      expect.objectContaining({
        regimen: 'osimertinib',
        before: expect.objectContaining({ band: 'recommended' }),
        after: { band: 'not-recommended', place: null },
        reason: 'Clinic: bought instead',
      }),
    );
  });
  test('replaces nothing by what is no option', () => {
    const record = withProtocol({ replace: [{ regimen: 'osimertinib', by: 'nowhere', reason: { en: 'r' } }] });
    expect(optionOf(record, 'osimertinib')?.band).toBe('recommended');
    expect(record.protocol?.changes).toEqual([]);
  });
  test('restricts only in the cancer it names, and not whom it excepts', () => {
    const restricted = (more: object) =>
      optionOf(withProtocol({ restrict: [{ drug: 'osimertinib', reason: { en: 'r' }, ...more }] }), 'osimertinib')
        ?.band;
    expect(restricted({ cancer: ['BREAST'] })).toBe('recommended');
    expect(restricted({ unless: Criterion.parse({ metastatic: 'yes' }) })).toBe('recommended');
    expect(restricted({ unless: Criterion.parse({ metastatic: 'no' }) })).toBe('not-recommended');
  });
});
