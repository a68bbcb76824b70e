// `shipa export FILE`: the current recommendations as a file, by workers.

import { WORK_HELP } from '../do-work.js';
import { doJob } from './jobs/do.js';

export const help = `
the current recommendations as a file, a line a patient

shipa export FILE [--format ndjson|csv] [--cancer CODE]... [--stage S] [--band B] [--status S] [--region R]
  FILE           appears when it is whole; its hash and number of patients are printed and kept with the run
  --format F     ndjson (default): with options, decisions and versions; csv: the columns of the list of patients, for a spreadsheet${WORK_HELP}
`;

export const run = (args: string[]): Promise<number> => doJob(['export', ...args]);
