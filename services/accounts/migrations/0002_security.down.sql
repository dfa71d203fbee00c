DROP FUNCTION depersonalise_events(text);
DROP FUNCTION prune_events();
DROP TABLE events;
DROP TABLE throttles;
DROP TABLE signing_keys;
