import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useSession } from '../session/use.session.ts';
import { type Editing, edit } from './editing.store.ts';
import { NoteBody } from './note.body.tsx';
import { forgetDraft, keepDraft, readDraft } from './note.draft.ts';
import { saveNote } from './note.save.ts';
import { byteLength, NOTE_BYTES } from './note.text.ts';
import './note.editor.css';

/** Edits one note. Typed text survives a reload; it is saved when the reader says so. */
export default function NoteEditor({ editing }: { readonly editing: Editing }): ReactNode {
  const { account } = useSession();
  useEffect(() => {
    if (!account) edit(undefined);
  }, [account]);
  return account ? <Sheet key={account.id} account={account.id} editing={editing} /> : null;
}

type SheetProps = { readonly account: string; readonly editing: Editing };

function Sheet({ account, editing }: SheetProps): ReactNode {
  const { note, reference } = editing;
  const dialog = useRef<HTMLDialogElement>(null);
  const [draft] = useState(() => readDraft(account, editing));
  const [body, setBody] = useState(draft?.body ?? note?.body ?? '');
  const [tags, setTags] = useState(draft?.tags ?? note?.tags.join(', ') ?? '');
  const [reading, setReading] = useState(false);
  // A draft keeps the base it was written on, even if something newer is stored by now.
  const base = draft?.base ?? editing.base;
  const room = NOTE_BYTES - byteLength(body);

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  const type = (next: { body?: string; tags?: string }) => {
    const typed = { body, tags, ...next };
    setBody(typed.body);
    setTags(typed.tags);
    keepDraft(account, editing, { ...typed, base });
  };
  const leave = () => {
    forgetDraft(account, editing);
    edit(undefined);
  };
  const save = async () => {
    if (!body.trim() || room < 0) return;
    if (await saveNote({ ...editing, base }, body, tags)) leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void save();
  };

  return (
    <dialog
      ref={dialog}
      className="note-editor"
      aria-labelledby="note-editor-title"
      onClose={() => edit(undefined)}
      onKeyDown={onKeyDown}
    >
      <h2 id="note-editor-title">{reference ? `Note on ${reference}` : 'Note'}</h2>
      {draft ? (
        <p className="quiet" role="status">
          This was typed before and not saved.
        </p>
      ) : null}
      {reading ? (
        <div className="note-editor-preview">
          <NoteBody body={body} mentions={[]} />
        </div>
      ) : (
        <textarea
          aria-label="Your note"
          autoFocus
          onFocus={({ target }) =>
            target.setSelectionRange(target.value.length, target.value.length)
          }
          value={body}
          onChange={({ target }) => type({ body: target.value })}
          placeholder="What do you see here? **Markdown**, and references such as Alma 32:21, are understood."
        />
      )}
      <label className="note-editor-tags">
        <span className="label">Tags</span>
        <input
          value={tags}
          onChange={({ target }) => type({ tags: target.value })}
          placeholder="faith, patience"
          maxLength={1_000}
        />
      </label>
      {room < 2_000 ? (
        <p className="note-editor-room" role="status">
          {room >= 0
            ? `Room for ${room.toLocaleString('en')} more characters.`
            : 'This is longer than a note can be; make two of it.'}
        </p>
      ) : null}
      <div className="note-editor-actions">
        <button
          type="button"
          className="button button-main"
          disabled={!body.trim() || room < 0}
          onClick={() => void save()}
          title="Ctrl and Enter"
        >
          Save
        </button>
        <button type="button" className="button" onClick={leave}>
          {note ? 'Leave as it was' : 'Discard'}
        </button>
        <button type="button" className="quiet-button" onClick={() => setReading(!reading)}>
          {reading ? 'Write on' : 'Preview'}
        </button>
      </div>
    </dialog>
  );
}
