// A terminal of lines: asks, waits for the next line, and keeps what was typed ahead. Undefined once the input has ended.
import { createInterface } from 'node:readline';
import type { Terminal } from '../app/review-session.js';

export interface LineTerminal extends Terminal {
  close(): void;
}

export function lineTerminal(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): LineTerminal {
  const lines = createInterface({ input, output });
  const typed: string[] = [];
  let ended = false;
  let waiting: ((line: string | undefined) => void) | undefined;
  const answer = (line: string | undefined): void => {
    const next = waiting;
    waiting = undefined;
    next?.(line);
  };
  lines.on('line', (line) => {
    if (waiting === undefined) typed.push(line);
    else answer(line);
  });
  lines.on('close', () => {
    ended = true;
    answer(undefined);
  });
  return {
    show: (text) => void output.write(`${text}\n`),
    ask(question) {
      lines.setPrompt(question);
      if (!ended) lines.prompt();
      const ahead = typed.shift();
      if (ahead !== undefined || ended) return Promise.resolve(ahead);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    close: () => lines.close(),
  };
}
