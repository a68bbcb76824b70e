// Every fault of the chaos run. A new one is a file in faults/ and a line here.
import type { Fault } from './fault.js';
import { clockJump } from './faults/clock.js';
import { connectionCut } from './faults/connections.js';
import { diskFull } from './faults/disk.js';
import {
  freezeWorker,
  killAny,
  killHost,
  killPostgres,
  killQueue,
  killSupervisor,
  killWorker,
} from './faults/kills.js';
import { sameFile, twoMasters } from './faults/masters.js';
import { poison } from './faults/poison.js';
import { postgresRestarted, redisEmptied, redisRestarted } from './faults/restarts.js';

export const FAULTS: readonly Fault[] = [
  killWorker,
  killSupervisor,
  killPostgres,
  killQueue,
  killHost,
  killAny,
  freezeWorker,
  postgresRestarted,
  redisRestarted,
  redisEmptied,
  connectionCut,
  diskFull,
  clockJump,
  poison,
  sameFile,
  twoMasters,
];

/** Nothing is done: what all others are compared with. */
export const UNDISTURBED: Fault = {
  name: 'undisturbed',
  does: 'nothing',
  holds: '',
  modes: ['embedded', 'cluster'],
  disturb: async () => '',
};
