// "Whose first option would change, from what to what, because of which study", and the reasons that let it pass.
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../../src/domain/corpus/corpus.js';
import { explainChanges } from '../../../src/evidence/gate/change-causes.js';
import { calibrationCheck, recommendationsCheck } from '../../../src/evidence/gate/gate-check.js';
import { ChangeReason, reasonsAgainstModel } from '../../../src/evidence/gate/reasons.js';
import { groupChanges, recordChanges } from '../../../src/evidence/gate/record-changes.js';
import { option, recordOf } from './records.js';

const before = recordOf([option()]);
const after = recordOf([option({ id: 'gefitinib' }), option({ rank: 2 })]);

const corpus = (studies: readonly string[]) =>
  ({
    cancers: [
      {
        indications: [{ id: 'gefitinib-first', regimen: 'gefitinib', studies }],
        regimens: [{ id: 'gefitinib', components: [{ drug: 'gefitinib' }] }],
        networks: [],
        studies: [],
      },
    ],
  }) as unknown as Corpus;
const study = {
  kind: 'study',
  change: 'added',
  cancer: 'nsclc',
  id: 'new-trial',
  words: 'NEW (J 2026): OS HR 0.6',
} as const;
const sources = {
  before: corpus([]),
  after: corpus(['new-trial']),
  corpusChanges: [study, { ...study, id: 'of-another' }],
  modelChanges: [],
  reasons: {},
};

describe('recordChanges', () => {
  it('is empty when the first options are the same', () => {
    expect(recordChanges(before, recordOf([option(), option({ id: 'gefitinib', rank: 2 })]))).toEqual([]);
  });
  it('tells another first option, and counts the patients alike', () => {
    const [group, ...others] = groupChanges([...recordChanges(before, after), ...recordChanges(before, after)]);
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      kind: 'first',
      patients: 2,
      before: 'osimertinib (recommended)',
      after: 'gefitinib (recommended)',
    });
  });
  it('tells a recommendation that is lost, also when the same option only falls', () => {
    const fallen = recordOf([option({ band: 'consider', provisional: true })]);
    expect(recordChanges(before, fallen)).toMatchObject([{ kind: 'lost', after: 'osimertinib (provisional)' }]);
    expect(recordChanges(before, recordOf([], { decisions: [] }))).toMatchObject([{ kind: 'lost' }]);
  });
});

describe('explainChanges', () => {
  const groups = groupChanges(recordChanges(before, after));
  it('names the study behind the change and no other', () => {
    expect(explainChanges(groups, sources)[0]?.causes.map((c) => c.id)).toEqual(['new-trial']);
  });
  it('says that the program decides otherwise when no record changed', () => {
    expect(explainChanges(groups, { ...sources, corpusChanges: [] })[0]?.causes).toMatchObject([{ id: 'code' }]);
  });
  it('lets a change pass with a reason against this very release only', () => {
    const reason = ChangeReason.parse({
      against: 'm@1',
      where: ['new-trial'],
      why: 'the new trial shows longer survival',
      by: 'A. Author',
      on: '2026-06-01',
    });
    const checked = (against: string) =>
      recommendationsCheck(
        explainChanges(groups, { ...sources, reasons: reasonsAgainstModel([reason], against) }),
        10,
        1,
      );
    expect(checked('m@1').passed).toBe(true);
    expect(checked('m@2').passed).toBe(false);
  });
});

describe('calibrationCheck', () => {
  const was = { ici12: 0.07, ici24: 0.06, ici36: null };
  it('passes what is worse within the bound, stops what is worse beyond it or no longer tested', () => {
    expect(calibrationCheck({ ...was, ici12: 0.079 }, was).passed).toBe(true);
    expect(calibrationCheck({ ...was, ici12: 0.081 }, was).passed).toBe(false);
    expect(calibrationCheck({ ...was, ici24: null }, was).passed).toBe(false);
  });
});
