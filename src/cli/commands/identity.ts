// `shipa identity`: the same person in several records. Candidates for a person to look at, merging, and taking back.
import { parseArgs } from 'node:util';
import { readBundleText } from '../../adapters/fhir/read-bundle-text.js';
import { readHints } from '../../adapters/fhir/read-hints.js';
import { candidates, doubts, readKeys, scanIdentities } from '../../app/identity.js';
import type { IdentityAction, IdentityRecord } from '../../app/identity-ports.js';
import { scorePersons } from '../../app/score-persons.js';
import type { Store } from '../../app/store-ports.js';
import { openEngine } from '../engine.js';
import { pairLine, tellScan } from '../identity-words.js';
import { releaseOf } from '../release-of.js';
import { openRunServices } from '../run-services.js';
import { SIGNED_OPTIONS } from '../signed-options.js';
import { writeOut } from '../write-out.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
find, merge and take apart records of one person

shipa identity candidates [--format text|ndjson]    pairs that may be one person, with what speaks for and against
shipa identity scan                                 merges the pairs with an equal valid national number and nothing against it
shipa identity doubts [--format text|ndjson]        merges that the histories of today speak against
shipa identity merge A B --by WHO --reason TEXT     both histories answer as one person from now on
shipa identity unmerge A B --by WHO --reason TEXT   takes that back: everything is as it was before
shipa identity apart A B --by WHO --reason TEXT     two people; not a candidate any more
shipa identity show PATIENT | log [--format text|json|ndjson]
  --no-score     merge and unmerge: leave the recommendation to the next "shipa score"
  --data DIR     embedded services (default .shipa); DATABASE_URL names a cluster's instead

A number of Kazakhstan (IIN) counts as valid by its checksum. Name and birth date never merge by themselves. Every decision is kept
with who, when and why; nothing of either record is changed. Neither numbers nor names are printed.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...SIGNED_OPTIONS,
      format: { type: 'string', default: 'text' },
      'no-score': { type: 'boolean', default: false },
    },
  });
  const [what, ...ids] = positionals;
  const act = actionOf(what, ids, values);
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    return await act(running.store);
  } finally {
    await running.stop();
  }
}

interface Values {
  readonly by: string;
  readonly reason: string;
  readonly format: string;
  readonly 'no-score': boolean;
}

type Act = (store: Store) => Promise<number>;

function actionOf(what: string | undefined, ids: readonly string[], values: Values): Act {
  const [a, b, more] = ids;
  switch (what) {
    case 'candidates':
      return (store) => listCandidates(store, values.format);
    case 'scan':
      return (store) => scan(store, values);
    case 'doubts':
      return async (store) => {
        for (const c of await doubts({ store, readHints }))
          await writeOut(values.format === 'text' ? `${pairLine(c)}\n` : `${JSON.stringify(c)}\n`);
        return 0;
      };
    case 'log':
      return async (store) => listDecisions(await store.decisions(1_000), values.format);
    case 'show':
      if (a === undefined || b !== undefined) throw new WrongUse('name one patient');
      return (store) => show(store, a, values.format);
    case 'merge':
    case 'unmerge':
    case 'apart':
      if (a === undefined || b === undefined || more !== undefined || a === b)
        throw new WrongUse(`${what} wants two different patients`);
      if (values.by.trim() === '' || values.reason.trim() === '')
        throw new WrongUse('--by and --reason are kept with it');
      return (store) => decide(store, what, a, b, values);
    default:
      throw new WrongUse(
        'say candidates, scan, doubts, merge, unmerge, apart, show or log; "shipa identity --help" tells more',
      );
  }
}

async function listCandidates(store: Store, format: string): Promise<number> {
  await readKeys({ store, readHints });
  let found = 0;
  for await (const candidate of candidates({ store, readHints })) {
    found++;
    await writeOut(format === 'text' ? `${pairLine(candidate)}\n` : `${JSON.stringify(candidate)}\n`);
  }
  process.stderr.write(`${found} pairs may be one person\n`);
  return 0;
}

async function scan(store: Store, values: Values): Promise<number> {
  const found = await scanIdentities({ store, readHints });
  await tellScan(found);
  await scoreAgain(store, [...new Set(found.merged.flatMap(({ a, b }) => [a, b]))], values);
  return 0;
}

async function decide(store: Store, action: IdentityAction, a: string, b: string, values: Values): Promise<number> {
  const by = values.by.trim();
  const why = values.reason.trim();
  const done = await store.decide({ action, a, b, by, why, automatic: false, evidence: [] });
  if (done === 'unknown') throw new Error(`no such patient: ${await missing(store, [a, b])}`);
  if (done === 'nothing') throw new Error(await whyNothing(store, action, a, b));
  const person = await store.person(a);
  const other = await store.person(b);
  const told = [person, other].map((p) => p?.records.join(' + ') ?? '');
  process.stdout.write(action === 'merge' ? `one person: ${told[0]}\n` : `two persons: ${told[0]} | ${told[1]}\n`);
  if (action !== 'apart') await scoreAgain(store, [a, b], values);
  return 0;
}

async function missing(store: Store, ids: readonly string[]): Promise<string> {
  const found = await Promise.all(ids.map(async (id) => ((await store.person(id)) === undefined ? [id] : [])));
  return found.flat().join(', ');
}

async function whyNothing(store: Store, action: IdentityAction, a: string, b: string): Promise<string> {
  const person = await store.person(a);
  if (action !== 'unmerge')
    return `${a} and ${b} are one person already${action === 'apart' ? '; "unmerge" takes that back' : ''}`;
  if (person === undefined || !person.records.includes(b)) return `${a} and ${b} are not merged`;
  const by = person.decisions.filter((d) => d.action === 'merge').map((d) => `${d.a} with ${d.b}`);
  return `${a} and ${b} are one person through other records (${by.join(', ')}): take one of those back`;
}

/** The recommendation of a merged person is made of both histories, and that of a separated one of its own. */
async function scoreAgain(store: Store, ids: readonly string[], values: Values): Promise<void> {
  if (ids.length === 0 || values['no-score']) return;
  const leads = await Promise.all(ids.map(async (id) => (await store.person(id))?.lead));
  const engine = await openEngine();
  try {
    const release = releaseOf(engine);
    const { recommender } = engine;
    const keys = [...new Set(leads.filter((key) => key !== undefined))];
    await scorePersons({ store, recommender, readDocument: readBundleText, release }, keys);
  } finally {
    await engine.close();
  }
}

async function show(store: Store, id: string, format: string): Promise<number> {
  const person = await store.person(id);
  if (person === undefined) throw new Error(`no such patient: ${id}`);
  if (format !== 'text') process.stdout.write(`${JSON.stringify(person)}\n`);
  else {
    process.stdout.write(`${person.records.join(' + ')}\n`);
    listDecisions(person.decisions, format);
  }
  return 0;
}

function listDecisions(decisions: readonly IdentityRecord[], format: string): number {
  for (const d of decisions)
    process.stdout.write(
      format === 'text' ? `${d.at} ${d.action} ${d.a} ${d.b} by ${d.by}: ${d.why}\n` : `${JSON.stringify(d)}\n`,
    );
  return 0;
}
