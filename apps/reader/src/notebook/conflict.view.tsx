import { type ReactNode, useId, useState } from 'react';
import { byteLength, cleanText, NOTE_BYTES } from '../notes/note.text.ts';
import type { Change, StudyInput, StudyItem } from '../outbox/change.ts';
import { inputOf } from '../outbox/overlay.ts';
import { ContentView } from './content.view.tsx';
import { decide } from './decide.ts';

type ConflictViewProps = {
  readonly change: Change;
  readonly yours: StudyInput | null;
  readonly stored: StudyItem | null;
};

/** Two versions of one item side by side: the reader takes one, or merges them. */
export function ConflictView({ change, yours, stored }: ConflictViewProps): ReactNode {
  const title = useId();
  const [merging, setMerging] = useState(false);
  const mergeable = yours !== null && 'body' in yours && stored !== null && 'body' in stored;
  return (
    <section className="conflict" aria-labelledby={title}>
      <h2 id={title}>Changed in two places</h2>
      <p className="quiet">
        {stored === null
          ? 'This was deleted elsewhere while you changed it here. Nothing is lost: choose.'
          : 'This was changed elsewhere too, before yours arrived. Nothing is lost: choose.'}
      </p>
      <div className="conflict-sides">
        <article aria-label="Yours, from this device">
          <h3 className="label">From this device</h3>
          <ContentView kind={change.kind} content={yours} />
          <button type="button" className="button" onClick={() => decide(change, yours)}>
            {yours === null ? 'Delete it' : 'Keep this one'}
          </button>
        </article>
        <article aria-label="The one that is kept now">
          <h3 className="label">Kept now</h3>
          <ContentView kind={change.kind} content={stored} />
          <button type="button" className="button" onClick={() => decide(change, undefined)}>
            {stored === null ? 'Leave it deleted' : 'Keep this one'}
          </button>
        </article>
      </div>
      {mergeable && !merging ? (
        <button type="button" className="button" onClick={() => setMerging(true)}>
          Make one of both
        </button>
      ) : null}
      {mergeable && merging ? (
        <Merge
          first={`${stored.body}\n\n${yours.body}`}
          onSave={(body) => {
            const tags = [...new Set([...stored.tags, ...yours.tags])];
            decide(change, { ...inputOf<'notes'>(stored), tags, body });
          }}
        />
      ) : null}
    </section>
  );
}

type MergeProps = { readonly first: string; readonly onSave: (body: string) => void };

function Merge({ first, onSave }: MergeProps): ReactNode {
  const [body, setBody] = useState(first);
  const fits = body.trim() !== '' && byteLength(body) <= NOTE_BYTES;
  return (
    <div className="conflict-merge">
      <textarea
        aria-label="One note of both"
        value={body}
        onChange={({ target }) => setBody(target.value)}
      />
      <button
        type="button"
        className="button button-main"
        disabled={!fits}
        onClick={() => onSave(cleanText(body))}
      >
        Save this
      </button>
      {fits ? null : <span className="quiet">A note has at most 64 KB.</span>}
    </div>
  );
}
