// A benchmark that is told to stop ends by `process.exit`, so that what is bound to the exit (the embedded server, children by their channel)
// ends with it.
export function endOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
}
