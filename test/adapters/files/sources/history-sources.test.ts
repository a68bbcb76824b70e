// Sources of histories: gzip, standard input's copy, exports by type from files and from a server, and what is wrong with them.

import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../../../src/adapters/files/history-files.js';
import {
  copiesAreThere,
  dropCopies,
  findSources,
  identityOf,
  openSources,
} from '../../../../src/adapters/files/sources/history-sources.js';
import { placed } from '../../../../src/app/ingest-faults.js';
import type { Document } from '../../../../src/app/ingest-ports.js';
import { bundleLine } from '../../../integration/samples.js';

const files = historyFiles();
let folder: string;
let spool: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipa-sources-'));
  spool = join(folder, 'spool');
  return () => rm(folder, { recursive: true, force: true });
});

async function documentsOf(...paths: string[]) {
  const opened = await openSources(await findSources(paths, files, spool), spool);
  const documents: Document[] = [];
  for await (const piece of files.cut(opened.files))
    for await (const document of files.documents(piece)) if ('bytes' in document) documents.push(document);
  return { ...opened, documents };
}

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `${bundleLine(`p${i}`)}\n`).join('');

describe('gzip', () => {
  it('gives the same lines with the same numbers as the plain file, whatever its members', async () => {
    const text = lines(700);
    const half = text.indexOf('\n', text.length / 2) + 10;
    const file = join(folder, 'a.ndjson.gz');
    await writeFile(file, Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]));
    const { documents, faults } = await documentsOf(file);
    expect(faults).toEqual([]);
    expect(documents.map((d) => d.line)).toEqual(Array.from({ length: 700 }, (_, i) => i + 1));
    expect(documents.map((d) => d.text).join('\n')).toBe(text.trimEnd());
    expect(documents[0]?.file).toBe(file);
  });

  it('takes the lines before the break of a broken archive, and says where it broke', async () => {
    const file = join(folder, 'cut.ndjson.gz');
    const whole = gzipSync(Buffer.from(Array.from({ length: 3_000 }, () => bundleLine(`${Math.random()}`)).join('\n')));
    await writeFile(file, whole.subarray(0, whole.length / 2));
    const { documents, faults } = await documentsOf(file);
    expect(documents.length).toBeGreaterThan(100);
    expect(faults).toMatchObject([{ file, line: null, message: expect.stringContaining('ends in the middle') }]);
  });

  it('is the same ingestion again, and its copy is the same; another when the file is another', async () => {
    const file = join(folder, 'a.json.gz');
    await writeFile(file, gzipSync(JSON.stringify(JSON.parse(bundleLine('p')), undefined, 2)));
    const found = await findSources([file], files, spool);
    expect(await copiesAreThere(found, spool)).toBe(false);
    const first = await openSources(found, spool);
    expect(await openSources(await findSources([file], files, spool), spool)).toEqual(first);
    expect(await copiesAreThere(found, spool)).toBe(true);
    await dropCopies(found, spool);
    expect(await readdir(spool)).toEqual([]);
    await writeFile(file, gzipSync(bundleLine('other one')));
    expect(identityOf(await findSources([file], files, spool))).not.toBe(identityOf(found));
  });
});

const patient = (id: string) => ({ resourceType: 'Patient', id, gender: 'female', birthDate: '1960-05-01' });
const condition = (id: string, of: string, code = 'C50.4') => ({
  resourceType: 'Condition',
  id,
  subject: { reference: of },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
});
const ndjson = (...resources: object[]): string => resources.map((r) => `${JSON.stringify(r)}\n`).join('');

const EXPORT: Readonly<Record<string, string>> = {
  'Patient.ndjson': ndjson(patient('b'), patient('a')),
  'Condition.ndjson': ndjson(
    condition('c1', 'Patient/a'),
    condition('c2', 'http://host.example/fhir/Patient/b/_history/3'),
    condition('c3', 'Patient/a', 'C50.9'),
  ),
  'MedicationRequest.ndjson': ndjson({
    resourceType: 'MedicationRequest',
    id: 'm1',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/a' },
    medicationReference: { reference: 'Medication/drug' },
  }),
  'Medication.ndjson': ndjson(
    { resourceType: 'Medication', id: 'drug', code: { text: 'letrozole' } },
    { resourceType: 'Medication', id: 'unused', code: { text: 'x' } },
  ),
  'Location.ndjson': ndjson({ resourceType: 'Location', id: 'l1' }),
};

const manifestOf = (base: string, more: object = {}): string =>
  JSON.stringify({
    transactionTime: '2026-05-31T08:00:00Z',
    request: 'https://host.example/fhir/$export',
    requiresAccessToken: false,
    output: Object.keys(EXPORT).map((name) => ({ type: name.replace('.ndjson', ''), url: `${base}${name}` })),
    error: [],
    ...more,
  });

async function saveExport(more: object = {}): Promise<string> {
  const at = join(folder, 'export');
  await mkdir(at, { recursive: true });
  for (const [name, text] of Object.entries(EXPORT)) await writeFile(join(at, name), text);
  await writeFile(join(at, 'manifest.json'), manifestOf('', more));
  return at;
}

const read = ({ text = '' }: Document) => readBundleText(text, { case: 'x' });

describe('a Bulk Data export', () => {
  it('becomes one history a patient, with the drugs that its prescriptions point at, as of the export', async () => {
    const at = await saveExport();
    const { documents, faults, remarks } = await documentsOf(join(at, 'manifest.json'));
    expect(faults).toEqual([]);
    expect(remarks).toEqual([expect.stringContaining('1 Location')]);
    const histories = documents.flatMap((d) => read(d).histories);
    expect(histories.map((h) => [h.person.id, h.asOf, h.entries.map((e) => e.id)])).toEqual([
      ['a', '2026-05-31', ['Condition/c1', 'Condition/c3', 'MedicationRequest/m1']],
      ['b', '2026-05-31', ['Condition/c2']],
    ]);
    expect(histories[0]?.entries[2]).toMatchObject({ code: { text: 'letrozole' } });
    expect(documents[0]?.text).not.toContain('unused');
  });

  it('is the same in bytes whatever the order of its files and lines', async () => {
    const first = await documentsOf(join(await saveExport(), 'manifest.json'));
    const at = join(folder, 'export');
    for (const [name, text] of Object.entries(EXPORT))
      await writeFile(join(at, name), `${text.trimEnd().split('\n').reverse().join('\n')}\n`);
    const turned = JSON.parse(manifestOf(''));
    await writeFile(join(at, 'manifest.json'), JSON.stringify({ ...turned, output: turned.output.reverse() }));
    const second = await documentsOf(join(at, 'manifest.json'));
    expect(second.documents.map((d) => d.text)).toEqual(first.documents.map((d) => d.text));
  });

  it('is found in a folder, its files not ingested a second time', async () => {
    const at = await saveExport();
    await writeFile(join(at, 'another.ndjson'), lines(1));
    const { documents } = await documentsOf(at);
    expect(documents.map((d) => basename(d.file)).sort()).toEqual(['another.ndjson', 'manifest.json', 'manifest.json']);
    await rename(join(at, 'manifest.json'), join(at, 'status.json'));
    const renamed = await documentsOf(at);
    expect(renamed.documents.map((d) => basename(d.file)).sort()).toEqual([
      'another.ndjson',
      'status.json',
      'status.json',
    ]);
  });

  it('names file and line of what cannot be read, and the resource where a history has a fault', async () => {
    const at = await saveExport();
    await writeFile(
      join(at, 'Condition.ndjson'),
      `${ndjson(condition('c1', 'Patient/a'))}{"resourceType":\n\n${ndjson({ resourceType: 'Condition', id: 'c9' }, { ...condition('c2', 'Patient/b'), code: 7 }, condition('c8', 'Patient/nobody'))}`,
    );
    const { documents, faults } = await documentsOf(join(at, 'manifest.json'));
    expect(faults.map(({ file, line, path }) => [basename(file), line, path])).toEqual([
      ['Condition.ndjson', 2, expect.stringMatching(/^column \d+$/)],
      ['Condition.ndjson', 4, 'subject'],
    ]);
    const bad = documents.flatMap((d) => read(d).faults.map((f) => placed(d, f)));
    expect(bad.map((f) => f.path)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Condition\/c2\.code/),
        expect.stringMatching(/^Patient\/nobody/),
      ]),
    );
  });

  it('is not ingested by halves: a missing file, or only what changed since, would supersede whole histories', async () => {
    const at = await saveExport();
    await rm(join(at, 'Condition.ndjson'));
    const missing = await documentsOf(join(at, 'manifest.json'));
    expect(missing.documents).toEqual([]);
    expect(missing.faults.map((f) => f.message).join()).toContain('no such file');
    // With the file that was missing it is another ingestion, not one that is done.
    const identity = async () => identityOf(await findSources([join(at, 'manifest.json')], files, spool));
    const before = await identity();
    await saveExport();
    expect(await identity()).not.toBe(before);
    await saveExport({ request: 'https://host.example/fhir/$export?_since=2026-01-01T00:00:00Z' });
    const since = await documentsOf(join(at, 'manifest.json'));
    expect(since.documents).toEqual([]);
    expect(since.faults).toMatchObject([{ message: expect.stringContaining('_since') }]);
  });

  it('scatters and gathers more patients than one part holds', async () => {
    const at = await saveExport();
    const many = Array.from({ length: 3_000 }, (_, i) => `q${i}`);
    const pad = { text: { status: 'generated', div: `<div>${'x'.repeat(20_000)}</div>` } };
    await writeFile(join(at, 'Patient.ndjson'), ndjson(...many.map((id) => ({ ...patient(id), ...pad }))));
    await writeFile(join(at, 'Condition.ndjson'), ndjson(...many.map((id) => condition(`c-${id}`, `Patient/${id}`))));
    await writeFile(join(at, 'MedicationRequest.ndjson'), '');
    const { documents } = await documentsOf(join(at, 'manifest.json'));
    const people = documents.flatMap((d) => read(d).histories.map((h) => `${h.person.id} ${h.entries.length}`));
    expect(people.sort()).toEqual(many.map((id) => `${id} 1`).sort());
  });
});

describe('a Bulk Data export of a server', () => {
  let server: Server;
  let base: string;
  let failures = 0;
  let wantsToken = false;
  const authorizations: (string | undefined)[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const name = (request.url ?? '/').slice(1);
      authorizations.push(request.headers.authorization);
      if (name === 'pending') return void response.writeHead(202, { 'retry-after': '0' }).end();
      if (name === 'manifest') return void response.end(manifestOf(base, { requiresAccessToken: wantsToken }));
      if (name === 'Condition.ndjson' && failures-- > 0)
        return void response.writeHead(503, { 'retry-after': '0' }).end();
      if (wantsToken && request.headers.authorization !== 'Bearer secret') return void response.writeHead(401).end();
      const body = EXPORT[name];
      return void (body === undefined ? response.writeHead(404).end() : response.end(body));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  });
  afterAll(() => void server.close());

  it('is downloaded, again where the server was busy', async () => {
    failures = 2;
    const { documents, faults } = await documentsOf(`${base}manifest`);
    expect(faults).toEqual([]);
    expect(documents).toHaveLength(2);
    expect((await readdir(spool)).filter((name) => name.includes('part'))).toEqual([]);
    expect(authorizations).not.toContain('Bearer secret');
  });

  it('is given the token that it asks for, and a fault says what to set when there is none', async () => {
    wantsToken = true;
    const without = await documentsOf(`${base}manifest`);
    expect(without.documents).toEqual([]);
    expect(without.faults[0]?.message).toContain('SHIPA_BULK_TOKEN');
    process.env.SHIPA_BULK_TOKEN = 'secret';
    const withToken = await documentsOf(`${base}manifest`).finally(() => delete process.env.SHIPA_BULK_TOKEN);
    expect(withToken.documents).toHaveLength(2);
    wantsToken = false;
  });

  it('refuses an address that holds no manifest, and files of this machine named by a server', async () => {
    await expect(findSources([`${base}Patient.ndjson`], files, spool)).rejects.toThrow(/no manifest/);
    await expect(findSources([`${base}nothing`], files, spool)).rejects.toThrow(/404/);
    await expect(findSources([`${base}pending`], files, spool)).rejects.toThrow(/not ready yet/);
  });
});

describe('a file that changes after it was planned', () => {
  it('is a clear fault: other bytes, a shorter file, no file', async () => {
    const file = join(folder, 'a.ndjson');
    await writeFile(file, lines(3));
    const pieces = [];
    for await (const piece of files.cut([file])) pieces.push(piece);
    const [piece] = pieces;
    if (piece === undefined) throw new Error('no piece');
    const all = async () => {
      for await (const _ of files.documents(piece));
    };
    await expect(all()).resolves.toBeUndefined();
    await writeFile(file, `${await readFile(file, 'utf8')}${lines(1)}`);
    await expect(all()).resolves.toBeUndefined();
    await writeFile(file, (await readFile(file, 'utf8')).replace('C50.4', 'C50.9'));
    await expect(all()).rejects.toThrow(/has changed since/);
    await writeFile(file, 'x');
    await expect(all()).rejects.toThrow(/shorter/);
    await rm(file);
    await expect(all()).rejects.toThrow(/gone/);
  });
});
