// Questions of the API and the pages. Every list is paged by patient id; indexes: migrations/001.
import type {
  CohortSummary,
  PatientFilter,
  PatientQueries,
  PatientRow,
  StoredPatient,
  StoredRecommendation,
} from '../../app/store-ports.js';
import type { Database } from './database.js';

const ROW = `p.external_id as id, r.cancer, r.cancer_name as "cancerName", r.stage, r.setting, r.line, r.age,
  coalesce(r.sex, p.sex) as sex, p.region, p.organization, r.status, r.reason, r.band, r.regimen, r.regimen_name as "regimenName"`;

export function patientQueries(db: Database): PatientQueries {
  return {
    async patients(filter, limit, after) {
      const where = conditions(filter, 3);
      const { rows } = await db.query<PatientRow & { key: number }>(
        `select p.id as key, ${ROW} from patient p left join recommendation r on r.patient_id = p.id
         where p.id > $1 ${where.sql} order by p.id limit $2`,
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
        `select p.id as key, ${ROW}, h.case_id as "caseId", h.raw
         from patient p join history h on h.patient_id = p.id and h.hash = p.current_hash
         left join recommendation r on r.patient_id = p.id where p.external_id = $1`,
        [id],
      );
      const [found] = rows;
      if (found === undefined) return undefined;
      const { key, ...row } = found;
      const versions = await db.query<{ hash: string; asOf: string | null; receivedAt: Date }>(
        `select encode(hash, 'hex') as hash, as_of as "asOf", received_at as "receivedAt"
         from history where patient_id = $1 order by seq`,
        [key],
      );
      return { ...row, versions: versions.rows.map((v) => ({ ...v, receivedAt: v.receivedAt.toISOString() })) };
    },

    async recommendation(id) {
      const { rows } = await db.query<RecommendationRow>(
        `select h.case_id, h.raw, r.as_of, r.record_hash, r.record, r.scored_at, l.corpus, l.model, l.features, l.code,
           r.history_hash = p.current_hash as current
         from patient p join recommendation r on r.patient_id = p.id join release l on l.id = r.release_id
         join history h on h.patient_id = p.id and h.hash = r.history_hash
         where p.external_id = $1`,
        [id],
      );
      return rows[0] && toStored(rows[0]);
    },

    summary: (filter) => summary(db, filter),
  };
}

interface RecommendationRow {
  readonly case_id: string;
  readonly raw: Buffer;
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

const toStored = (row: RecommendationRow): StoredRecommendation => ({
  caseId: row.case_id,
  raw: row.raw,
  asOf: row.as_of,
  release: { corpus: row.corpus, model: row.model, features: row.features, code: row.code },
  recordHash: row.record_hash,
  record: row.record,
  scoredAt: row.scored_at.toISOString(),
  current: row.current,
});

/** Conditions with their values; the first parameter has the number `next`. */
function conditions(filter: PatientFilter, next: number): { sql: string; values: unknown[] } {
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
  if (filter.status !== undefined) add((p) => `r.status = ${p}`, filter.status);
  if (filter.region !== undefined) add((p) => `p.region = ${p}`, filter.region);
  return { sql: parts.map((part) => `and ${part}`).join(' '), values };
}

async function summary(db: Database, filter: PatientFilter): Promise<CohortSummary> {
  const where = conditions(filter, 1);
  const { rows } = await db.query<GroupRow>(
    `select r.status, r.reason, r.band, r.cancer, max(r.cancer_name) as name, count(*)::int as n
     from patient p left join recommendation r on r.patient_id = p.id where true ${where.sql}
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
