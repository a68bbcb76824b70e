// What is stored in the end, as text that two runs can be compared by, and what may not be in any store.
import type { Place } from './base-site.js';
import type { Site } from './site.js';

export interface Outcome {
  /** A line a patient, by id: hash of the history in force, hash of the record, of its bytes, status, band, regimen. */
  readonly lines: readonly string[];
  readonly histories: number;
  readonly recommendations: number;
  /** Recommendations that another took the place of: somebody was scored twice. */
  readonly superseded: number;
  /** Chunks left over in runs that are done, and runs of ingestion that are not. */
  readonly unfinished: number;
  /** Lines that could not be read. */
  readonly faults: number;
  /** Current recommendations by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

/**
 * Of a simulated cohort at least half have ranked options (measured: 76 %; the others have died or miss what the setting needs), and a record
 * that is an error is a defect. Records that are all the same error are equal in every run and show nothing.
 */
const LEAST_RANKED = 0.5;
const MOST_ERRORS = 0.01;

/** `poison-` patients are not of the cohort. */
const OURS = "p.external_id not like 'poison-%'";

export async function outcomeOf(site: Site): Promise<Outcome> {
  const rows = await site.query(
    `select concat_ws(' ', p.external_id, encode(p.current_hash, 'hex'), encode(r.record_hash, 'hex'),
       encode(sha256(r.record), 'hex'), coalesce(r.status, '-'), coalesce(r.band, '-'), coalesce(r.regimen, '-')) as line
     from patient p left join recommendation r on r.patient_id = p.id where ${OURS} order by p.external_id collate "C"`,
  );
  const count = async (sql: string): Promise<number> => Number((await site.query(sql))[0]?.count);
  return {
    lines: rows.map(({ line }) => String(line)),
    histories: await count(`select count(*) from history h join patient p on p.id = h.patient_id where ${OURS}`),
    recommendations: await count(
      `select count(*) from recommendation r join patient p on p.id = r.patient_id where ${OURS}`,
    ),
    superseded: await count('select count(*) from recommendation_past'),
    unfinished: await count(
      `select (select count(*) from run r join chunk c on c.run_id = r.id where r.state = 'done' and c.state in ('pending', 'failed'))
         + (select count(*) from run where kind in ('pilot', 'ingest') and state = 'running') as count`,
    ),
    faults: await count('select count(distinct place) from fault'),
    statuses: Object.fromEntries(
      (
        await site.query(
          `select r.status, count(*) from recommendation r join patient p on p.id = r.patient_id where ${OURS} group by 1`,
        )
      ).map(({ status, count: n }) => [String(status), Number(n)]),
    ),
  };
}

/** What the records are, in words. */
export const sharesOf = ({ statuses, recommendations }: Pick<Outcome, 'statuses' | 'recommendations'>): string =>
  ['ranked', 'abstained', 'error']
    .map((status) => `${percent((statuses[status] ?? 0) / Math.max(1, recommendations))} ${status}`)
    .join(', ');

/** Why equality with this run would show nothing, in words; empty when most of its records are answers. */
export function unfit({ statuses, recommendations }: Pick<Outcome, 'statuses' | 'recommendations'>): readonly string[] {
  const share = (status: string): number => (statuses[status] ?? 0) / Math.max(1, recommendations);
  return [
    ...(share('ranked') < LEAST_RANKED ? [`only ${percent(share('ranked'))} of the records have ranked options`] : []),
    ...(share('error') > MOST_ERRORS ? [`${percent(share('error'))} of the records are errors`] : []),
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Everything in which the disturbed run differs from the undisturbed one, in words; empty when they are equal. */
export function differences(
  found: Outcome,
  wanted: Outcome,
  { patients, broken, fault }: Pick<Place, 'patients' | 'broken' | 'fault'>,
): readonly string[] {
  const whole = patients - broken;
  const wrong: string[] = [];
  const ids = found.lines.map(idOf);
  const there = new Set(ids);
  const lost = wanted.lines.map(idOf).filter((id) => !there.has(id));
  if (lost.length > 0) wrong.push(`${lost.length} patients lost (${some(lost)})`);
  if (there.size < ids.length) wrong.push(`${ids.length - there.size} patients twice`);
  const expected = new Set(wanted.lines);
  const others = found.lines.filter((line) => !expected.has(line));
  if (others.length > 0) wrong.push(`${others.length} patients stored otherwise (${some(others.map(idOf))})`);
  const number = (what: string, n: number, want: number): void => {
    if (n !== want) wrong.push(`${n} ${what}, not ${want}`);
  };
  number('patients', found.lines.length, whole);
  number('histories', found.histories, whole);
  number('current recommendations', found.recommendations, whole);
  number('recommendations made twice', found.superseded, 0);
  number('chunks or runs unfinished', found.unfinished, 0);
  // What the poison makes of itself is told by its own fault.
  if (fault.poison === undefined) number('lines not read', found.faults, broken);
  if (wrong.length === 0 && found.lines.join('\n') !== wanted.lines.join('\n')) wrong.push('the exports differ');
  return wrong;
}

const idOf = (line: string): string => line.slice(0, line.indexOf(' '));
const some = (ids: readonly string[]): string => ids.slice(0, 3).join(', ') + (ids.length > 3 ? ', ...' : '');
