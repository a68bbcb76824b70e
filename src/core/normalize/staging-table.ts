// Stage group from T, N and M by the tables of corpus/vocabulary/staging. A category less precise than the table ("T2" where it
// has T2a and T2b) gives what all its refinements share, and nothing when they differ.
import type { StagingTable, Vocabulary } from '../../domain/corpus/vocabulary.js';
import { cancerTree } from './cancer-tree.js';
import { sharedGroup } from './stage-group.js';

export interface TnmValues {
  readonly t: string;
  readonly n: string;
  readonly m: string;
}

export interface DerivedStage {
  readonly group: string;
  readonly table: StagingTable;
}

/** The table for a cancer: of the edition asked for, else the first of the file for that cancer. */
export function stagingTable(
  oncotree: string,
  kind: 'clinical' | 'pathologic',
  edition: string | undefined,
  vocabulary: Vocabulary,
): StagingTable | undefined {
  const fitting = tablesOf(oncotree, vocabulary).filter((table) => table.kind === kind || table.kind === 'any');
  const oldest = [...fitting].sort((a, b) => Number(a.edition) - Number(b.edition))[0];
  return fitting.find((table) => table.edition === edition) ?? oldest;
}

/** The tables for a cancer, looked up once. */
function tablesOf(oncotree: string, vocabulary: Vocabulary): readonly StagingTable[] {
  const known = TABLES.get(vocabulary) ?? new Map<string, readonly StagingTable[]>();
  TABLES.set(vocabulary, known);
  const found = known.get(oncotree);
  if (found !== undefined) return found;
  const tree = cancerTree(vocabulary);
  const tables = vocabulary.staging.filter((table) => table.cancers.some((ancestor) => tree.isA(oncotree, ancestor)));
  // As many as there are codes in the vocabulary.
  if (tree.term(oncotree) !== undefined) known.set(oncotree, tables);
  return tables;
}

const TABLES = new WeakMap<Vocabulary, Map<string, readonly StagingTable[]>>();

export function deriveStage(table: StagingTable, tnm: TnmValues): DerivedStage | undefined {
  const known = DERIVED.get(table) ?? new Map<string, DerivedStage | undefined>();
  DERIVED.set(table, known);
  const key = `${tnm.t} ${tnm.n} ${tnm.m}`;
  if (known.has(key)) return known.get(key);
  const stage = computeStage(table, tnm);
  // Categories are few: T1c N2a M0.
  if (known.size < MOST_COMBINATIONS) known.set(key, stage);
  return stage;
}

const DERIVED = new WeakMap<StagingTable, Map<string, DerivedStage | undefined>>();
const MOST_COMBINATIONS = 5000;

function computeStage(table: StagingTable, tnm: TnmValues): DerivedStage | undefined {
  const own = groupOf(table, tnm.t, tnm.n, tnm.m);
  if (own !== undefined) return { group: own, table };
  const groups: string[] = [];
  for (const t of refinements(tnm.t, (row) => row.t, table)) {
    for (const n of refinements(tnm.n, (row) => row.n, table)) {
      for (const m of refinements(tnm.m, (row) => row.m, table)) {
        // A combination that the table does not have says nothing against those it has.
        const group = groupOf(table, t, n, m);
        if (group !== undefined) groups.push(group);
      }
    }
  }
  const shared = sharedGroup(groups);
  return shared === undefined ? undefined : { group: shared, table };
}

/**
 * Does a stage group mean distant metastases? Group IV of larynx, cervix or prostate may be M0, and the table of the cancer tells:
 * yes when every row of the group has M1, no when none has, unclear between. Without a table, IV means yes.
 */
export function metastaticByGroup(
  oncotree: string | undefined,
  group: string,
  vocabulary: Vocabulary,
): 'yes' | 'no' | 'unclear' {
  const rows = (oncotree === undefined ? [] : tablesOf(oncotree, vocabulary))
    .flatMap((table) => table.rows)
    .filter((row) => within(row.group, group) || within(group, row.group));
  if (rows.length === 0) return group.startsWith('IV') ? 'yes' : 'no';
  // A group that a table has by this very name is that one: a bare IV of the stomach is the pathologic IV, not the clinical IVA.
  const exact = rows.filter((row) => row.group === group);
  const distant = (exact.length > 0 ? exact : rows).map((row) =>
    row.m.map((m) => (m === '*' ? 'unclear' : m.startsWith('M1') ? 'yes' : 'no')),
  );
  const said = new Set(distant.flat());
  return said.size === 1 ? ([...said][0] as 'yes' | 'no' | 'unclear') : 'unclear';
}

/** IVA within IV, and IA1 within IA and I; II is not within I. */
const within = (group: string, wider: string): boolean =>
  group === wider || (group.startsWith(wider) && !/^[IV]/.test(group.slice(wider.length)));

type Row = StagingTable['rows'][number];

const groupOf = (table: StagingTable, t: string, n: string, m: string): string | undefined =>
  table.rows.find((row) => fits(row.t, t) && fits(row.n, n) && fits(row.m, m))?.group;

const fits = (entries: readonly string[], value: string): boolean =>
  entries.some((entry) => entry === '*' || value.startsWith(entry));

/** The categories of the table that a value may mean: itself and the finer ones that begin with it; X means any. */
function refinements(value: string, column: (row: Row) => readonly string[], table: StagingTable): readonly string[] {
  const known = [...new Set(table.rows.flatMap(column))].filter((entry) => entry !== '*');
  if (value === 'N+') return known.filter((entry) => /^N[1-3]/.test(entry));
  return value.endsWith('X') ? known : [value, ...known.filter((entry) => entry.startsWith(value) && entry !== value)];
}
