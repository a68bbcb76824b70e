// The facts behind a criterion that is met, in words, for the message of a finding.
import type { Trace } from '../criteria/trace.js';

export function factsThatDecided(trace: Trace): readonly string[] {
  return trace.state === 'met' ? [...new Set(collect(trace))] : [];
}

function collect(trace: Trace): readonly string[] {
  const { op } = trace.criterion;
  // What is absent ("unless", "not") is no reason to print.
  if (op === 'unless' || op === 'not') return [];
  if (op === 'all' || op === 'any') return trace.parts.filter((part) => part.state === 'met').flatMap(collect);
  return trace.fact === undefined ? [] : [trace.fact];
}
