-- Accounts that are gone, for the services that keep something of theirs.
--
-- @reversible yes
-- @down-loses the deletions that other services have not confirmed yet: what they keep of those people would stay

CREATE TABLE deletions (
  user_id text PRIMARY KEY,
  deleted_at timestamptz NOT NULL,
  -- When the last token made for the account has expired.
  final_at timestamptz NOT NULL
);
CREATE INDEX deletions_deleted_at ON deletions (deleted_at, user_id);

CREATE TABLE deletion_receipts (
  user_id text NOT NULL REFERENCES deletions ON DELETE CASCADE,
  consumer text NOT NULL,
  at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (user_id, consumer)
);
