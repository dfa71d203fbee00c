-- An index of what notes name in their text, so that a chapter finds the notes that speak of it.
-- Expands only, and takes no time: from here on the trigger keeps it, whichever release writes; 0004 adds what was there before.
-- @reversible yes
-- @down-loses nothing

CREATE TABLE study.note_mentions (
  user_id text NOT NULL,
  note_id uuid NOT NULL,
  ordinal smallint NOT NULL,
  passage text NOT NULL,
  starts_at integer NOT NULL,
  ends_at integer NOT NULL,
  PRIMARY KEY (user_id, note_id, ordinal),
  FOREIGN KEY (user_id, note_id) REFERENCES study.notes ON DELETE CASCADE
);
CREATE INDEX note_mentions_place ON study.note_mentions (user_id, starts_at, ends_at);
ALTER TABLE study.note_mentions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON study.note_mentions USING (user_id = study.reader());

CREATE FUNCTION study.index_note_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM study.note_mentions WHERE user_id = NEW.user_id AND note_id = NEW.id;
  END IF;
  INSERT INTO study.note_mentions (user_id, note_id, ordinal, passage, starts_at, ends_at)
  SELECT NEW.user_id, NEW.id, m.ordinality, m.value ->> 'passage',
    (m.value ->> 'startsAt')::integer, (m.value ->> 'endsAt')::integer
  FROM jsonb_array_elements(NEW.mentions) WITH ORDINALITY AS m (value, ordinality);
  RETURN NULL;
END $$;
CREATE TRIGGER note_mentions_added AFTER INSERT ON study.notes
  FOR EACH ROW WHEN (NEW.mentions <> '[]')
  EXECUTE FUNCTION study.index_note_mentions();
CREATE TRIGGER note_mentions_changed AFTER UPDATE OF mentions ON study.notes
  FOR EACH ROW WHEN (OLD.mentions IS DISTINCT FROM NEW.mentions)
  EXECUTE FUNCTION study.index_note_mentions();
