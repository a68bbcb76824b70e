-- Persons that scoring was given up for (workers died of them, or it failed again and again): no plan holds them until somebody tries them
-- again, their history changes, or other code is there. Without this every `score` would kill its workers anew.
create table given_up (
  patient_id    integer primary key references patient on delete cascade,
  history_hash  bytea not null,
  code          text not null,
  given_up_at   timestamptz not null default now()
);
