// Child processes that read groups of documents for `corpus extract`, so that a large file uses every core and no document can stop the
// rest: one that does not come back in time, or takes its process with it, is found by reading its group one by one, and is a fault.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { LiteratureDocument } from '../../../domain/literature.js';
import { modelsDirectory } from '../../project.js';
import type { ChildSays, ChildTask, ReadGroup } from './extract-child.js';

/** A line, or why there is none. */
export type LineRead = { readonly line: string } | { readonly lost: string };

export interface ChildReaders {
  readonly count: number;
  read(documents: readonly LiteratureDocument[]): Promise<LineRead[]>;
  close(): void;
}

export interface ChildCaps {
  readonly memoryMb: number;
  /** For one group; a document alone has as long. */
  readonly milliseconds: number;
}

/** A group takes well under a second; a paper of a thousand pages some seconds. */
const CAPS: ChildCaps = { memoryMb: 1024, milliseconds: 60_000 };

const CHILD = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, '../../../../dist/src/cli/commands/corpus/extract-child.js')
  : join(import.meta.dirname, 'extract-child.js');

/** Processes start when the first group is theirs. @param tell is told once what a process has to say */
export function startChildren(
  count: number,
  task: ChildTask,
  tell: (why: string) => void,
  caps: ChildCaps = CAPS,
  file = CHILD,
): ChildReaders {
  let told = false;
  const tellOnce = (why: string): void => {
    if (!told) tell(why);
    told = true;
  };
  const children = Array.from({ length: count }, () => new Child(task, caps, file, tellOnce));
  let next = 0;
  return {
    count,
    async read(documents) {
      const child = children[next++ % count] as Child; // count is at least one
      const whole = await child.read(documents);
      if (typeof whole !== 'string') return whole.map((line) => ({ line }));
      const each: LineRead[] = [];
      for (const document of documents) {
        const alone = await child.read([document]);
        each.push(typeof alone === 'string' ? { lost: alone } : { line: alone[0] ?? '' });
      }
      return each;
    },
    close: () => {
      for (const child of children) child.end();
    },
  };
}

interface Waiting {
  readonly group: ReadGroup;
  readonly answer: (lines: readonly string[] | string) => void;
}

/** One process at a time, and in it one group at a time: the one that it died of is known. A new process starts when one is needed. */
class Child {
  private readonly task: ChildTask;
  private readonly caps: ChildCaps;
  private readonly file: string;
  private readonly tell: (why: string) => void;
  private readonly waiting: Waiting[] = [];
  private process: ChildProcess | undefined;
  private current: Waiting | undefined;
  private timer: NodeJS.Timeout | undefined;
  private late = false;
  private id = 0;

  constructor(task: ChildTask, caps: ChildCaps, file: string, tell: (why: string) => void) {
    this.task = task;
    this.caps = caps;
    this.file = file;
    this.tell = tell;
  }

  /** Lines, or why the process ended instead. */
  read(documents: readonly LiteratureDocument[]): Promise<readonly string[] | string> {
    return new Promise((answer) => {
      this.waiting.push({ group: { id: this.id++, documents }, answer });
      this.next();
    });
  }

  end(): void {
    clearTimeout(this.timer);
    this.process?.removeAllListeners('exit');
    this.process?.kill();
    this.process = undefined;
  }

  private next(): void {
    if (this.current !== undefined) return;
    this.current = this.waiting.shift();
    if (this.current === undefined) return;
    this.process ??= this.start();
    this.late = false;
    this.timer = setTimeout(() => {
      this.late = true;
      this.process?.kill('SIGKILL');
    }, this.caps.milliseconds);
    this.process.send(this.current.group);
  }

  private start(): ChildProcess {
    const child = fork(this.file, [JSON.stringify(this.task)], {
      execArgv: [`--max-old-space-size=${this.caps.memoryMb}`],
      // Of ours, only where the models lie: no passwords are at hand there.
      env: { SHIPA_MODELS: modelsDirectory },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (said: ChildSays) => {
      if ('tell' in said) this.tell(said.tell);
      else if (said.id === this.current?.group.id) this.done(said.lines);
    });
    child.on('error', () => {}); // Told by the exit.
    child.on('exit', (code, signal) => {
      this.process = undefined;
      this.done(
        this.late
          ? `was not read within ${this.caps.milliseconds / 1000} s`
          : `the process that read it ended (${signal ?? `exit code ${code}`}): too much memory, most likely`,
      );
    });
    return child;
  }

  private done(answer: readonly string[] | string): void {
    clearTimeout(this.timer);
    const { current } = this;
    this.current = undefined;
    current?.answer(answer);
    this.next();
  }
}
