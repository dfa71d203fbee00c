import { ApiError } from '@gospelib/client';
import type { Note } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { NOTEBOOK_PATH, notePath } from '../address/study.address.ts';
import { NoteCard } from '../notes/note.card.tsx';
import { overlay } from '../outbox/overlay.ts';
import { useOutbox } from '../outbox/use.outbox.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import type { Request } from '../resource/use.resource.ts';
import { PageHeading } from '../shell/page.heading.tsx';
import { referenceOfId } from '../study/reference.ts';
import { SignedInOnly } from '../study/signed-in.only.tsx';
import { studyApi } from '../study/study.ts';
import '../typography/study.page.css';
import './notebook.css';

type Asked = { readonly note: Note | undefined; readonly at: number };

function noteOf(account: string, id: string): Request<Asked> {
  return {
    key: `study ${account} note ${id}`,
    async load(signal) {
      const at = performance.now();
      const note = await studyApi.get('notes', id, { signal }).catch((error: unknown) => {
        // It may be on this device only.
        if (error instanceof ApiError && error.status === 404) return undefined;
        throw error;
      });
      return { note, at };
    },
  };
}

/** `/notebook/{id}`: one note. */
export default function NotePage(): ReactNode {
  const { id = '' } = useParams();
  return (
    <div className="study-page notebook">
      <header className="study-head">
        <p className="label">
          <Link to={NOTEBOOK_PATH}>Notebook</Link>
        </p>
        <PageHeading title="Note">Note</PageHeading>
      </header>
      <SignedInOnly purpose="This note belongs to a reader." to={notePath(id)}>
        {(account) => (
          <ResourceView request={noteOf(account, id)}>
            {(asked) => <One account={account} id={id} asked={asked} />}
          </ResourceView>
        )}
      </SignedInOnly>
    </div>
  );
}

type OneProps = { readonly account: string; readonly id: string; readonly asked: Asked };

function One({ account, id, asked: { note, at } }: OneProps): ReactNode {
  const outbox = useOutbox();
  const own = outbox.account === account;
  const notes = { items: note ? [note] : [], at };
  const shown = overlay('notes', notes, own ? outbox.heard : [], own ? outbox.changes : []).find(
    ({ item }) => item.id === id,
  );
  if (!shown) return <p className="notebook-empty quiet">There is no such note any more.</p>;
  return <NoteCard shown={shown} reference={referenceOfId(shown.item.passage)} />;
}
