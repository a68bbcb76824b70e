// What does not matter must not: the order of a Bundle's entries, the ids of its resources, the units of a laboratory. The record
// stays the same but for the places where facts were read.
import { beforeAll, expect, test } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import type { Recommender } from '../../src/app/recommend.js';
import { seeded } from '../adapters/fhir/mutate.js';
import type { Json } from '../adapters/fhir/sample-bundle.js';
import { goldenTexts, openRecommender, simulatedTexts } from './patients.js';

let recommender: Recommender;
let bundles: readonly (readonly [name: string, text: string])[] = [];
/** Answers to the Bundles as they are, by name. */
const plain = new Map<string, string>();
beforeAll(async () => {
  recommender = openRecommender();
  bundles = [...goldenTexts(), ...simulatedTexts(60, 21)].filter(
    ([name, text]) => readBundleText(text, { case: name }).faults.length === 0,
  );
  for (const [name, text] of bundles) plain.set(name, await answer(name, text));
});

type Fields = { [key: string]: Json };
const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const entriesOf = (bundle: Fields): Fields[] => (Array.isArray(bundle.entry) ? bundle.entry.filter(isFields) : []);

/** Calls `change` on every object of the tree, the deepest first. */
function each(value: Json, change: (fields: Fields) => void): void {
  if (Array.isArray(value)) for (const item of value) each(item, change);
  else if (isFields(value)) {
    for (const item of Object.values(value)) each(item, change);
    change(value);
  }
}

const CHANGES: Readonly<Record<string, (bundle: Fields) => void>> = {
  'entries in another order': (bundle) => {
    const random = seeded(7);
    bundle.entry = entriesOf(bundle)
      .map((entry) => ({ entry, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ entry }) => entry);
  },
  'resources with other ids': renameAll,
  'other units': (bundle) => each(bundle, otherUnit),
};

function renameAll(bundle: Fields): void {
  const names = new Map<string, string>();
  const entries = entriesOf(bundle);
  entries.forEach((entry, i) => {
    const { resource } = entry;
    // The patient keeps the name: it names a patient of a Bundle with several.
    if (!isFields(resource) || resource.resourceType === 'Patient') return;
    const id = `${'zyxwvutsrq'[i % 10]}-${i * 7919}`;
    const url = `urn:uuid:00000000-0000-4000-8000-${String(i * 7919).padStart(12, '0')}`;
    if (typeof resource.id === 'string')
      names.set(`${resource.resourceType}/${resource.id}`, `${resource.resourceType}/${id}`);
    if (typeof entry.fullUrl === 'string') names.set(entry.fullUrl, url);
    resource.id = id;
    if (typeof entry.fullUrl === 'string') entry.fullUrl = url;
  });
  each(bundle, (fields) => {
    if (typeof fields.reference === 'string') fields.reference = names.get(fields.reference) ?? fields.reference;
  });
}

/** Unit -> the same in another, by the factors of corpus/vocabulary/facts.yaml; [codes of the analyte, from, to, factor]. */
const UNITS: readonly (readonly [codes: readonly string[], from: string, to: string, factor: number])[] = [
  [['2160-0'], 'mg/dL', 'umol/L', 88.402],
  [['2160-0', '14682-9'], 'umol/L', 'mg/dL', 1 / 88.402],
  [['1975-2', '14631-6'], 'umol/L', 'mg/dL', 1 / 17.104],
  [['1975-2'], 'mg/dL', 'umol/L', 17.104],
  [['718-7'], 'g/L', 'g/dL', 0.1],
  [['718-7'], 'g/dL', 'g/L', 10],
  [['29463-7'], 'kg', 'g', 1000],
  [['8302-2'], 'cm', 'm', 0.01],
];

function otherUnit(fields: Fields): void {
  const quantity = fields.valueQuantity;
  if (!isFields(quantity) || typeof quantity.value !== 'number') return;
  const said = JSON.stringify(fields.code ?? null);
  const unit = quantity.code ?? quantity.unit;
  const found = UNITS.find(([codes, from]) => unit === from && codes.some((code) => said.includes(`"${code}"`)));
  if (found === undefined) return;
  const [, , to, factor] = found;
  const convert = (q: Json | undefined): void => {
    if (!isFields(q) || typeof q.value !== 'number') return;
    q.value = Number((q.value * factor).toPrecision(12));
    q.unit = to;
    q.code = to;
  };
  convert(quantity);
  if (Array.isArray(fields.referenceRange))
    for (const range of fields.referenceRange.filter(isFields)) {
      convert(range.low);
      convert(range.high);
    }
}

async function answer(name: string, text: string): Promise<string> {
  const { histories, faults } = readBundleText(text, { case: name });
  expect(faults, name).toEqual([]);
  const records = await recommender.recommendMany(histories);
  return JSON.stringify(
    records,
    (key, value: unknown) => {
      if (key === 'source' || key === 'input') return undefined;
      // Places stand in words too: "(Observation/lab-7)".
      return typeof value === 'string' ? value.replaceAll(/\b([A-Z][A-Za-z]+)\/[\w.-]+/g, '$1/...') : value;
    },
    1,
  );
}

test.each(Object.keys(CHANGES))('gives the same record for %s', { timeout: 120_000 }, async (change) => {
  let changed = 0;
  for (const [name, text] of bundles) {
    const bundle = JSON.parse(text) as Fields;
    CHANGES[change]?.(bundle);
    const other = JSON.stringify(bundle);
    if (other !== JSON.stringify(JSON.parse(text))) changed++;
    expect(await answer(name, other), `${name}: ${change}`).toBe(plain.get(name));
  }
  expect(changed).toBeGreaterThan(20);
});
