-- Erasure, retention and legal hold, and the audit of them, which holds no personal data.

-- Whoever is held cannot be erased: the database itself refuses (no cascade here).
create table legal_hold (
  patient_id    integer primary key references patient on delete restrict,
  by_whom       text not null,
  why           text not null,
  at            timestamptz not null default now()
);

-- Append-only. `subject` is HMAC-SHA-256 of the patient's id under the store's own salt: who knows the id can find the line again,
-- the line does not give the id.
create table audit_entry (
  seq           bigint generated always as identity primary key,
  action        text not null check (action in ('erase', 'hold', 'lift', 'prune')),
  subject       bytea,
  by_whom       text not null,
  why           text not null,
  counts        jsonb not null default '{}',
  at            timestamptz not null default now()
);
create index audit_entry_subject on audit_entry (subject);

create table audit_salt (
  single        boolean primary key default true check (single),
  salt          bytea not null
);

-- What was recommended before goes with the patient, whoever deletes it.
alter table recommendation_past
  add constraint recommendation_past_patient_id_fkey foreign key (patient_id) references patient on delete cascade;
