-- What an ingestion reports: faults in parts, and codes that no mapping knows.

alter table fault add column file text, add column line integer, add column path text;

-- Counted by chunk and summed when asked: chunks that end at the same moment never wait for one row. Codes only, never a text.
create table unknown_code (
  run_id    text not null references run on delete cascade,
  ordinal   integer not null,
  place     text not null,
  system    text not null,
  code      text not null,
  by_words  boolean not null,
  n         integer not null,
  primary key (run_id, ordinal, place, system, code, by_words)
);
