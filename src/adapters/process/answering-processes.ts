// Child processes that answer, so that one long answer keeps neither the next nor the pages waiting: answering is computing, and one process
// has one core. The asking process keeps everything else (sign-in, metrics, the store). One answer at a time in a child, the
// oldest question first to whoever is free.
//
//   none -> starting (with the first question) -> ready -> busy -> ready
//                     died before it was ready, some times: given up, the asking process answers itself
import { type ChildProcess, fork } from 'node:child_process';
import type { Recommender, RecommendOptions } from '../../app/recommend.js';
import type { History } from '../../domain/history.js';
import type { Recommendation } from '../../domain/recommendation.js';
import type { Stop } from '../../domain/stop.js';

/** To a child. What is stopped goes with every question: a child that has not heard would answer what is not to be answered. */
export interface Question {
  readonly id: number;
  readonly stops: readonly Stop[];
  readonly history: History;
  readonly options: RecommendOptions;
}
export type Answer =
  | { readonly ready: true }
  | { readonly id: number; readonly record: Recommendation }
  | { readonly id: number; readonly error: string };

export interface AnsweringOptions {
  readonly script: string;
  /** Arguments of the script: the model to answer with. */
  readonly args: readonly string[];
  readonly count: number;
  readonly stops: () => readonly Stop[];
  /** Told in words, without a patient's data, what became of a child. */
  readonly onTrouble: (words: string) => void;
  /** A child that has not answered by then is ended, and its question refused. */
  readonly withinMs?: number;
}

export interface Answering {
  readonly recommender: Recommender;
  /** Ends the children; questions under way are answered first, for as long as one may take. */
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly question: Omit<Question, 'id' | 'stops'>;
  readonly done: (record: Recommendation) => void;
  readonly fail: (error: Error) => void;
}

const WITHIN_MS = 25_000;
const STILLBIRTHS = 3;

/** Thrown for a question whose process ended with it, or took too long. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

export function answeringProcesses(own: Recommender, options: AnsweringOptions): Answering {
  const { count, stops, onTrouble, withinMs = WITHIN_MS } = options;
  const children = new Set<ChildProcess>();
  const free: ChildProcess[] = [];
  const queue: Waiting[] = [];
  let [ready, stillborn, asked] = [0, 0, 0];
  let [closing, idle]: [boolean, () => void] = [false, () => {}];

  const start = (): void => {
    const child = fork(options.script, [...options.args], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.add(child);
    let live = false;
    child.on('error', () => {});
    child.once('message', () => {
      live = true;
      ready++;
      free.push(child);
      next();
    });
    child.once('exit', () => {
      children.delete(child);
      const at = free.indexOf(child);
      if (at >= 0) free.splice(at, 1);
      if (live) ready--;
      else stillborn++;
      if (closing) return;
      onTrouble(
        live ? 'a process that answers ended; another takes its place' : 'a process that answers did not start',
      );
      if (stillborn < STILLBIRTHS) start();
      // Nobody is left to take them.
      if (ready === 0)
        for (const { question, done, fail } of queue.splice(0))
          own.recommend(question.history, question.options).then(done, fail);
    });
  };

  const next = (): void => {
    while (free.length > 0 && queue.length > 0) {
      const [child, waiting] = [free.shift(), queue.shift()];
      if (child !== undefined && waiting !== undefined) ask(child, waiting);
    }
    if (queue.length === 0 && free.length === ready) idle();
  };

  const ask = (child: ChildProcess, { question, done, fail }: Waiting): void => {
    const id = ++asked;
    const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
    const over = (): void => {
      clearTimeout(timer);
      child.off('message', onAnswer);
      child.off('exit', onExit);
    };
    const onExit = (): void => {
      over();
      fail(new NotAnswered('the process that was answering ended'));
      next();
    };
    const onAnswer = (answer: Answer): void => {
      if (!('id' in answer) || answer.id !== id) return;
      over();
      free.push(child);
      if ('record' in answer) done(answer.record);
      else fail(new Error(answer.error));
      next();
    };
    child.on('message', onAnswer);
    child.once('exit', onExit);
    try {
      child.send({ ...question, id, stops: stops() } satisfies Question, (error) => {
        // Its exit follows.
        if (error !== null) child.kill('SIGKILL');
      });
    } catch (error) {
      over();
      free.push(child);
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  };

  const recommend: Recommender['recommend'] = (history, asking = {}) => {
    if (!closing && children.size === 0 && stillborn === 0) for (let i = 0; i < count; i++) start();
    if (closing || ready === 0) return own.recommend(history, asking);
    return new Promise((done, fail) => {
      queue.push({ question: { history, options: asking }, done, fail });
      next();
    });
  };

  return {
    recommender: {
      recommend,
      recommendMany: (...all) => own.recommendMany(...all),
      recommendBriefly: (...all) => own.recommendBriefly(...all),
      explain: (...all) => own.explain(...all),
      normalize: (...all) => own.normalize(...all),
      readNote: (...all) => own.readNote(...all),
    },
    close: async () => {
      if (queue.length > 0 || free.length < ready) await new Promise<void>((done) => (idle = done));
      closing = true;
      await Promise.all([...children].map(ended));
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGKILL'); // It holds nothing: every question was answered.
  await exited;
}
