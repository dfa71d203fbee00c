-- Keys that sign tokens, counts of attempts, and the log of what happened around accounts.
--
-- @reversible yes
-- @down-loses the log of security events (signing keys and counts of attempts are made anew)

-- One row a key; the private half is encrypted with AUTH_SECRETS.
CREATE TABLE signing_keys (
  id text PRIMARY KEY,
  public_key text NOT NULL,
  private_key text NOT NULL,
  alg text NOT NULL,
  crv text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Published from created_at on, signs from activates_at until the next one does.
  activates_at timestamptz NOT NULL
);

-- Attempts under a key that names nobody (a keyed hash of what is counted).
CREATE TABLE throttles (
  key text PRIMARY KEY,
  tries integer NOT NULL,
  blocked_until timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX throttles_expires_at ON throttles (expires_at);

-- Append-only for the service. No reference to users: an event outlives its account, without the person.
CREATE TABLE events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  kind text NOT NULL,
  user_id text,
  session_id text,
  network text,
  user_agent text,
  request_id text
);
CREATE INDEX events_user_id ON events (user_id, id DESC);
CREATE INDEX events_at ON events (at);
REVOKE UPDATE, DELETE ON events FROM accounts_service;

-- The only two ways in which the service can change what was logged: by age, and for an account that is gone.
CREATE FUNCTION prune_events() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = accounts, pg_temp
BEGIN ATOMIC
  WITH gone AS (DELETE FROM events WHERE at < CURRENT_TIMESTAMP - interval '180 days' RETURNING 1)
  SELECT count(*) FROM gone;
END;

CREATE FUNCTION depersonalise_events(gone text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = accounts, pg_temp
BEGIN ATOMIC
  WITH changed AS (
    UPDATE events SET user_id = NULL, session_id = NULL, network = NULL, user_agent = NULL, request_id = NULL
    WHERE user_id = gone AND NOT EXISTS (SELECT FROM users WHERE id = gone)
    RETURNING 1
  )
  SELECT count(*) FROM changed;
END;

REVOKE ALL ON FUNCTION prune_events() FROM PUBLIC;
REVOKE ALL ON FUNCTION depersonalise_events(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prune_events() TO accounts_service;
GRANT EXECUTE ON FUNCTION depersonalise_events(text) TO accounts_service;
