// The flat program of criteria gives the answers of their traces, for every patient at hand; and keeps nothing of a patient who is gone.
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { chooseCase } from '../../../src/core/choose-case.js';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import { evaluate, openItems } from '../../../src/core/criteria/evaluate.js';
import { openItemsOf } from '../../../src/core/criteria/open-items.js';
import { asking, compileCriteria, MET, NOT_MET, OPEN, UNKNOWN } from '../../../src/core/criteria/program.js';
import { atomState, verdictOf } from '../../../src/core/criteria/state.js';
import type { Context } from '../../../src/core/criteria/trace.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import { prepare } from '../../../src/core/prepare.js';
import { assessSafety } from '../../../src/core/safety/assess.js';
import { deriveSetting } from '../../../src/core/setting.js';
import type { Atom, Criterion } from '../../../src/domain/corpus/criterion.js';
import type { Truth } from '../../../src/domain/truth.js';
import { goldenTexts, simulatedTexts } from '../../property/patients.js';
import { EGFR_MODEL } from '../fixtures.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
const index = indexCorpus(corpus);
const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
const patients = (texts: readonly (readonly [string, string])[]) =>
  texts.flatMap(([name, text]) =>
    readBundleText(text, { case: name }).histories.map((h) => normalize(h, terms, h.asOf ?? '2026-06-01')),
  );

test('answers as the trace, and is firm as it, on every golden patient and 500 simulated ones', {
  timeout: 600_000,
}, () => {
  let compared = 0;
  let contraindicated = 0;
  for (const patient of patients([...goldenTexts(Number.MAX_SAFE_INTEGER), ...simulatedTexts(500, 11)])) {
    const chosen = chooseCase(patient, index);
    if (chosen.kind !== 'chosen') continue;
    const { profile, indications, regimens } = chosen.folder;
    const bare: Context = { patient, cancerCase: chosen.cancerCase, index };
    const setting = deriveSetting(profile, bare);
    const context: Context = setting.kind === 'derived' ? { ...bare, setting: setting.setting.id } : bare;
    const asked = [...profile.settings.map((s) => s.criteria), ...indications.map((i) => i.criteria)];
    const differ = asked.filter((criterion) => {
      const trace = evaluate(criterion, context);
      const verdict = verdictOf(criterion, context);
      const items = openItems(trace);
      // `toEqual` of thousands of lists costs minutes; their words are what a reader sees.
      const sameItems = JSON.stringify(openItemsOf(criterion, context)) === JSON.stringify(items);
      return verdict.state !== trace.state || verdict.firm !== (items.length === 0) || !sameItems;
    });
    expect(differ, patient.id).toEqual([]);
    compared += asked.length;
    for (const regimen of regimens.slice(0, 6)) {
      const { findings, verdicts } = assessSafety({ regimen, context });
      expect(new Set(verdicts), `${patient.id} ${regimen.id}`).toEqual(new Set(findings.map((f) => f.verdict)));
      const worst = verdicts.includes('contraindicated');
      if (worst) contraindicated++;
    }
  }
  expect(compared).toBeGreaterThan(20_000);
  expect(contraindicated).toBeGreaterThan(20);
});

describe('a program', () => {
  const atom = (name: string): Atom => ({ op: 'value', name, is: ['yes'] });
  const [a, b, c] = [atom('a'), atom('b'), atom('c')];
  const answer = (criterion: Criterion, truths: Readonly<Record<string, Truth>>, asked: string[] = []): number => {
    const program = compileCriteria([criterion]);
    const ask = asking(program, (one) => {
      const name = one.op === 'value' ? one.name : '';
      asked.push(name);
      return truths[name] ?? 'unknown';
    });
    return ask(program.numbers.get(criterion) ?? -1);
  };

  test('asks an atom once however often it is written, and stops where a list is settled', () => {
    const asked: string[] = [];
    const twice: Criterion = {
      op: 'all',
      parts: [
        { op: 'not', part: a },
        { op: 'any', parts: [a, b] },
      ],
    };
    expect(answer(twice, { a: 'not-met', b: 'met' }, asked)).toBe(MET);
    expect(asked.sort()).toEqual(['a', 'b']);
    const settled: string[] = [];
    expect(answer({ op: 'all', parts: [a, b, c] }, { a: 'not-met' }, settled)).toBe(NOT_MET);
    expect(settled).toEqual(['a']);
  });

  test('says "open" where a missing fact may move the answer, and only there', () => {
    const unless: Criterion = { op: 'unless', part: b };
    expect(answer({ op: 'all', parts: [a, unless] }, { a: 'met' })).toBe(MET | OPEN);
    expect(answer({ op: 'all', parts: [a, unless] }, { a: 'not-met' })).toBe(NOT_MET);
    expect(answer({ op: 'any', parts: [unless, a] }, { a: 'met' })).toBe(MET);
    expect(answer({ op: 'not', part: b }, {})).toBe(UNKNOWN | OPEN);
    expect(answer({ op: 'not', part: unless }, {})).toBe(NOT_MET | OPEN);
  });

  test('tries the cheap parts first, which changes no answer', () => {
    const therapy: Atom = { op: 'therapy', when: 'prior', selector: { drug: ['cisplatin'] } };
    const criterion: Criterion = { op: 'all', parts: [therapy, a] };
    const asked: string[] = [];
    const program = compileCriteria([criterion]);
    const ask = asking(program, (one) => {
      asked.push(one.op);
      return 'not-met';
    });
    expect(ask(program.numbers.get(criterion) ?? -1)).toBe(NOT_MET);
    expect(asked).toEqual(['value']);
  });

  test('takes what another view answered where nothing asked for differs', () => {
    const program = compileCriteria([{ op: 'all', parts: [a, b] }]);
    const ask = asking(program, (one) => (one === a ? 'met' : 'not-met'), {
      answer: () => MET,
      differs: (n) => program.criteria[n] !== b,
    });
    expect(ask(program.criteria.length - 1)).toBe(MET);
  });

  test('answers a criterion that the corpus does not hold', () => {
    const [patient] = patients(goldenTexts(1));
    const [cancerCase] = patient?.cases ?? [];
    if (patient === undefined || cancerCase === undefined) throw new Error('a golden patient has a cancer');
    const context: Context = { patient, cancerCase, index };
    const made: Criterion = { op: 'not', part: { op: 'value', name: 'made-up', is: ['yes'] } };
    expect(verdictOf(made, context)).toEqual({ state: 'unknown', firm: false });
    expect(atomState(made.part as Atom, context)).toBe('unknown');
  });
});

test('holds no more after some hundred batches than after the first', { timeout: 300_000 }, () => {
  const all = patients(simulatedTexts(24, 3));
  const run = (batches: number): number => {
    for (let batch = 0; batch < batches; batch++)
      for (const patient of all) prepare({ ...patient }, index, EGFR_MODEL, { tryMissing: false });
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 2 ** 20;
  };
  run(20);
  const before = run(50);
  const after = run(300);
  // 300 batches ask for 24 x 300 contexts; one kept of each would be more than 60 MB.
  expect(after - before).toBeLessThan(10);
});

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
}
