DROP FUNCTION study.prune_idempotency_keys(interval, integer);
DROP TABLE study.idempotency_keys;
DROP TABLE study.colors;
DROP TABLE study.bookmarks;
DROP TABLE study.highlights;
DROP TABLE study.notes;
DROP FUNCTION study.reader();
