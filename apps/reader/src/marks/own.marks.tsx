import { type ReactNode, type RefObject, useEffect, useMemo } from 'react';
import { createPortal } from 'react-dom';
import { Link } from 'react-router';
import { connectionsPath } from '../address/address.ts';
import { findVerse } from '../chapter/use.verse.scroll.ts';
import { countOf } from '../typography/count.ts';
import type { ChapterMarks } from './chapter-marks.store.ts';
import type { ColorNames } from './colors.ts';
import { paintHighlights } from './highlight.painter.ts';
import { BookmarkIcon, NoteIcon } from './mark.icons.tsx';
import { type VerseMarks, verseMarks } from './verse.marks.ts';
import './own.marks.css';

type OwnMarksProps = {
  readonly text: RefObject<HTMLElement | null>;
  readonly chapter: string;
  readonly marks: ChapterMarks;
  readonly names: ColorNames;
};

/** A reader's marks in the text: highlights painted, notes and bookmarks in the margin of their verse. */
export function OwnMarks({ text, chapter, marks, names }: OwnMarksProps): ReactNode {
  const { highlights } = marks;
  useEffect(() => {
    if (!text.current) return;
    const items = highlights.map(({ item }) => item);
    return paintHighlights(text.current, chapter, items);
  }, [text, chapter, highlights]);

  const verses = useMemo(() => verseMarks(chapter, marks, names), [chapter, marks, names]);
  return [...verses].map(([number, own]) => {
    const verse = findVerse(text.current, number);
    return (
      verse && createPortal(<Margin id={`${chapter}.${number}`} own={own} />, verse, `${number}`)
    );
  });
}

function Margin({ id, own }: { readonly id: string; readonly own: VerseMarks }): ReactNode {
  const { notes, bookmarked, said } = own;
  return (
    <span className="verse-own">
      {said ? <span className="unseen">{said}</span> : null}
      {notes > 0 ? (
        <Link className="own-mark" to={connectionsPath(id)} aria-label={countOf(notes, 'note')}>
          <NoteIcon />
        </Link>
      ) : null}
      {bookmarked ? (
        <span className="own-mark" role="img" aria-label="Bookmark">
          <BookmarkIcon />
        </span>
      ) : null}
    </span>
  );
}
