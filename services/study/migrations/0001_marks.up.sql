-- What readers write in the margin (notes, highlights, bookmarks), and the keys that keep a write from happening twice.
-- @reversible yes
-- @down-loses every note, highlight, bookmark and colour name

-- Whose rows this transaction may see: set by the service for each one, from the verified token.
-- Not set, or set to nothing: nobody's.
CREATE FUNCTION study.reader() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('study.user_id', true), '');

-- A place is chapter * 1000 + verse, the chapter counted from 0 through the whole canon; a passage is two of them, both included.
CREATE TABLE study.notes (
  user_id text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 64),
  id uuid NOT NULL,
  version bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  passage text,
  starts_at integer,
  ends_at integer,
  word_start smallint,
  word_end smallint,
  body text NOT NULL CHECK (octet_length(body) <= 65536),
  tags text[] NOT NULL,
  -- What the text names: [{start, end, passage, startsAt, endsAt}].
  mentions jsonb NOT NULL,
  -- English stems for whole words, plain words for beginnings of words.
  search tsvector NOT NULL GENERATED ALWAYS AS
    (to_tsvector('english', body) || to_tsvector('simple', body)) STORED,
  PRIMARY KEY (user_id, id),
  CHECK (num_nulls(passage, starts_at, ends_at) IN (0, 3)),
  CHECK (starts_at <= ends_at),
  CHECK (num_nulls(word_start, word_end) IN (0, 2))
);
CREATE INDEX notes_place ON study.notes (user_id, starts_at, ends_at);
CREATE INDEX notes_changed ON study.notes (user_id, updated_at DESC, id DESC);

CREATE TABLE study.highlights (
  user_id text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 64),
  id uuid NOT NULL,
  version bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  passage text NOT NULL,
  starts_at integer NOT NULL,
  ends_at integer NOT NULL,
  word_start smallint,
  word_end smallint,
  color text NOT NULL,
  tags text[] NOT NULL,
  PRIMARY KEY (user_id, id),
  CHECK (starts_at <= ends_at),
  CHECK (num_nulls(word_start, word_end) IN (0, 2))
);
CREATE INDEX highlights_place ON study.highlights (user_id, starts_at, ends_at);
CREATE INDEX highlights_changed ON study.highlights (user_id, updated_at DESC, id DESC);

CREATE TABLE study.bookmarks (
  user_id text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 64),
  id uuid NOT NULL,
  version bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  passage text NOT NULL,
  starts_at integer NOT NULL,
  ends_at integer NOT NULL,
  label text,
  tags text[] NOT NULL,
  PRIMARY KEY (user_id, id),
  CHECK (starts_at <= ends_at)
);
CREATE INDEX bookmarks_place ON study.bookmarks (user_id, starts_at, ends_at);
CREATE INDEX bookmarks_changed ON study.bookmarks (user_id, updated_at DESC, id DESC);

-- What a reader calls the colours.
CREATE TABLE study.colors (
  user_id text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 64),
  color text NOT NULL,
  label text NOT NULL,
  PRIMARY KEY (user_id, color)
);

-- The answers of writes, for those who did not receive them and ask again.
CREATE TABLE study.idempotency_keys (
  user_id text NOT NULL CHECK (length(user_id) BETWEEN 1 AND 64),
  key text NOT NULL,
  -- SHA-256 of what was asked.
  fingerprint bytea NOT NULL,
  -- Null only within the transaction that does the work.
  answer json,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_age ON study.idempotency_keys (created_at);

-- The second wall: a query that forgets whose rows it is about finds none.
ALTER TABLE study.notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.highlights ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.bookmarks ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.colors ENABLE ROW LEVEL SECURITY;
ALTER TABLE study.idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON study.notes USING (user_id = study.reader());
CREATE POLICY own ON study.highlights USING (user_id = study.reader());
CREATE POLICY own ON study.bookmarks USING (user_id = study.reader());
CREATE POLICY own ON study.colors USING (user_id = study.reader());
CREATE POLICY own ON study.idempotency_keys USING (user_id = study.reader());

-- As the owner, for it is about everybody's keys; it can remove nothing else, and none younger than a day.
CREATE FUNCTION study.prune_idempotency_keys(older_than interval, at_most integer) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = study, pg_temp
BEGIN ATOMIC
  WITH old AS (
    SELECT user_id, key FROM study.idempotency_keys
    WHERE created_at < now() - greatest(older_than, interval '24 hours')
    ORDER BY created_at LIMIT at_most
  ), gone AS (
    DELETE FROM study.idempotency_keys k USING old
    WHERE k.user_id = old.user_id AND k.key = old.key RETURNING 1
  )
  SELECT count(*) FROM gone;
END;
