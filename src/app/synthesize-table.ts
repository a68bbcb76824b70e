// A table of contrasts -> the network's meta-analysis, as `shipa synthesize` gives it; the result is kept with the chunk.
import { z } from 'zod';
import { type Fault, FaultyInput } from '../domain/faults.js';
import { type LocatedCells, PAIRWISE, readContrasts } from '../evidence/synthesize/read-contrasts.js';
import { synthesizeContrasts } from '../evidence/synthesize/synthesize-contrasts.js';

export const SynthesizeTask = z
  .object({
    file: z.string().min(1),
    reference: z.string().optional(),
    method: z.enum(['DL', 'REML', 'PM']),
    smallValues: z.enum(['desirable', 'undesirable']),
  })
  .strict();

export type ReadTable = (file: string) => {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly LocatedCells[];
  readonly faults: readonly Fault[];
};

/** @throws FaultyInput with every fault of the table */
export function synthesizeTable(
  readTable: ReadTable,
  { file: path, reference, method, smallValues }: z.infer<typeof SynthesizeTask>,
): Readonly<Record<string, unknown>> {
  const { file, columns, rows, faults } = readTable(path);
  const read = readContrasts(columns, rows, file);
  if (faults.length + read.faults.length > 0) throw new FaultyInput([...faults, ...read.faults]);
  const treatments = new Set(read.rows.flatMap((row) => [row.treat1, row.treat2]));
  if (reference !== undefined && !treatments.has(reference))
    throw new FaultyInput([{ place: file, message: `no row has the treatment "${reference}"` }]);
  const against = reference ?? (read.kind === 'pairwise' ? PAIRWISE.control : undefined);
  const result = synthesizeContrasts(read.rows, {
    method,
    smallValues,
    ...(against === undefined ? {} : { reference: against }),
  });
  return { ...result, derived: read.derived, excluded: read.excluded };
}
