import type { Note } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { notePath } from '../address/study.address.ts';
import { NoteCard } from '../notes/note.card.tsx';
import type { Shown } from '../outbox/overlay.ts';
import { referenceOfId } from '../study/reference.ts';
import type { ChapterMarks } from './chapter-marks.store.ts';

type PassageNotesProps = {
  readonly notes: readonly Shown<Note>[];
  readonly mentions: ChapterMarks['mentions'];
  /** Canonical id of the passage shown: a note on exactly this one needs no heading. */
  readonly passage: string;
};

/** The notes on a passage, and those that mention it. */
export default function PassageNotes(props: PassageNotesProps): ReactNode {
  const { notes, mentions, passage: shownPassage } = props;
  return (
    <ul className="passage-notes">
      {notes.map((shown) => (
        <li key={shown.item.id}>
          <NoteCard
            shown={shown}
            reference={referenceOfId(shown.item.passage)}
            headed={shown.item.passage !== shownPassage}
          />
        </li>
      ))}
      {mentions.map(({ note, passage, excerpt }) => (
        <li key={`${note} ${passage}`}>
          <p className="passage-mention">
            <span className="label">Named in a note</span>{' '}
            <Link className="passage-excerpt" to={notePath(note)}>
              {excerpt}
            </Link>
          </p>
        </li>
      ))}
    </ul>
  );
}
