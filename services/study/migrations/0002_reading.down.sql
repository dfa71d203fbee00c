DROP FUNCTION study.shared_collection(text);
DROP TABLE study.history;
DROP TABLE study.collections;
