-- What watches over recommendations: the kill switch, the doctors' decisions, the shadow model.

-- Append-only: the last word on each kind and id holds.
create table stop_entry (
  seq      bigint generated always as identity primary key,
  action   text not null check (action in ('stop', 'lift')),
  kind     text not null check (kind in ('indication', 'model')),
  subject  text not null,
  by_whom  text not null,
  why      text not null,
  at       timestamptz not null
);

-- What the doctor chose, beside what stood first. Append-only: a patient may have many, also for one question.
create table decision_taken (
  seq           bigint generated always as identity primary key,
  patient_id    integer not null references patient on delete cascade,
  history_hash  bytea not null,
  release_id    integer not null references release,
  decision      text not null,
  chosen        text not null,
  chosen_band   text,
  first         text,
  first_band    text,
  overridden    boolean not null,
  reason        text,
  by_whom       text,
  cancer        text,
  sex           text,
  age           smallint,
  region        text,
  taken_at      timestamptz not null default now()
);
create index decision_taken_patient on decision_taken (patient_id);

-- One live case answered by the released and by the shadow model. The hash of the input names the case; nothing of the patient is here.
create table shadow_case (
  shadow    text not null,
  released  text not null,
  input     text not null,
  as_of     text not null,
  cancer    text,
  setting   text,
  changes   jsonb not null,
  seen_at   timestamptz not null default now(),
  primary key (shadow, released, input, as_of)
);
