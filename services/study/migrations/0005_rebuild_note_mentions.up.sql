-- Makes the index of what notes name right again after writes that its triggers did not see: recovery runs it once they work.
-- Expands only; no release calls it while it serves.
-- @reversible yes
-- @down-loses nothing

-- Returns how many entries were wrong, missing or too many. Whoever writes notes waits meanwhile.
CREATE FUNCTION study.rebuild_note_mentions() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  changed bigint;
BEGIN
  LOCK TABLE study.notes IN SHARE ROW EXCLUSIVE MODE;
  WITH named AS MATERIALIZED (
    SELECT n.user_id, n.id AS note_id, m.ordinality::smallint AS ordinal, m.value ->> 'passage' AS passage,
      (m.value ->> 'startsAt')::integer AS starts_at, (m.value ->> 'endsAt')::integer AS ends_at
    FROM study.notes n, jsonb_array_elements(n.mentions) WITH ORDINALITY AS m (value, ordinality)
    WHERE n.mentions <> '[]'
  ), gone AS (
    DELETE FROM study.note_mentions old
    WHERE NOT EXISTS (
      SELECT FROM named
      WHERE named.user_id = old.user_id AND named.note_id = old.note_id AND named.ordinal = old.ordinal
    ) RETURNING 1
  ), added AS (
    INSERT INTO study.note_mentions AS old (user_id, note_id, ordinal, passage, starts_at, ends_at)
    SELECT user_id, note_id, ordinal, passage, starts_at, ends_at FROM named
    ON CONFLICT (user_id, note_id, ordinal) DO UPDATE
    SET passage = excluded.passage, starts_at = excluded.starts_at, ends_at = excluded.ends_at
    WHERE (old.passage, old.starts_at, old.ends_at)
      IS DISTINCT FROM (excluded.passage, excluded.starts_at, excluded.ends_at)
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM added) INTO changed;
  RETURN changed;
END $$;
REVOKE EXECUTE ON FUNCTION study.rebuild_note_mentions() FROM PUBLIC;
