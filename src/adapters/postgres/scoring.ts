// Recommendations in: only what changed is scored, and a patient has exactly one current recommendation.
import type { HistoryToScore, RecordText, Release, ScoredPatient, ScoreStore } from '../../app/store-ports.js';
import type { Database, Queryable } from './database.js';
import { countGivenUp, forgivePatients, isGivenUp } from './given-up.js';
import { pack } from './packed.js';
import { basisOf, membersOf, PERSONS_LOCK } from './person-basis.js';
import { claim, markDone } from './runs.js';

/** Persons whose history or release is not that of their recommendation, but for those given up. $1 is the release. */
const STALE = `from patient p left join recommendation r on r.patient_id = p.id
  where p.current_hash is not null and p.lead_id is null
    and (r.patient_id is null or r.release_id <> $1 or r.history_hash <> ${basisOf('p')})
    and not ${isGivenUp('p', '$1')}`;

export function scoreStore(db: Database): ScoreStore {
  return {
    async releaseId({ corpus, model, features, code }) {
      const values = [corpus, model, features, code];
      await db.query(
        'insert into release (corpus, model, features, code) values ($1, $2, $3, $4) on conflict do nothing',
        values,
      );
      const { rows } = await db.query<{ id: number }>(
        'select id from release where corpus = $1 and model = $2 and features = $3 and code = $4',
        values,
      );
      if (rows[0] === undefined) throw new Error('the release was not stored');
      return rows[0].id;
    },

    async releaseById(id) {
      const { rows } = await db.query<Release>('select corpus, model, features, code from release where id = $1', [id]);
      return rows[0] ?? null;
    },

    async planScoring(releaseId, size) {
      const { rows } = await db.query<{ from: number; to: number; patients: number }>(
        `select min(id) as "from", max(id) as "to", count(*)::int as patients
         from (select p.id, (row_number() over (order by p.id) - 1) / $2::int as part ${STALE}) s
         group by part order by part`,
        [releaseId, size],
      );
      return rows;
    },

    async plannedRelease(run) {
      const { rows } = await db.query<{ release: number }>(
        `select (task ->> 'releaseId')::int as release from chunk where run_id = $1 and phase = 'score'
         order by ordinal desc limit 1`,
        [run],
      );
      return rows[0]?.release ?? null;
    },

    givenUp: () => countGivenUp(db),

    async toScore(releaseId, from, to) {
      const { rows } = await db.query<HistoryToScore>(
        `select p.id as "patientId", p.external_id as patient, h.case_id as "caseId", ${basisOf('p')} as hash, h.raw
         from (select p.* ${STALE} and p.id between $2 and $3) p
         join history h on h.patient_id = p.id and h.hash = p.current_hash
         order by p.id`,
        [releaseId, from, to],
      );
      return withOthers(db, rows);
    },

    scoreChunk: (ref, releaseId, scored, counts) =>
      db.transaction(async (client) => {
        if (!(await claim(client, ref))) return 'done-before';
        // Who was merged or erased since the chunk was read gets nothing; nobody is while the rows are written.
        await client.query('select pg_advisory_xact_lock_shared($1)', [PERSONS_LOCK]);
        await upsert(client, releaseId, scored);
        await forgivePatients(
          client,
          scored.map((row) => row.patientId),
        );
        await keepBasis(client, scored);
        await markDone(client, ref, counts);
        return 'done';
      }),
  };
}

/** For a person in several records: the documents of the others, in the order of their ids. */
export async function withOthers(db: Database, rows: readonly HistoryToScore[]): Promise<readonly HistoryToScore[]> {
  if (rows.length === 0) return rows;
  const others = await db.query<RecordText & { lead: number }>(
    `select m.lead_id as lead, m.external_id as patient, h.case_id as "caseId", h.raw
     from patient m join history h on h.patient_id = m.id and h.hash = m.current_hash
     where m.lead_id = any($1::int[]) order by m.id`,
    [rows.map((row) => row.patientId)],
  );
  if (others.rows.length === 0) return rows;
  return rows.map((row) => {
    const also = others.rows.filter((other) => other.lead === row.patientId);
    return also.length === 0 ? row : { ...row, also };
  });
}

/** For those in several records: which histories the stored hash stands for, so that the explanation can be made again. */
async function keepBasis(client: Queryable, scored: readonly ScoredPatient[]): Promise<void> {
  await client.query(
    `insert into merged_basis (hash, patient_id, member_id, member_hash)
     select r.history_hash, p.id, m.id, m.current_hash
     from patient p join recommendation r on r.patient_id = p.id join patient m on ${membersOf('p')}
     where p.leads and p.id = any($1::int[]) and r.history_hash = ${basisOf('p')}
     on conflict do nothing`,
    [scored.map((row) => row.patientId)],
  );
}

export const RECOMMENDATION = `patient_id, history_hash, release_id, as_of, status, reason, cancer, cancer_name, stage, setting, line,
  age, sex, band, regimen, regimen_name, record_hash, record`;

/**
 * Puts recommendations in force. One that stands already, letter for letter and of the same history and release, stays: two runs that
 * overlap (a leader was killed, its last chunk is still being done) leave no trace of a second answer.
 */
async function upsert(client: Queryable, releaseId: number, answered: readonly ScoredPatient[]): Promise<void> {
  const standing = await alreadyStanding(client, releaseId, answered);
  const scored = answered.filter((row) => !standing.has(row.patientId));
  if (scored.length === 0) return;
  const ids = scored.map((row) => row.patientId);
  await client.query(
    `insert into recommendation_past (${RECOMMENDATION}, scored_at)
     select ${RECOMMENDATION}, scored_at from recommendation where patient_id = any($1::int[])`,
    [ids],
  );
  const histories = pack(scored.map((row) => row.historyHash));
  const hashes = pack(scored.map((row) => row.recordHash));
  const records = pack(scored.map((row) => row.record));
  const column = <K extends keyof ScoredPatient>(name: K): ScoredPatient[K][] => scored.map((row) => row[name]);
  await client.query(
    `insert into recommendation (${RECOMMENDATION})
     select id, substring($2::bytea from hi_off for 32), $1, as_of, status, reason, cancer, cancer_name, stage, setting, line,
       age, sex, band, regimen, regimen_name, substring($3::bytea from rh_off for 32), substring($4::bytea from r_off for r_len)
     from unnest($5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::date[], $11::text[], $12::text[], $13::text[],
       $14::text[], $15::text[], $16::text[], $17::smallint[], $18::smallint[], $19::text[], $20::text[], $21::text[], $22::text[])
       as t(id, hi_off, rh_off, r_off, r_len, as_of, status, reason, cancer, cancer_name, stage, setting, line, age, sex, band,
            regimen, regimen_name)
     where id in (select id from patient where id = any($5::int[]) and lead_id is null)
     on conflict (patient_id) do update set (${RECOMMENDATION}, scored_at) = (${RECOMMENDATION.split(',')
       .map((name) => `excluded.${name.trim()}`)
       .join(', ')}, now())`,
    [
      releaseId,
      histories.bytes,
      hashes.bytes,
      records.bytes,
      ids,
      histories.offsets,
      hashes.offsets,
      records.offsets,
      records.lengths,
      column('asOf'),
      column('status'),
      column('reason'),
      column('cancer'),
      column('cancerName'),
      column('stage'),
      column('setting'),
      column('line'),
      column('age'),
      column('sex'),
      column('band'),
      column('regimen'),
      column('regimenName'),
    ],
  );
}

async function alreadyStanding(
  client: Queryable,
  releaseId: number,
  answered: readonly ScoredPatient[],
): Promise<ReadonlySet<number>> {
  const { rows } = await client.query<{ id: number; history: Buffer; record: Buffer }>(
    `select patient_id as id, history_hash as history, record_hash as record from recommendation
     where patient_id = any($1::int[]) and release_id = $2`,
    [answered.map((row) => row.patientId), releaseId],
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  return new Set(
    answered.flatMap(({ patientId, historyHash, recordHash }) => {
      const row = stored.get(patientId);
      return row?.history.equals(historyHash) && row.record.equals(recordHash) ? [patientId] : [];
    }),
  );
}
