// `shipa explain FILE --regimen ID`: everything there is to say about one option for one patient, shown or rejected.
import { parseArgs } from 'node:util';
import { FaultyInput } from '../../domain/faults.js';
import { renderExplanation } from '../../report/text-explanation.js';
import { openEngine } from '../engine.js';
import { readHistories, readInputs } from '../inputs.js';
import { WrongUse } from '../wrong-use.js';
import { checkProtocol, OPTIONS, readOptions } from './recommend.js';

export const help = `
the whole trace of one option for one patient, shown or rejected

shipa explain FILE --regimen ID [--format text|json] [--as-of DATE] [--case ID] [--protocol ID] [--weights LIST] [--lang L]
  --regimen ID   regimen id of the corpus ("shipa recommend FILE --format json" shows them)
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...OPTIONS, regimen: { type: 'string' } },
    allowPositionals: true,
  });
  const [file, more] = positionals;
  if (file === undefined || more !== undefined) throw new WrongUse('name one FILE');
  if (values.regimen === undefined) throw new WrongUse('name the option: --regimen ID');
  const format = values.format ?? 'text';
  if (format !== 'text' && format !== 'json') throw new WrongUse(`--format is text or json, not "${format}"`);
  const options = readOptions(values);
  const engine = await openEngine();
  checkProtocol(engine, options);
  const known = engine.corpus.cancers.flatMap((folder) => folder.regimens.map((r) => r.id));
  if (!known.includes(values.regimen)) throw new WrongUse(`there is no regimen "${values.regimen}" in the corpus`);
  for await (const input of readInputs([file])) {
    const { histories, faults } = readHistories(input, (note) => engine.recommender.readNote(note, options.asOf));
    if (faults.length > 0) throw new FaultyInput(faults);
    for (const history of histories) {
      const explanation = await engine.recommender.explain(history, values.regimen, options);
      if (explanation === undefined) continue;
      const text = format === 'json' ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation);
      process.stdout.write(`${text}\n`);
    }
  }
  await engine.close();
  return 0;
}
