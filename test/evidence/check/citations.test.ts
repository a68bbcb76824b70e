import { expect, test } from 'vitest';
import { yearOfPmid } from '../../../src/evidence/check/citations.js';

// Papers whose year of entry is known: IPASS 2009, FLAURA 2017, KEYNOTE-522 2020, DESTINY-Breast06 2024.
test.each([
  ['19692680', 2009],
  ['29151359', 2017],
  ['32101663', 2020],
  ['39282896', 2024],
])('tells the year of PMID %s', (pmid, year) => {
  expect(Math.abs((yearOfPmid(pmid) ?? 0) - year - 0.5)).toBeLessThan(1);
});

test('says nothing of numbers that PubMed has not given out', () => {
  expect(yearOfPmid('99999999')).toBeUndefined();
});
