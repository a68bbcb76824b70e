// The criteria language, atom by atom: when a criterion is met, not met and, above all, unknown.
import { expect, describe as suite, test } from 'vitest';
import { evaluate, openItems } from '../../src/core/criteria/evaluate.js';
import { unknown } from '../../src/domain/fact.js';
import { biomarker, contextOf, course, criterion, fact, none, stateOf, values } from './fixtures.js';

suite('cancer', () => {
  test('is met by a descendant and by the code itself', () => {
    expect(stateOf({ cancer: 'NSCLC' })).toBe('met');
    expect(stateOf({ cancer: 'LUAD' })).toBe('met');
  });
  test('is not met by a sibling, unknown when the record is coarser', () => {
    expect(stateOf({ cancer: 'LUSC' })).toBe('not-met');
    expect(
      stateOf({ cancer: 'LUSC' }, { cancer: fact({ oncotree: 'NSCLC', name: 'x', precision: 'broader' as const }) }),
    ).toBe('unknown');
  });
});

suite('stage', () => {
  const at = (stage: string, groups: unknown) => stateOf({ stage: groups }, { stage: fact(stage) });
  test('reads "III" as every subgroup and never "I" as "II"', () => {
    expect(at('IIIB', 'III')).toBe('met');
    expect(at('II', 'I')).toBe('not-met');
    expect(at('IV', 'I')).toBe('not-met');
    expect(at('IA2', 'IA')).toBe('met');
  });
  test('is unknown when the record is coarser than what is asked', () => {
    expect(at('III', 'IIIA')).toBe('unknown');
    expect(at('III', ['II', 'IIIA'])).toBe('unknown');
  });
  test('is met when every subgroup that the coarse stage can mean is asked for', () => {
    expect(at('III', ['IIIA', 'IIIB', 'IIIC'])).toBe('met');
  });
  test('is unknown when not recorded', () => expect(stateOf({ stage: 'I' }, { stage: none })).toBe('unknown'));
});

suite('tnm', () => {
  const tnm = (t: string, n: string) => ({ t: fact(t), n: fact(n), m: none });
  test('prefers the pathologic category', () => {
    const both = { clinicalTnm: tnm('T2', 'N1'), pathologicTnm: tnm('T1c', 'N0') };
    expect(stateOf({ tnm: { t: 'T1', n: 'N0' } }, both)).toBe('met');
  });
  test('reads "T1" as T1mi and asks when only "T1" is recorded', () => {
    expect(stateOf({ tnm: { t: 'T1' } }, { clinicalTnm: tnm('T1mi', 'N0') })).toBe('met');
    expect(stateOf({ tnm: { t: 'T1c' } }, { clinicalTnm: tnm('T1', 'N0') })).toBe('unknown');
  });
  test('takes NX as not known', () =>
    expect(stateOf({ tnm: { n: 'N0' } }, { clinicalTnm: tnm('T1', 'NX') })).toBe('unknown'));
});

suite('biomarker', () => {
  const egfr = (is: unknown, ...args: Parameters<typeof biomarker>) =>
    stateOf({ biomarker: { EGFR: is } }, { biomarkers: [biomarker(...args)] });
  test('leaves a variant unknown when the gene is only positive', () => {
    expect(egfr('L858R', 'EGFR', 'positive')).toBe('unknown');
    expect(egfr('positive', 'EGFR', 'positive')).toBe('met');
  });
  test('leaves every variant not met when the gene is negative', () =>
    expect(egfr(['L858R', 'mutation'], 'EGFR', 'negative')).toBe('not-met'));
  test('does not count variants of uncertain significance', () => {
    const vus = { protein: 'L858R', significance: 'uncertain' as const };
    expect(egfr('L858R', 'EGFR', 'positive', vus)).toBe('not-met');
    expect(egfr('positive', 'EGFR', undefined, vus)).toBe('unknown');
  });
  test('knows variant, codon, exon class and class', () => {
    const l858r = { protein: 'L858R', codon: 858, exon: 21 };
    expect(egfr('p.L858R', 'EGFR', 'positive', l858r)).toBe('met');
    expect(egfr('codon-858', 'EGFR', 'positive', l858r)).toBe('met');
    expect(egfr('mutation', 'EGFR', 'positive', l858r)).toBe('met');
    expect(egfr('exon-19-deletion', 'EGFR', 'positive', l858r)).toBe('not-met');
    expect(egfr('exon-19-deletion', 'EGFR', 'positive', { kind: 'delins', exon: 19 })).toBe('met');
    expect(egfr('exon-20-insertion', 'EGFR', 'positive', { kind: 'duplication', exon: 20 })).toBe('met');
  });
  test('leaves an exact variant unknown when only its exon is recorded', () => {
    expect(egfr('L858R', 'EGFR', 'positive', { exon: 21 })).toBe('unknown');
    expect(egfr('T790M', 'EGFR', 'positive', { kind: 'deletion', exon: 19 })).toBe('not-met');
  });
  const her2 = (is: unknown, result: string) =>
    stateOf({ biomarker: { HER2: is } }, { biomarkers: [biomarker('HER2', result)] });
  test('reads the negative family of HER2', () => {
    for (const result of ['low', 'ultralow', 'zero', 'negative']) expect(her2('negative', result)).toBe('met');
    expect(her2('low', 'low')).toBe('met');
    expect(her2('low', 'negative')).toBe('unknown');
    expect(her2('low', 'zero')).toBe('not-met');
    expect(her2('positive', 'low')).toBe('not-met');
    expect(her2('positive', 'equivocal')).toBe('unknown');
  });
  test('is unknown when never tested', () => expect(stateOf({ biomarker: { ALK: 'positive' } })).toBe('unknown'));
});

suite('therapy', () => {
  const given = (selector: unknown, ...courses: Parameters<typeof course>[0][]) =>
    stateOf({ prior: selector }, { courses: courses.map(course) });
  test('finds a class by ancestry and takes the list as complete', () => {
    expect(given({ class: 'TKI' }, { drugs: ['gefitinib'] })).toBe('met');
    expect(given({ class: 'chemotherapy' }, { drugs: ['gefitinib'] })).toBe('not-met');
    expect(given({ class: 'TKI' })).toBe('not-met');
  });
  test('is unknown when the drug of a course was not understood', () => {
    expect(given({ class: 'TKI' }, { drugs: [] })).toBe('unknown');
    expect(given({ drug: 'osimertinib' }, { drugs: ['study drug x'] })).toBe('unknown');
    expect(given({ drug: 'osimertinib' }, { modality: 'surgery' })).toBe('not-met');
  });
  test('takes unnamed chemoradiotherapy for chemotherapy of some kind, and of no other class', () => {
    const unnamed = { modality: 'chemoradiotherapy', drugs: [] } as const;
    expect(given({ class: 'chemotherapy' }, unnamed)).toBe('met');
    expect(given({ class: 'platinum' }, unnamed)).toBe('unknown');
    expect(given({ drug: 'carboplatin' }, unnamed)).toBe('unknown');
    expect(given({ class: 'checkpoint' }, unnamed)).toBe('not-met');
  });
  test('is unknown on progression when the outcome is not recorded', () => {
    expect(given({ class: 'TKI', outcome: 'progressed' }, { drugs: ['gefitinib'], outcome: 'unknown' })).toBe(
      'unknown',
    );
    expect(given({ class: 'TKI', outcome: 'progressed' }, { drugs: ['gefitinib'], outcome: 'completed' })).toBe(
      'not-met',
    );
  });
  test('ignores planned courses', () =>
    expect(given({ drug: 'gefitinib' }, { drugs: ['gefitinib'], outcome: 'planned' })).toBe('not-met'));
  test('wants every drug of `with` in the same course', () => {
    expect(
      given({ drug: 'pembrolizumab', with: 'platinum' }, { drugs: ['pembrolizumab'] }, { drugs: ['carboplatin'] }),
    ).toBe('not-met');
    expect(given({ drug: 'pembrolizumab', with: 'platinum' }, { drugs: ['carboplatin', 'pembrolizumab'] })).toBe('met');
  });
  test('counts months back from the date of the answer, honestly for vague dates', () => {
    expect(given({ drug: 'gefitinib', withinMonths: 6 }, { drugs: ['gefitinib'], end: '2026-03-01' })).toBe('met');
    expect(given({ drug: 'gefitinib', withinMonths: 6 }, { drugs: ['gefitinib'], end: '2025-03-01' })).toBe('not-met');
    expect(given({ drug: 'gefitinib', withinMonths: 6 }, { drugs: ['gefitinib'], end: '2025' })).toBe('unknown');
    expect(given({ drug: 'gefitinib', beforeMonths: 6 }, { drugs: ['gefitinib'], outcome: 'ongoing' })).toBe('not-met');
    expect(
      given({ drug: 'gefitinib', minMonths: 4 }, { drugs: ['gefitinib'], start: '2025-01-01', end: '2025-06-01' }),
    ).toBe('met');
  });
  test('knows procedures by ancestry, and asks when only a broader one is recorded', () => {
    expect(given({ procedure: 'breast-surgery' }, { modality: 'surgery', procedure: 'mastectomy' })).toBe('met');
    expect(given({ procedure: 'mastectomy' }, { modality: 'surgery', procedure: 'breast-surgery' })).toBe('unknown');
  });
  test('finds a current course only while it goes on', () => {
    const current = (outcome: 'ongoing' | 'completed') =>
      stateOf({ current: { drug: 'gefitinib' } }, { courses: [course({ drugs: ['gefitinib'], outcome })] });
    expect(current('ongoing')).toBe('met');
    expect(current('completed')).toBe('not-met');
  });
});

suite('condition, metastasis and value', () => {
  const source = { kind: 'derived', from: 'test' } as const;
  const withState = (id: string, state: 'present' | 'absent' | 'historical') => ({
    conditions: [{ id, state, source }],
  });
  test('a comorbidity that is not listed is unknown', () => {
    expect(stateOf({ condition: 'heart-failure' })).toBe('unknown');
    expect(stateOf({ condition: 'heart-disease' }, {}, withState('heart-failure', 'present'))).toBe('met');
    expect(stateOf({ condition: 'heart-failure' }, {}, withState('heart-disease', 'absent'))).toBe('not-met');
    expect(stateOf({ condition: 'heart-disease' }, {}, withState('heart-failure', 'absent'))).toBe('unknown');
  });
  test('a past comorbidity counts, unless it leaves nothing behind', () => {
    expect(stateOf({ condition: 'heart-failure' }, {}, withState('heart-failure', 'historical'))).toBe('met');
    expect(stateOf({ condition: 'pregnancy' }, {}, withState('pregnancy', 'historical'))).toBe('not-met');
    expect(stateOf({ condition: ['pregnancy', 'heart-failure'] }, {}, withState('pregnancy', 'historical'))).toBe(
      'unknown',
    );
  });
  test('the list of metastatic sites is complete', () => {
    expect(stateOf({ metastasis: 'brain' })).toBe('not-met');
    expect(stateOf({ metastasis: 'brain' }, { metastases: [{ site: 'brain', source }] })).toBe('met');
  });
  test('a number at the limit is inside, and a bare number means exactly that', () => {
    expect(stateOf({ ecog: { max: 1 } })).toBe('met');
    expect(stateOf({ ecog: { below: 1 } })).toBe('not-met');
    expect(stateOf({ line: 1 })).toBe('met');
  });
  test('the case is asked before the person; age comes from the birth date', () => {
    expect(stateOf({ ecog: 2 }, { values: values({ ecog: 2 }) })).toBe('met');
    expect(stateOf({ age: { min: 66, max: 66 } })).toBe('met');
    expect(stateOf({ lvef: { min: 50 } })).toBe('unknown');
  });
});

suite('all, any, not, unless', () => {
  const open = (written: unknown) => openItems(evaluate(criterion(written), contextOf()));
  test('unless holds on unknown and still asks', () => {
    expect(stateOf({ unless: { lvef: { below: 50 } } })).toBe('met');
    expect(open({ unless: { lvef: { below: 50 } } })).toMatchObject([{ item: 'LVEF', assumed: true }]);
  });
  test('unknown names the facts that decide, and no others', () => {
    expect(open({ all: [{ lvef: { min: 50 } }, { ecog: 1 }] }).map((i) => i.item)).toEqual(['LVEF']);
    expect(open({ all: [{ lvef: { min: 50 } }, { ecog: 4 }] })).toEqual([]);
    expect(open({ any: [{ lvef: { min: 50 } }, { ecog: 1 }] })).toEqual([]);
  });
  test('says why a fact is unknown', () => {
    const trace = evaluate(
      criterion({ ecog: 1 }),
      contextOf({}, { values: { ecog: unknown('conflict', '1 and 3 on one day') } }),
    );
    expect(trace.asks).toEqual({ item: 'ECOG', why: 'the sources disagree: 1 and 3 on one day' });
  });
});
