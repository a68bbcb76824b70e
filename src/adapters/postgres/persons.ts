// One person in several records. Decisions are appended; who leads follows from those in force, so that taking one back gives exactly what
// was before. A record that does not lead keeps everything that it has, and stands in no list.
import type {
  IdentityDecision,
  IdentityRecord,
  IdentityStore,
  RecordDocument,
  RecordPair,
} from '../../app/identity-ports.js';
import type { Database, Queryable } from './database.js';
import { pack } from './packed.js';
import { basisOf, PERSONS_LOCK } from './person-basis.js';
import { groupsOf, type Link } from './person-groups.js';
import { RECOMMENDATION } from './scoring.js';

/** Pairs by more records than this share a key that tells nothing ("unknown unknown", a stand-in number). */
const TOO_COMMON = 50;

/** The last word on each pair. */
const LAST_WORD = `select distinct on (least(a, b), greatest(a, b)) least(a, b) as a, greatest(a, b) as b, action
  from identity_decision`;

const UNREAD = `from patient n left join identity_read i on i.patient_id = n.id
  where n.current_hash is not null and i.history_hash is distinct from n.current_hash`;

const DOCUMENT = `p.id as key, p.external_id as id, h.case_id as "caseId", h.hash, h.raw
  from patient p join history h on h.patient_id = p.id and h.hash = p.current_hash`;

const DECISION = `d.seq::int as seq, d.action, a.external_id as a, b.external_id as b, d.by_whom as by, d.why, d.automatic, d.evidence, d.at
  from identity_decision d join patient a on a.id = d.a join patient b on b.id = d.b`;

export function identityStore(db: Database): IdentityStore {
  return {
    async unread(limit) {
      const { rows } = await db.query<RecordDocument>(
        `select ${DOCUMENT} where p.id in (select n.id ${UNREAD} order by n.id limit $1) order by p.id`,
        [limit],
      );
      return rows;
    },

    async unreadCount() {
      const { rows } = await db.query<{ n: number }>(`select count(*)::int as n ${UNREAD}`);
      return rows[0]?.n ?? 0;
    },

    storeKeys: (records) =>
      db.transaction(async (client) => {
        const ids = records.map((row) => row.key);
        const hashes = pack(records.map((row) => row.hash));
        await client.query('delete from identity_key where patient_id = any($1::int[])', [ids]);
        // A record that was erased meanwhile gets no keys.
        await client.query(
          `insert into identity_read (patient_id, history_hash)
           select p.id, substring($2::bytea from off for 32) from unnest($1::int[], $3::int[]) as t(id, off) join patient p using (id)
           on conflict (patient_id) do update set history_hash = excluded.history_hash`,
          [ids, hashes.bytes, hashes.offsets],
        );
        const flat = records.flatMap((row) => row.keys.map((key) => ({ id: row.key, key })));
        const keys = pack(flat.map((row) => row.key));
        await client.query(
          `insert into identity_key (patient_id, key)
           select p.id, substring($2::bytea from off for len) from unnest($1::int[], $3::int[], $4::int[]) as t(id, off, len)
           join patient p using (id) on conflict do nothing`,
          [flat.map((row) => row.id), keys.bytes, keys.offsets, keys.lengths],
        );
      }),

    async pairs(after, limit) {
      const { rows } = await db.query<RecordPair>(
        `with shared as (select key from identity_key group by key having count(*) between 2 and ${TOO_COMMON})
         select distinct x.patient_id as a, y.patient_id as b
         from shared join identity_key x using (key) join identity_key y using (key)
         join patient p on p.id = x.patient_id join patient q on q.id = y.patient_id
         where x.patient_id < y.patient_id and (x.patient_id, y.patient_id) > ($1, $2)
           and coalesce(p.lead_id, p.id) <> coalesce(q.lead_id, q.id)
           and not exists (select 1 from (${LAST_WORD} order by least(a, b), greatest(a, b), seq desc) d
             where d.a = x.patient_id and d.b = y.patient_id and d.action <> 'merge')
         order by 1, 2 limit $3`,
        [after.a, after.b, limit],
      );
      return rows;
    },

    async documents(keys) {
      const { rows } = await db.query<RecordDocument>(`select ${DOCUMENT} where p.id = any($1::int[]) order by p.id`, [
        keys,
      ]);
      return rows;
    },

    async documentsById(ids) {
      const { rows } = await db.query<RecordDocument>(
        `select ${DOCUMENT} where p.external_id = any($1::text[]) order by p.id`,
        [ids],
      );
      return rows;
    },

    decide: (decision) => db.transaction((client) => decide(client, decision)),

    async person(id) {
      const { rows } = await db.query<{ key: number; id: string }>(
        `select m.id as key, m.external_id as id from patient q join patient p on p.id = coalesce(q.lead_id, q.id)
         join patient m on m.id = p.id or m.lead_id = p.id where q.external_id = $1 order by m.lead_id is not null, m.id`,
        [id],
      );
      const [lead] = rows;
      if (lead === undefined) return undefined;
      const decisions = await db.query<DecisionRow>(
        `select ${DECISION} where d.a = any($1::int[]) or d.b = any($1::int[]) order by d.seq`,
        [rows.map((row) => row.key)],
      );
      return { lead: lead.key, records: rows.map((row) => row.id), decisions: decisions.rows.map(toRecord) };
    },

    async decisions(limit) {
      const { rows } = await db.query<DecisionRow>(`select ${DECISION} order by d.seq desc limit $1`, [limit]);
      return rows.map(toRecord);
    },
  };
}

type DecisionRow = Omit<IdentityRecord, 'at'> & { readonly at: Date };
const toRecord = (row: DecisionRow): IdentityRecord => ({ ...row, at: row.at.toISOString() });

async function decide(client: Queryable, decision: IdentityDecision): Promise<'done' | 'unknown' | 'nothing'> {
  const { action, a, b, by, why, automatic, evidence } = decision;
  await client.query('select pg_advisory_xact_lock($1)', [PERSONS_LOCK]);
  const { rows } = await client.query<{ id: number; lead: number; name: string }>(
    `select id, coalesce(lead_id, id) as lead, external_id as name from patient where external_id in ($1, $2)`,
    [a, b],
  );
  const [x, y] = [a, b].map((name) => rows.find((row) => row.name === name));
  if (x === undefined || y === undefined || x.id === y.id) return 'unknown';
  const merged = x.lead === y.lead;
  const linked = (await linksOf(client, [x.id])).some((link) => link.a === y.id || link.b === y.id);
  if (action === 'unmerge' ? !linked : merged) return 'nothing';
  await client.query(
    `insert into identity_decision (action, a, b, by_whom, why, automatic, evidence) values ($1, $2, $3, $4, $5, $6, $7)`,
    [action, x.id, y.id, by, why, automatic, JSON.stringify(evidence)],
  );
  if (action !== 'apart') await settle(client, [x.id, y.id]);
  return 'done';
}

/** Merges in force that touch the records. */
async function linksOf(client: Queryable, ids: readonly number[]): Promise<readonly Link[]> {
  const { rows } = await client.query<Link & { action: string }>(
    `${LAST_WORD} where a = any($1::int[]) or b = any($1::int[]) order by least(a, b), greatest(a, b), seq desc`,
    [ids],
  );
  return rows.filter((row) => row.action === 'merge');
}

/** Sets who leads among the records and all that are or were of one person with them, and the recommendations in force. */
export async function settle(client: Queryable, ids: readonly number[]): Promise<void> {
  const before = await client.query<{ id: number }>(
    `select m.id from patient m where coalesce(m.lead_id, m.id) in (select coalesce(lead_id, id) from patient where id = any($1::int[]))`,
    [ids],
  );
  const known = new Set([...ids, ...before.rows.map((row) => row.id)]);
  const links = new Map<string, Link>();
  for (let frontier = [...known]; frontier.length > 0; ) {
    const found = await linksOf(client, frontier);
    for (const link of found) links.set(`${link.a}|${link.b}`, link);
    frontier = found.flatMap(({ a, b }) => [a, b]).filter((id) => !known.has(id));
    for (const id of frontier) known.add(id);
  }
  const groups = groupsOf([...known], [...links.values()]);
  const rows = groups.flatMap((group) => group.map((id) => ({ id, lead: group[0] ?? id, leads: group.length > 1 })));
  await client.query(
    `update patient p set lead_id = nullif(t.lead, p.id), leads = t.leads and t.lead = p.id
     from unnest($1::int[], $2::int[], $3::boolean[]) as t(id, lead, leads)
     where p.id = t.id and (p.lead_id, p.leads) is distinct from (nullif(t.lead, p.id), t.leads and t.lead = p.id)`,
    [rows.map((row) => row.id), rows.map((row) => row.lead), rows.map((row) => row.leads)],
  );
  await settleRecommendations(
    client,
    rows.map((row) => row.id),
  );
}

/** One recommendation a person, that of the record which leads. One that was made from exactly what holds now comes back in force. */
async function settleRecommendations(client: Queryable, ids: readonly number[]): Promise<void> {
  const back = await client.query<{ id: number; place: string }>(
    `select distinct on (p.id) p.id, s.ctid::text as place from patient p
     join recommendation_past s on s.patient_id = p.id and s.history_hash = ${basisOf('p')}
     left join recommendation r on r.patient_id = p.id
     where p.id = any($1::int[]) and p.lead_id is null and r.history_hash is distinct from s.history_hash
     order by p.id, s.scored_at desc`,
    [ids],
  );
  // Gone from force: that of a record which does not lead, what one of `back` takes the place of, and what rests on the history of somebody
  // who is no longer taken for this person.
  const away = `patient_id in (select p.id from patient p where p.id = any($1::int[]) and (p.lead_id is not null or p.id = any($2::int[])
    or exists (select 1 from merged_basis b join patient m on m.id = b.member_id
      where b.patient_id = p.id and b.hash = recommendation.history_hash and coalesce(m.lead_id, m.id) <> p.id)))`;
  const returning = back.rows.map((row) => row.id);
  await client.query(
    `insert into recommendation_past (${RECOMMENDATION}, scored_at)
     select ${RECOMMENDATION}, scored_at from recommendation where ${away}`,
    [ids, returning],
  );
  await client.query(`delete from recommendation where ${away}`, [ids, returning]);
  await client.query(
    `with taken as (delete from recommendation_past where ctid = any($1::tid[]) returning ${RECOMMENDATION}, scored_at)
     insert into recommendation (${RECOMMENDATION}, scored_at) select ${RECOMMENDATION}, scored_at from taken`,
    [back.rows.map((row) => row.place)],
  );
}
