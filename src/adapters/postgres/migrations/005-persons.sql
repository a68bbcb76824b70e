-- One person known by several ids (two hospitals): the decisions, who leads, and the keys by which candidates are found.

-- The record that stands for the person; null for a record that stands for itself. Derived from identity_decision, never set by hand.
alter table patient add column lead_id integer references patient on delete set null;
alter table patient add column leads boolean not null default false;
create index patient_lead on patient (lead_id) where lead_id is not null;

-- Append-only: the last word on each pair holds. It goes only when one of the two is erased, which the audit tells.
create table identity_decision (
  seq           bigint generated always as identity primary key,
  action        text not null check (action in ('merge', 'unmerge', 'apart')),
  a             integer not null references patient on delete cascade,
  b             integer not null references patient on delete cascade,
  by_whom       text not null,
  why           text not null,
  automatic     boolean not null default false,
  evidence      jsonb not null default '[]',
  at            timestamptz not null default now(),
  check (a <> b)
);
create index identity_decision_a on identity_decision (a);
create index identity_decision_b on identity_decision (b);

-- Hashes of numbers, of birth date with name, and the like: equal keys make a candidate. No name or number stands here.
create table identity_key (
  key           bytea not null,
  patient_id    integer not null references patient on delete cascade,
  primary key (key, patient_id)
);
create index identity_key_patient on identity_key (patient_id);

-- The version of the history that a patient's keys were read from.
create table identity_read (
  patient_id    integer primary key references patient on delete cascade,
  history_hash  bytea not null
);

-- Which histories a recommendation for a merged person was made from: `hash` is the recommendation's history_hash.
create table merged_basis (
  hash          bytea not null,
  patient_id    integer not null references patient on delete cascade,
  member_id     integer not null references patient on delete cascade,
  member_hash   bytea not null,
  primary key (hash, member_id)
);
create index merged_basis_patient on merged_basis (patient_id);
create index merged_basis_member on merged_basis (member_id);
