import type { Bookmark } from '@gospelib/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { passagePath } from '../address/address.ts';
import { TagLinks } from '../notes/note.card.tsx';
import { cleanText } from '../notes/note.text.ts';
import { inputOf, type Shown } from '../outbox/overlay.ts';
import { ResourceView } from '../resource/resource.view.tsx';
import { referenceOfId } from '../study/reference.ts';
import { writeWithUndo } from '../study/write.ts';
import { Emptiness, ListMore } from './list.parts.tsx';
import { PassageText } from './passage.text.tsx';
import { type FirstPage, type ListFilter, listOf, useStudyList } from './study.list.ts';
import { TagsForm } from './tags.form.tsx';

type ListProps = { readonly account: string; readonly filter: ListFilter };

export function BookmarkList({ account, filter }: ListProps): ReactNode {
  return (
    <ResourceView request={listOf(account, 'bookmarks', filter)}>
      {(first) => <Bookmarks account={account} filter={filter} first={first} />}
    </ResourceView>
  );
}

type BookmarksProps = ListProps & { readonly first: FirstPage<Bookmark> };

function Bookmarks({ account, filter, first }: BookmarksProps): ReactNode {
  const { shown, pages } = useStudyList(account, 'bookmarks', filter, first);
  return (
    <>
      {shown.length === 0 ? (
        <Emptiness filter={filter} noun="bookmarks">
          Choose a verse and press <kbd>b</kbd>.
        </Emptiness>
      ) : null}
      <ol className="notebook-list">
        {shown.map((bookmark) => (
          <li key={bookmark.item.id}>
            <BookmarkCard shown={bookmark} />
          </li>
        ))}
      </ol>
      <ListMore pages={pages} noun="bookmarks" />
    </>
  );
}

function BookmarkCard({ shown }: { readonly shown: Shown<Bookmark> }): ReactNode {
  const { item, unsaved } = shown;
  const [changing, setChanging] = useState<'name' | 'tags'>();
  const reference = referenceOfId(item.passage) ?? item.passage;
  const name = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = cleanText(String(new FormData(event.currentTarget).get('label') ?? '')).trim();
    setChanging(undefined);
    if (typed === (item.label ?? '')) return;
    const { label: _, ...input } = inputOf<'bookmarks'>(item);
    const named = { ...input, ...(typed && { label: typed }) };
    void writeWithUndo('bookmarks', shown, named, 'Bookmark named.');
  };
  return (
    <article className="note-card">
      <h3>
        <Link to={passagePath(item.passage)}>
          {item.label ? `${item.label} · ${reference}` : reference}
        </Link>
      </h3>
      <PassageText id={item.passage} />
      {changing === 'tags' ? (
        <TagsForm
          tags={item.tags}
          of={`the bookmark at ${reference}`}
          onDone={(tags) => {
            setChanging(undefined);
            const input = tags && { ...inputOf<'bookmarks'>(item), tags };
            if (input) void writeWithUndo('bookmarks', shown, input, 'Tags changed.');
          }}
        />
      ) : null}
      {changing === 'name' ? (
        <form className="card-form" onSubmit={name}>
          <input
            name="label"
            aria-label={`A name for the bookmark at ${reference}`}
            defaultValue={item.label}
            maxLength={200}
            // biome-ignore lint/a11y/noAutofocus: asked for by the button that it takes the place of
            autoFocus
          />
          <button type="submit" className="button">
            Save
          </button>
        </form>
      ) : null}
      <footer className="card-foot">
        <TagLinks tags={item.tags} view="bookmarks" />
        {unsaved ? <span className="not-saved">not saved yet</span> : null}
        <span className="card-actions">
          <button type="button" onClick={() => setChanging('name')}>
            Name
          </button>
          <button type="button" onClick={() => setChanging('tags')}>
            Tags
          </button>
          <button
            type="button"
            onClick={() => void writeWithUndo('bookmarks', shown, null, 'Bookmark removed.')}
          >
            Remove
          </button>
        </span>
      </footer>
    </article>
  );
}
