import { expect, it } from 'vitest';
import { findContracting } from './migration.contract.ts';

it.each([
  ['ALTER TABLE notes ADD COLUMN mood text', []],
  ["ALTER TABLE notes ADD mood text NOT NULL DEFAULT ''", []],
  ['CREATE TABLE moods (id uuid NOT NULL, name text NOT NULL)', []],
  ['ALTER TABLE notes DROP CONSTRAINT notes_body_check', []],
  ['ALTER TABLE notes ALTER COLUMN body DROP NOT NULL', []],
  ['DROP INDEX notes_mood', []],
  ["-- DROP TABLE notes\nCOMMENT ON TABLE notes IS 'nobody may DROP TABLE it'", []],
  ['CREATE FUNCTION f() RETURNS void AS $$ BEGIN DROP TABLE t; END $$ LANGUAGE plpgsql', []],
  ['REVOKE ALL ON FUNCTION f() FROM PUBLIC', []],
  ['drop table\n  notes cascade;', ['drop table notes cascade']],
  ['ALTER TABLE notes DROP COLUMN mood, ADD COLUMN tone text', ['DROP COLUMN mood']],
  ['ALTER TABLE notes DROP mood', ['DROP mood']],
  ['ALTER TABLE notes RENAME COLUMN mood TO tone', ['RENAME COLUMN mood TO tone']],
  ['ALTER TABLE notes ALTER mood TYPE int USING 1', ['ALTER mood TYPE int USING 1']],
  ['ALTER TABLE notes ALTER COLUMN mood SET NOT NULL', ['SET NOT NULL']],
  ['ALTER TABLE notes ADD COLUMN mood text NOT NULL', ['ADD COLUMN mood text NOT NULL']],
  ['REVOKE UPDATE ON notes FROM study_service', ['REVOKE UPDATE ON notes FROM study_service']],
])('%s', (sql, found) => {
  expect(findContracting(sql)).toEqual(found);
});
