-- Reading lists that can be shared, and where each reader was last.
-- Expands only: the release before knows nothing of these tables and goes on working.
-- @reversible yes
-- @down-loses every collection, its share link, and the reading history

CREATE TABLE study.collections (
  user_id text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 64),
  id uuid NOT NULL,
  version bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  title text NOT NULL,
  description text,
  -- [{passage, comment?}], in the reader's order.
  items jsonb NOT NULL,
  -- Kept readable: its owner copies the link again, and whoever could read it here reads the list beside it too.
  share text UNIQUE,
  PRIMARY KEY (user_id, id)
);
CREATE INDEX collections_changed ON study.collections (user_id, updated_at DESC, id DESC);

CREATE TABLE study.history (
  user_id text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 64),
  chapter text NOT NULL,
  verse smallint,
  read_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, chapter)
);
CREATE INDEX history_newest ON study.history (user_id, read_at DESC, chapter DESC);

ALTER TABLE study.collections ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.history ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON study.collections USING (user_id = study.reader());
CREATE POLICY own ON study.history USING (user_id = study.reader());

-- As the owner, for the list is another reader's: one list, for whoever knows its whole link.
CREATE FUNCTION study.shared_collection(link text)
  RETURNS TABLE (title text, description text, items jsonb, updated_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = study, pg_temp
BEGIN ATOMIC
  SELECT c.title, c.description, c.items, c.updated_at
  FROM study.collections c WHERE c.share = link AND length(link) = 32;
END;
