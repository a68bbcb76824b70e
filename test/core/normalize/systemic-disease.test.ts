import { describe, expect, it } from 'vitest';
import { inWords, medication, observation, procedure, read, said, status, value } from './record.js';

const lymphoma = { cancer: 'DLBCLNOS', stage: 'IV', diagnosed: '2024-01-10' };
const given = (drugs: readonly string[], from: string, to?: string, more = {}) =>
  drugs.map((drug) => medication(drug, from, to === undefined ? more : { end: to, ...more }));

describe('diseases of blood and lymph', () => {
  it('are neither metastatic nor without a line before the first treatment', () => {
    const c = read(lymphoma, [], '2024-02-01');
    expect(['metastatic', 'line', 'lines-given'].map((name) => value(c, name))).toEqual([undefined, 1, 0]);
  });

  it('count every course as a line, and the relapse opens the next', () => {
    const c = read(
      lymphoma,
      [
        ...given(['rituximab', 'cyclophosphamide', 'doxorubicin', 'vincristine'], '2024-02-01', '2024-06-01'),
        status('complete response', '2024-06-20'),
        status('relapse', '2025-01-15'),
      ],
      '2025-02-01',
    );
    expect(c.courses.map((x) => [x.line, x.outcome])).toEqual([[1, 'completed']]);
    expect(['line', 'lines-given', 'progressing', 'last-response'].map((name) => value(c, name))).toEqual([
      2,
      1,
      'yes',
      'CR',
    ]);
    expect(value(c, 'relapse-interval')).toBeCloseTo(7.5, 1);
    expect(value(c, 'first-line-progression-months')).toBeCloseTo(11.5, 1);
  });

  it('count a relapse without any course on record as a second line', () => {
    const c = read(lymphoma, [status('relapse', '2025-01-15')], '2025-02-01');
    expect(['line', 'lines-given', 'progressing'].map((name) => value(c, name))).toEqual([2, 0, 'yes']);
  });

  it('do not take a status older than the course that failed for its result', () => {
    for (const before of ['relapse', 'complete response']) {
      const c = read(
        lymphoma,
        [
          ...given(['rituximab', 'bendamustine'], '2024-02-01', '2024-06-01'),
          status(before, '2024-12-01'),
          ...given(['lenalidomide'], '2024-12-20', '2025-04-01', { statusReason: { codings: [], text: 'resistance' } }),
        ],
        '2025-05-01',
      );
      expect(value(c, 'progressing')).toBe('yes');
    }
  });

  it('keep consolidation, transplantation and maintenance in the line of the induction', () => {
    const c = read(
      { cancer: 'PCM', diagnosed: '2024-01-10' },
      [
        ...given(['bortezomib', 'lenalidomide'], '2024-02-01', '2024-06-01'),
        ...given(['melphalan'], '2024-07-10', '2024-07-11'),
        procedure('Autologous stem cell transplantation', '2024-07-12'),
        ...given(['lenalidomide'], '2024-10-20'),
        status('complete response', '2024-09-20'),
      ],
      '2025-06-01',
    );
    expect(c.courses.filter((x) => x.modality === 'systemic').map((x) => x.line)).toEqual([1, 1, 1]);
    expect(['line', 'on-treatment', 'current-response', 'last-response'].map((name) => value(c, name))).toEqual([
      1,
      'yes',
      undefined,
      'CR',
    ]);
  });

  it('take other drugs long after the end of a course for a new line though no relapse is recorded', () => {
    const c = read(
      { cancer: 'FL', diagnosed: '2020-01-10' },
      [
        ...given(['rituximab', 'bendamustine'], '2020-02-01', '2020-07-01'),
        ...given(['rituximab', 'lenalidomide'], '2023-02-01'),
      ],
      '2023-03-01',
    );
    expect(c.courses.map((x) => x.line)).toEqual([1, 2]);
  });

  it('call a refractory disease a relapse after no time', () => {
    const c = read(
      lymphoma,
      [
        ...given(['rituximab', 'cyclophosphamide', 'doxorubicin', 'vincristine'], '2024-02-01', '2024-06-01'),
        status('progressive disease', '2024-06-20'),
      ],
      '2024-07-01',
    );
    expect(['relapse-interval', 'last-response', 'line'].map((name) => value(c, name))).toEqual([0, 'PD', 2]);
  });

  it('are not cured by radiotherapy of a site', () => {
    const c = read(lymphoma, [procedure('Radiotherapy', '2024-03-01')], '2024-05-01');
    expect(value(c, 'primary-treated')).toBe('none');
  });
});

describe('unresectable disease without metastases', () => {
  const liver = { cancer: 'HCC', stage: 'IIIB', diagnosed: '2024-01-10' };

  it('counts systemic treatment as a line when the tumour is not resectable', () => {
    const c = read(
      liver,
      [observation('Resectable', said('no'), '2024-01-20'), ...given(['atezolizumab', 'bevacizumab'], '2024-02-01')],
      '2024-06-01',
    );
    expect(c.courses.map(inWords)).toEqual(['atezolizumab+bevacizumab palliative 1 ongoing']);
  });

  it('counts what failed without any local treatment', () => {
    const c = read(
      liver,
      [...given(['sorafenib'], '2024-02-01', '2024-08-01'), status('progressive disease', '2024-08-01')],
      '2024-09-01',
    );
    expect(value(c, 'line')).toBe(2);
  });
});
