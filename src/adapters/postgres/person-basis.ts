// What a recommendation for a person rests on, and the lock of those who change who is who.

/** Taken whole by whoever changes who is who or erases, shared by whoever stores recommendations (pg_advisory_xact_lock). "SHPI" */
export const PERSONS_LOCK = 0x53485049;

/**
 * The hash of what a recommendation for the patient `p` rests on now: that of the history in force, for a person in several records that
 * of all of theirs.
 */
export const basisOf = (p: string): string => `case when ${p}.leads
  then (select sha256(string_agg(m.current_hash, ''::bytea order by m.id)) from patient m where m.id = ${p}.id or m.lead_id = ${p}.id)
  else ${p}.current_hash end`;

/** The records of the person whose leading record is `p`, itself included. */
export const membersOf = (p: string): string => `(m.id = ${p}.id or (${p}.leads and m.lead_id = ${p}.id))`;
