import type { Note } from '@gospelib/contracts';
import type { ReactNode } from 'react';
import { edit } from '../notes/editing.store.ts';
import { NoteCard } from '../notes/note.card.tsx';
import { ResourceView } from '../resource/resource.view.tsx';
import { referenceOfId } from '../study/reference.ts';
import { newId } from '../study/write.ts';
import { Emptiness, ListMore } from './list.parts.tsx';
import { type FirstPage, type ListFilter, listOf, useStudyList } from './study.list.ts';

type ListProps = { readonly account: string; readonly filter: ListFilter };

export function NoteList({ account, filter }: ListProps): ReactNode {
  return (
    <ResourceView request={listOf(account, 'notes', filter)}>
      {(first) => <Notes account={account} filter={filter} first={first} />}
    </ResourceView>
  );
}

function Notes({ account, filter, first }: ListProps & { first: FirstPage<Note> }): ReactNode {
  const { shown, pages } = useStudyList(account, 'notes', filter, first);
  return (
    <>
      <p className="notebook-new">
        <button type="button" className="button" onClick={startFreeNote}>
          New note
        </button>
      </p>
      {shown.length === 0 ? (
        <Emptiness filter={filter} noun="notes">
          Select a verse or a few words and press <kbd>n</kbd>, or write one that stands by itself.
        </Emptiness>
      ) : null}
      <ol className="notebook-list">
        {shown.map((note) => (
          <li key={note.item.id}>
            <NoteCard shown={note} reference={referenceOfId(note.item.passage)} />
          </li>
        ))}
      </ol>
      <ListMore pages={pages} noun="notes" />
    </>
  );
}

function startFreeNote(): void {
  const nothing = { note: undefined, passage: undefined, words: undefined, reference: undefined };
  edit({ id: newId(), base: 'absent', ...nothing });
}
