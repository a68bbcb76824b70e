// Machine output: standard output that waits for a slow reader, and ends quietly when the reader wants no more (`| head`).

/** Waits for a slow reader instead of filling memory. */
export const writeOut = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });

/** A reader that has gone is no failure: nothing is computed for nobody, and a running system stops as on SIGTERM. */
export function endWhenReaderLeaves(): void {
  let left = false;
  const end = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') {
      process.stderr.write(`shipa: the output cannot be written: ${error.message}\n`);
      process.exit(1);
    }
    if (left) return;
    left = true;
    if (!process.emit('SIGTERM')) process.exit(0);
  };
  process.stdout.on('error', end);
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') end(error);
  });
}
