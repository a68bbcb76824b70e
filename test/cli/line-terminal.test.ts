// Lines typed at a terminal, fast or slow.
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { lineTerminal } from '../../src/cli/line-terminal.js';

test('keeps lines that were typed ahead, in order, and ends with the input', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const terminal = lineTerminal(input, output);
  input.write('one\ntwo\n');
  await new Promise((done) => setTimeout(done, 20));
  expect(await terminal.ask('? ')).toBe('one');
  expect(await terminal.ask('? ')).toBe('two');
  const third = terminal.ask('third? ');
  input.write('three\n');
  expect(await third).toBe('three');
  const none = terminal.ask('? ');
  input.end();
  expect(await none).toBeUndefined();
  expect(await terminal.ask('? ')).toBeUndefined();
  terminal.show('shown');
  expect(output.read()?.toString()).toContain('third? ');
});
