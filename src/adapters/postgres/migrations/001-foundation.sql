-- Patients, their histories as received, the current recommendation of each, and the runs that made them.

create table patient (
  id            integer generated always as identity primary key,
  external_id   text not null unique,
  current_hash  bytea,
  sex           text,
  region        text,
  organization  text,
  created_at    timestamptz not null default now()
);

-- Every version of a history that was ever received; patient.current_hash names the one in force.
create table history (
  patient_id    integer not null references patient on delete cascade,
  hash          bytea not null,
  seq           bigint generated always as identity,
  case_id       text not null,
  as_of         date,
  raw           bytea not null,
  run_id        text,
  received_at   timestamptz not null default now(),
  primary key (patient_id, hash)
);
-- The bytes are deflated already; compressing them again only costs time.
alter table history alter column raw set storage external;

-- What a recommendation was made with.
create table release (
  id            integer generated always as identity primary key,
  corpus        text not null,
  model         text not null,
  features      text not null,
  code          text not null,
  unique (corpus, model, features, code)
);

-- The one current recommendation of a patient.
create table recommendation (
  patient_id    integer primary key references patient on delete cascade,
  history_hash  bytea not null,
  release_id    integer not null references release,
  as_of         date not null,
  status        text not null,
  reason        text,
  cancer        text,
  cancer_name   text,
  stage         text,
  setting       text,
  line          smallint,
  age           smallint,
  sex           text,
  band          text,
  regimen       text,
  regimen_name  text,
  record_hash   bytea not null,
  record        bytea not null,
  scored_at     timestamptz not null default now()
);
alter table recommendation alter column record set storage external;
-- GET /api/patients?cancer=..: pages by patient_id within a cancer; GET /api/cohorts/summary groups by it.
create index recommendation_cancer on recommendation (cancer, patient_id);
create index recommendation_band on recommendation (band, patient_id);
create index patient_region on patient (region, id);

-- Earlier recommendations, kept for the audit.
create table recommendation_past (like recommendation including defaults including storage);
alter table recommendation_past add column superseded_at timestamptz not null default now();
create index recommendation_past_patient on recommendation_past (patient_id);

create table run (
  id            text primary key,
  kind          text not null,
  params        jsonb not null,
  phase         text,
  planned       text[] not null default '{}',
  state         text not null default 'running' check (state in ('running', 'done', 'failed')),
  started_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);

-- The record of the work: the queue can be rebuilt from the chunks that are pending.
create table chunk (
  run_id        text not null references run on delete cascade,
  phase         text not null,
  ordinal       integer not null,
  task          jsonb not null,
  patients      integer not null,
  state         text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  counts        jsonb not null default '{}',
  attempts      integer not null default 0,
  error         text,
  finished_at   timestamptz,
  primary key (run_id, phase, ordinal)
);
create index chunk_pending on chunk (run_id, phase, ordinal) where state <> 'done';

-- What could not be read, with its place; never the content.
create table fault (
  run_id        text not null references run on delete cascade,
  ordinal       integer not null,
  seq           integer not null,
  place         text not null,
  message       text not null,
  primary key (run_id, ordinal, seq)
);
