import type { Note } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { NOTEBOOK_PATH, notePath } from '../address/study.address.ts';
import { NoteCard } from '../notes/note.card.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { referenceOfId } from '../study/reference.ts';
import { SignInGate } from '../study/sign-in.gate.tsx';
import { type Asked, itemOf, useStudyItem } from '../study/study.item.ts';
import '../typography/study.page.css';
import './notebook.css';

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
      <SignInGate purpose="This note belongs to a reader." to={notePath(id)}>
        {(account) => (
          <ResourceView request={itemOf(account, 'notes', id)}>
            {(asked) => <One account={account} id={id} asked={asked} />}
          </ResourceView>
        )}
      </SignInGate>
    </div>
  );
}

type OneProps = { readonly account: string; readonly id: string; readonly asked: Asked<Note> };

function One({ account, id, asked }: OneProps): ReactNode {
  const shown = useStudyItem(account, 'notes', id, asked);
  if (!shown) return <p className="notebook-empty quiet">There is no such note any more.</p>;
  return <NoteCard shown={shown} reference={referenceOfId(shown.item.passage)} />;
}
