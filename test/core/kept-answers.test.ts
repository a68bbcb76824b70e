// What is kept to save time changes no answer: traces taken from a like context, criteria shared by content, readings of an entry.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { evaluate, openItems } from '../../src/core/criteria/evaluate.js';
import { verdictOf } from '../../src/core/criteria/state.js';
import type { Context } from '../../src/core/criteria/trace.js';
import { normalize } from '../../src/core/normalize/normalize.js';
import { createTerminology } from '../../src/core/normalize/terminology.js';
import { prepare } from '../../src/core/prepare.js';
import { withSharedCriteria } from '../../src/core/shared-criteria.js';
import { goldenTexts, simulatedTexts } from '../property/patients.js';
import { EGFR_MODEL } from './fixtures.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../corpus'));
const terminology = () => createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
const texts = [...goldenTexts(14), ...simulatedTexts(10, 5)];
const histories = texts.flatMap(([name, text]) => readBundleText(text, { case: name }).histories);

test('a counterfactual answers every criterion as if nothing were kept', { timeout: 300_000 }, () => {
  const index = indexCorpus(corpus);
  const terms = terminology();
  const answers = (context: Context) =>
    index.corpus.cancers
      .flatMap((folder) => folder.indications)
      .map(({ criteria }) => {
        const trace = evaluate(criteria, context);
        return [trace.state, trace.fact, openItems(trace)];
      });
  let compared = 0;
  for (const history of histories) {
    const patient = normalize(history, terms, history.asOf ?? '2026-06-01');
    for (const { view } of prepare(patient, index, EGFR_MODEL).counterfactuals.filter((_, i) => i % 3 === 0)) {
      if (view.kind !== 'view') continue;
      const { like, ...alone } = view.context;
      expect(like).toBeDefined();
      expect(JSON.stringify(answers(view.context))).toBe(JSON.stringify(answers(alone)));
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(20);
});

test('a verdict without a trace is that of the trace, and firm just when no missing fact could move it', () => {
  const index = indexCorpus(corpus);
  const terms = terminology();
  const criteria = index.corpus.cancers.flatMap((folder) => [
    ...folder.profile.settings.map((s) => s.criteria),
    ...folder.indications.map((i) => i.criteria),
  ]);
  const rules = index.corpus.safety.flatMap((rule) => rule.when ?? []);
  const seen = new Set<string>();
  for (const history of histories.slice(0, 12)) {
    const patient = normalize(history, terms, history.asOf ?? '2026-06-01');
    for (const cancerCase of patient.cases) {
      const context: Context = { patient, cancerCase, index };
      for (const criterion of [...criteria, ...rules]) {
        const trace = evaluate(criterion, context);
        const told = { state: trace.state, firm: openItems(trace).length === 0 };
        expect(verdictOf(criterion, context), JSON.stringify(criterion)).toEqual(told);
        seen.add(JSON.stringify(told));
      }
    }
  }
  // Unknown is never firm.
  expect(seen.size).toBe(5);
});

test('shared criteria say what the corpus says, each content by one object', () => {
  const shared = withSharedCriteria(corpus);
  expect(JSON.stringify(shared)).toBe(JSON.stringify(corpus));
  const criteria = shared.cancers.flatMap((folder) => folder.indications.map((i) => i.criteria));
  expect(new Set(criteria).size).toBe(new Set(criteria.map((c) => JSON.stringify(c))).size);
});

test('a history read again, or by another terminology first, gives the same patient', () => {
  const [first, second] = [terminology(), terminology()];
  for (const history of histories) {
    const asOf = history.asOf ?? '2026-06-01';
    const fresh = JSON.stringify(normalize(structuredClone(history), first, asOf));
    expect(JSON.stringify(normalize(history, second, asOf))).toBe(fresh);
    expect(JSON.stringify(normalize(history, first, asOf))).toBe(fresh);
    expect(JSON.stringify(normalize(history, first, asOf))).toBe(fresh);
  }
});
