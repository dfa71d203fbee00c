import type { Collection } from '@gospelib/contracts';
import type { FormEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import { COLLECTIONS_PATH, collectionPath } from '../address/study.address.ts';
import { useGo } from '../address/use.go.ts';
import { Emptiness, ListMore } from '../notebook/list.parts.tsx';
import { type FirstPage, listOf, useStudyList } from '../notebook/study.list.ts';
import { cleanText } from '../notes/note.text.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { PageHeading } from '../shell/page.heading.tsx';
import { SignInGate } from '../study/sign-in.gate.tsx';
import { newId, write } from '../study/write.ts';
import { countOf } from '../typography/count.ts';
import { TITLE_LENGTH } from './collection.rules.ts';
import '../typography/study.page.css';
import '../notebook/notebook.css';
import '../notes/note.card.css';
import './collections.css';

const NO_FILTER = {};

/** `/collections`: a reader's reading lists. */
export default function CollectionsPage(): ReactNode {
  return (
    <div className="study-page">
      <header className="study-head">
        <PageHeading title="Reading lists">Reading lists</PageHeading>
        <p className="quiet">Passages in an order of your own, for yourself or to share.</p>
      </header>
      <SignInGate purpose="Reading lists belong to a reader." to={COLLECTIONS_PATH}>
        {(account) => (
          <ResourceView key={account} request={listOf(account, 'collections', NO_FILTER)}>
            {(first) => <Lists account={account} first={first} />}
          </ResourceView>
        )}
      </SignInGate>
    </div>
  );
}

type ListsProps = { readonly account: string; readonly first: FirstPage<Collection> };

function Lists({ account, first }: ListsProps): ReactNode {
  const { shown, pages } = useStudyList(account, 'collections', NO_FILTER, first);
  return (
    <>
      <NewList />
      {shown.length === 0 ? (
        <Emptiness filter={NO_FILTER} noun="lists">
          Give one a title to begin with.
        </Emptiness>
      ) : null}
      <ul className="notebook-list">
        {shown.map(({ item, unsaved }) => (
          <li key={item.id} className="note-card">
            <h2>
              <Link to={collectionPath(item.id)}>{item.title}</Link>
            </h2>
            {item.description ? <p>{item.description}</p> : null}
            <p className="card-foot">
              {countOf(item.items.length, 'passage')}
              {item.share ? <span>shared by link</span> : null}
              {unsaved ? <span className="not-saved">not saved yet</span> : null}
            </p>
          </li>
        ))}
      </ul>
      <ListMore pages={pages} noun="lists" />
    </>
  );
}

function NewList(): ReactNode {
  const go = useGo();
  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = cleanText(String(new FormData(event.currentTarget).get('title') ?? '')).trim();
    if (!title) return;
    const id = newId();
    if (await write('collections', id, { title, items: [] }, 'absent')) go(collectionPath(id));
  };
  return (
    <form className="notebook-search" aria-label="New list" onSubmit={(event) => void make(event)}>
      <input
        name="title"
        aria-label="Title of a new list"
        placeholder="Title of a new list…"
        maxLength={TITLE_LENGTH}
        autoComplete="off"
      />
      <button type="submit" className="button">
        Make it
      </button>
    </form>
  );
}
