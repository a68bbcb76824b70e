-- GET /api/patients?status=error, ?status=abstained: few among many; without it a page reads the whole table (52 ms at 100,000). Ranked ones
-- are nearly all, and are found by their key; so they are not in it, and scoring does not pay for them.
create index recommendation_unanswered on recommendation (status, patient_id) where status <> 'ranked';
