// The kill switch, the doctors' decisions, the shadow model and the counts that drift is told from. Tables: migrations/002.
import type { OversightStore, PeriodCount, SubgroupCount } from '../../app/oversight-ports.js';
import type { StopEntry } from '../../app/stop-log.js';
import type { Database } from './database.js';

/** Ages in bands of ten years; what is not known is a value of its own. */
const AGE = `coalesce((r.age / 10 * 10)::text || '-' || (r.age / 10 * 10 + 9)::text, 'unknown')`;
const known = (column: string): string => `coalesce(${column}, 'unknown')`;
const VARIABLES: Readonly<Record<string, string>> = {
  cancer: known('r.cancer'),
  stage: known('r.stage'),
  setting: known('r.setting'),
  line: known('r.line::text'),
  age: AGE,
  sex: known('r.sex'),
  region: known('p.region'),
  status: known('r.status'),
  band: `coalesce(r.band, r.reason, 'none')`,
};
const SUBGROUPS = ['sex', 'age', 'region', 'cancer'] as const;
const values = (names: readonly string[]): string => names.map((n) => `('${n}', ${VARIABLES[n]})`).join(', ');

/** Every recommendation that was made, the current one of a patient and those before. */
const MADE = `(select patient_id, cancer, stage, setting, line, age, sex, status, band, reason, scored_at from recommendation
  union all select patient_id, cancer, stage, setting, line, age, sex, status, band, reason, scored_at from recommendation_past)`;

export function oversightStore(db: Database): OversightStore {
  return {
    async addStop({ action, kind, id, by, why, at }) {
      await db.query(
        'insert into stop_entry (action, kind, subject, by_whom, why, at) values ($1, $2, $3, $4, $5, $6)',
        [action, kind, id, by, why, at],
      );
    },

    async stopEntries() {
      const { rows } = await db.query<Omit<StopEntry, 'at'> & { at: Date }>(
        'select action, kind, subject as id, by_whom as by, why, at from stop_entry order by seq',
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },

    async addDecision(patient, { decision, chosen, chosenBand, first, firstBand, overridden, reason, by }) {
      const { rowCount } = await db.query(
        `insert into decision_taken (patient_id, history_hash, release_id, decision, chosen, chosen_band, first, first_band,
           overridden, reason, by_whom, cancer, sex, age, region)
         select p.id, r.history_hash, r.release_id, $2, $3, $4, $5, $6, $7, $8, $9, r.cancer, coalesce(r.sex, p.sex), r.age, p.region
         from patient q join patient p on p.id = coalesce(q.lead_id, q.id) join recommendation r on r.patient_id = p.id
         where q.external_id = $1`,
        [patient, decision, chosen, chosenBand, first, firstBand, overridden, reason, by],
      );
      return rowCount === 1;
    },

    async addShadowCases(cases) {
      if (cases.length === 0) return;
      const column = <K extends keyof (typeof cases)[number]>(name: K) => cases.map((c) => c[name]);
      await db.query(
        `insert into shadow_case (shadow, released, input, as_of, cancer, setting, changes)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[])
         on conflict do nothing`,
        [
          column('shadow'),
          column('released'),
          column('input'),
          column('asOf'),
          column('cancer'),
          column('setting'),
          cases.map((c) => JSON.stringify(c.changes)),
        ],
      );
    },

    async shadowCases(shadow) {
      const cases = await db.query<{ shadow: string; released: string; cases: number; changed: number }>(
        `select shadow, released, count(*)::int as cases, (count(*) filter (where changes <> '[]'))::int as changed
         from shadow_case where $1::text is null or shadow = $1 group by shadow, released order by shadow, released`,
        [shadow],
      );
      const changes = await db.query<ShadowChangeRow>(
        `select shadow, cancer, setting, c ->> 'kind' as kind, c ->> 'decision' as decision, c ->> 'before' as before,
           c ->> 'after' as after, count(*)::int as cases
         from shadow_case, jsonb_array_elements(changes) c where $1::text is null or shadow = $1
         group by 1, 2, 3, 4, 5, 6, 7 order by cases desc, shadow, cancer, setting, decision`,
        [shadow],
      );
      return { cases: cases.rows, changes: changes.rows };
    },

    async periods(since) {
      const { rows } = await db.query<PeriodCount>(
        `select v.variable, v.value, (count(*) filter (where r.scored_at < $1::timestamptz))::int as reference,
           (count(*) filter (where r.scored_at >= $1::timestamptz))::int as recent
         from ${MADE} r join patient p on p.id = r.patient_id
         cross join lateral (values ${values(Object.keys(VARIABLES))}) as v(variable, value)
         group by v.variable, v.value order by v.variable, v.value`,
        [since],
      );
      return rows;
    },

    async subgroups() {
      const { rows } = await db.query<SubgroupCount>(
        `select v.variable as by, v.value, count(*)::int as patients,
           (count(*) filter (where r.status = 'ranked'))::int as ranked,
           (count(*) filter (where r.band = 'recommended'))::int as recommended,
           coalesce(sum(d.taken), 0)::int as decisions, coalesce(sum(d.overridden), 0)::int as overridden
         from recommendation r join patient p on p.id = r.patient_id
         left join (select coalesce(m.lead_id, m.id) as patient_id, count(*) as taken, count(*) filter (where overridden) as overridden
           from decision_taken t join patient m on m.id = t.patient_id group by 1) d on d.patient_id = p.id
         cross join lateral (values ${values(SUBGROUPS)}) as v(variable, value)
         group by v.variable, v.value order by v.variable, v.value`,
      );
      return rows;
    },

    async leaning(after, limit) {
      const { rows } = await db.query<{ key: number; id: string; model: string; record: Buffer }>(
        `select p.id as key, p.external_id as id, l.model, r.record
         from recommendation r join patient p on p.id = r.patient_id join release l on l.id = r.release_id
         where p.id > $1 and r.patient_id > $1 order by p.id limit $2`,
        [after, limit],
      );
      return { rows, next: rows.length === limit ? (rows.at(-1)?.key ?? null) : null };
    },
  };
}

interface ShadowChangeRow {
  readonly shadow: string;
  readonly cancer: string | null;
  readonly setting: string | null;
  readonly kind: string;
  readonly decision: string;
  readonly before: string;
  readonly after: string;
  readonly cases: number;
}
