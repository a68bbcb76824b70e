// `shipa shadow report`: what a candidate beside the released model would have said on live cases.
import { parseArgs } from 'node:util';
import { DEFAULT_DATA, openRunServices } from '../run-services.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
what a shadow model would have said on live cases

shipa shadow report [MODEL] [--data DIR] [--format text|json]
  MODEL        one shadow ("shipa-outcomes@0.2.0"); all when left out
  --data DIR   embedded services (default .shipa); DATABASE_URL names a cluster's instead

"shipa serve --shadow MODEL" and "shipa worker --shadow MODEL" (or SHIPA_SHADOW) let it run. Its answers are never shown to a doctor.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string', default: DEFAULT_DATA }, format: { type: 'string', default: 'text' } },
  });
  const [action, model = null] = positionals;
  if (action !== 'report' || positionals.length > 2)
    throw new WrongUse('the one thing to ask is "shadow report [MODEL]"');
  const running = await openRunServices({ data: values.data, visit: true, fail: () => {} });
  try {
    const report = await running.store.shadowCases(model);
    if (values.format === 'json') process.stdout.write(`${JSON.stringify(report)}\n`);
    else {
      if (report.cases.length === 0) process.stdout.write('no case was answered by a shadow model\n');
      for (const c of report.cases)
        process.stdout.write(
          `${c.shadow} beside ${c.released}: ${c.cases} cases, ${c.changed} with another first option\n`,
        );
      for (const c of report.changes)
        process.stdout.write(
          `${String(c.cases).padStart(6)}  ${c.shadow}  ${c.cancer ?? 'none'} ${c.setting ?? 'none'}, ${c.decision}: ${c.before} -> ${c.after}${c.kind === 'lost' ? ' (LOST)' : ''}\n`,
        );
    }
    return 0;
  } finally {
    await running.stop();
  }
}
