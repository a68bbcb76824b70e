// A reviewer at a terminal, played by a list of answers.
import { beforeEach, describe, expect, test } from 'vitest';
import { addDocument } from '../../src/app/add-documents.js';
import { acceptDraft, correcting, openDraft, retractStudy, swapping } from '../../src/app/review-draft.js';
import { fieldAndValue, reviewSession } from '../../src/app/review-session.js';
import { draftOf } from '../../src/evidence/curate/draft-state.js';
import { type Memory, memoryDesk, readDocument } from './curation-fixture.js';

const decision = { by: 'A. Reader', why: 'read', at: '2026-11-29T07:00:00Z' };
let memory: Memory;

const add = (given: Parameters<typeof readDocument>[0]) =>
  addDocument(readDocument(given), memory.desk.corpus, memory.desk.store, {
    decision,
    all: false,
    again: false,
    suggest: () => undefined,
    suggestArm: () => undefined,
    warnings: [],
  }).id;

async function play(id: string, answers: readonly (string | undefined)[]) {
  const shown: string[] = [];
  const left = [...answers];
  const draft = await reviewSession(
    memory.desk,
    openDraft(memory.desk, id),
    { show: (text) => void shown.push(text), ask: async () => left.shift() },
    { by: 'A. Reader', now: () => '2026-11-29T08:00:00Z', indications: ['ind'] },
  );
  return { draft, shown: shown.join('\n') };
}

beforeEach(() => {
  memory = memoryDesk();
});

describe('review session', () => {
  test('shows the text with its spans, takes verdicts and corrections, and makes a study', async () => {
    const id = add({ pmid: '999' });
    const { draft, shown } = await play(id, [
      'a 1 2',
      's name=NEW-1',
      's year=2024',
      's journal=J Test',
      's OS.effect=HR 0.74 (0.6 to 0.9)',
      'a all',
      'accept read whole',
    ]);
    expect(shown).toMatch(/\[\d+: HR 0\.75\]/);
    expect(draft).toMatchObject({ state: 'accepted', study: 'new-1' });
    expect(memory.written.map(([name]) => name)).toEqual(['addStudy', 'cite']);
    expect(memory.written.slice(0, 1)).toEqual([
      [
        'addStudy',
        expect.objectContaining({
          id: 'new-1',
          year: 2024,
          results: [
            { outcome: 'OS', arms: ['x', 'placebo'], effect: { measure: 'HR', value: 0.74, low: 0.6, high: 0.9 } },
          ],
        }),
      ],
    ]);
    const log = memory.desk.store.events(id);
    expect(log.every(({ by, why, at }) => by !== '' && why !== '' && at !== '')).toBe(true);
    expect(draftOf(id, log)).toEqual(draft);
  });

  test('answers a slip and goes on; what was answered before is kept when the reviewer leaves', async () => {
    const id = add({ pmid: '999' });
    const { shown, draft } = await play(id, ['hm', 's year=soon', 'r 1', 'a 99', 'accept', 's year=2024', undefined]);
    for (const words of ['is no answer here', 'is no year', 'say why', 'there is no value 99'])
      expect(shown).toContain(words);
    expect(draft.state).toBe('extracted');
    expect(openDraft(memory.desk, id).values.find(({ field }) => field === 'year')?.value).toBe('2024');
    expect(memory.written).toEqual([]);
  });

  test('excludes with the reason, and such a draft stays listed', async () => {
    const id = add({ pmid: '999' });
    await play(id, ['exclude a subgroup of a subgroup']);
    expect(openDraft(memory.desk, id)).toMatchObject({ state: 'excluded', reason: 'a subgroup of a subgroup' });
    expect(memory.desk.store.ids()).toContain(id);
  });

  test('a rejected value is not in the study', async () => {
    const id = add({ pmid: '999' });
    const number = openDraft(memory.desk, id).values.findIndex(({ field }) => field === 'OS.effect') + 1;
    await play(id, [
      `r ${number} of a subgroup`,
      's name=N-1',
      's year=2024',
      's journal=J',
      's OS.median.a=12',
      'accept read',
    ]);
    expect(memory.written[0]?.[1]).toMatchObject({
      results: [{ outcome: 'OS', arms: ['x'], medians: { x: { months: 12 } } }],
    });
  });
});

describe('accept', () => {
  const plain = { networks: [], indications: [], asNew: false };

  test('a later cut of a known trial becomes a result of it, and the older one is superseded', () => {
    const id = add({ pmid: '999', nct: ['NCT00000001'], value: 0.7 });
    const steps = [
      correcting(memory.desk, 'arm.a.id', 'x', decision),
      correcting(memory.desk, 'arm.b.id', 'p', decision),
      correcting(memory.desk, 'year', '2024', decision),
    ];
    const accepted = acceptDraft(memory.desk, openDraft(memory.desk, id), plain, decision, steps);
    expect(accepted).toMatchObject({ as: 'new results', study: 'trial-1' });
    expect(accepted.comparisons[0]?.conflicts).toHaveLength(1);
    expect(memory.written).toEqual([
      [
        'addResults',
        'trial-1',
        [
          {
            outcome: 'OS',
            arms: ['x', 'p'],
            effect: { measure: 'HR', value: 0.7 },
            source: { pmid: '999', year: 2024 },
          },
        ],
        [0],
      ],
    ]);
  });

  test('needs to know which arm is which, and writes nothing until it does', () => {
    const id = add({ pmid: '999', nct: ['NCT00000001'], value: 0.7 });
    expect(() => acceptDraft(memory.desk, openDraft(memory.desk, id), plain, decision)).toThrow(/which arm of trial-1/);
    expect(memory.written).toEqual([]);
    expect(openDraft(memory.desk, id).state).toBe('extracted');
  });

  test('puts a new study to use where told, once, and refuses a network that is not there', () => {
    const id = add({ pmid: '999' });
    const set = (field: string, value: string) => correcting(memory.desk, field, value, decision);
    const steps = [set('name', 'N-1'), set('year', '2024'), set('journal', 'J')];
    const draft = openDraft(memory.desk, id);
    expect(() => acceptDraft(memory.desk, draft, { ...plain, networks: ['nowhere'] }, decision, steps)).toThrow(
      /no network "nowhere"/,
    );
    expect(() => acceptDraft(memory.desk, draft, { ...plain, id: 'trial-1' }, decision, steps)).toThrow(
      /there already/,
    );
    expect(memory.written).toEqual([]);
    acceptDraft(memory.desk, draft, { ...plain, networks: ['net'], indications: ['ind'] }, decision, steps);
    expect(memory.written.map(([name]) => name)).toEqual(['addStudy', 'joinNetwork', 'cite']);
  });

  test('the same figures again are a confirmation and change no file', () => {
    const id = add({ pmid: '999', nct: ['NCT00000001'], value: 0.8 });
    const set = (field: string, value: string) => correcting(memory.desk, field, value, decision);
    const steps = [set('arm.a.id', 'x'), set('arm.b.id', 'p'), set('OS.effect', 'HR 0.8 (0.6 to 1)')];
    expect(acceptDraft(memory.desk, openDraft(memory.desk, id), plain, decision, steps).as).toBe('confirmation');
    expect(memory.written).toEqual([]);
  });
});

describe('swap', () => {
  test('changes the arms and their figures, not the effect', () => {
    const id = add({ pmid: '999' });
    const steps = [
      correcting(memory.desk, 'OS.median.a', '9', decision),
      correcting(memory.desk, 'harm.b', '10%', decision),
    ];
    memory.desk.store.append(id, steps);
    memory.desk.store.append(id, swapping(openDraft(memory.desk, id), decision));
    const values = Object.fromEntries(
      openDraft(memory.desk, id)
        .values.filter((v) => v.verdict !== 'rejected')
        .map((v) => [v.field, v.value]),
    );
    expect(values).toMatchObject({
      'arm.a': 'placebo',
      'arm.b': 'X',
      'OS.median.b': '9',
      'harm.a': '10%',
      'OS.effect': 'HR 0.75',
    });
    expect(values).not.toHaveProperty('OS.median.a');
    expect(values).not.toHaveProperty('harm.b');
  });
});

describe('retract', () => {
  test('marks the study and the draft that it came from, once', () => {
    const id = add({ pmid: '999', nct: ['NCT00000001'], value: 0.7 });
    const set = (field: string, value: string) => correcting(memory.desk, field, value, decision);
    acceptDraft(memory.desk, openDraft(memory.desk, id), { networks: [], indications: [], asNew: false }, decision, [
      set('arm.a.id', 'x'),
      set('arm.b.id', 'p'),
    ]);
    retractStudy(memory.desk, 'trial-1', { ...decision, why: 'fraud' });
    expect(memory.written.at(-1)).toEqual(['retract', 'trial-1', { on: '2026-11-29', why: 'fraud' }]);
    expect(openDraft(memory.desk, id)).toMatchObject({ state: 'retracted', reason: 'fraud' });
    expect(() => retractStudy(memory.desk, 'nowhere', decision)).toThrow(/no study/);
  });
});

test('a field ends before its value, whatever signs a subgroup has', () => {
  expect(fieldAndValue('OS/PD-L1 >= 50 %.effect=HR 0.6 p <0.001')).toEqual({
    field: 'OS/PD-L1 >= 50 %.effect',
    value: 'HR 0.6 p <0.001',
  });
  expect(fieldAndValue('name=A = B')).toEqual({ field: 'name', value: 'A = B' });
  expect(fieldAndValue('OS.at.24.b=71%')).toEqual({ field: 'OS.at.24.b', value: '71%' });
  expect(fieldAndValue('nothing')).toBeUndefined();
});
