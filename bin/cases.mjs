#!/usr/bin/env node
// Golden patients in short form. A patient is a few lines of YAML; this turns them into the Bundles that a hospital would send.
//
//   node bin/cases.mjs bundle SPEC.yaml     NDJSON of Bundles to stdout
//   node bin/cases.mjs write SPEC.yaml      test/cases/<slug>/{history,expected}.json and why.md for every document with a `slug`
//   node bin/cases.mjs try SPEC.yaml        answers from the corpus files as they stand (no release needed), `expected` checked
//                      [--full]             ... with criteria, safety findings, missing items, excluded options and notes
//
// One YAML document a patient, `---` between them; only `slug` (cancer/name), `asOf` and `cancer` are needed:
//
//   slug: colon/kras-wild-left-first-line
//   asOf: 2026-05-12
//   born: 1960-03-01
//   sex: female
//   cancer: {text: Adenocarcinoma of sigmoid colon, icd10: C18.7, icdo3: 8140/3, snomed: '363406005', date: 2026-04-20}   # any of them
//   others: [{text: ..., date: ...}]                # further Conditions: comorbidities, a second cancer, "no ..." is not sent
//   stage: IVA                                      # or {value: IVA, date: 2026-04-25, name: FIGO stage}
//   tnm: {c: T3 N1 M1a, p: T3 N2a}                  # clinical, pathologic
//   metastases: [liver, {text: lung metastasis, date: 2026-04-25}]
//   facts: {ECOG: 1, Creatinine: 70 umol/L, PD-L1 CPS: 10, Resectable: no}       # name as written in a report: value; or
//   facts: {ECOG: {value: 1, date: 2026-05-10}}
//   markers: {KRAS: G12D, MSI: negative, HER2 IHC: 3+}                            # as reported in words
//   therapies:                                      # in order of time
//     - {drugs: [oxaliplatin, capecitabine], start: 2025-01-10, end: 2025-07-01, intent: adjuvant, reason: progression}
//     - {drugs: [imatinib], start: 2026-01-01}      # no end: going on
//     - {procedure: right hemicolectomy, date: 2025-01-01, end: ..., intent: ...}
//     - {status: progressive disease, date: 2026-04-01}                           # or complete response, stable disease ...
//   allergies: [cisplatin]
//   medications: [omeprazole]                       # other medicines taken now
//   expected: {setting: ..., firstOption: {systemic: [id, id]}, recommendedIncludes: [..], neverRecommended: [..]}
//   why: |
//     What an oncologist expects and why.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOf, day } from './case-bundle.mjs';
import { ensureReady, root } from './ensure.mjs';

ensureReady();
// What was read is kept as long as the build that read it.
const built = createHash('sha256')
  .update(readFileSync(join(root, 'dist', '.built')))
  .digest('hex')
  .slice(0, 12);
process.env.SHIPA_CORPUS_CACHE ??= join(tmpdir(), `shipa-cases-${built}`);
mkdirSync(process.env.SHIPA_CORPUS_CACHE, { recursive: true });
const { parseAllDocuments } = await import('yaml');

function readSpecs(file) {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { schema: 'core' });
  return documents.flatMap((document, i) => {
    if (document.errors.length > 0) throw new Error(`${file}, document ${i + 1}: ${document.errors[0].message}`);
    const spec = document.toJS();
    if (spec === null) return [];
    if (!spec.cancer || !spec.asOf) throw new Error(`${file}, document ${i + 1}: \`asOf\` and \`cancer\` are needed`);
    return [spec];
  });
}

function write(specs) {
  for (const spec of specs) {
    if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(spec.slug ?? '') || !spec.expected || !spec.why)
      throw new Error(`${spec.slug}: a golden patient needs slug (cancer/name), expected and why`);
    const folder = join(root, 'test', 'cases', spec.slug);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'history.json'), `${JSON.stringify(bundleOf(spec), null, 1)}\n`);
    writeFileSync(
      join(folder, 'expected.json'),
      `${JSON.stringify({ asOf: day(spec.asOf), ...spec.expected }, null, 2)}\n`,
    );
    writeFileSync(join(folder, 'why.md'), `${spec.why.trimEnd()}\n`);
    process.stderr.write(`wrote test/cases/${spec.slug}\n`);
  }
}

async function tryOut(specs, full) {
  const load = (path) => import(join(root, 'dist', 'src', path));
  const [{ loadCorpus }, { buildModel }, { createRecommender }, { modelInfo }, { scoreReference }, { readBundleText }] =
    await Promise.all(
      [
        'adapters/files/corpus-files.js',
        'app/build-model.js',
        'app/recommend.js',
        'evidence/compile/manifest.js',
        'evidence/compile/reference.js',
        'adapters/fhir/read-bundle-text.js',
      ].map(load),
    );
  const corpus = loadCorpus(join(root, 'corpus'));
  const model = buildModel(corpus, { id: 'try', version: '0', seed: 1 });
  const scorer = {
    info: modelInfo(model.manifest),
    score: async (rows) => scoreReference(model.compiled, rows),
    close: async () => {},
  };
  const recommender = createRecommender({
    corpus,
    scorer,
    codeVersion: 'try',
    today: new Date().toISOString().slice(0, 10),
  });
  let failed = 0;
  for (const spec of specs) {
    const { histories, faults } = readBundleText(JSON.stringify(bundleOf(spec)), { case: spec.slug ?? 'case' });
    for (const { place, message } of faults) print(`FAULT ${place}: ${message}`);
    if (histories[0] === undefined) continue;
    const record = await recommender.recommend(histories[0], { asOf: day(spec.asOf) });
    const { patient } = record;
    print(
      `\n== ${spec.slug ?? spec.id}: ${record.status} ${record.reason ? `${record.reason.code}: ${record.reason.message}` : ''}`,
    );
    print(
      `   ${patient.cancer?.oncotree} stage ${patient.stage} setting ${patient.setting} line ${patient.line} age ${patient.age} ECOG ${patient.ecog} | ${(patient.biomarkers ?? []).map((b) => `${b.name} ${b.alteration ?? b.result}`).join(', ')}`,
    );
    for (const o of record.options) {
      print(
        `   ${o.decision.padEnd(22)} ${String(o.rank ?? '-').padStart(3)} ${o.band.padEnd(15)} ${o.provisional ? 'prov ' : '     '}${o.regimen.id}${o.benefit ? `  ${o.benefit.outcome} ${o.benefit.gainMonths}` : ''}`,
      );
      if (o.band === 'not-recommended')
        for (const s of o.safety.filter((f) => f.verdict === 'contraindicated'))
          print(`${' '.repeat(30)}${s.rule}: ${s.message}`);
      if (full) {
        for (const c of o.criteria) print(`${' '.repeat(30)}${c.state}: ${c.text} [${c.fact ?? ''}]`);
        for (const s of o.safety.filter((f) => f.verdict !== 'clear'))
          print(`${' '.repeat(30)}safety ${s.verdict} ${s.rule}: ${s.message}`);
        if (o.beforeFirstDose.length > 0) print(`${' '.repeat(30)}before first dose: ${o.beforeFirstDose.join('; ')}`);
      }
    }
    for (const m of record.missing.slice(0, full ? 99 : 4))
      print(`   missing: ${m.item}${m.changesFirstOption ? ' (changes the first option)' : ''}`);
    if (full) for (const e of record.excluded) print(`   excluded ${e.regimen}: ${e.reasons.join('; ')}`);
    if (full) for (const n of record.notes) print(`   note: ${n}`);
    const wrong = against(record, spec.expected ?? {});
    for (const line of wrong) print(`   WRONG ${line}`);
    if (wrong.length > 0) failed++;
  }
  print(`\n${specs.length} patients, ${failed} not as expected`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Mirrors test/cases/cases.test.ts. */
function against(record, expected) {
  const wrong = [];
  if (record.status !== (expected.status ?? 'ranked')) wrong.push(`status ${record.status}`);
  if (expected.reasonCode && record.reason?.code !== expected.reasonCode) wrong.push(`reason ${record.reason?.code}`);
  if (expected.setting && record.patient.setting !== expected.setting)
    wrong.push(`setting ${record.patient.setting}, expected ${expected.setting}`);
  for (const [decision, accepted] of Object.entries(expected.firstOption ?? {})) {
    const first = record.options.find((o) => o.decision === decision && o.rank !== null)?.regimen.id;
    if (!accepted.includes(first))
      wrong.push(`first option of ${decision} is ${first}, expected ${accepted.join(' or ')}`);
  }
  const named = new Set(
    record.options.filter((o) => o.band === 'recommended').flatMap((o) => [o.regimen.id, ...o.regimen.drugs]),
  );
  for (const id of expected.recommendedIncludes ?? []) if (!named.has(id)) wrong.push(`${id} is not recommended`);
  for (const id of expected.neverRecommended ?? []) if (named.has(id)) wrong.push(`${id} is recommended`);
  return wrong;
}

const print = (line) => process.stdout.write(`${line}\n`);

const [action, file, ...flags] = process.argv.slice(2);
if (!['bundle', 'write', 'try'].includes(action) || file === undefined) {
  process.stderr.write('usage: node bin/cases.mjs bundle|write|try SPEC.yaml [--full]\n');
  process.exit(2);
}
const specs = readSpecs(file);
if (action === 'bundle') for (const spec of specs) print(JSON.stringify(bundleOf(spec)));
else if (action === 'write') write(specs);
else await tryOut(specs, flags.includes('--full'));
