// `shipa COMMAND`: finds the command, runs it, maps what went wrong to an exit code. 0 done, 1 failed, 2 wrong use.
import { FaultyInput } from '../domain/faults.js';
import { codeVersion } from './project.js';
import { endWhenReaderLeaves } from './write-out.js';
import { WrongUse } from './wrong-use.js';

/** One command: a module of ./commands. */
export interface Command {
  /** Text of `--help`; the first line is the summary in the list of commands. */
  readonly help: string;
  /** Runs with the arguments behind the command's name; answers the exit code. */
  run(args: string[]): Promise<number>;
}

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  recommend: () => import('./commands/recommend.js'),
  explain: () => import('./commands/explain.js'),
  corpus: () => import('./commands/corpus.js'),
  synthesize: () => import('./commands/synthesize.js'),
  survival: () => import('./commands/survival.js'),
  prognosis: () => import('./commands/prognosis.js'),
  simulate: () => import('./commands/simulate.js'),
  pilot: () => import('./commands/pilot.js'),
  ingest: () => import('./commands/ingest.js'),
  codes: () => import('./commands/codes.js'),
  score: () => import('./commands/score.js'),
  serve: () => import('./commands/serve.js'),
  replay: () => import('./commands/replay.js'),
  kill: () => import('./commands/kill.js'),
  unkill: () => import('./commands/unkill.js'),
  shadow: () => import('./commands/shadow.js'),
  monitor: () => import('./commands/monitor.js'),
  retraction: () => import('./commands/retraction.js'),
  identity: () => import('./commands/identity.js'),
  erase: () => import('./commands/erase.js'),
  hold: () => import('./commands/hold.js'),
  retention: () => import('./commands/retention.js'),
  audit: () => import('./commands/audit.js'),
  backup: () => import('./commands/backup.js'),
  restore: () => import('./commands/restore.js'),
  worker: () => import('./commands/worker.js'),
  runs: () => import('./commands/runs.js'),
  jobs: () => import('./commands/jobs.js'),
  export: () => import('./commands/export.js'),
};

export async function main(args: string[]): Promise<number> {
  endWhenReaderLeaves();
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || asksForHelp(name)) return listCommands();
  if (name === '--version') {
    process.stdout.write(`${codeVersion()}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) return complain(`there is no command "${name}"; "shipa --help" lists them`, 2);
  const command = await load();
  if (rest.some(asksForHelp)) {
    process.stdout.write(`${command.help.trim()}\n`);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    return explainFailure(name, error);
  }
}

const asksForHelp = (argument: string): boolean => argument === '--help' || argument === '-h';

async function listCommands(): Promise<number> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(
      async ([name, load]) => `  ${name.padEnd(12)}${(await load()).help.trim().split('\n')[0]}`,
    ),
  );
  process.stdout.write(`shipa COMMAND [options]     "shipa COMMAND --help" tells more\n\n${lines.join('\n')}\n`);
  return 0;
}

function explainFailure(command: string, error: unknown): number {
  if (error instanceof WrongUse || isParseArgsError(error)) return complain(`${command}: ${error.message}`, 2);
  if (error instanceof FaultyInput) return complain(error.faults.map((f) => `${f.place}: ${f.message}`).join('\n'), 1);
  if (error instanceof Error)
    return complain(`${command}: ${error.message}${process.env.SHIPA_DEBUG ? `\n${error.stack}` : ''}`, 1);
  return complain(`${command}: ${String(error)}`, 1);
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function complain(message: string, code: number): number {
  process.stderr.write(`shipa: ${message}\n`);
  return code;
}
