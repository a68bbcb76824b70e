// `shipa retraction STUDY`: the stored patients whose last recommendation leaned on a study.
import { parseArgs } from 'node:util';
import { readModelFolder, readRelease } from '../../adapters/files/release.js';
import { allModels, folderOf } from '../../adapters/files/release-files.js';
import { indicationsOn, leaningOptions } from '../../app/leaning.js';
import { nameOf } from '../../app/release-log.js';
import { readCompact } from '../../app/score-batch-record.js';
import { modelsDirectory } from '../project.js';
import { DEFAULT_DATA, openRunServices } from '../run-services.js';
import { writeOut } from '../write-out.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
the stored patients whose last recommendation leaned on a study

shipa retraction STUDY [--data DIR] [--format text|ndjson]
  STUDY        id of the corpus ("flaura")
  --data DIR   embedded services (default .shipa); DATABASE_URL names a cluster's instead

A recommendation leans on a study when an option above "not recommended" cites it, or its numbers come from a network that holds it, in
the corpus that the recommendation was made with. "first": the option stood first for its question. "shipa corpus retract" marks the
study in the corpus; the next build counts it no more.
`;

const PAGE = 2000;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string', default: DEFAULT_DATA }, format: { type: 'string', default: 'text' } },
  });
  const [study] = positionals;
  if (study === undefined || positionals.length > 1) throw new WrongUse('name one study');
  const indications = indicationsByModel(study);
  if ([...indications.values()].every((on) => on.size === 0))
    process.stderr.write(`no indication or network of a model that is here rests on "${study}"\n`);
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  let [patients, first] = [0, 0];
  try {
    for (let after: number | null = 0; after !== null; ) {
      const page: Awaited<ReturnType<typeof running.store.leaning>> = await running.store.leaning(after, PAGE);
      for (const { id, model, record } of page.rows) {
        const leaning = leaningOptions(readCompact(record), indications.get(model) ?? indications.get('') ?? new Set());
        if (leaning.length === 0) continue;
        patients++;
        if (leaning.some((l) => l.place === 'first')) first++;
        await writeOut(
          values.format === 'ndjson'
            ? `${JSON.stringify({ patient: id, model, leaning })}\n`
            : `${id}: ${leaning.map((l) => `${l.regimen} (${l.place} for ${l.decision}, ${l.indication})`).join('; ')}\n`,
        );
      }
      after = page.next;
    }
  } finally {
    await running.stop();
  }
  process.stderr.write(`${patients} patients lean on ${study}, ${first} of them with a first option\n`);
  return 0;
}

/** By model, as each carries its own corpus; "" is the released one, for models that are no longer here. */
function indicationsByModel(study: string): ReadonlyMap<string, ReadonlySet<string>> {
  const own = allModels(modelsDirectory).map(
    (model) => [nameOf(model), indicationsOn(readModelFolder(folderOf(modelsDirectory, model)).corpus, study)] as const,
  );
  return new Map([...own, ['', indicationsOn(readRelease(modelsDirectory).corpus, study)]]);
}
