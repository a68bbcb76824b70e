// The quick way to the first options agrees with the whole ranking, whatever safety says and numbers say.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { prepare } from '../../src/core/prepare.js';
import { firstOptions, firstsOf, rankOptions } from '../../src/core/rank.js';
import { DEFAULT_WEIGHTS } from '../../src/core/utility.js';
import { cancerCase, corpusOf, EGFR_MODEL, nodeScore, patientWith } from './fixtures.js';

const verdicts = fc.constantFrom('none', 'caution', 'contraindicated', 'needs-data');
const DRUGS = ['osimertinib', 'gefitinib', 'pembrolizumab', 'carboplatin'];

test('firstOptions gives what firstsOf the whole ranking gives', () => {
  fc.assert(
    fc.property(
      fc.tuple(verdicts, verdicts, verdicts, verdicts),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
      fc.double({ min: -9, max: 9, noNaN: true }),
      (found, orders, gain) => {
        const safety = DRUGS.flatMap((drug, i): Record<string, unknown>[] => {
          const verdict = found[i];
          if (verdict === 'none' || verdict === undefined) return [];
          const shared = { id: `rule-${drug}`, applies: { drugs: [drug] } };
          if (verdict !== 'needs-data') return [{ ...shared, when: { ecog: 1 }, verdict }];
          return [{ ...shared, when: { lvef: { below: 50 } }, verdict: 'contraindicated', whenUnknown: 'needs-data' }];
        });
        const indications = DRUGS.map((drug, i) => ({
          id: drug,
          regimen: drug,
          criteria: { metastatic: 'yes' },
          order: orders[i],
          ...(i < 2 && { network: 'egfr' }),
        }));
        const index = indexCorpus(corpusOf({ safety, indications }));
        const prepared = prepare(patientWith([cancerCase()]), index, EGFR_MODEL, { tryMissing: false });
        if (prepared.answer.kind !== 'view') throw new Error('a setting is known');
        const scores = prepared.rows.map(() => ({ osimertinib: nodeScore(gain), gefitinib: nodeScore(0) }));
        const scoring = { scores, model: EGFR_MODEL, index, weights: DEFAULT_WEIGHTS };
        expect(firstOptions(prepared.answer, scoring)).toEqual(firstsOf(rankOptions(prepared.answer, scoring)));
      },
    ),
  );
});
