// Documents become drafts once, and nothing else happens to the corpus.
import { describe, expect, test } from 'vitest';
import { type AddOptions, addDocument } from '../../src/app/add-documents.js';
import { comparisons, openDraft } from '../../src/app/review-draft.js';
import { memoryDesk, readDocument } from './curation-fixture.js';

const options = (given: Partial<AddOptions> = {}): AddOptions => ({
  decision: { by: 'A', why: 'found', at: '2026-11-29T07:00:00Z' },
  all: false,
  again: false,
  suggest: () => undefined,
  suggestArm: () => undefined,
  warnings: [],
  ...given,
});

describe('add', () => {
  test('makes a draft that waits for review and writes no study', () => {
    const { desk, written } = memoryDesk();
    const added = addDocument(readDocument({ pmid: '999' }), desk.corpus, desk.store, options({ warnings: ['odd'] }));
    expect(added).toMatchObject({ id: 'pmid-999', as: 'draft' });
    const draft = openDraft(desk, 'pmid-999');
    expect(draft).toMatchObject({ state: 'extracted', warnings: ['odd'] });
    expect(draft.values.every(({ verdict }) => verdict === 'pending')).toBe(true);
    expect(written).toEqual([]);
  });

  test('knows a document again, by its text or its PMID', () => {
    const { desk } = memoryDesk();
    addDocument(readDocument({ pmid: '999' }), desk.corpus, desk.store, options());
    expect(
      addDocument(readDocument({ pmid: '999', text: 'Title\nanother copy' }), desk.corpus, desk.store, options()).as,
    ).toBe('there');
    expect(addDocument(readDocument({ document: 'copy.txt' }), desk.corpus, desk.store, options()).as).toBe('there');
    expect(desk.store.ids()).toEqual(['pmid-999']);
  });

  test('knows a publication that the corpus has, and drafts it only when asked to', () => {
    const { desk } = memoryDesk();
    expect(addDocument(readDocument({ pmid: '111' }), desk.corpus, desk.store, options())).toMatchObject({
      as: 'stored',
      message: expect.stringContaining('trial-1'),
    });
    expect(addDocument(readDocument({ pmid: '111' }), desk.corpus, desk.store, options({ again: true })).as).toBe(
      'draft',
    );
  });

  test('recognises a later report of a known trial', () => {
    const { desk } = memoryDesk();
    const added = addDocument(readDocument({ pmid: '999', nct: ['NCT00000001'] }), desk.corpus, desk.store, options());
    expect(added.message).toContain('known: trial-1 by nct NCT00000001');
  });

  test('shows the conflict with the stored figure at once where the arms are recognised', () => {
    const { desk } = memoryDesk();
    const suggestArm: AddOptions['suggestArm'] = ({ arms }, name) => arms[name === 'X' ? 0 : 1]?.id;
    const { id } = addDocument(
      readDocument({ pmid: '999', nct: ['NCT00000001'], value: 0.7 }),
      desk.corpus,
      desk.store,
      options({ suggestArm }),
    );
    const [os] = comparisons(desk, openDraft(desk, id));
    expect(os).toMatchObject({ stored: 0, conflicts: [{ at: 'effect', stored: 'HR 0.8 (0.6 to 1), x against p' }] });
  });

  test('leaves out what is not of oncology unless all is wanted', () => {
    const { desk } = memoryDesk();
    expect(addDocument(readDocument({ oncology: false }), desk.corpus, desk.store, options()).as).toBe('left');
    expect(addDocument(readDocument({ oncology: false }), desk.corpus, desk.store, options({ all: true })).as).toBe(
      'draft',
    );
  });

  test('two documents of one file name are two drafts', () => {
    const { desk } = memoryDesk();
    addDocument(readDocument({}), desk.corpus, desk.store, options());
    addDocument(readDocument({ value: 0.6 }), desk.corpus, desk.store, options());
    expect(new Set(desk.store.ids()).size).toBe(2);
  });
});
