// The card answers a hospital's committee: every question has its section, every network its setting, and the misses are in it.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCalibration } from '../../../src/adapters/files/calibration-file.js';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { buildModel } from '../../../src/app/build-model.js';
import type { CalibrationFile } from '../../../src/domain/corpus/calibration.js';

const directory = join(import.meta.dirname, '../../../corpus');
const whole = loadCorpus(directory);
const corpus = { ...whole, cancers: whole.cancers.filter((c) => c.profile.id === 'gist') };
const committed = readCalibration(directory);
if (committed === undefined) throw new Error('no corpus/calibration.yaml');

const point = { trial: 'T_1', network: 'n', months: 12, n: 100, se: 0.04, baselinePoints: 3, near: null };
const calibration: CalibrationFile = {
  ...committed,
  corpusHash: 'another',
  survival: [
    { ...point, node: 'hit', observed: 0.5, predicted: 0.51 },
    { ...point, node: 'miss', observed: 0.8, predicted: 0.45 },
  ],
  effects: [],
};

const { files, manifest } = buildModel(corpus, { id: 'm', version: '1', seed: 1, calibration });
const card = new TextDecoder().decode(files['card.md']);
const sectionOf = (name: string): string => card.split('\n## ').find((s) => s.startsWith(`${name}\n`)) ?? '';

describe('the card', () => {
  it.each([
    'Intended use',
    'Data',
    'Method',
    'Limits',
    'Calibration',
    'Performance',
    'Subgroups',
    'Networks',
    'Left out',
  ])('has a section %s', (name) => expect(sectionOf(name).length).toBeGreaterThan(name.length + 20));
  it('tells gaps and who signed', () => {
    expect(sectionOf('Known gaps')).toContain('| gist |');
    expect(sectionOf('Signed')).toContain('Nobody yet');
  });
  it('tells every calibration test, the misses first, and that it is of another corpus', () => {
    const told = sectionOf('Calibration');
    expect(told).toContain('an earlier corpus');
    const [miss, hit] = [told.indexOf('`miss`'), told.indexOf('`hit`')];
    expect(miss).toBeGreaterThan(0);
    expect(hit).toBeGreaterThan(miss);
    expect(told.slice(miss, hit)).toMatch(/-35\.0 \| \*\*no\*\*/);
    expect(told).toContain('Effects, held out: none could be tested.');
  });
  it('tells for every network its setting, trials, patients, events and certainty with the reasons', () => {
    expect(manifest.networks.length).toBeGreaterThan(2);
    for (const { id, population, outcome } of manifest.networks) {
      const row = card.split('\n').find((line) => line.startsWith(`| \`${id}\` |`)) ?? '';
      expect(row).toContain(`gist: ${population} | ${outcome} |`);
      expect(row).toMatch(/(high|moderate|low) \d/);
      expect(card).toMatch(new RegExp(`### ${id}\\n[\\s\\S]*?\\| certainty \\| reasons \\|`));
    }
  });
});
