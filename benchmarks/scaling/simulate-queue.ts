// A run on the queue as discrete events, to plan for machines that we do not have. Pure. A chunk waits its turn, then a worker takes it
// through three stages: waiting for others (network, queue), computing, and being written by the store. A worker does one chunk at a time.
// Computing shares the cores of the workers equally, as a scheduler does, one core a worker at most; writing shares those of the store, at most
// one core a chunk. On one machine both share the same cores. Times vary by a gamma distribution's two moments, drawn as a sum of exponentials.
import { seededRandom } from '../../src/stats/random.js';

export interface ChunkTimes {
  /** Milliseconds a chunk: off the processors, on those of the workers, on those of the store. */
  readonly waitMs: number;
  readonly computeMs: number;
  readonly storeMs: number;
}

export interface Crew {
  readonly workers: number;
  readonly workerCores: number;
  /** Absent: the store runs on the cores of the workers. */
  readonly storeCores?: number;
}

export interface SimulatedRun {
  readonly seconds: number;
  readonly chunks: number;
  /** Share of their cores' time that was used. */
  readonly workerLoad: number;
  readonly storeLoad: number;
  /** Most chunks that waited for a worker. */
  readonly mostWaiting: number;
  /** From its arrival to its end, of a chunk, in seconds. */
  readonly meanStay: number;
}

interface Options {
  readonly seed?: number;
  /** Chunks a second; absent: all are there at the beginning. */
  readonly arrivalsPerSecond?: number;
  /** Exponentials that a time is the sum of: 1 varies by 100 %, 16 by 25 %. */
  readonly shape?: number;
}

type Stage = 'wait' | 'compute' | 'store';
interface Task {
  stage: Stage;
  left: number;
  readonly arrived: number;
}

const NEXT: Readonly<Record<Stage, Stage | undefined>> = { wait: 'compute', compute: 'store', store: undefined };

export function simulateQueue(
  chunks: number,
  times: ChunkTimes,
  { workers, workerCores, storeCores }: Crew,
  { seed = 1, arrivalsPerSecond, shape = 16 }: Options = {},
): SimulatedRun {
  const random = seededRandom(seed);
  const means: Readonly<Record<Stage, number>> = {
    wait: times.waitMs,
    compute: times.computeMs,
    store: times.storeMs,
  };
  const draw = (stage: Stage): number => {
    let sum = 0;
    for (let i = 0; i < shape; i++) sum -= Math.log(random.uniform());
    return (means[stage] * sum) / shape;
  };
  const gap = (): number =>
    arrivalsPerSecond === undefined ? 0 : (-Math.log(random.uniform()) * 1000) / arrivalsPerSecond;
  const busy: Task[] = [];
  const waiting: number[] = [];
  let [clock, ended, come, nextCome, head] = [0, 0, 0, gap(), 0];
  let [workerWork, storeWork, stay, mostWaiting] = [0, 0, 0, 0];
  while (ended < chunks) {
    while (come < chunks && nextCome <= clock) {
      waiting.push(nextCome);
      come++;
      nextCome += gap();
    }
    while (busy.length < workers && head < waiting.length)
      busy.push({ stage: 'wait', left: draw('wait'), arrived: waiting[head++] ?? clock });
    mostWaiting = Math.max(mostWaiting, waiting.length - head);
    const [computing, storing] = [countOf(busy, 'compute'), countOf(busy, 'store')];
    const shared = storeCores === undefined;
    const computeRate = rate(workerCores, shared ? computing + storing : computing);
    const storeRate = shared ? computeRate : rate(storeCores, storing);
    const rateOf = (stage: Stage): number => (stage === 'wait' ? 1 : stage === 'compute' ? computeRate : storeRate);
    let step = come < chunks ? nextCome - clock : Number.POSITIVE_INFINITY;
    for (const task of busy) step = Math.min(step, task.left / rateOf(task.stage));
    clock += step;
    workerWork += step * computing * computeRate;
    storeWork += step * storing * storeRate;
    for (let i = busy.length - 1; i >= 0; i--) {
      const task = busy[i];
      if (task === undefined) continue;
      task.left -= step * rateOf(task.stage);
      if (task.left > EPSILON_MS) continue;
      const next = NEXT[task.stage];
      if (next !== undefined) {
        task.stage = next;
        task.left = draw(next);
        continue;
      }
      busy.splice(i, 1);
      ended++;
      stay += clock - task.arrived;
    }
  }
  return {
    seconds: clock / 1000,
    chunks,
    workerLoad: workerWork / (clock * workerCores),
    storeLoad: storeWork / (clock * (storeCores ?? workerCores)),
    mostWaiting,
    meanStay: stay / chunks / 1000,
  };
}

/** Rounding leaves this much of a task that has ended. */
const EPSILON_MS = 1e-9;

const rate = (cores: number, tasks: number): number => (tasks <= cores ? 1 : cores / tasks);

const countOf = (tasks: readonly Task[], stage: Stage): number =>
  tasks.reduce((sum, task) => sum + (task.stage === stage ? 1 : 0), 0);
