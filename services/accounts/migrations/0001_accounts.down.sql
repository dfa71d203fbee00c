DROP TABLE verifications;
DROP TABLE credentials;
DROP TABLE sessions;
DROP TABLE users;
