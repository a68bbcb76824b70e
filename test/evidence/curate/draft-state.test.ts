// The states of a document on its way into the corpus.
import { describe, expect, test } from 'vitest';
import { draftOf, OutOfOrder, settled } from '../../../src/evidence/curate/draft-state.js';
import { CurationEvent } from '../../../src/evidence/curate/event.js';

const who = { at: '2026-11-29T07:00:00Z', by: 'A. Reader', why: 'read' };
const found: CurationEvent = { event: 'found', ...who, document: 'x.txt', pmid: null, text: 'h', triage: {} };
const extracted: CurationEvent = {
  event: 'extracted',
  ...who,
  values: [
    { field: 'OS.effect', value: 'HR 0.75' },
    { field: 'OS.median.a', value: '12' },
  ],
  leftOut: [],
  known: [],
  warnings: [],
};
const judged: CurationEvent[] = [
  { event: 'value-accepted', ...who, field: 'OS.effect' },
  { event: 'value-rejected', ...who, field: 'OS.median.a' },
];
const accepted: CurationEvent = { event: 'accepted', ...who, study: 's', as: 'new study', file: 'f' };

describe('draft', () => {
  test('goes from found to retracted, each step in its order', () => {
    const steps: CurationEvent[] = [
      found,
      extracted,
      ...judged,
      { event: 'reviewed', ...who },
      accepted,
      { event: 'retracted', ...who, study: 's' },
    ];
    expect(steps.map((_, i) => draftOf('d', steps.slice(0, i + 1)).state)).toEqual([
      'found',
      'extracted',
      'extracted',
      'extracted',
      'reviewed',
      'accepted',
      'retracted',
    ]);
  });

  test('is not accepted unreviewed, nor reviewed while a value is open', () => {
    expect(() => draftOf('d', [found, extracted, accepted])).toThrow(OutOfOrder);
    expect(() => draftOf('d', [found, extracted, { event: 'reviewed', ...who }])).toThrow(
      /nobody has judged OS.effect, OS.median.a/,
    );
    expect(() => draftOf('d', [found, extracted, ...judged, accepted])).toThrow(OutOfOrder);
  });

  test('has to be reviewed again after a value was corrected', () => {
    const draft = draftOf('d', [
      found,
      extracted,
      ...judged,
      { event: 'reviewed', ...who },
      { event: 'corrected', ...who, field: 'OS.effect', value: 'HR 0.8' },
    ]);
    expect(draft.state).toBe('extracted');
    expect(settled(draft).map(({ field, value, verdict }) => [field, value, verdict])).toEqual([
      ['OS.effect', 'HR 0.8', 'corrected'],
    ]);
  });

  test('keeps what extraction proposed beside what the reviewer set, and takes values that the reviewer adds', () => {
    const draft = draftOf('d', [found, extracted, { event: 'corrected', ...who, field: 'year', value: '2024' }]);
    expect(draft.values.at(-1)).toEqual({ field: 'year', value: '2024', proposed: undefined, verdict: 'corrected' });
    expect(() => draftOf('d', [found, extracted, { event: 'value-accepted', ...who, field: 'no.such' }])).toThrow(
      /no value "no.such"/,
    );
  });

  test('once excluded or accepted takes no more changes', () => {
    const excluded: CurationEvent = { event: 'excluded', ...who };
    expect(draftOf('d', [found, excluded])).toMatchObject({ state: 'excluded', reason: 'read' });
    expect(() => draftOf('d', [found, excluded, extracted])).toThrow(OutOfOrder);
    expect(() => draftOf('d', [extracted])).toThrow(/begins with "found"/);
  });

  test('an event without who, when or why is refused', () => {
    expect(CurationEvent.safeParse({ event: 'reviewed', at: 'yesterday', by: 'A', why: 'x' }).success).toBe(false);
    expect(CurationEvent.safeParse({ event: 'reviewed', at: who.at, by: '', why: 'x' }).success).toBe(false);
    expect(CurationEvent.safeParse({ event: 'reviewed', at: who.at, by: 'A', why: '' }).success).toBe(false);
  });
});
