// What is said of each fault, and of all in the end.
import type { Mode } from './fault.js';
import type { Verdict } from './trial.js';

export type Line = (Verdict | Skipped) & { readonly round?: number; readonly patients?: number };

interface Skipped {
  readonly fault: string;
  readonly mode: Mode;
  readonly verdict: 'SKIPPED';
  readonly reason: string;
}

export interface Report {
  readonly show: (line: Line) => void;
  /** The last words; answers the exit status: 0 when something was tried and everything held. */
  readonly end: (rounds: { readonly wanted: number; readonly done: number }) => number;
}

export function reportTo(out: NodeJS.WritableStream, json: boolean): Report {
  const lines: Line[] = [];
  const began = performance.now();
  return {
    show: (line) => {
      lines.push(line);
      out.write(json ? `${JSON.stringify(line)}\n` : inWords(line));
    },
    end: ({ wanted, done }) => {
      const of = (verdict: Line['verdict']): number => lines.filter((line) => line.verdict === verdict).length;
      const summary = {
        summary: true,
        rounds: done,
        wanted,
        held: of('holds'),
        lost: of('LOST'),
        notTried: of('NOT TRIED'),
        skipped: of('SKIPPED'),
        seconds: Math.round((performance.now() - began) / 1000),
      };
      const { held, lost, notTried, skipped, seconds } = summary;
      const green = held > 0 && lost + notTried === 0 && done === wanted;
      const words =
        `${green ? 'GREEN' : 'RED'}      ${done} of ${wanted} rounds whole in ${Math.floor(seconds / 60)} min ${seconds % 60} s: ` +
        `${held} held, ${lost} lost, ${notTried} not tried, ${skipped} skipped\n`;
      out.write(json ? `${JSON.stringify({ ...summary, green })}\n` : words);
      return green ? 0 : 1;
    },
  };
}

function inWords(line: Line): string {
  const round = line.round === undefined ? '' : `${String(line.round + 1).padStart(2)}  `;
  const head = `${line.verdict.padEnd(9)} ${round}${line.mode.padEnd(8)} ${line.fault.padEnd(18)}`;
  if ('reason' in line) return `${head} ${line.reason}\n`;
  const again = line.given > line.least ? `, commands given ${line.given} times instead of ${line.least}` : '';
  const size = line.patients === undefined ? '' : ` of ${line.patients.toLocaleString('en-US')}`;
  const words = line.wrong.map((what) => `          ${what}\n`);
  return `${head} ${line.seconds.toFixed(1).padStart(6)} s${size}  ${line.done}${again}\n${words.join('')}`;
}
