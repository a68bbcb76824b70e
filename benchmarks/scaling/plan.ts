// What so many histories need: workers, store, disk and money, from the measured figures of one patient. Pure.
import { type ChunkTimes, simulateQueue } from './simulate-queue.js';

export interface PatientFigures {
  /** Milliseconds of a worker's core, both phases, and of the store's. */
  readonly workerMs: number;
  readonly storeMs: number;
  /** Milliseconds off the processors. */
  readonly waitMs: number;
  readonly storeBytes: number;
}

export interface PlanWish {
  readonly patients: number;
  readonly hours: number;
  /** Most cores that one PostgreSQL is given. */
  readonly storeCores: number;
  /** Price of a core for an hour; in whatever money. */
  readonly coreHour: number;
}

export interface Plan extends PlanWish {
  readonly workers: number;
  /** If nobody waited: what a quiet machine could do with. */
  readonly workersByCpu: number;
  /** Stores (shards) that it takes, each with `storeCores`. */
  readonly stores: number;
  readonly simulatedHours: number;
  readonly storeLoad: number;
  readonly workerLoad: number;
  readonly bottleneck: 'workers' | 'store';
  readonly storeBytes: number;
  readonly coreHours: number;
  readonly cost: number;
}

const CHUNK = 250;
/** A server busier than this answers late (queueing theory: at 0.7 of one server the mean wait is over twice the work). */
const MOST_LOAD = 0.7;
/** Chunks simulated at most; more of the same is proportional. */
const MOST_CHUNKS = 20_000;

export function planFor(figures: PatientFigures, wish: PlanWish): Plan {
  const { patients, hours, storeCores, coreHour } = wish;
  const available = hours * 3_600_000;
  const stores = Math.max(1, Math.ceil((patients * figures.storeMs) / available / (storeCores * MOST_LOAD)));
  // Each worker is given a core; it waits for others part of its time.
  const crew = (busyMs: number): number => Math.max(1, Math.ceil((patients * busyMs) / available / 0.9));
  const workers = crew(figures.workerMs + figures.storeMs + figures.waitMs);
  const perStore = Math.ceil(workers / stores);
  const chunks = Math.ceil(patients / stores / CHUNK);
  const simulated = Math.min(chunks, MOST_CHUNKS);
  const run = simulateQueue(simulated, chunkTimes(figures), {
    workers: perStore,
    workerCores: perStore,
    storeCores,
  });
  const simulatedHours = (run.seconds * chunks) / simulated / 3600;
  const coreHours = simulatedHours * stores * (perStore + storeCores);
  return {
    ...wish,
    workers: perStore * stores,
    workersByCpu: crew(figures.workerMs + figures.storeMs),
    stores,
    simulatedHours,
    storeLoad: run.storeLoad,
    workerLoad: run.workerLoad,
    bottleneck: run.storeLoad > run.workerLoad ? 'store' : 'workers',
    storeBytes: patients * figures.storeBytes,
    coreHours,
    cost: coreHours * coreHour,
  };
}

export const chunkTimes = ({ workerMs, storeMs, waitMs }: PatientFigures, patients = CHUNK): ChunkTimes => ({
  waitMs: waitMs * patients,
  computeMs: workerMs * patients,
  storeMs: storeMs * patients,
});
