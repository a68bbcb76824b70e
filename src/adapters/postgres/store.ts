// The store on PostgreSQL 15 or later: the same SQL on the embedded server and on any other.
import type { Store } from '../../app/store-ports.js';
import { type DatabaseOptions, openDatabase } from './database.js';
import { erasureStore } from './erasure.js';
import { exportStore } from './exports.js';
import { ingestStore } from './histories.js';
import { ingestReportStore } from './ingest-report.js';
import { leaseStore } from './leases.js';
import { holdStore } from './legal-holds.js';
import { migrate } from './migrate.js';
import { oversightStore } from './oversight.js';
import { identityStore } from './persons.js';
import { patientQueries } from './queries.js';
import { readingStore } from './readings.js';
import { runStore } from './runs.js';
import { scoreStore } from './scoring.js';
import { toStoreError } from './store-error.js';

/** Connects, brings the schema up to date and answers the store. @throws StoreError */
export async function openStore(url: string, options: DatabaseOptions = {}): Promise<Store> {
  const db = openDatabase(url, options);
  try {
    await migrate(db.pool);
  } catch (error) {
    await db.close();
    throw toStoreError(error);
  }
  return {
    ...runStore(db),
    ...leaseStore(db),
    ...ingestStore(db),
    ...ingestReportStore(db),
    ...readingStore(db),
    ...exportStore(db),
    ...scoreStore(db),
    ...patientQueries(db),
    ...oversightStore(db),
    ...identityStore(db),
    ...erasureStore(db),
    ...holdStore(db),
    ping: async () => void (await db.query('select 1')),
    close: () => db.close(),
  };
}
