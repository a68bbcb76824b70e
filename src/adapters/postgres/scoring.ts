// Recommendations in: only what changed is scored, and a patient has exactly one current recommendation.
import type { HistoryToScore, Release, ScoredPatient, ScoreStore } from '../../app/store-ports.js';
import type { Database, Queryable } from './database.js';
import { pack } from './packed.js';
import { claim, markDone } from './runs.js';

/** Patients whose history or release is not that of their recommendation. $1 is the release. */
const STALE = `from patient p left join recommendation r on r.patient_id = p.id
  where p.current_hash is not null
    and (r.patient_id is null or r.history_hash <> p.current_hash or r.release_id <> $1)`;

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
        `select (task ->> 'releaseId')::int as release from chunk where run_id = $1 and phase = 'score' limit 1`,
        [run],
      );
      return rows[0]?.release ?? null;
    },

    async toScore(releaseId, from, to) {
      const { rows } = await db.query<HistoryToScore>(
        `select p.id as "patientId", h.case_id as "caseId", h.hash, h.raw
         from (select p.id, p.current_hash ${STALE} and p.id between $2 and $3) p
         join history h on h.patient_id = p.id and h.hash = p.current_hash
         order by p.id`,
        [releaseId, from, to],
      );
      return rows;
    },

    scoreChunk: (ref, releaseId, scored, counts) =>
      db.transaction(async (client) => {
        if (!(await claim(client, ref))) return 'done-before';
        await upsert(client, releaseId, scored);
        await markDone(client, ref, counts);
        return 'done';
      }),
  };
}

const COLUMNS = `patient_id, history_hash, release_id, as_of, status, reason, cancer, cancer_name, stage, setting, line,
  age, sex, band, regimen, regimen_name, record_hash, record`;

async function upsert(client: Queryable, releaseId: number, scored: readonly ScoredPatient[]): Promise<void> {
  if (scored.length === 0) return;
  const ids = scored.map((row) => row.patientId);
  await client.query(
    `insert into recommendation_past (${COLUMNS}, scored_at)
     select ${COLUMNS}, scored_at from recommendation where patient_id = any($1::int[])`,
    [ids],
  );
  const histories = pack(scored.map((row) => row.historyHash));
  const hashes = pack(scored.map((row) => row.recordHash));
  const records = pack(scored.map((row) => row.record));
  const column = <K extends keyof ScoredPatient>(name: K): ScoredPatient[K][] => scored.map((row) => row[name]);
  await client.query(
    `insert into recommendation (${COLUMNS})
     select id, substring($2::bytea from hi_off for 32), $1, as_of, status, reason, cancer, cancer_name, stage, setting, line,
       age, sex, band, regimen, regimen_name, substring($3::bytea from rh_off for 32), substring($4::bytea from r_off for r_len)
     from unnest($5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::date[], $11::text[], $12::text[], $13::text[],
       $14::text[], $15::text[], $16::text[], $17::smallint[], $18::smallint[], $19::text[], $20::text[], $21::text[], $22::text[])
       as t(id, hi_off, rh_off, r_off, r_len, as_of, status, reason, cancer, cancer_name, stage, setting, line, age, sex, band,
            regimen, regimen_name)
     on conflict (patient_id) do update set (${COLUMNS}, scored_at) = (${COLUMNS.split(',')
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
