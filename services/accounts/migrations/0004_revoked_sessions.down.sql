DROP TRIGGER sessions_revoked ON sessions;
DROP FUNCTION revoke_session();
DROP TABLE revoked_sessions;
