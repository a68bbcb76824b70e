// Questions of the API and the pages. Every list is paged by patient id; plans and indexes: docs/data-model.md.
import type {
  CohortSummary,
  HistoryVersion,
  PatientFilter,
  PatientQueries,
  PatientRow,
  RecordText,
  StoredPatient,
  StoredRecommendation,
} from '../../app/store-ports.js';
import type { Database } from './database.js';
import { basisOf, membersOf } from './person-basis.js';

export const ROW = `p.external_id as id, r.cancer, r.cancer_name as "cancerName", r.stage, r.setting, r.line, r.age,
  coalesce(r.sex, p.sex) as sex, p.region, p.organization, r.status, r.reason, r.band, r.regimen, r.regimen_name as "regimenName"`;

export function patientQueries(db: Database): PatientQueries {
  return {
    async patients(filter, limit, after) {
      const where = conditions(filter, 3);
      const { rows } = await db.query<PatientRow & { key: number }>(
        // The place is told to both sides: else a late page reads every recommendation before it.
        `select p.id as key, ${ROW} from patient p left join recommendation r on r.patient_id = p.id and r.patient_id > $1
         where p.id > $1 and p.lead_id is null ${where.sql} order by p.id limit $2`,
        [after, limit + 1, ...where.values],
      );
      const page = rows.slice(0, limit);
      const last = page[page.length - 1];
      return {
        rows: page.map(({ key: _key, ...row }) => row),
        next: rows.length > limit && last !== undefined ? last.key : null,
      };
    },

    async patient(id) {
      const { rows } = await db.query<Omit<StoredPatient, 'versions'> & { key: number }>(
        `select p.id as key, ${ROW}, p.external_id as patient, h.case_id as "caseId", h.raw
         from ${person} join history h on h.patient_id = p.id and h.hash = p.current_hash
         left join recommendation r on r.patient_id = p.id where q.external_id = $1`,
        [id],
      );
      const [found] = rows;
      if (found === undefined) return undefined;
      const { key, ...row } = found;
      const versions = await db.query<Omit<HistoryVersion, 'receivedAt'> & { receivedAt: Date }>(
        `select encode(h.hash, 'hex') as hash, h.as_of as "asOf", h.received_at as "receivedAt", m.external_id as patient,
           h.hash = m.current_hash as "inForce"
         from patient p join patient m on ${membersOf('p')} join history h on h.patient_id = m.id where p.id = $1 order by h.seq`,
        [key],
      );
      return {
        ...row,
        ...(await others(db, key)),
        versions: versions.rows.map((v) => ({ ...v, receivedAt: v.receivedAt.toISOString() })),
      };
    },

    async superseded(id) {
      const { rows } = await db.query<RecordText & { hash: string }>(
        `select m.external_id as patient, h.case_id as "caseId", h.raw, encode(h.hash, 'hex') as hash
         from ${person} join patient m on ${membersOf('p')} join history h on h.patient_id = m.id and h.hash <> m.current_hash
         where q.external_id = $1 order by h.as_of nulls first, h.seq`,
        [id],
      );
      return rows;
    },

    async recommendation(id) {
      const { rows } = await db.query<RecommendationRow>(
        `select p.id as key, p.external_id as patient, r.history_hash, r.as_of, r.record_hash, r.record, r.scored_at,
           l.corpus, l.model, l.features, l.code, r.history_hash = ${basisOf('p')} as current
         from ${person} join recommendation r on r.patient_id = p.id join release l on l.id = r.release_id
         where q.external_id = $1`,
        [id],
      );
      const [row] = rows;
      if (row === undefined) return undefined;
      const [own, ...also] = await basis(db, row);
      if (own === undefined) return undefined;
      return { ...own, ...(also.length === 0 ? {} : { also }), ...toStored(row) };
    },

    summary: (filter) => summary(db, filter),
  };
}

/** `q` is the record asked for, `p` the one that leads its person. */
const person = 'patient q join patient p on p.id = coalesce(q.lead_id, q.id)';

/** Documents in force of the other records of the person. */
async function others(db: Database, lead: number): Promise<{ readonly also?: readonly RecordText[] }> {
  const { rows } = await db.query<RecordText>(
    `select m.external_id as patient, h.case_id as "caseId", h.raw
     from patient m join history h on h.patient_id = m.id and h.hash = m.current_hash where m.lead_id = $1 order by m.id`,
    [lead],
  );
  return rows.length === 0 ? {} : { also: rows };
}

/** The documents that a recommendation was made from, that of the leading record first; more than one for a person in several records. */
async function basis(db: Database, { key, history_hash }: RecommendationRow): Promise<readonly RecordText[]> {
  const { rows } = await db.query<RecordText>(
    `select m.external_id as patient, h.case_id as "caseId", h.raw
     from (select $1::int as id, $2::bytea as hash
           union select member_id, member_hash from merged_basis where patient_id = $1 and hash = $2) b
     join history h on h.patient_id = b.id and h.hash = b.hash join patient m on m.id = b.id order by m.id <> $1, m.id`,
    [key, history_hash],
  );
  return rows;
}

interface RecommendationRow {
  readonly key: number;
  readonly history_hash: Buffer;
  readonly as_of: string;
  readonly record_hash: Buffer;
  readonly record: Buffer;
  readonly scored_at: Date;
  readonly corpus: string;
  readonly model: string;
  readonly features: string;
  readonly code: string;
  readonly current: boolean;
}

const toStored = (row: RecommendationRow): Omit<StoredRecommendation, keyof RecordText> => ({
  asOf: row.as_of,
  release: { corpus: row.corpus, model: row.model, features: row.features, code: row.code },
  recordHash: row.record_hash,
  record: row.record,
  scoredAt: row.scored_at.toISOString(),
  current: row.current,
});

/** Conditions with their values; the first parameter has the number `next`. */
export function conditions(filter: PatientFilter, next: number): { sql: string; values: unknown[] } {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (sql: (parameter: string) => string, value: unknown): void => {
    parts.push(sql(`$${next + values.length}`));
    values.push(value);
  };
  if (filter.cancers !== undefined) add((p) => `r.cancer = any(${p}::text[])`, filter.cancers);
  // "III" also means IIIA, IIIB and IIIC; "I" never means II.
  if (filter.stage !== undefined) add((p) => `(r.stage = ${p} or r.stage ~ ('^' || ${p} || '[A-D]'))`, filter.stage);
  if (filter.band !== undefined) add((p) => `r.band = ${p}`, filter.band);
  if (filter.status !== undefined)
    // Said twice, since a parameter does not tell the planner that the partial index has it.
    add((p) => `r.status = ${p}${filter.status === 'ranked' ? '' : ` and r.status <> 'ranked'`}`, filter.status);
  if (filter.region !== undefined) add((p) => `p.region = ${p}`, filter.region);
  return { sql: parts.map((part) => `and ${part}`).join(' '), values };
}

async function summary(db: Database, filter: PatientFilter): Promise<CohortSummary> {
  const where = conditions(filter, 1);
  const { rows } = await db.query<GroupRow>(
    `select r.status, r.reason, r.band, r.cancer, max(r.cancer_name) as name, count(*)::int as n
     from patient p left join recommendation r on r.patient_id = p.id where p.lead_id is null ${where.sql}
     group by r.status, r.reason, r.band, r.cancer`,
    where.values,
  );
  const sum = (keep: (row: GroupRow) => boolean): number => rows.filter(keep).reduce((total, row) => total + row.n, 0);
  const reasons = [...new Set(rows.filter((r) => r.status === 'abstained').map((r) => r.reason ?? ''))].sort();
  const cancers = [...new Set(rows.flatMap((row) => (row.cancer === null ? [] : [row.cancer])))];
  const bands = cancers.map((cancer) => {
    const of = (keep: (row: GroupRow) => boolean) => sum((row) => row.cancer === cancer && keep(row));
    return {
      cancer,
      name: rows.find((row) => row.cancer === cancer)?.name ?? cancer,
      recommended: of((row) => row.band === 'recommended'),
      consider: of((row) => row.band === 'consider'),
      notRecommended: of((row) => row.band === 'not-recommended'),
      abstained: of((row) => row.status === 'abstained'),
    };
  });
  const size = (row: (typeof bands)[number]) => row.recommended + row.consider + row.notRecommended + row.abstained;
  return {
    patients: sum(() => true),
    scored: sum((row) => row.status !== null),
    ranked: sum((row) => row.status === 'ranked'),
    abstained: reasons.map((reason) => ({
      reason,
      patients: sum((row) => row.status === 'abstained' && (row.reason ?? '') === reason),
    })),
    errors: sum((row) => row.status === 'error'),
    bands: bands.sort((a, b) => size(b) - size(a) || (a.cancer < b.cancer ? -1 : 1)),
  };
}

interface GroupRow {
  readonly status: string | null;
  readonly reason: string | null;
  readonly band: string | null;
  readonly cancer: string | null;
  readonly name: string | null;
  readonly n: number;
}
