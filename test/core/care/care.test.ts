// What goes with the drugs of an option, on the real tables: mechanism and monitoring by class, antiemetics, growth factor.
import { describe, expect, it } from 'vitest';
import { careOf, mechanismOf, monitoringOf } from '../../../src/core/care/care.js';
import { febrileNeutropeniaOf } from '../../../src/core/care/febrile-neutropenia.js';
import { vomitingOf } from '../../../src/core/care/vomiting.js';
import type { Context } from '../../../src/core/criteria/trace.js';
import { Regimen } from '../../../src/domain/corpus/regimen.js';
import { index } from '../safety/world.js';

type Component = { drug: string; dose?: number; unit?: string; route?: string };
const regimen = (components: readonly Component[], more: object = {}) =>
  Regimen.parse({ id: 'x', name: 'x', modalities: ['systemic'], components, ...more });
const iv = (...drugs: string[]) => drugs.map((drug) => ({ drug, route: 'iv' }));

describe('mechanism', () => {
  it('is that of the nearest class', () => {
    expect(mechanismOf('osimertinib', index, 'en')).toBe('blocks the EGFR kinase');
    expect(mechanismOf('osimertinib', index, 'ru')).toBe('блокирует киназу EGFR');
  });
  it('leaves out a class above another', () => {
    expect(mechanismOf('trastuzumab deruxtecan', index, 'en')).toBe(
      'antibody to HER2 that carries a cytotoxic drug into the cell',
    );
  });
  it('is the own one where the drug has one', () => {
    expect(mechanismOf('eflornithine', index, 'en')).toContain('ornithine decarboxylase');
  });
  it('is not invented for a drug that the corpus does not know', () => {
    expect(mechanismOf('no such drug', index, 'en')).toBeUndefined();
  });
});

describe('monitoring', () => {
  it('comes from the properties of the drug, each item once', () => {
    const watched = monitoringOf(['doxorubicin', 'cyclophosphamide', 'trastuzumab'], index, 'en');
    expect(watched).toContain('ejection fraction during treatment');
    expect(watched.filter((w) => w === 'blood count')).toHaveLength(1);
  });
  it('is in the language of the answer', () => {
    expect(monitoringOf(['vandetanib'], index, 'ru')).toContain('ЭКГ (QTc), калий и магний');
    expect(monitoringOf(['vandetanib'], index, 'kk')).toContain('ЭКГ (QTc), калий және магний');
  });
});

describe('vomiting', () => {
  const of = (r: Regimen, age?: number) => vomitingOf(r, index, age, 'en');
  it('is high with cisplatin, and four drugs answer it', () => {
    expect(of(regimen(iv('cisplatin', 'gemcitabine')), 60)).toEqual({
      risk: 'high',
      advice: 'NK1 antagonist, 5-HT3 antagonist, dexamethasone and olanzapine',
    });
  });
  it('is high with an anthracycline and cyclophosphamide, moderate with each alone', () => {
    expect(of(regimen(iv('doxorubicin', 'cyclophosphamide')))?.risk).toBe('high');
    expect(of(regimen(iv('doxorubicin')))?.risk).toBe('moderate');
  });
  it('adds an NK1 antagonist to carboplatin of AUC 4 or more only', () => {
    const carboplatin = (dose: number) =>
      of(regimen([{ drug: 'carboplatin', dose, unit: 'AUC', route: 'iv' }]))?.advice;
    expect(carboplatin(5)).toContain('NK1');
    expect(carboplatin(2)).not.toContain('NK1');
  });
  it('advises no daily steroid with a drug by mouth', () => {
    expect(of(regimen([{ drug: 'olaparib', route: 'po' }]))?.advice).not.toContain('dexamethasone');
  });
  it('advises no steroid beside T-cell therapy, and nothing for children', () => {
    expect(of(regimen(iv('blinatumomab')))).toEqual({ risk: 'low', advice: null });
    expect(of(regimen(iv('cisplatin')), 9)).toEqual({ risk: 'high', advice: null });
  });
  it('is not told when a drug of unknown risk could be the worst', () => {
    expect(of(regimen(iv('no such drug', 'gemcitabine')))).toBeNull();
  });
});

describe('febrile neutropenia', () => {
  const of = (risk: string | undefined, age?: number, more: object = {}) =>
    febrileNeutropeniaOf(
      regimen(iv('docetaxel'), { ...(risk && { febrileNeutropenia: risk }), ...more }),
      index,
      age,
      'en',
    );
  it('above 20 % asks for growth factor from the first cycle', () => {
    expect(of('high', 40)?.advice).toBe('G-CSF from the first cycle');
  });
  it('of 10-20 % asks for it at 65 or with a risk factor', () => {
    expect(of('intermediate', 70)?.advice).toContain('age 65 or more');
    expect(of('intermediate', 40)?.advice).toContain('with a risk factor');
    expect(of('intermediate')?.advice).toContain('with a risk factor');
  });
  it('gives no growth factor beside chemoradiotherapy', () => {
    expect(of('high', 40, { modalities: ['chemoradiotherapy'] })?.advice).toContain('no G-CSF');
  });
  it('is verified where a source is noted', () => {
    const source = { sources: [{ body: 'NCCN' }], verified: { how: 'read', where: 'a page', on: '2026-11-29' } };
    expect(of('high', 40, { febrileNeutropeniaSource: source })?.verified).toBe(true);
  });
  it('that nobody knows is null, and one without a source is not verified', () => {
    expect(of(undefined)).toBeNull();
    expect(of('high')?.verified).toBe(false);
  });
});

it('has nothing to say of an operation', () => {
  const context = { index } as unknown as Context;
  expect(careOf(Regimen.parse({ id: 'x', name: 'x', modalities: ['surgery'] }), context, 'en')).toBeUndefined();
});
