-- Indexes the mentions of the notes that were there before 0003. Locks only notes that name something, against change while it runs.
-- @reversible yes
-- @down-loses nothing

INSERT INTO study.note_mentions (user_id, note_id, ordinal, passage, starts_at, ends_at)
SELECT n.user_id, n.id, m.ordinality, m.value ->> 'passage',
  (m.value ->> 'startsAt')::integer, (m.value ->> 'endsAt')::integer
FROM study.notes n, jsonb_array_elements(n.mentions) WITH ORDINALITY AS m (value, ordinality)
WHERE n.mentions <> '[]'
FOR SHARE OF n
ON CONFLICT DO NOTHING;
