// Laws of safety: more trouble never looks better, order does not matter, and what a rule asks for is asked when it is not known.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worstVerdict } from '../../../src/core/safety/assess.js';
import type { Verdict } from '../../../src/domain/corpus/drug.js';
import type { Value } from '../../../src/domain/patient.js';
import { assess, corpus, regimenOf, type Told } from './world.js';

const WEIGHT: Record<Verdict, number> = { clear: 0, caution: 1, 'needs-data': 2, contraindicated: 3 };
const drugs = corpus.drugs.filter((d) => d.antineoplastic).map((d) => d.inn);
const conditions = corpus.vocabulary.conditions.map((c) => c.id);
const medicines = corpus.drugs.filter((d) => !d.antineoplastic).map((d) => d.inn);

const regimen = fc.uniqueArray(fc.constantFrom(...drugs), { minLength: 1, maxLength: 3 });
const values = fc.record(
  {
    'creatinine-clearance': fc.integer({ min: 5, max: 120 }),
    lvef: fc.integer({ min: 20, max: 70 }),
    qtc: fc.integer({ min: 380, max: 540 }),
    neutrophils: fc.double({ min: 0.1, max: 6, noNaN: true }),
    'bilirubin-uln': fc.double({ min: 0.3, max: 7, noNaN: true }),
    dpyd: fc.constantFrom('normal', 'intermediate', 'poor'),
    pregnant: fc.constantFrom('yes', 'no'),
    ecog: fc.integer({ min: 0, max: 4 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, Value>>;
const told = fc.record({
  values,
  conditions: fc.uniqueArray(fc.constantFrom(...conditions), { maxLength: 3 }),
  medications: fc.uniqueArray(fc.constantFrom(...medicines), { maxLength: 3 }),
  courses: fc.array(
    fc.record({
      drugs: fc.uniqueArray(fc.constantFrom(...drugs), { minLength: 1, maxLength: 2 }),
      outcome: fc.constantFrom('completed' as const, 'progressed' as const, 'intolerant' as const),
    }),
    { maxLength: 2 },
  ),
});
const weigh = (names: readonly string[], who: Told) => WEIGHT[worstVerdict(assess(regimenOf(names), who).findings)];

describe('laws of safety', () => {
  it('never looks better with one more condition, medicine, allergy or failed course', () => {
    fc.assert(
      fc.property(
        regimen,
        told,
        fc.constantFrom(...conditions),
        fc.constantFrom(...medicines),
        (names, who, one, pill) => {
          const before = weigh(names, who);
          expect(weigh(names, { ...who, conditions: [...who.conditions, one] })).toBeGreaterThanOrEqual(before);
          expect(weigh(names, { ...who, medications: [...who.medications, pill] })).toBeGreaterThanOrEqual(before);
          expect(weigh(names, { ...who, allergies: [{ substance: names[0] ?? '' }] })).toBeGreaterThanOrEqual(before);
          const failure = { drugs: names, outcome: 'progressed' as const };
          expect(weigh(names, { ...who, courses: [...who.courses, failure] })).toBeGreaterThanOrEqual(before);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is the same in any order of conditions, medicines, courses and drugs', () => {
    fc.assert(
      fc.property(regimen, told, (names, who) => {
        const back = {
          ...who,
          conditions: [...who.conditions].reverse(),
          medications: [...who.medications].reverse(),
          courses: [...who.courses].reverse(),
        };
        const rules = (n: readonly string[], w: Told) =>
          assess(regimenOf(n), w).findings.map((f) => `${f.rule} ${f.verdict}`);
        expect(rules([...names].reverse(), back)).toEqual(rules(names, who));
      }),
      { numRuns: 100 },
    );
  });

  it('asks for a fact that is not known where its rule says so, so that unknown never clears', () => {
    const asking = corpus.safety.filter((r) => r.whenUnknown !== 'silent');
    fc.assert(
      fc.property(regimen, told, (names, who) => {
        const full = assess(regimenOf(names), who);
        for (const fact of Object.keys(who.values)) {
          const { [fact]: _, ...rest } = who.values;
          const less = assess(regimenOf(names), { ...who, values: rest });
          const gone = full.findings.filter(
            (f) => !less.findings.some((g) => g.rule === f.rule && g.verdict === f.verdict),
          );
          for (const finding of gone) {
            const rule = asking.find((r) => r.id === finding.rule);
            if (rule === undefined) continue;
            expect([...less.beforeFirstDose, ...less.needsData], `${finding.rule} without ${fact}`).toContain(
              rule.item?.en,
            );
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has no contraindication by a number that goes away unasked', () => {
    // Every fact that alone contraindicates is asked for by that rule or by a neighbour with the same item.
    const named = { 'creatinine-clearance': 10, lvef: 20, qtc: 520, 'bilirubin-uln': 6, dpyd: 'poor', calcium: 1.5 };
    for (const [fact, value] of Object.entries(named))
      for (const drug of drugs) {
        const stopped = weigh([drug], { values: { [fact]: value } }) === 3;
        if (stopped)
          expect(assess(regimenOf([drug]), {}).beforeFirstDose.length, `${drug}: ${fact}`).toBeGreaterThan(0);
      }
  });
});
