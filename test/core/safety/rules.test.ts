// Every rule of the corpus: it is well formed, names what exists, can fire, and stays silent or asks when nothing is known.
import { describe, expect, it } from 'vitest';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import { assessSafety } from '../../../src/core/safety/assess.js';
import { CHECKS } from '../../../src/core/safety/checks.js';
import { appliesTo } from '../../../src/core/safety/regimen-drugs.js';
import type { Criterion } from '../../../src/domain/corpus/criterion.js';
import { SafetyRule } from '../../../src/domain/corpus/drug.js';
import { assess, corpus, index, regimenOf, tell } from './world.js';

const drugNames = new Set(corpus.drugs.map((d) => d.inn));
const classIds = new Set(corpus.classes.map((c) => c.id));
const conditionIds = new Set(corpus.vocabulary.conditions.map((c) => c.id));
const factIds = new Set(corpus.vocabulary.facts.map((f) => f.id));
const procedureIds = new Set(corpus.vocabulary.procedures.map((p) => p.id));
const biomarkerNames = new Set(corpus.vocabulary.biomarkers.map((b) => b.name));
const either = (id: string) => drugNames.has(id) || classIds.has(id);
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function atoms(criterion: Criterion): readonly Criterion[] {
  if (criterion.op === 'all' || criterion.op === 'any') return criterion.parts.flatMap(atoms);
  return criterion.op === 'not' || criterion.op === 'unless' ? atoms(criterion.part) : [criterion];
}

function unknownNames(criterion: Criterion): readonly string[] {
  return atoms(criterion).flatMap((atom) => {
    if (atom.op === 'condition') return atom.ids.filter((id) => !conditionIds.has(id));
    if (atom.op === 'value') return factIds.has(atom.name) ? [] : [atom.name];
    if (atom.op === 'biomarker') return biomarkerNames.has(atom.name) ? [] : [atom.name];
    if (atom.op === 'therapy') {
      const { drug = [], class: classes = [], procedure = [] } = atom.selector;
      return [...[...drug, ...classes].filter((id) => !either(id)), ...procedure.filter((id) => !procedureIds.has(id))];
    }
    return [];
  });
}

describe('safety rules', () => {
  it('has each id once', () => expect(new Set(corpus.safety.map((r) => r.id)).size).toBe(corpus.safety.length));

  it.each(corpus.safety.map((rule) => [rule.id, rule] as const))('%s names only what exists', (_id, rule) => {
    const { drugs = [], classes = [], properties = [], procedures = [] } = rule.applies;
    expect(drugs.filter((d) => !drugNames.has(d))).toEqual([]);
    expect([...classes, ...properties].filter((c) => !classIds.has(c))).toEqual([]);
    expect(procedures.filter((p) => !procedureIds.has(p))).toEqual([]);
    expect([...(rule.except?.drugs ?? []), ...(rule.except?.classes ?? [])].filter((c) => !either(c))).toEqual([]);
    expect(rule.when ? unknownNames(rule.when) : []).toEqual([]);
    const named = ['of', 'with', 'unlessWith', 'onlyWith', 'exempt'].flatMap((p) => list(rule.parameters[p]));
    expect(named.filter((id) => !either(id))).toEqual([]);
    expect(list(rule.parameters.condition).filter((id) => !conditionIds.has(id))).toEqual([]);
    expect(list(rule.parameters.yieldsTo).filter((id) => !corpus.safety.some((r) => r.id === id))).toEqual([]);
    if (rule.check !== undefined) expect(Object.keys(CHECKS)).toContain(rule.check);
    expect(rule.message.ru).toBeDefined();
  });

  it.each(corpus.safety.map((rule) => [rule.id, rule] as const))(
    '%s looks at something that can be given',
    (_id, rule) => {
      const { modalities = [], procedures = [] } = rule.applies;
      const some = corpus.drugs.some((d) => appliesTo(rule, regimenOf([d.inn]), index));
      const local = [...modalities.map((m) => ({ modalities: [m] })), ...procedures.map((p) => ({ procedures: [p] }))];
      expect(some || local.some((l) => appliesTo(rule, regimenOf([], l), index))).toBe(true);
    },
  );

  it('finds nothing, and asks, when nothing is known of the patient', () => {
    for (const { inn } of corpus.drugs.filter((d) => d.antineoplastic)) {
      const { findings } = assess(regimenOf([inn]), {});
      // A drug that was withdrawn is barred for everybody; nothing about the patient is claimed.
      expect(
        findings.map((f) => f.rule).filter((rule) => rule !== `${inn}-withdrawn`),
        inn,
      ).toEqual([]);
    }
    expect(assess(regimenOf(['cisplatin']), {}).beforeFirstDose).toContain('creatinine clearance');
    expect(assess(regimenOf(['capecitabine']), {}).beforeFirstDose).toContain('DPYD genotype');
    expect(assess(regimenOf(['trastuzumab']), {}).beforeFirstDose).toContain('LVEF');
    expect(assess(regimenOf(['pembrolizumab']), {}).beforeFirstDose).toContain('hepatitis B serology');
    expect(assess(regimenOf(['ribociclib', 'letrozole']), {}).beforeFirstDose).toContain('ECG with QTc');
  });

  it('asks for no pregnancy test of a man, after menopause, or from age 56', () => {
    const asked = (told: object) => assess(regimenOf(['osimertinib']), told).beforeFirstDose.includes('pregnancy test');
    expect(asked({ sex: 'female' })).toBe(true);
    expect(asked({ sex: 'male' })).toBe(false);
    expect(asked({ sex: 'female', values: { menopause: 'post' } })).toBe(false);
    expect(asked({ sex: 'female', values: { age: 55 } })).toBe(true);
    expect(asked({ sex: 'female', values: { age: 56 } })).toBe(false);
  });

  it('holds an option back when a rule names a check that the code does not have', () => {
    const rule = SafetyRule.parse({
      id: 'from-another-version',
      applies: { drugs: ['letrozole'] },
      check: 'not-written-yet',
      verdict: 'caution',
      message: 'x',
      sources: [{ body: 'test' }],
      verified: { unverified: 'test' },
    });
    const other = indexCorpus({ ...corpus, safety: [rule] });
    const { findings, needsData } = assessSafety({
      regimen: regimenOf(['letrozole']),
      context: { ...tell({}), index: other },
    });
    expect(findings.map((f) => f.verdict)).toEqual(['needs-data']);
    expect(needsData).toEqual(['safety check "not-written-yet"']);
  });

  it('gives every finding its sources', () => {
    const told = { values: { lvef: 30, ecog: 4, pregnant: 'yes', 'creatinine-clearance': 20 } };
    for (const finding of assess(regimenOf(['cisplatin', 'doxorubicin', 'trastuzumab']), told).findings)
      expect(finding.sources.length, finding.rule).toBeGreaterThan(0);
  });
});
