// A note kept as a Bundle: the same text, letter for letter, and of the same patient.
import { describe, expect, it } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { ingestChunk } from '../../src/app/ingest.js';
import type { Document, InputFault } from '../../src/app/ingest-ports.js';
import { bundleOfNote } from '../../src/app/note-bundle.js';
import type { IncomingHistory } from '../../src/app/store-ports.js';

const read = (text: string) => readBundleText(text, { case: 'x' });

describe('a note as a Bundle', () => {
  it('gives back its text letter for letter, under the id of the note', () => {
    const text = 'Рак лёгкого IV ст.\r\n\tEGFR L858R — "+"; \u00b5g, \ud83d\ude00 {"resourceType":"Bundle"}';
    const { histories, faults } = read(bundleOfNote({ id: 'заметка 1.txt', text }));
    expect(faults).toEqual([]);
    expect(histories).toMatchObject([{ person: { id: 'заметка 1.txt' }, documents: [{ text }] }]);
  });

  it('keeps several documents apart, each with its date', () => {
    const documents = [
      { id: 'a', date: '2026-01-02' as const, text: 'first' },
      { id: 'b', text: 'second' },
    ];
    const { histories } = read(bundleOfNote({ id: 'n', text: 'first\n\nsecond', documents } as never));
    expect(histories[0]?.documents).toMatchObject([{ text: 'first', date: '2026-01-02' }, { text: 'second' }]);
  });
});

describe('ingestion of notes', () => {
  const stored = async (...documents: Omit<Document, 'bytes'>[]) => {
    const rows: IncomingHistory[] = [];
    const faults: InputFault[] = [];
    const never = async () => undefined as never;
    await ingestChunk(
      {
        store: {
          beginChunk: async (ref) => ({ ...ref, task: { documents: [] }, patients: 1 }),
          failChunk: never,
          ingestChunk: async (_ref, histories, found) => {
            rows.push(...histories);
            faults.push(...found);
            return {};
          },
        },
        files: {
          list: never,
          cut: never,
          write: never,
          documents: async function* () {
            for (const d of documents) yield { ...d, bytes: Buffer.from(d.text ?? '') };
          },
        } as never,
        readDocument: readBundleText,
      },
      { run: 'r', phase: 'ingest', ordinal: 0 },
    );
    return { rows, faults };
  };

  it('takes a line by its id, and what has none by its place, never two files of one name for one patient', async () => {
    const { rows, faults } = await stored(
      { file: '/n/letter.txt', text: 'Breast cancer, stage II.', note: true },
      { file: '/m/letter.txt', text: 'Lung cancer, stage II.', note: true },
      { file: '/n/all.ndjson', line: 4, text: '{"id":"n4","text":"Lung cancer."}' },
      { file: '/n/all.ndjson', line: 5, text: '{"text":"Lung cancer."}' },
    );
    expect(faults).toEqual([]);
    const named = expect.stringMatching(/^letter\.txt~[0-9a-f]{8}$/);
    expect(rows.map((row) => row.patient)).toEqual([named, named, 'n4', expect.stringMatching(/^all\.ndjson:5~/)]);
    expect(rows.map((row) => row.caseId)).toEqual(['letter.txt', 'letter.txt', 'n4', 'all.ndjson:5']);
    expect(new Set(rows.map((row) => row.patient)).size).toBe(4);
  });

  it('never takes two files of one name for one patient where Bundle and Patient have no id', async () => {
    const text = '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient"}}]}';
    const { rows } = await stored({ file: '/a/bundle.json', text }, { file: '/b/bundle.json', text });
    expect(new Set(rows.map((row) => row.patient)).size).toBe(2);
    expect(rows.map((row) => row.caseId)).toEqual(['bundle.json', 'bundle.json']);
  });

  it('faults an empty text and a document without one, each in its place', async () => {
    const { rows, faults } = await stored(
      { file: '/n/empty.txt', text: ' \n', note: true },
      { file: '/n/all.ndjson', line: 2, text: '{"id":"x","documents":[{"id":"d"}]}' },
      { file: '/n/all.ndjson', line: 3, text: '{"id":"x"}' },
    );
    expect(rows).toEqual([]);
    expect(faults.map((f) => [f.file, f.line, f.path])).toEqual([
      ['/n/empty.txt', null, 'text'],
      ['/n/all.ndjson', 2, 'documents[0].text'],
      ['/n/all.ndjson', 3, 'resourceType'],
    ]);
  });
});
