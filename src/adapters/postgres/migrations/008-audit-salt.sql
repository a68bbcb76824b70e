-- From the first moment, so that every backup has it: a salt that was made later would find nobody in a store restored from before.
-- Two random UUIDs of the server's strong generator: 244 random bits.
insert into audit_salt (salt) values (sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea)) on conflict do nothing;
