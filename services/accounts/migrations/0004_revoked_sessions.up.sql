-- Sessions that ended before their time, until no token of theirs can be valid: the other services refuse those.
--
-- @reversible yes
-- @down-loses which sessions were ended in the last minutes: their tokens are good until they expire

CREATE TABLE revoked_sessions (
  session_id text PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE INDEX revoked_sessions_until ON revoked_sessions (until);

-- Whatever ends a session: a reader, a new password, a deleted account, an operator.
CREATE FUNCTION revoke_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- No token lives longer than ten minutes; clocks may differ by one.
  INSERT INTO accounts.revoked_sessions (session_id, until)
  VALUES (OLD.id, CURRENT_TIMESTAMP + interval '11 minutes')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER sessions_revoked AFTER DELETE ON sessions
  FOR EACH ROW WHEN (OLD.expires_at > CURRENT_TIMESTAMP)
  EXECUTE FUNCTION revoke_session();
