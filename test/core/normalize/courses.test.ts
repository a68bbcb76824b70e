import { describe, expect, it } from 'vitest';
import type { ReportEntry } from '../../../src/domain/history.js';
import { administrations, inWords, medication, procedure, read, source, status, terms, text, value } from './record.js';

const courses = (...args: Parameters<typeof read>): string[] => read(...args).courses.map(inWords);

describe('a relapse that is told alone', () => {
  const facts = (...entries: Parameters<typeof read>[1]) => {
    const c = read({ diagnosed: '2024-01-10' }, entries, '2025-06-01');
    return ['relapse-alone', 'primary-treated', 'recurrence'].map((name) => value(c, name));
  };

  it('leaves open how the primary was treated and where it came back', () => {
    expect(facts(status('recurrence', '2025-05-20'))).toEqual(['yes', undefined, undefined]);
  });

  it.each([
    ['progression of what was never treated', [status('progressive disease', '2025-05-20')]],
    ['a relapse that is over', [status('recurrence', '2025-03-20'), status('no evidence of disease', '2025-05-20')]],
  ])('is not %s', (_, entries) => {
    expect(facts(...entries)).toEqual(['no', 'none', 'none']);
  });
});

describe('lines of advanced disease', () => {
  const stageIV = { stage: 'IVB', diagnosed: '2024-01-10' };

  it('is line 1 when nothing was given', () => {
    expect(value(read(stageIV, [], '2024-02-01'), 'line')).toBe(1);
  });

  it('counts a platinum doublet with its administrations as one course, and pemetrexed maintenance in the same line', () => {
    const days = ['2024-02-01', '2024-02-22', '2024-03-14', '2024-04-04'];
    const entries = [
      ...administrations('Carboplatin 450 MG Injection', ...days),
      ...administrations(
        'Pemetrexed 500 MG Injection',
        ...days,
        '2024-04-25',
        '2024-05-16',
        '2024-06-06',
        '2024-06-27',
      ),
    ];
    const c = read(stageIV, entries, '2024-07-10');
    expect(c.courses.map(inWords)).toEqual([
      'carboplatin+pemetrexed palliative 1 completed',
      'pemetrexed palliative 1 ongoing',
    ]);
    expect(value(c, 'line')).toBe(1);
    expect(value(c, 'on-treatment')).toBe('yes');
  });

  it('believes an old open order of hydroxycarbamide, given for years, but not one of a drug given in cycles', () => {
    const open = (drug: string) => value(read(stageIV, [medication(drug, '2024-02-01')], '2026-02-01'), 'on-treatment');
    expect([open('hydroxycarbamide'), open('docetaxel')]).toEqual(['yes', 'no']);
  });

  it('starts line 2 at the change of drug after progression', () => {
    const c = read(
      stageIV,
      [
        medication('gefitinib', '2024-02-01', { end: '2024-12-01', status: 'stopped' }),
        status('progressive disease', '2024-11-28'),
        medication('osimertinib', '2024-12-05'),
      ],
      '2025-06-01',
    );
    expect(c.courses.map(inWords)).toEqual(['gefitinib palliative 1 progressed', 'osimertinib palliative 2 ongoing']);
    expect(value(c, 'line')).toBe(2);
    expect(value(c, 'progressing')).toBe('no');
  });

  it('ends the course of a drug given up for progression although its partner goes on', () => {
    const c = read(
      stageIV,
      [
        medication('goserelin', '2024-02-01'),
        medication('abiraterone', '2024-02-20', {
          end: '2025-05-20',
          status: 'stopped',
          statusReason: text('progression'),
        }),
      ],
      '2025-06-01',
    );
    expect(c.courses.map(inWords)).toEqual([
      'abiraterone+goserelin palliative 1 progressed',
      'goserelin palliative 2 ongoing',
    ]);
  });

  it('makes line 2 due when the disease progresses on the course going on', () => {
    const c = read(
      stageIV,
      [medication('osimertinib', '2024-02-01'), status('Прогрессирование', '2025-03-01')],
      '2025-03-10',
    );
    expect(c.courses.map(inWords)).toEqual(['osimertinib palliative 1 progressed']);
    expect([value(c, 'line'), value(c, 'progressing'), value(c, 'on-treatment')]).toEqual([2, 'yes', 'no']);
  });

  it('keeps the line when the endocrine partner changes', () => {
    expect(
      courses(
        stageIV,
        [
          medication('palbociclib', '2024-02-01'),
          medication('letrozole', '2024-02-01', { end: '2024-06-30', status: 'stopped' }),
          medication('fulvestrant', '2024-07-05'),
        ],
        '2024-09-01',
      ),
    ).toEqual(['letrozole+palbociclib palliative 1 stopped', 'fulvestrant+palbociclib palliative 1 ongoing']);
  });

  it('continues trastuzumab and pertuzumab after docetaxel in the same line', () => {
    const docetaxel = ['2024-02-01', '2024-02-22', '2024-03-14', '2024-04-04', '2024-04-25', '2024-05-16'];
    const c = read(
      stageIV,
      [
        ...administrations('docetaxel', ...docetaxel),
        medication('trastuzumab', '2024-02-01'),
        medication('pertuzumab', '2024-02-01'),
      ],
      '2024-12-01',
    );
    expect(c.courses.map(inWords)).toEqual([
      'docetaxel+pertuzumab+trastuzumab palliative 1 completed',
      'pertuzumab+trastuzumab palliative 1 ongoing',
    ]);
  });

  it('does not count an order signed on the day of the question', () => {
    const c = read(stageIV, [medication('osimertinib', '2024-02-01', { event: 'request' })], '2024-02-01');
    expect(c.courses.map(inWords)).toEqual(['osimertinib unknown - planned']);
    expect(value(c, 'line')).toBe(1);
  });

  it('does not count bone protection, growth factors and antiemetics', () => {
    const supportive = ['zoledronic acid', 'denosumab', 'filgrastim', 'ondansetron', 'dexamethasone'].map((d) =>
      medication(d, '2024-02-01'),
    );
    expect(courses(stageIV, supportive, '2024-03-01')).toEqual([]);
  });

  it('keeps the line on an exchange within a class for intolerance', () => {
    const c = read(
      stageIV,
      [
        medication('palbociclib', '2024-02-01', {
          end: '2024-05-01',
          status: 'stopped',
          statusReason: text('toxicity'),
        }),
        medication('ribociclib', '2024-05-15'),
        medication('letrozole', '2024-02-01'),
      ],
      '2024-09-01',
    );
    expect(c.courses.map((x) => x.line)).toEqual([1, 1]);
  });

  it('reads why a treatment ended', () => {
    expect(
      courses(
        stageIV,
        [
          medication('osimertinib', '2024-02-01', {
            end: '2024-09-01',
            status: 'stopped',
            statusReason: text('Disease progression'),
          }),
        ],
        '2024-10-01',
      ),
    ).toEqual(['osimertinib palliative 1 progressed']);
  });
});

describe('early disease', () => {
  const stageII = { stage: 'IIA', diagnosed: '2023-01-10' };

  it('derives neoadjuvant and adjuvant from the day of surgery', () => {
    const c = read(
      stageII,
      [
        ...administrations('doxorubicin', '2023-02-01', '2023-02-22', '2023-03-15', '2023-04-05'),
        ...administrations('cyclophosphamide', '2023-02-01', '2023-02-22', '2023-03-15', '2023-04-05'),
        ...administrations('paclitaxel', '2023-04-26', '2023-05-17', '2023-06-07', '2023-06-28'),
        procedure('Mastectomy', '2023-08-01'),
        medication('letrozole', '2023-09-15'),
      ],
      '2024-03-01',
    );
    expect(c.courses.map(inWords)).toEqual([
      'cyclophosphamide+doxorubicin neoadjuvant - completed',
      'paclitaxel neoadjuvant - completed',
      'mastectomy curative - completed',
      'letrozole adjuvant - ongoing',
    ]);
    expect([
      value(c, 'primary-treated'),
      value(c, 'neoadjuvant-systemic'),
      value(c, 'adjuvant-systemic'),
      value(c, 'line'),
    ]).toEqual(['surgery', 'yes', 'yes', 1]);
    expect(value(c, 'months-since-primary-treatment')).toBe(7);
    expect(value(c, 'disease-free')).toBe('yes');
  });

  it('lets adjuvant therapy fail when distant disease appears during it, and opens line 1', () => {
    const c = read(
      { ...stageII, metastases: [['bone', '2025-02-01']] },
      [procedure('Lumpectomy', '2023-02-01'), medication('tamoxifen', '2023-04-01')],
      '2025-03-01',
    );
    expect(c.courses.map(inWords)).toEqual([
      'breast-conserving-surgery curative - completed',
      'tamoxifen adjuvant - progressed',
    ]);
    expect([value(c, 'metastatic'), value(c, 'recurrence'), value(c, 'line'), value(c, 'relapse-interval')]).toEqual([
      'yes',
      'distant',
      1,
      0,
    ]);
  });

  it('measures the interval from the end of adjuvant therapy to relapse', () => {
    const c = read(
      { ...stageII, metastases: [['liver', '2025-07-01']] },
      [procedure('Lumpectomy', '2023-02-01'), medication('trastuzumab', '2023-03-01', { end: '2024-03-01' })],
      '2025-08-01',
    );
    expect(value(c, 'relapse-interval')).toBeCloseTo(16, 0);
  });

  it('closes a chemotherapy order that nobody closed', () => {
    const c = read(
      stageII,
      [procedure('Lumpectomy', '2023-02-01'), medication('doxorubicin', '2023-03-01', { event: 'request' })],
      '2026-01-01',
    );
    expect(c.courses.map(inWords)).toEqual([
      'breast-conserving-surgery curative - completed',
      'doxorubicin adjuvant - completed',
    ]);
  });
});

describe('chemoradiotherapy', () => {
  it('joins platinum chemotherapy and radical chest radiotherapy', () => {
    const c = read(
      { stage: 'IIIB', diagnosed: '2024-01-10' },
      [
        ...administrations('cisplatin', '2024-02-01', '2024-02-22'),
        ...administrations('etoposide', '2024-02-01', '2024-02-22'),
        procedure('Radiotherapy', '2024-02-05', {
          end: '2024-03-20',
          bodySites: [text('lung')],
          dose: { value: 60, unit: 'Gy' },
        }),
        medication('durvalumab', '2024-04-10'),
      ],
      '2024-06-01',
    );
    expect(c.courses.map((x) => `${x.modality} ${inWords(x)}`)).toEqual([
      'chemoradiotherapy thoracic-radiotherapy curative - completed',
      'systemic durvalumab curative - ongoing',
    ]);
    expect([value(c, 'primary-treated'), value(c, 'line')]).toEqual(['chemoradiotherapy', 1]);
  });

  it('does not call radiotherapy of bone definitive', () => {
    const c = read(
      { stage: 'IVA', diagnosed: '2024-01-10' },
      [procedure('Radiotherapy', '2024-02-05', { bodySites: [text('lumbar spine')] })],
      '2024-06-01',
    );
    expect(value(c, 'primary-treated')).toBe('none');
  });
});

describe('incomplete and awkward records', () => {
  it('reads orders cycle by cycle as one course going on', () => {
    const orders = ['2025-10-01', '2025-10-22', '2025-11-12', '2025-12-03'].map((d) =>
      medication('pembrolizumab', d, { event: 'request', status: 'completed' }),
    );
    expect(courses({ stage: 'IVA', diagnosed: '2025-09-01' }, orders, '2025-12-20')).toEqual([
      'pembrolizumab palliative 1 ongoing',
    ]);
    expect(courses({ stage: 'IVA', diagnosed: '2025-09-01' }, orders, '2026-06-01')).toEqual([
      'pembrolizumab palliative 1 completed',
    ]);
  });

  it('divides what spans the operation into neoadjuvant and adjuvant', () => {
    expect(
      courses(
        { stage: 'IIB', diagnosed: '2024-06-01' },
        [medication('pembrolizumab', '2024-06-20', { end: '2025-06-01' }), procedure('Lumpectomy', '2024-12-20')],
        '2025-07-01',
      ),
    ).toEqual([
      'pembrolizumab neoadjuvant - completed',
      'breast-conserving-surgery curative - completed',
      'pembrolizumab adjuvant - completed',
    ]);
  });

  it('keeps a treatment whose drug is not told', () => {
    const c = read({ stage: 'IVA', diagnosed: '2024-01-01' }, [procedure('Chemotherapy', '2024-02-01')], '2024-12-01');
    expect(c.courses).toMatchObject([{ modality: 'systemic', drugs: [], line: 1 }]);
  });

  it.each([
    ['AC x 4 cycles', ['cyclophosphamide', 'doxorubicin']],
    ['TCHP', ['carboplatin', 'docetaxel', 'pertuzumab', 'trastuzumab']],
    ['PACLitaxel', ['paclitaxel']],
    ['nab-paclitaxel', ['nab-paclitaxel']],
    ['trastuzumab-dkst 420 MG Injection', ['trastuzumab']],
    ['fam-trastuzumab deruxtecan-nxki', ['trastuzumab deruxtecan']],
    ['ado-trastuzumab emtansine', ['trastuzumab emtansine']],
    ['100 ML Epirubicin Hydrochloride 2 MG/ML Injection', ['epirubicin']],
    ['5 ML hyaluronidase-oysk / trastuzumab 120 MG/ML', ['trastuzumab']],
    ['Осимертинибом', ['osimertinib']],
    ['Трастузумаб + пертузумаб', ['pertuzumab', 'trastuzumab']],
  ])('recognises %s', (name, drugs) => {
    expect(
      terms
        .drugs(text(name))
        .map((m) => m.drug.inn)
        .filter((d) => !d.startsWith('hyaluronidase'))
        .sort(),
    ).toEqual(drugs);
  });
});

describe('reports', () => {
  const report = (words: string): ReportEntry => ({
    kind: 'report',
    code: text('Molecular report'),
    conclusions: [],
    text: words,
    source,
    date: '2026-04-20',
  });
  it('reads a conclusion clause by clause', () => {
    const c = read({}, [report('EGFR exon 19 deletion detected. ALK, ROS1: negative; PD-L1 TPS 60%.')], '2026-06-01');
    expect(c.biomarkers.map((b) => [b.name, b.result.known && b.result.value])).toEqual([
      ['ALK', 'negative'],
      ['EGFR', 'positive'],
      ['PD-L1', 'positive'],
      ['ROS1', 'negative'],
    ]);
    expect(value(c, 'pd-l1-tps')).toBe(60);
  });
});

describe('a procedure treats the organs that it names', () => {
  it('takes a hysterectomy for the treatment of a cancer of the cervix, not of one of the breast', () => {
    const entries = [procedure('Radical hysterectomy', '2024-03-01')];
    const treated = (cancer: string) =>
      value(read({ cancer, stage: 'IB', diagnosed: '2024-02-01' }, entries, '2024-04-01'), 'primary-treated');
    expect(treated('CESC')).toBe('surgery');
    expect(treated('IDC')).toBe('none');
  });
});
