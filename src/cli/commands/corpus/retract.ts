// `shipa corpus retract STUDY`: marks a study retracted; it counts nothing from the next build on.
import { parseArgs } from 'node:util';
import { retractStudy } from '../../../app/review-draft.js';
import { curationDesk, decisionOf } from '../../curation-desk.js';
import { corpusDirectory } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';

export function retract(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { dir: { type: 'string', default: corpusDirectory }, by: { type: 'string' }, why: { type: 'string' } },
  });
  const [study] = positionals;
  if (study === undefined || positionals.length > 1)
    throw new WrongUse('name one study: shipa corpus retract STUDY --by NAME --why TEXT');
  const decision = decisionOf(values);
  const { file } = retractStudy(curationDesk(values.dir), study, decision);
  process.stdout.write(
    `${study}: retracted by ${decision.by}: ${decision.why} (${file}); "shipa corpus build" makes a model without it\n`,
  );
  return 0;
}
