// Pages of the current recommendations for an export: by patient id, so that a page costs the same wherever it is.
import type { ExportRow, ExportStore } from '../../app/export-recommendations.js';
import type { Database } from './database.js';
import { basisOf } from './person-basis.js';
import { conditions, ROW } from './queries.js';

export function exportStore(db: Database): ExportStore {
  return {
    async exportPage(filter, limit, after) {
      const where = conditions(filter, 3);
      const { rows } = await db.query<Omit<ExportRow, 'scoredAt'> & { key: number; scoredAt: Date | null }>(
        `select p.id as key, ${ROW}, r.as_of as "asOf", l.corpus, l.model, l.code, r.scored_at as "scoredAt",
           r.history_hash = ${basisOf('p')} as current, r.record
         from patient p left join recommendation r on r.patient_id = p.id and r.patient_id > $1 left join release l on l.id = r.release_id
         where p.id > $1 and p.lead_id is null ${where.sql} order by p.id limit $2`,
        [after, limit, ...where.values],
      );
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map(({ key: _, scoredAt, ...row }) => ({ ...row, scoredAt: scoredAt?.toISOString() ?? null })),
        next: last?.key ?? null,
      };
    },
  };
}
