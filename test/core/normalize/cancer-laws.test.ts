// Laws: the order of entries and their ids change nothing; no history makes the reader throw.
import { expect, test } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { readCases } from '../../../src/core/normalize/cancer.js';
import type { CaseDraft } from '../../../src/core/normalize/case-draft.js';
import type { Entry, History } from '../../../src/domain/history.js';
import { mutateBundle, type Random, seeded } from '../../adapters/fhir/mutate.js';
import { examples, sampleBundle } from '../../adapters/fhir/sample-bundle.js';
import { diagnosis, drug, history, observed, terms, tnm } from './cancer-history.js';

const histories = (): readonly History[] => [
  ...examples().flatMap(([name, text]) => readBundleText(text, { case: name }).histories),
  history([
    diagnosis('cm C50.911', { date: '2018-01-01', clinicalStatus: 'remission' }),
    diagnosis('icd C50.9', { date: '2018-02-01', morphology: 'icdo 8500/3' }),
    diagnosis('cm C50.912', { date: '2024-01-01', morphology: 'icdo 8520/3' }),
    diagnosis('icd C34.1', { date: '2024-01-01' }),
    diagnosis('icd C79.5', { date: '2024-06-01' }),
    diagnosis('Metastatic breast cancer', { date: '2024-06-01' }),
    ...tnm('c', 'T2 N1 M0', '2024-01-10'),
    ...tnm('p', 'T1c N0', '2018-01-20'),
    observed('loinc 21908-9', 'IIA', '2018-01-10'),
    observed('loinc 21908-9', 'IIIB', '2018-01-10'),
    observed('loinc 59847-4', 'icdo 8070/3', '2024-01-02', { bodySite: { codings: [], text: 'lung' } }),
    drug('paclitaxel', '2024-02-01'),
  ]),
];

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Other ids and places everywhere, the links between entries kept. */
function renamed(entries: readonly Entry[], random: Random): readonly Entry[] {
  const names = new Map(
    entries.flatMap((e) => (e.id === undefined ? [] : [[e.id, `${e.id.split('/')[0]}/${Math.floor(random() * 1e9)}`]])),
  );
  return entries.map((e) => ({
    ...e,
    ...(e.id === undefined ? {} : { id: names.get(e.id) ?? e.id }),
    ...(e.about === undefined ? {} : { about: e.about.map((id) => names.get(id) ?? id) }),
    source: { kind: 'resource' as const, place: `x${Math.floor(random() * 1e9)}` },
  }));
}

/** The cases without what may change: ids and places. */
const content = (cases: readonly CaseDraft[]): unknown =>
  JSON.parse(
    JSON.stringify(cases, (key, value: unknown) => (key === 'source' || key === 'entryIds' ? undefined : value)),
  );

test('gives the same cases for the entries in any order and under any ids', () => {
  const random = seeded(7);
  for (const h of histories()) {
    const expected = content(readCases(h, terms));
    for (let i = 0; i < 5; i++) {
      const entries = shuffled(renamed(h.entries, random), random);
      expect(content(readCases({ ...h, entries }, terms)), h.id).toEqual(expected);
    }
  }
});

test('reads the cases of every mutated Bundle that has a history', () => {
  const texts = [JSON.stringify(sampleBundle()), ...examples().map(([, text]) => text)];
  const random = seeded(99);
  for (let i = 0; i < 600; i++) {
    for (const h of readBundleText(mutateBundle(texts[i % texts.length] ?? '', random), { case: 'm' }).histories) {
      expect(() => readCases(h, terms)).not.toThrow();
    }
  }
});
