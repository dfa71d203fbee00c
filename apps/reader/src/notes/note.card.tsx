import type { Note } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { type NotebookView, notebookPath } from '../address/study.address.ts';
import type { Shown } from '../outbox/overlay.ts';
import { writeWithUndo } from '../study/write.ts';
import { edit } from './editing.store.ts';
import { NoteBody } from './note.body.tsx';
import './note.card.css';

type NoteCardProps = {
  readonly shown: Shown<Note>;
  /** The passage as people write it; undefined for a note without a passage. */
  readonly reference: string | undefined;
  /** False when the passage is already shown above. */
  readonly headed?: boolean;
};

/** A note and its actions. */
export function NoteCard({ shown, reference, headed = true }: NoteCardProps): ReactNode {
  const { item, base, unsaved } = shown;
  const { id, passage, words } = item;
  return (
    <article className="note-card">
      {passage && reference && headed ? (
        <h3>
          <Link to={passagePath(passage)}>{reference}</Link>
        </h3>
      ) : null}
      <NoteBody body={item.body} mentions={item.mentions} />
      <footer className="card-foot">
        <TagLinks tags={item.tags} />
        {unsaved ? <span className="not-saved">not saved yet</span> : null}
        <span className="card-actions">
          <button
            type="button"
            onClick={() => edit({ id, note: item, base, passage, words, reference })}
          >
            Edit
          </button>
          <button
            type="button"
            onClick={() => void writeWithUndo('notes', shown, null, 'Note deleted.')}
          >
            Delete
          </button>
        </span>
      </footer>
    </article>
  );
}

type TagLinksProps = {
  readonly tags: readonly string[];
  /** The view to which its tags lead. */
  readonly view?: NotebookView;
};

export function TagLinks({ tags, view = 'notes' }: TagLinksProps): ReactNode {
  return tags.map((tag) => (
    <Link key={tag} className="tag" to={notebookPath({ view, tag })}>
      {tag}
    </Link>
  ));
}
