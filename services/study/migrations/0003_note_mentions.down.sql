DROP TRIGGER note_mentions_changed ON study.notes;
DROP TRIGGER note_mentions_added ON study.notes;
DROP FUNCTION study.index_note_mentions();
DROP TABLE study.note_mentions;
