import type { Collection } from '@gospelib/contracts';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { COLLECTIONS_PATH, collectionPath } from '../address/study.address.ts';
import { useGo } from '../address/use.go.ts';
import type { Shown } from '../outbox/overlay.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { SignInGate } from '../study/sign-in.gate.tsx';
import { type Asked, itemOf, useStudyItem } from '../study/study.item.ts';
import { writeWithUndo } from '../study/write.ts';
import { CollectionItems } from './collection.items.tsx';
import { CollectionShare } from './collection.share.tsx';
import { CollectionHeadForm } from './collection-head.form.tsx';
import '../typography/study.page.css';
import '../notebook/notebook.css';
import './collections.css';

/** `/collections/{id}`: one reading list, to read and to edit. */
export default function CollectionPage(): ReactNode {
  const { id = '' } = useParams();
  return (
    <div className="study-page">
      <SignInGate purpose="This list belongs to a reader." to={collectionPath(id)}>
        {(account) => (
          <ResourceView key={account} request={itemOf(account, 'collections', id)}>
            {(asked) => <One account={account} id={id} asked={asked} />}
          </ResourceView>
        )}
      </SignInGate>
    </div>
  );
}

type OneProps = {
  readonly account: string;
  readonly id: string;
  readonly asked: Asked<Collection>;
};

function One({ account, id, asked }: OneProps): ReactNode {
  const shown = useStudyItem(account, 'collections', id, asked);
  if (!shown) {
    return (
      <div className="notice">
        <PageHeading title="No such list">There is no such list any more</PageHeading>
        <p>
          <Link to={COLLECTIONS_PATH}>All reading lists</Link>
        </p>
      </div>
    );
  }
  return <ListView account={account} shown={shown} />;
}

type ListViewProps = { readonly account: string; readonly shown: Shown<Collection> };

function ListView({ account, shown }: ListViewProps): ReactNode {
  const { item, unsaved } = shown;
  const [naming, setNaming] = useState(false);
  const go = useGo();
  const remove = async () => {
    const said = `“${item.title}” deleted.`;
    if (await writeWithUndo('collections', shown, null, said)) go(COLLECTIONS_PATH);
  };
  return (
    <>
      <header className="study-head">
        <p className="label">
          <Link to={COLLECTIONS_PATH}>Reading list</Link>
        </p>
        <PageHeading title={item.title}>{item.title}</PageHeading>
        {item.description ? <p className="list-description">{item.description}</p> : null}
        {unsaved ? <p className="not-saved quiet">not saved yet</p> : null}
      </header>
      {naming ? (
        <CollectionHeadForm shown={shown} onDone={() => setNaming(false)} />
      ) : (
        <p className="list-actions">
          <button type="button" className="button" onClick={() => setNaming(true)}>
            Title and description
          </button>
          <button type="button" className="button" onClick={() => void remove()}>
            Delete the list
          </button>
        </p>
      )}
      <CollectionItems shown={shown} />
      <CollectionShare account={account} shown={shown} />
    </>
  );
}
