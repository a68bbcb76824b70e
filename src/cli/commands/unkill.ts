// `shipa unkill`: lifts what `shipa kill` stopped.
import { act, help as killHelp } from './kill.js';

export const help = `
lift what "shipa kill" stopped
${killHelp.slice(killHelp.indexOf('\n\n') + 1)}`;

export const run = (args: string[]): Promise<number> => act('lift', args);
