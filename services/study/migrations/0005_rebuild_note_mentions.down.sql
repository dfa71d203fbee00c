DROP FUNCTION study.rebuild_note_mentions();
