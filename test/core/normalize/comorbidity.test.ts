import { describe, expect, it } from 'vitest';
import {
  allergiesOf,
  conditionsAfter,
  conditionsOf,
  settleConditions,
} from '../../../src/core/normalize/comorbidity.js';
import type { AllergyEntry, Concept } from '../../../src/domain/history.js';
import { condition, procedure, source, terms, text } from './record.js';

const icd = (code: string): Concept => ({ codings: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] });
const of = (code: Concept | string, more = {}): string[] =>
  conditionsOf(condition(code, more), terms).map((c) => `${c.id} ${c.state}`);

describe('conditions', () => {
  it.each([
    [icd('I50.32'), ['heart-failure present']],
    [icd('G70.00'), ['autoimmune-disease present', 'myasthenia-gravis present']],
    [icd('J84.112'), ['interstitial-lung-disease present']],
    [icd('Z94.0'), ['organ-transplant present']],
    [text('Хронический вирусный гепатит В'), ['hepatitis-b present']],
    [text('History of deep vein thrombosis'), ['venous-thromboembolism present']],
  ])('%o', (code, expected) => {
    expect(of(code, {})).toEqual(
      expected.map((e) => (code.text?.startsWith('History') ? e.replace('present', 'historical') : e)),
    );
  });
  it('keeps a resolved one as historical and a refuted one as absent', () => {
    expect(of(icd('I26.9'), { clinicalStatus: 'resolved' })).toEqual(['venous-thromboembolism historical']);
    expect(of(icd('I26.9'), { verification: 'refuted' })).toEqual(['venous-thromboembolism absent']);
  });
  it('does not take a family history for the patient', () => expect(of('Family history of stroke')).toEqual([]));
  it.each([
    ['2026-05-04', ['recent-surgery']],
    ['2026-05-03', []],
  ])('an operation of %s is recent on 2026-06-01: %s', (date, ids) => {
    expect(conditionsAfter(procedure('Lobectomy', date), terms, '2026-06-01').map((c) => c.id)).toEqual(ids);
  });
  it('lets a later entry stand for a condition', () => {
    const rows = settleConditions([
      { id: 'stroke', state: 'present', source, date: '2020-01-01' },
      { id: 'stroke', state: 'historical', source, date: '2024-01-01' },
    ]);
    expect(rows.map((r) => r.state)).toEqual(['historical']);
  });
});

describe('allergies', () => {
  const allergy = (code: string, more: Partial<AllergyEntry> = {}) =>
    allergiesOf({ kind: 'allergy', code: text(code), reactions: [], source, ...more }, terms).map(
      (a) => a.substance + (a.severe ? '!' : ''),
    );
  it('reads drugs by any name and severity by grade or reaction', () => {
    expect(allergy('Taxol')).toEqual(['paclitaxel']);
    expect(allergy('Carboplatin', { severity: 'high' })).toEqual(['carboplatin!']);
    expect(allergy('Цисплатин', { reactions: [text('Анафилаксия')] })).toEqual(['cisplatin!']);
  });
  it('reads nothing from "no known allergies"', () => expect(allergy('No known allergies')).toEqual([]));
});
