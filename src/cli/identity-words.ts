// Who may be whom, in words: ids and what agrees, never a name or a number.
import type { Candidate, Scan } from '../app/identity.js';
import { grouped } from '../app/progress.js';
import { writeOut } from './write-out.js';

export const pairLine = ({ a, b, verdict, evidence }: Candidate): string =>
  `${a}  ${b}  ${verdict === 'same' ? 'by number' : 'to look at'}: ${evidence.map((e) => `${e.agrees ? '+' : '-'} ${e.text}`).join(', ')}`;

export async function tellScan({ read, merged, toLookAt }: Scan): Promise<void> {
  for (const candidate of merged) await writeOut(`merged ${pairLine(candidate)}\n`);
  const rest = toLookAt === 0 ? '' : `, ${grouped(toLookAt)} pairs to look at ("shipa identity candidates")`;
  process.stderr.write(`${grouped(read)} records compared, ${grouped(merged.length)} merges by number${rest}\n`);
}
