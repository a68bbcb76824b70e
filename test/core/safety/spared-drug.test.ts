// A rule that spares one drug still sees the others of its regimen: rituximab in pregnancy clears no polatuzumab given with it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import { appliesTo, subjectsOf } from '../../../src/core/safety/regimen-drugs.js';

const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
const index = indexCorpus(corpus);
const rule = corpus.safety.find((r) => r.id === 'pregnancy-contraindicated');
const regimen = (id: string) => corpus.cancers.flatMap((c) => c.regimens).find((r) => r.id === id);

test.each([
  ['r-chop', []],
  ['pola-r-chp', ['polatuzumab vedotin']],
])('the rule of pregnancy sees of %s only %j', (id, drugs) => {
  const own = regimen(id);
  if (rule === undefined || own === undefined) throw new Error('the corpus has changed its names');
  expect(subjectsOf(rule, own, index)).toEqual(drugs);
  expect(appliesTo(rule, own, index)).toBe(drugs.length > 0);
});
