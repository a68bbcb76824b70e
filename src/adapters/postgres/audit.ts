// Lines of the audit: what was done, by whom and why, beside a hash that only who knows the id finds again.
import { createHmac } from 'node:crypto';
import type { AuditAction, Erased, Signed } from '../../app/erasure-ports.js';
import type { Queryable } from './database.js';

/** Appends one line a record. */
export async function note(
  client: Queryable,
  action: AuditAction,
  records: readonly string[],
  signed: Signed,
  counts: Erased,
): Promise<void> {
  const salt = await saltOf(client);
  for (const record of records)
    await client.query('insert into audit_entry (action, subject, by_whom, why, counts) values ($1, $2, $3, $4, $5)', [
      action,
      subjectOf(salt, record),
      signed.by,
      signed.why,
      JSON.stringify(records.length === 1 ? counts : {}),
    ]);
}

export const subjectOf = (salt: Buffer, id: string): Buffer => createHmac('sha256', salt).update(id).digest();

/** Made with the store; it goes into backups, so that the lines of the audit find their patients in a restored store. */
export async function saltOf(client: Queryable): Promise<Buffer> {
  const { rows } = await client.query<{ salt: Buffer }>('select salt from audit_salt');
  if (rows[0] === undefined) throw new Error('the audit has no salt');
  return rows[0].salt;
}
