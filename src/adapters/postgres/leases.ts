// Leases by the database's clock: hosts may disagree about the time, and nothing of it matters here.
import type { LeaseStore } from '../../app/lease.js';
import type { Database } from './database.js';

export function leaseStore(db: Database): LeaseStore {
  return {
    async takeLease({ name, holder, expireSeconds, gone }) {
      // Both branches answer who has it; one statement, so two that ask at once cannot both get it.
      const { rows } = await db.query<{ holder: string }>(
        `insert into lease as l (name, holder) values ($1, $2)
         on conflict (name) do update set
           holder = case when l.holder in ($2, $4) or l.seen_at < now() - $3::int * interval '1 second' then $2 else l.holder end,
           seen_at = case when l.holder in ($2, $4) or l.seen_at < now() - $3::int * interval '1 second' then now() else l.seen_at end
         returning l.holder`,
        [name, holder, expireSeconds, gone ?? null],
      );
      return rows[0]?.holder ?? holder;
    },

    async dropLease(name, holder) {
      await db.query('delete from lease where name = $1 and holder = $2', [name, holder]);
    },
  };
}
