-- Work of every kind as chunks of a run: paused, cancelled, split around what kills its workers; and who leads it.

alter table run drop constraint run_state_check;
alter table run add constraint run_state_check
  check (state in ('running', 'paused', 'done', 'failed', 'cancelled'));
create index run_started on run (started_at desc);

alter table chunk drop constraint chunk_state_check;
alter table chunk add constraint chunk_state_check
  check (state in ('pending', 'done', 'failed', 'split', 'cancelled'));
-- What a chunk found or made, where that is not rows of other tables: a cohort's summary, the name and hash of a file.
alter table chunk add column result jsonb;
-- The chunk that this one is a piece of.
alter table chunk add column piece_of integer;
-- `chunk_pending` held every chunk that is not done; what is asked for is the next ones to do, and the dead letters.
drop index chunk_pending;
create index chunk_pending on chunk (run_id, phase, ordinal) where state = 'pending';
create index chunk_failed on chunk (run_id, phase, ordinal) where state = 'failed';

-- One leader at a time for one piece of work: the second waits and watches. Nothing breaks without it; work would be done twice.
create table lease (
  name     text primary key,
  holder   text not null,
  seen_at  timestamptz not null default now()
);

-- What reading and normalising a stored history could not understand, patient by patient. `kind`: fault (nothing was read), warning (read
-- without it), not-understood (words or codes that mean nothing to the terminology).
create table reading_gap (
  patient_id    integer not null references patient on delete cascade,
  history_hash  bytea not null,
  seq           integer not null,
  kind          text not null,
  place         text not null,
  message       text not null,
  primary key (patient_id, seq)
);
