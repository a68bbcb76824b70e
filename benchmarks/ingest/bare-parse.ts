// The bound of reading: JSON.parse of the lines of a file and nothing else, in so many processes at once, each with its share in memory.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Measured } from './measured.js';

interface Share {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export async function bareParse(file: string, processes: number): Promise<Measured> {
  const shares = await Promise.all(
    Array.from({ length: processes }, async (_, i): Promise<Share> => {
      const child = fork(fileURLToPath(import.meta.url), ['bare-parse', file, `${i}`, `${processes}`]);
      const [share] = (await once(child, 'message')) as [Share];
      return share;
    }),
  );
  return {
    seconds: Math.max(...shares.map((s) => s.seconds)),
    cpuSeconds: shares.reduce((sum, s) => sum + s.cpuSeconds, 0),
    databaseCpuSeconds: null,
  };
}

function parseShare(file: string, share: number, of: number): Share {
  const bytes = readFileSync(file);
  const lines: string[] = [];
  // By bytes, not as one text: it may be longer than a string can be.
  for (let at = 0, line = 0; at < bytes.length; line++) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline;
    if (line % of === share) lines.push(bytes.toString('utf8', at, end));
    at = end + 1;
  }
  const before = process.cpuUsage();
  const began = performance.now();
  for (const line of lines) tryParse(line);
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 };
}

/** Some simulated lines are broken, as real ones are. */
function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const [, , asked, file, share, of] = process.argv;
if (process.send !== undefined && asked === 'bare-parse' && file !== undefined) {
  process.send(parseShare(file, Number(share), Number(of)));
  process.disconnect();
}
