// The filter before the search for outcomes: it may let too much through, and must never hold a match back.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadOutcomeLexicon } from '../../../src/cli/outcome-lexicon.js';
import { corpusDirectory, projectRoot } from '../../../src/cli/project.js';
import { requiredLiterals } from '../../../src/evidence/extract/required-literals.js';

test.each([
  ['overall[ -]survivals?', ['survival']],
  ['(?:disease )?progression|relapse', ['progression', 'relapse']],
  ['(?:local|regional) x', ['regional', 'local']],
  ['(?<!free )\\bdeaths?\\b', ['death']],
  ['abc(?:de)?', ['abc']],
  ['a?b?', undefined],
  ['[A-Z]{3}', undefined],
  ['survival|[A-Z]{3}', undefined],
])('tells what %s needs', (pattern, literals) => {
  const read = requiredLiterals(pattern);
  expect(read === undefined ? undefined : [...read].sort()).toEqual(
    literals === undefined ? undefined : [...literals].sort(),
  );
});

test('every outcome found in the labelled abstracts holds a literal of its pattern', () => {
  const text = readFileSync(join(projectRoot, 'test/evidence/extract/literature/styles.txt'), 'utf8');
  let matches = 0;
  for (const { words, cased } of loadOutcomeLexicon(corpusDirectory).terms)
    for (const [list, flags] of [
      [words, 'gi'],
      [cased, 'g'],
    ] as const) {
      if (list.length === 0) continue;
      const literals = requiredLiterals(list.join('|'));
      for (const [match] of text.matchAll(new RegExp(list.join('|'), flags))) {
        matches++;
        expect(literals?.some((l) => match.toLowerCase().includes(l)) ?? true, `${match} of ${list[0]}`).toBe(true);
      }
    }
  expect(matches).toBeGreaterThan(300);
});
